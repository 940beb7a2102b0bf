"""The figures of an evaluation reckoned anew: execution rate and its score, totals, grade.

What is reckoned is `scoring`'s arithmetic under the measures of the form's year; this module says it in words.
Where it does not come to the printed figure, both are told: neither is mended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal

from generator.figures.amounts import Figure, written
from generator.profiles.measures import Measures, Rounding
from generator.profiles.scoring import execution_rate, printed_forms, summed, ways_to
from generator.reading.model import BudgetRow, Evaluation

_SHOWN = Decimal("0.0001")  # of an exact figure before it is cut or rounded
_WIDE = Context(prec=60)  # a figure of any printed size keeps its cents


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A figure reckoned anew: `how`, what it comes to (`""` where it cannot be reckoned), what the form prints."""

    name: str
    how: str
    reckoned: str
    printed: str
    agrees: bool


def exact_in_words(number: Decimal) -> str:
    """`96.0518…`: two decimals more than a form prints; `…` says that there are others."""
    cut = number.quantize(_SHOWN, ROUND_DOWN, context=_WIDE)
    return f"{written(cut)}…" if cut != number else written(number)


def way_in_words(printed: Decimal | None, exact: Decimal, rounding: Rounding) -> str:
    """How an exact figure became the printed one; `""` where it stands as it is, or did not."""
    ways = ways_to(printed, exact, rounding)
    if printed == exact or not ways:
        return ""
    if len(ways) > 1:
        return f"，取 {rounding.places} 位小数"
    return f"，截取 {rounding.places} 位小数，不进位" if "cut" in ways else f"，四舍五入到 {rounding.places} 位小数"


def either(forms: frozenset[Decimal]) -> str:
    """Figures of which any would be right: `9.60或9.61`."""
    return "或".join(written(number) for number in sorted(forms))


def reckonings(form: Evaluation, measures: Measures) -> Iterator[Reckoning]:
    """Execution rate and its score, both totals, the grade; in the order in which each needs the one before."""
    row = form.budget.total
    if row.revised.number:
        yield from _execution(row, measures.rounding)
    else:
        yield Reckoning("执行率", "全年预算数是 0，不能相除", "", row.execution_rate.printed, agrees=True)
    yield _total("总分的分值", form.total_points, row.points, [each.points for each in form.indicators])
    yield _total("总分的得分", form.total_score, row.score, [each.score for each in form.indicators])
    yield from _grade(form, measures)


def _execution(row: BudgetRow, rounding: Rounding) -> Iterator[Reckoning]:
    exact, points = execution_rate(row.spent.number, row.revised.number), row.points.number
    how = f"全年执行数 ÷ 全年预算数 = {row.spent} ÷ {row.revised} = {exact_in_words(exact)}%"
    yield _figure("执行率", how, exact, row.execution_rate, rounding)
    if points is None:
        return
    score, rate = points * exact / 100, f"{exact_in_words(exact)}%"
    printed_rate = row.execution_rate.number
    if printed_rate is not None and not ways_to(row.score.number, score, rounding):
        from_printed = points * printed_rate / 100  # a form may go on from the rate that it prints
        if ways_to(row.score.number, from_printed, rounding):
            score, rate = from_printed, f"{row.execution_rate}%"
    how = f"分数 × 执行率 = {row.points} × {rate} = {exact_in_words(score)}"
    if score > points:
        how, score = f"{how}，最多得 {row.points}", points
    yield _figure("预算执行得分", how, score, row.score, rounding)


def _figure(name: str, how: str, exact: Decimal, printed: Figure, rounding: Rounding) -> Reckoning:
    agrees = bool(ways_to(printed.number, exact, rounding))
    shown = printed.printed if agrees else either(printed_forms(exact, rounding))
    how += way_in_words(printed.number, exact, rounding)
    return Reckoning(name, how, shown, printed.printed, agrees or printed.number is None)


def _total(name: str, printed: Figure, budget: Figure, rows: list[Figure]) -> Reckoning:
    total = summed((budget, *rows))
    how = f"预算执行 {written(summed([budget]))} + 各项指标 {written(summed(rows))}"
    return Reckoning(name, how, written(total), printed.printed, printed.number == total)


def _grade(form: Evaluation, measures: Measures) -> Iterator[Reckoning]:
    score = form.total_score.number
    if score is None:
        return
    due = measures.grade_of(score)
    how = f"总分 {form.total_score}，在 {written(due.least).removesuffix('.00')} 分以上"
    agrees = form.grade in due.labels
    yield Reckoning("评分等级", how, form.grade if agrees else "或".join(due.labels), form.grade, agrees)
