"""What an evaluation's figures come to: pure arithmetic, used by rules and by pages."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from generator.figures.amounts import Figure
from generator.figures.targets import Target, plain
from generator.profiles.measures import Missed, Rounding, School

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


def summed(figures: Iterable[Figure]) -> Decimal:
    """The sum of printed figures; where a form prints `-` there is nothing to add."""
    return sum((figure.number or Decimal(0) for figure in figures), Decimal(0))


def printed_forms(exact: Decimal, rounding: Rounding) -> frozenset[Decimal]:
    """What a form may print for `exact`: municipal forms cut to two decimals, a district rounds half up."""
    return frozenset(_by_way(exact, rounding).values())


def ways_to(printed: Decimal | None, exact: Decimal, rounding: Rounding) -> frozenset[str]:
    """By which ways of rounding an exact figure becomes the printed one; none where it does by neither."""
    return frozenset(way for way, form in _by_way(exact, rounding).items() if form == printed)


def _by_way(exact: Decimal, rounding: Rounding) -> dict[str, Decimal]:
    step = Decimal(1).scaleb(-rounding.places)
    return {way: exact.quantize(step, _WAYS[way], context=_WIDE) for way in rounding.ways}


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


def measured(target: Target, actual: Target) -> tuple[Target, Decimal] | None:
    """A target in its plainest unit with the actual number in the same; None where they cannot be compared."""
    aimed, reached = plain(target), plain(actual)
    if aimed.value is None or reached.value is None or aimed.unit != reached.unit:
        return None
    return aimed, reached.value


def is_met(target: Target, actual: Decimal) -> bool:
    """Whether a quantity reaches its target; `=` is reached from below (more is also enough), but 0 is 0.

    How the forms use the signs; they print `=` where they aim at so many at least.
    """
    if target.value is None:
        raise ValueError("words are no quantity")
    if target.comparison in ("≤", "<") or not target.value:
        return actual <= target.value
    return actual >= target.value


def attained_shares(target: Target, actual: Decimal, schools: Missed) -> tuple[tuple[School, Decimal], ...]:
    """The share of its points that a quantity may have which does not reach its target, by each school.

    Args:
        target: A quantity other than 0.
        actual: What was reached.
        schools: By which schools points are given.

    Returns:
        Shares of 1. For `≥ > =` actual ÷ target (`proportion`); for `≤ <` one less the share by which it is
        exceeded (`excess`), or target ÷ actual (`inverse`).

    Source: scoring tables of departments; practice, not law.
    """
    if not target.value:
        raise ValueError("no share of nothing")
    if target.comparison not in ("≤", "<"):
        return tuple((school, actual / target.value) for school in schools.at_least)
    by: dict[School, Decimal] = {
        "excess": max(Decimal(0), 1 - (actual - target.value) / target.value),
        "inverse": target.value / actual,
    }
    return tuple((school, by[school]) for school in schools.at_most)


def attained_scores(
    target: Target, actual: Decimal, points: Decimal, schools: Missed, rounding: Rounding
) -> frozenset[Decimal]:
    """Scores that a quantity may have which does not reach its target, by any of the schools and ways of rounding."""
    shares = attained_shares(target, actual, schools)
    return frozenset().union(*(printed_forms(points * share, rounding) for _, share in shares))
