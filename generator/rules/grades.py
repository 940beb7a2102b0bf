"""How an evaluation divides its points, and the grade it comes to."""

from decimal import Decimal

from generator.figures.amounts import written
from generator.reading.content import evaluations
from generator.reading.model import Evaluation
from generator.rules.rule import EvaluationScope, Found, Unable, WholeScope, rule
from generator.words.problems import Basis, Check, Severity, Words

_ASK = Words(
    "先与原表核对。录错了就改正；原表就是这样印的，请向单位核实。",
    "compare with the form and correct a slip; if the form prints it so, ask the centre.",
)
_USUAL = Basis("practice", Words("自评表通常的分值安排", "the usual division of points"))

TOTAL = Check(
    "total-points",
    Words("总分的分值不是通常的数", "an unusual number of points in all"),
    Words("总分的分值通常为 {expected}", "points usually add up to {expected}"),
    Words("现为 {found}", "found {found}"),
    _ASK,
    Severity.WARNING,
    basis=_USUAL,
    looks_at=Words("总分的分值", "the total of points"),
)
EXECUTION = Check(
    "execution-points",
    Words("预算执行的分值不是通常的数", "an unusual number of points for budget execution"),
    Words("预算执行的分值通常为 {expected}", "budget execution usually has {expected} points"),
    Words("现为 {found}", "found {found}"),
    _ASK,
    Severity.NOTICE,
    basis=_USUAL,
    looks_at=Words("项目资金总额一行的分数", "points of the row of totals of the budget"),
)
WEIGHTS = Check(
    "weights",
    Words("各一级指标的分值与通常的不同", "the dimensions are not weighted as usual"),
    Words("通常为 {expected}", "{expected_en} is usual"),
    Words("{of} 张表里有 {count} 张不同：第 {numbers} 张", "{count} of {of} forms differ: {numbers}"),
    Words(
        "与原表核对一级指标的标签和分值；各表的安排可以不同，无误就不必改。",
        "compare labels and points with the form; forms may differ, so if they are right nothing is to be done.",
    ),
    Severity.NOTICE,
    basis=_USUAL,
    looks_at=Words(
        "一份文件里各张自评表各一级指标的分值之和", "the points of each level 1 in a document's evaluations"
    ),
)
GRADE = Check(
    "grade",
    Words("评分等级与总分不符", "the grade does not fit the total score"),
    Words("总分 {score} 的等级应为 {expected}", "the grade {expected} is expected of a score of {score}"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.WARNING,
    basis=Basis("practice", Words("规则档案里各等级的下限", "the least score of each grade, in the rule profile")),
    looks_at=Words("总分的得分、评分等级", "total score and grade"),
)


@rule(TOTAL, EvaluationScope)
def points_make_the_usual_total(scope: EvaluationScope) -> Found:
    found, expected = scope.form.total_points, scope.measures.scores.total
    if found.number is not None and found.number != expected:
        yield scope.record.origin.problem(TOTAL, "total_points", expected=str(expected), found=found.printed)


@rule(EXECUTION, EvaluationScope)
def execution_has_the_usual_points(scope: EvaluationScope) -> Found:
    found, expected = scope.form.budget.total.points, scope.measures.scores.execution
    if found.number is not None and found.number != expected:
        facts = {"expected": str(expected), "found": found.printed}
        yield scope.record.origin.problem(EXECUTION, "budget", "total", "points", **facts)


@rule(WEIGHTS, WholeScope)
def dimensions_weigh_as_usual(scope: WholeScope) -> Found:
    """Said once for a document: forms differ, and most differ from what is usual."""
    usual = scope.measures.dimensions.weights
    others: list[str] = []
    for record, form in evaluations(scope.disclosure):
        found = _weights(form)
        if found is None:
            yield Unable(Words("有的指标没有一级指标或分值", "an indicator has no level 1 or no points"))
        elif found != usual:
            others.append(record.number)
    if others:
        yield scope.disclosure.origin.problem(
            WEIGHTS,
            expected=_said(usual, "，"),
            expected_en=_said(usual, ", "),
            numbers="、".join(others),
            count=str(len(others)),
            of=str(len(scope.disclosure.records)),
        )


def _weights(form: Evaluation) -> dict[str, Decimal] | None:
    """Points of each level 1; None when a label or figure is missing."""
    found: dict[str, Decimal] = {}
    for indicator in form.indicators:
        if indicator.level1 is None or indicator.points.number is None:
            return None
        found[indicator.level1] = found.get(indicator.level1, Decimal(0)) + indicator.points.number
    return found


def _said(weights: dict[str, Decimal], comma: str) -> str:
    return comma.join(f"{label} {written(points).removesuffix('.00')}" for label, points in weights.items())


@rule(GRADE, EvaluationScope)
def grade_fits_the_score(scope: EvaluationScope) -> Found:
    form = scope.form
    score = form.total_score.number
    if score is None:
        yield Unable(Words("总分没有得分", "there is no total score"))
        return
    labels = scope.measures.grade_of(score).labels
    if form.grade not in labels:
        facts = {"score": form.total_score.printed, "expected": " / ".join(labels), "found": form.grade}
        yield scope.record.origin.problem(GRADE, "grade", **facts)
