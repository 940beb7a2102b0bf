"""Whether a target asks for more or less than another."""

from typing import Literal

from generator.figures.targets import Target, plain

Trend = Literal["weakened", "strengthened"]

_AT_LEAST, _AT_MOST = ("≥", ">"), ("≤", "<")


def trend_of(before: Target, after: Target, *, cost: bool = False) -> Trend | None:
    """Whether a target asks for less than before; None where that cannot be told: other units, words, the other way.

    A target without ≥ > ≤ < is a floor, and of a `cost` a ceiling.
    """
    before, after = plain(before), plain(after)
    if before.value is None or after.value is None or before.unit != after.unit:
        return None
    ways = {_way(target, cost) for target in (before, after)}
    if len(ways) > 1:
        return None
    # of equal numbers > asks for more than ≥, and < than ≤
    sign, strict = (-1, "<") if "most" in ways else (1, ">")
    asked, now = (sign * before.value, before.comparison == strict), (sign * after.value, after.comparison == strict)
    return None if asked == now else "strengthened" if now > asked else "weakened"


def _way(target: Target, cost: bool) -> str:
    if target.comparison in _AT_LEAST:
        return "least"
    return "most" if target.comparison in _AT_MOST or cost else "least"
