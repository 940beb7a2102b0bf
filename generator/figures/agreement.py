"""Whether a figure that a text says and a figure that an indicator gives can both be true."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from generator.figures.quantities import Quantity
from generator.figures.usage import Period, Usage

# plan: both say what is planned; done: both say what was done; met: a plan that is said to be met, and what was done.
Manner = Literal["plan", "done", "met"]

# The calendar, no choice of a jurisdiction: holidays may take weeks of a year, but no month.
_TIMES: dict[Period, tuple[int, int]] = {"month": (12, 12), "quarter": (4, 4), "week": (48, 52), "year": (1, 1)}


def agree(said: Quantity, printed: Quantity, manner: Manner, words: Usage) -> bool | None:
    """Whether text and indicator agree; None when it cannot be told.

    Args:
        said: The quantity of the text, in the indicator's unit.
        printed: The indicator's quantity.
        manner: What the two are.
        words: How far `约` and `超过` reach.
    """
    if said.period == printed.period or said.period is None:
        return _agree(said, printed, manner, words)
    # Twelve a year may be said as one a month, and one a month may be the indicator's own figure.
    a_year = _agree_in_a_year(_in_a_year(said), _in_a_year(printed), manner, words)
    found = {_agree(said, printed, manner, words), a_year}
    return True if True in found else None if None in found else False


def _agree_in_a_year(said: Quantity, printed: Quantity, manner: Manner, words: Usage) -> bool | None:
    """A round figure for each month may make more than is promised for the year, and less than its limit."""
    if manner == "plan" and printed.comparison in ("≥", ">") and said.number >= printed.number:
        return True if said.number <= printed.number * words.more else None
    if manner == "plan" and printed.comparison in ("≤", "<") and said.last <= printed.number:
        return True if said.number * words.more >= printed.number else None
    return _agree(said, printed, manner, words)


def together(parts: Sequence[Quantity]) -> Quantity:
    """Several quantities of one thing as their sum; it begins as the first of them does."""
    number = sum((part.number for part in parts), Decimal(0))
    upper = sum((part.last for part in parts), Decimal(0))
    comparison = next((part.comparison for part in parts if part.comparison not in (None, "=")), None)
    return replace(parts[0], number=number, upper=upper if upper > number else None, comparison=comparison)


def _in_a_year(quantity: Quantity) -> Quantity:
    if quantity.period is None:
        return quantity
    least, most = _TIMES[quantity.period]
    number, upper = quantity.number * least, quantity.last * most
    return replace(quantity, number=number, upper=upper if upper > number else None, period=None)


def _agree(said: Quantity, printed: Quantity, manner: Manner, words: Usage) -> bool | None:
    if manner == "met":
        return _met(said, printed)
    if said.upper is not None:
        return said.number <= printed.last and printed.number <= said.upper
    if printed.number <= said.number <= printed.last:
        return True
    return _may_be(said, printed.number, words, exact=manner == "done" or printed.comparison in (None, "="))


def _may_be(said: Quantity, value: Decimal, words: Usage, *, exact: bool) -> bool | None:
    """Whether what is said (`不少于10`) may be said of a value other than its number.

    Args:
        said: The quantity of the text.
        value: The indicator's number.
        words: How far `约` and `超过` reach.
        exact: The indicator is at its number, not above or below.
    """
    number = said.number
    match said.comparison:
        case "≥":
            return exact and value > number
        case "≤" | "<":
            return exact and value < number
        case ">":
            return None if value > number * words.more else value > number
        case "~":
            off = abs(value - number)
            return off <= number * words.about or (None if off <= number * words.not_about else False)
        case _:
            return False


def _met(done: Quantity, plan: Quantity) -> bool | None:
    if done.comparison in ("≤", "<", "~") or plan.comparison == "~":
        return None
    if plan.comparison in ("≤", "<"):
        return done.last <= plan.number
    return done.last >= plan.number
