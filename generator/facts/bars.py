"""Amounts as the parts of a bar: where each begins and how wide it is.

A bar has no axis: the figures that it shows stand in a table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import chain, repeat

_ROOM = 16  # percent of a bar that a few words take on a phone
_WIDE = Context(prec=60)  # from the smallest amount that a form may print to the largest


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: the series whose colour it has, where it begins and how wide it is, percent of the bar.

    `told` stands inside it, where it is wide enough for that.
    """

    series: str
    start: Decimal
    width: Decimal
    told: str = ""

    @property
    def middle(self) -> Decimal:
        return self.start + self.width / 2


def share(part: Decimal, whole: Decimal) -> Decimal:
    """How much of the whole a part is: percent, two decimals, rounded half up; of nothing it is 0."""
    if not whole:
        return Decimal("0.00")
    return _WIDE.divide(part * 100, whole).quantize(Decimal("0.01"), ROUND_HALF_UP, context=_WIDE)


def bar(amounts: Iterable[tuple[str, Decimal]], whole: Decimal, words: Sequence[str] = ()) -> tuple[Part, ...]:
    """The parts of a bar, one after the other; what is nothing has none.

    Args:
        amounts: Each part's series (`bar__<series>` in the style sheet) and amount, 0 or more.
        whole: The amount that the bar's full length stands for, in the same unit.
        words: What stands in each part, where there is room for it.

    Each part ends where the sum so far ends, so that rounding leaves no gap and adds up to no more than the whole.
    """
    parts: list[Part] = []
    so_far, end = Decimal(0), Decimal("0.00")
    for (series, amount), told in zip(amounts, chain(words, repeat("")), strict=False):
        if amount:
            so_far += amount
            start, end = end, share(so_far, whole)
            width = end - start
            parts.append(Part(series, start, width, told if width >= _ROOM else ""))
    return tuple(parts)
