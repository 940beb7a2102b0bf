"""Execution rate and its score: pure arithmetic, used by rules and by pages."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from generator.measures import Missed, Rounding
from generator.targets import Target

_WAYS = {"cut": ROUND_DOWN, "half-up": ROUND_HALF_UP}
_WIDE = Context(prec=60)  # a figure of any printed size keeps its cents


def execution_rate(spent: Decimal, budget: Decimal) -> Decimal:
    """Share of the budget spent (执行率), in percent, exact.

    Args:
        spent: Full-year spending, >= 0, in any unit of money.
        budget: Full-year budget, > 0, in the same unit.

    Returns:
        Percent: 98.678… for 55.26 of 56.00.

    Raises:
        ValueError: `budget` is zero.

    Source: 财政项目支出绩效自评表, column 执行率(%).
    """
    if not budget:
        raise ValueError("no rate without a budget")
    return spent * 100 / budget


def printed_forms(exact: Decimal, rounding: Rounding) -> frozenset[Decimal]:
    """What a form may print for `exact`: municipal forms cut to two decimals, a district rounds half up."""
    step = Decimal(1).scaleb(-rounding.places)
    return frozenset(exact.quantize(step, _WAYS[way], context=_WIDE) for way in rounding.ways)


def execution_scores(
    points: Decimal, spent: Decimal, budget: Decimal, printed_rate: Decimal, rounding: Rounding
) -> frozenset[Decimal]:
    """Scores of budget execution that a form may print: points × rate, exact or printed, and at most the points.

    Args:
        points: Points available, usually 10.
        spent: Full-year spending; `budget`: full-year budget > 0, same unit.
        printed_rate: The rate the form prints, percent.
        rounding: How the form may have come to its figures.
    """
    exact = points * execution_rate(spent, budget) / 100
    found = printed_forms(exact, rounding) | printed_forms(points * printed_rate / 100, rounding)
    return frozenset(min(score, points) for score in found)  # who overspends has all points, and no more


def is_met(target: Target, actual: Decimal) -> bool:
    """Whether a quantity reaches its target; `=` is reached from below (more is also enough), but 0 is 0.

    How the forms use the signs; they print `=` where they aim at so many at least.
    """
    if target.value is None:
        raise ValueError("words are no quantity")
    if target.comparison in ("≤", "<") or not target.value:
        return actual <= target.value
    return actual >= target.value


def attained_scores(
    target: Target, actual: Decimal, points: Decimal, schools: Missed, rounding: Rounding
) -> frozenset[Decimal]:
    """Scores that a quantity may have which does not reach its target, by any of the schools.

    Args:
        target: A quantity other than 0.
        actual: What was reached.
        points: Points available.
        schools: By which schools points are given.
        rounding: How the form may have come to its figures.

    Returns:
        For `≥ > =` actual ÷ target of the points; for `≤ <`, by `excess`, the points less the share by which
        it is exceeded, by `share` target ÷ actual of the points.

    Source: scoring tables of departments; practice, not law.
    """
    if not target.value:
        raise ValueError("no share of nothing")
    if target.comparison not in ("≤", "<"):
        shares = [actual / target.value for _ in schools.at_least]
    else:
        by = {"share": target.value / actual, "excess": max(Decimal(0), 1 - (actual - target.value) / target.value)}
        shares = [by[school] for school in schools.at_most]
    return frozenset().union(*(printed_forms(points * share, rounding) for share in shares))
