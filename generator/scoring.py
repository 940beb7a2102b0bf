"""Execution rate and its score: pure arithmetic, used by rules and by pages."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

_CENT = Decimal("0.01")
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


def printed_forms(exact: Decimal) -> frozenset[Decimal]:
    """What a form may print for `exact`: cut to two decimals (municipal forms) or rounded half up (a district)."""
    return frozenset(exact.quantize(_CENT, way, context=_WIDE) for way in (ROUND_DOWN, ROUND_HALF_UP))


def execution_scores(points: Decimal, spent: Decimal, budget: Decimal, printed_rate: Decimal) -> frozenset[Decimal]:
    """Scores of budget execution that a form may print: points × rate, by the exact or by the printed rate.

    Args:
        points: Points available, usually 10.
        spent: Full-year spending; `budget`: full-year budget > 0, same unit.
        printed_rate: The rate the form prints, percent.
    """
    exact = points * execution_rate(spent, budget) / 100
    return printed_forms(exact) | printed_forms(points * printed_rate / 100)
