"""Figures of goals and achievements against the indicators they speak of."""

from collections.abc import Iterator, Mapping, Sequence

from generator.figures.narrative import MOST, Reading, Row, TooManyError, read
from generator.figures.targets import Target
from generator.reading.content import Origin
from generator.reading.model import Declaration, Evaluation, Form
from generator.reading.spread import Spread
from generator.reading.validate import label
from generator.rules.rule import Found, RecordScope, Unable, rule
from generator.words.problems import Basis, Check, Problem, Severity, Words, dotted
from generator.words.prose import placed_paragraphs
from generator.words.secrets import masked

CONFLICT = Check(
    "narrative-conflict",
    Words("文字里的数字与指标不一致", "a figure of the text disagrees with an indicator"),
    Words(
        "文字与指标说同一件事，数字应一致：指标“{indicator}”的{value}是“{printed}”（{place}）",
        "text and indicator should agree on the same thing: {value_key} of “{indicator}” is “{printed}” ({place})",
    ),
    Words("文字里是“{said}”", "the text says “{said}”"),
    Words(
        "对照原表看这两处。录错了就改正；原表就是这样印的，请向单位核实哪一个数对；"
        "说的不是同一件事，或单位确认不改，照录，并在 waivers 里说明。",
        "compare both places with the form. Correct a slip of copying; if the form prints them so, ask the centre "
        "which is right; if they speak of different things, or the centre lets them stand, say so in waivers.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("同一张表里，同一件事只有一个数", "in one form, one thing has one figure")),
    looks_at=Words(
        "目标、预期目标与年度指标值；实际完成情况与实际完成值",
        "objectives and expected against targets; achieved against actual values",
    ),
)

# The fields whose figures are read, by the kind of form.
_FIELDS: dict[type, tuple[tuple[str, ...], ...]] = {
    Declaration: (("objectives", "overall"), ("objectives", "annual")),
    Evaluation: (("expected",), ("achieved",)),
}
_NOTHING = Target("")
_SEVERAL_YEARS = Words(
    "项目跨几个年度，总目标的数字不与一个年度的指标值对照",
    "a project of several years: its overall objective is not of one year's targets",
)
_TOO_MANY = Words(f"一段文字里的数字超过 {MOST} 个", f"a text has more than {MOST} figures")
_AROUND = 16  # characters quoted on either side of a figure


def rows_of(form: Form, field: str, met: Sequence[str]) -> Iterator[Row]:
    """The indicators as a field of the form speaks of them.

    Args:
        form: A declaration or an evaluation.
        field: The field's last key: `annual`, `achieved` …
        met: What a form answers where a target in words was met: then the target itself is looked at.
    """
    return (_row(row.name, row.target, getattr(row, "actual", None), field, met) for row in form.indicators)


def _row(name: str, target: Target | None, actual: Target | None, field: str, met: Sequence[str]) -> Row:
    if field != "achieved":
        return Row(name, target or _NOTHING, "plan")
    if actual and actual.printed in met:
        return Row(name, target or _NOTHING, "met")
    return Row(name, actual or _NOTHING, "done")


@rule(CONFLICT, RecordScope)
def figures_of_the_text_agree(scope: RecordScope) -> Found:
    origin, values, measures = scope.record.origin, dict(scope.printed), scope.measures
    for path in _FIELDS[type(scope.form)]:
        prose = values.get(path)
        if prose is None:  # an objective that is not printed
            continue
        if path[-1] == "overall" and not _is_of_one_year(scope):
            yield Unable(_SEVERAL_YEARS)
            continue
        texts = placed_paragraphs(prose)
        rows = rows_of(scope.form, path[-1], measures.words.met)
        try:
            found = [text for _, text in texts]
            readings = read(found, rows, measures.usage, scope.disclosure.year, measures.limits)
        except TooManyError:
            yield Unable(_TOO_MANY)
            continue
        for reading in readings:
            if reading.verdict == "conflict":
                start, text = texts[reading.paragraph]
                yield _problem(origin, values, path, start, text, reading)


def _is_of_one_year(scope: RecordScope) -> bool:
    """Whether what a declaration aims at in all is what it aims at in its year."""
    form = scope.form
    return isinstance(form, Declaration) and {form.start.year, form.end.year} == {scope.disclosure.year}


def _problem(
    origin: Origin,
    values: Mapping[tuple[str | int, ...], str],
    path: tuple[str, ...],
    start: int,
    text: str,
    reading: Reading,
) -> Problem:
    """A conflict at the figure's place, with both quotations; the paragraph `text` begins at `start` of the value."""
    (gauge,) = reading.gauges
    value = "actual" if gauge.manner == "done" else "target"
    cell = ("indicators", gauge.row, value)
    quantity = reading.quantity
    first, last = max(0, quantity.start - _AROUND), quantity.end + _AROUND
    return Spread(origin).problem(
        CONFLICT,
        path,
        values[path],
        start + quantity.start,
        indicator=gauge.name,
        value=label(origin.model, cell),
        value_key=dotted(cell),
        printed=values.get(cell, ""),
        place=str(origin.tree.place(cell)),
        said=f"{'…' if first else ''}{masked(text)[first:last]}{'…' if last < len(text) else ''}",
    )
