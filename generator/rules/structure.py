"""What a form consists of: its level 1 labels, its indicators once each, its figures."""

from generator.reading.model import Indicator
from generator.rules.rule import EvaluationScope, Found, RecordScope, Unable, WholeScope, rule
from generator.words.problems import Basis, Check, Severity, Words

LEVEL1 = Check(
    "level1-missing",
    Words("缺一级指标", "a level 1 is missing"),
    Words("应有一级指标 {expected}", "the level 1 labels {expected} are expected"),
    Words("没有 {missing}", "there is no {missing}"),
    Words(
        "与原表核对，看是否漏录或标签归错了行；原表没有，就在 note 里告诉读者，并可在 waivers 里说明。",
        "compare with the form: was a row left out, or put under another label? If the form has none, say so in note "
        "and in waivers.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("申报表和自评表的格式", "the layout of the forms")),
    looks_at=Words("各项指标的一级指标", "level 1 of all indicators"),
)
USUAL = Check(
    "level1-usual",
    Words("缺通常有的一级指标", "a usual level 1 is missing"),
    Words("{year} 年度的表通常有一级指标 {expected}", "forms of {year} usually have the level 1 {expected}"),
    Words("第 {numbers} 张没有，共 {count} 张", "missing in {numbers} ({count} in all)"),
    Words(
        "与原表核对，看是否漏录；原表没有，就不必改。",
        "compare with the document; if it has none, nothing is to be done.",
    ),
    Severity.NOTICE,
    basis=Basis("practice", Words("2024 年度起的表式", "the form's layout from 2024")),
    looks_at=Words("一份文件里各张表的一级指标", "the level 1 labels of a document's forms"),
)
TWICE = Check(
    "duplicate-indicator",
    Words("指标重复", "an indicator stands twice"),
    Words(
        "一张表里每项指标只列一次（一级、二级、名称、单位都相同才算同一项）",
        "an indicator is listed once (the same one has the same levels, name and unit)",
    ),
    Words("与第 {other} 项“{name}”相同", "it is the same as indicator {other}, “{name}”"),
    Words(
        "与原表核对，录重了就删去一处；原表就是这样印的，可在 waivers 里说明。",
        "compare with the form; delete one if it was copied twice. If the form prints it so, say so in waivers.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("重复的指标会重复计分", "an indicator that stands twice counts twice")),
    looks_at=Words("一张表里各项指标的一级、二级、名称、单位", "levels, name and unit of a form's indicators"),
)
DASH = Check(
    "figure-missing",
    Words("应有分数的格印着 -", "a figure is printed as -"),
    Words("应有{what}", "{what_en} is expected"),
    Words("现为 -", "found -"),
    Words(
        "与原表核对；原表就是 -，请向单位核实，或在 waivers 里说明。",
        "compare with the form; if it prints -, ask the centre, or say so in waivers.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("没有分值和得分就算不出总分", "without points and scores there is no total")),
    looks_at=Words(
        "自评表总额一行的分数、执行率、得分，各项指标的分值、得分",
        "points, rate and score of the row of totals; points and score of each indicator",
    ),
)


def _labels(indicators: tuple[Indicator, ...]) -> set[str | None]:
    return {indicator.level1 for indicator in indicators}


@rule(LEVEL1, RecordScope)
def level1_is_complete(scope: RecordScope) -> Found:
    required = scope.measures.dimensions.required
    found = _labels(scope.form.indicators)
    missing = [label for label in required if label not in found]
    if missing and None in found:
        yield Unable(Words("有的一级指标在来源里辨认不清", "some labels of level 1 cannot be told from the source"))
    elif missing:
        facts = {"expected": "、".join(required), "missing": "、".join(missing)}
        yield scope.record.origin.problem(LEVEL1, "indicators", **facts)


@rule(USUAL, WholeScope)
def level1_is_as_usual(scope: WholeScope) -> Found:
    """Said once for a document: it is most often true of all its forms."""
    year = scope.disclosure.year
    for label in scope.measures.dimensions.usual:
        without = [each.number for each in scope.disclosure.records if label not in _labels(each.form.indicators)]
        if without:
            facts = {"year": str(year), "expected": label, "numbers": "、".join(without), "count": str(len(without))}
            yield scope.disclosure.origin.problem(USUAL, **facts)


@rule(TWICE, RecordScope)
def indicators_differ(scope: RecordScope) -> Found:
    first: dict[object, int] = {}
    for index, indicator in enumerate(scope.form.indicators):
        unit = indicator.target.unit if indicator.target else None
        other = first.setdefault((indicator.level1, indicator.level2, indicator.name, unit), index)
        if other != index:
            facts = {"other": str(other + 1), "name": indicator.name}
            yield scope.record.origin.problem(TWICE, "indicators", index, "name", **facts)


@rule(DASH, EvaluationScope)
def figures_are_given(scope: EvaluationScope) -> Found:
    row = scope.form.budget.total
    cells: list[tuple[object, tuple[str | int, ...], str, str]] = [
        (row.points.number, ("budget", "total", "points"), "分数", "the number of points"),
        (row.execution_rate.number, ("budget", "total", "execution_rate"), "执行率", "a rate"),
        (row.score.number, ("budget", "total", "score"), "得分", "a score"),
    ]
    for index, indicator in enumerate(scope.form.indicators):
        cells.append((indicator.points.number, ("indicators", index, "points"), "分值", "the number of points"))
        cells.append((indicator.score.number, ("indicators", index, "score"), "得分", "a score"))
    for number, path, what, what_en in cells:
        if number is None:
            yield scope.record.origin.problem(DASH, *path, what=what, what_en=what_en)
