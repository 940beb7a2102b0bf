"""A form as plain Markdown, for people and programs that read text.

Printed words are text wherever they stand: what Markdown would take for its own marks is escaped.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.exports.record_json import LINES
from generator.facts.altered import altered
from generator.facts.summary import FORM_NAMES
from generator.pages.environment import TEMPLATES
from generator.reading.content import Centre, Disclosure, Record
from generator.reading.model import Budget, Declaration, Form, ScoredIndicator
from generator.words.urls import record_url

_MARKS = re.compile(r"[\\`*_\[\]<>&|~#$]")
# What a block begins with: lists, numbered lists, underlines of headings, definitions.
_OPENING = re.compile(r"([-+=:])|(\d{1,9})([.)])")
_CELLS, _ROWS = "\0", "\1"  # between them; no record holds these
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_form(record: Record, disclosure: Disclosure, centre: Centre, site_url: str | None) -> str:
    """A form as Markdown; its page's address stands in it where the site's is known."""
    form = record.form
    facts: dict[str, object] = {
        "record": record,
        "form": form,
        "disclosure": disclosure,
        "centre": centre,
        "form_name": FORM_NAMES[disclosure.kind],
        "altered": altered(form),
        "address": site_url and site_url + record_url(record.id),
        "rows": _rows(_indicators(form)),
    }
    if isinstance(form, Declaration):
        template = "declaration"
        facts["whole"] = form.project_funding or {"total": None, "fiscal": None, "other": None}
    else:
        template = "evaluation"
        facts["lines"] = _rows(_budget(form.budget))
    text = _environment().get_template(f"plain/{template}.md.j2").render(facts)
    return _BLANK_LINES.sub("\n\n", text).rstrip() + "\n"


def _indicators(form: Form) -> Iterator[tuple[object, ...]]:
    """The cells of the table of indicators, row by row."""
    for number, row in enumerate(form.indicators, 1):
        own: tuple[object, ...] = (number, row.level1, row.level2, row.name, row.target)
        yield (*own, row.actual, row.points, row.score, row.deviation) if isinstance(row, ScoredIndicator) else own


def _budget(budget: Budget) -> Iterator[tuple[object, ...]]:
    for line in LINES:
        row = getattr(budget, line)
        title = Budget.model_fields[line].title
        yield (title, row.initial, row.revised, row.spent, row.points, row.execution_rate, row.score)


def _rows(table: Iterable[Iterable[object]]) -> "list[_Escaped]":
    """The rows of a table. Its words are escaped together: cell by cell it took half of the form's time."""
    rows = (_CELLS.join("" if cell is None else str(cell) for cell in cells) for cells in table)
    words = escaped(_ROWS.join(rows)).replace(_CELLS, " | ")
    return [_Escaped(f"| {row} |") for row in words.split(_ROWS)]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701 - it is no HTML: `finalize` escapes what is printed
        undefined=StrictUndefined,
        auto_reload=False,  # a look at four files for each form
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.filters["opening"] = _opening
    return environment


class _Escaped(str):
    """Words that are Markdown already."""

    __slots__ = ()


def _finalized(value: object) -> str:
    return value if isinstance(value, _Escaped) else escaped(str(value))


def escaped(words: str) -> str:
    """Words that Markdown shows as they are, in a cell or behind a label."""
    return _MARKS.sub(r"\\\g<0>", words)


def _opening(words: str) -> _Escaped:
    """Words that Markdown shows as they are at the beginning of a line."""
    found = _OPENING.match(words)
    if not found:
        return _Escaped(escaped(words))
    before = found[1] or found[3]
    return _Escaped(f"{found[2] or ''}\\{before}{escaped(words[found.end() :])}")
