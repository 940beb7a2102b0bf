"""Scores of an evaluation: execution rate and its score, points and scores that add up."""

from collections.abc import Iterator
from decimal import Decimal

from generator.figures.amounts import Figure, written
from generator.profiles.scoring import execution_rate, execution_scores, printed_forms, summed
from generator.reading.model import BudgetRow, Evaluation
from generator.rules.rule import EvaluationScope, Found, rule
from generator.words.problems import Basis, Check, Problem, Words

_CHECK_FORM = Words(
    "先与原表核对。录错了就改正；原表就是这样印的，请向单位核实，再用 waivers 写明理由公开。",
    "compare with the form and correct a slip; if the form prints it so, ask the centre, "
    "and give the reason in waivers.",
)
_FORM = Basis(
    "logic", Words("自评表的栏目就是这样算出来的", "the columns of the self-evaluation form are reckoned like this")
)

RATE = Check(
    "execution-rate",
    Words("执行率算不拢", "the execution rate does not compute"),
    Words(
        "应为 全年执行数÷全年预算数 = {expected}（截取或四舍五入均可）",
        "spent ÷ revised budget = {expected} is expected (cut or rounded)",
    ),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
    basis=_FORM,
    looks_at=Words("项目资金每一行的执行率", "the execution rate of each row of the budget"),
)
RATE_SCORE = Check(
    "execution-score",
    Words("预算执行得分算不拢", "the score of budget execution does not compute"),
    Words(
        "应为 分数×执行率 = {expected}（截取或四舍五入均可）", "points × rate = {expected} is expected (cut or rounded)"
    ),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
    basis=_FORM,
    looks_at=Words("项目资金每一行的得分", "the score of each row of the budget"),
)
ABOVE = Check(
    "score-above-points",
    Words("得分超过分值", "a score above its points"),
    Words("得分应不超过分值 {points}", "a score of at most {points} points is expected"),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
    basis=Basis("logic", Words("分值是最多能得的分", "points are the most that can be scored")),
    looks_at=Words("预算执行和各项指标的分值、得分", "points and score of budget execution and of each indicator"),
)
TOTAL = Check(
    "score-sum",
    Words("总分算不拢", "the total score does not add up"),
    Words(
        "应等于预算执行 {budget} 加各项指标 {indicators}，共 {sum}",
        "budget {budget} plus indicators {indicators} = {sum} is expected",
    ),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
    basis=Basis("logic", Words("总分等于各部分之和", "a total is the sum of its parts")),
    looks_at=Words(
        "总分的分值和得分，与预算执行、各项指标的分值和得分",
        "total points and total score, beside those of budget execution and indicators",
    ),
)

ROWS = ("total", "appropriation", "carryover", "other")


def _rows(form: Evaluation) -> Iterator[tuple[str, BudgetRow]]:
    return ((name, getattr(form.budget, name)) for name in ROWS)


def _any(accepted: frozenset[Decimal]) -> str:
    return " / ".join(written(number) for number in sorted(accepted))


@rule(RATE, EvaluationScope)
def rate_is_share(scope: EvaluationScope) -> Found:
    for name, row in _rows(scope.form):
        rate, budget = row.execution_rate.number, row.revised.number
        if rate is None:
            continue
        exact = execution_rate(row.spent.number, budget) if budget else Decimal(0)
        accepted = printed_forms(exact, scope.measures.rounding)
        if rate not in accepted:
            facts = {"expected": _any(accepted), "found": row.execution_rate.printed}
            yield scope.record.origin.problem(RATE, "budget", name, "execution_rate", **facts)


@rule(RATE_SCORE, EvaluationScope)
def rate_is_scored(scope: EvaluationScope) -> Found:
    for name, row in _rows(scope.form):
        points, score, rate, budget = row.points.number, row.score.number, row.execution_rate.number, row.revised.number
        if points is None or score is None or rate is None or not budget or score > points:
            continue
        accepted = execution_scores(points, row.spent.number, budget, rate, scope.measures.rounding)
        if score not in accepted:
            facts = {"expected": _any(accepted), "found": row.score.printed}
            yield scope.record.origin.problem(RATE_SCORE, "budget", name, "score", **facts)


@rule(ABOVE, EvaluationScope)
def score_is_at_most_points(scope: EvaluationScope) -> Found:
    for name, row in _rows(scope.form):
        yield from _at_most(scope, row.points, row.score, "budget", name, "score")
    for index, indicator in enumerate(scope.form.indicators):
        yield from _at_most(scope, indicator.points, indicator.score, "indicators", index, "score")


def _at_most(scope: EvaluationScope, points: Figure, score: Figure, *path: str | int) -> Iterator[Problem]:
    if points.number is not None and score.number is not None and score.number > points.number:
        yield scope.record.origin.problem(ABOVE, *path, points=points.printed, found=score.printed)


@rule(TOTAL, EvaluationScope)
def total_adds_up(scope: EvaluationScope) -> Found:
    form, row = scope.form, scope.form.budget.total
    points = [indicator.points for indicator in form.indicators]
    scores = [indicator.score for indicator in form.indicators]
    yield from _sum(scope, form.total_points, row.points, points, "total_points")
    yield from _sum(scope, form.total_score, row.score, scores, "total_score")


def _sum(scope: EvaluationScope, total: Figure, budget: Figure, rows: list[Figure], path: str) -> Iterator[Problem]:
    indicators, expected = summed(rows), summed((budget, *rows))
    if total.number != expected:
        facts = {"budget": budget.printed, "indicators": written(indicators), "sum": written(expected)}
        yield scope.record.origin.problem(TOTAL, path, found=total.printed, **facts)
