"""Scores of an evaluation: execution rate and its score, points and scores that add up."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import Figure, written
from generator.content import Record
from generator.model import BudgetRow, Evaluation
from generator.problems import Entry, Problem, Words
from generator.scoring import execution_rate, execution_scores, printed_forms

_CHECK_FORM = Words(
    "先与原表核对。录错了就改正；原表就是这样印的，请向单位核实后再公开。",
    "compare with the form. Correct a slip of copying; if the form prints it so, ask the centre before publishing.",
)

RATE = Entry(
    "execution-rate",
    Words(
        "应为 全年执行数÷全年预算数 = {expected}（截取或四舍五入均可）",
        "spent ÷ revised budget = {expected} is expected (cut or rounded)",
    ),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
)
RATE_SCORE = Entry(
    "execution-score",
    Words(
        "应为 分数×执行率 = {expected}（截取或四舍五入均可）", "points × rate = {expected} is expected (cut or rounded)"
    ),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
)
ABOVE = Entry(
    "score-above-points",
    Words("得分应不超过分值 {points}", "a score of at most {points} points is expected"),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
)
TOTAL = Entry(
    "score-sum",
    Words(
        "应等于预算执行 {budget} 加各项指标 {indicators}，共 {sum}",
        "budget {budget} plus indicators {indicators} = {sum} is expected",
    ),
    Words("现为 {found}", "found {found}"),
    _CHECK_FORM,
)

ROWS = ("total", "appropriation", "carryover", "other")


def adds_up(record: Record) -> Iterator[Problem]:
    """Execution rate and score in every budget row, points and scores up to the total."""
    form = record.form
    if not isinstance(form, Evaluation):
        return
    for name in ROWS:
        yield from _execution(record, name, getattr(form.budget, name))
    for index, indicator in enumerate(form.indicators):
        yield from _at_most(record, indicator.points, indicator.score, "indicators", index, "score")
    row = form.budget.total
    points = [indicator.points for indicator in form.indicators]
    scores = [indicator.score for indicator in form.indicators]
    yield from _sum(record, form.total_points, row.points, points, "total_points")
    yield from _sum(record, form.total_score, row.score, scores, "total_score")


def _any(accepted: frozenset[Decimal]) -> str:
    return " / ".join(written(number) for number in sorted(accepted))


def _execution(record: Record, name: str, row: BudgetRow) -> Iterator[Problem]:
    yield from _at_most(record, row.points, row.score, "budget", name, "score")
    rate, spent, budget = row.execution_rate.number, row.spent.number, row.revised.number
    if rate is None:
        return
    accepted = printed_forms(execution_rate(spent, budget)) if budget else frozenset({Decimal(0)})
    if rate not in accepted:
        facts = {"expected": _any(accepted), "found": row.execution_rate.printed}
        yield record.origin.problem(RATE, "budget", name, "execution_rate", **facts)
    points, score = row.points.number, row.score.number
    if points is None or score is None or not budget:
        return
    scores = execution_scores(points, spent, budget, rate)
    if score <= points and score not in scores:
        facts = {"expected": _any(scores), "found": row.score.printed}
        yield record.origin.problem(RATE_SCORE, "budget", name, "score", **facts)


def _at_most(record: Record, points: Figure, score: Figure, *path: str | int) -> Iterator[Problem]:
    if points.number is not None and score.number is not None and score.number > points.number:
        yield record.origin.problem(ABOVE, *path, points=points.printed, found=score.printed)


def _sum(record: Record, total: Figure, budget: Figure, rows: list[Figure], path: str) -> Iterator[Problem]:
    indicators = sum((row.number or Decimal(0) for row in rows), Decimal(0))
    expected = indicators + (budget.number or Decimal(0))
    if total.number != expected:
        facts = {"budget": budget.printed, "indicators": written(indicators), "sum": written(expected)}
        yield record.origin.problem(TOTAL, path, found=total.printed, **facts)
