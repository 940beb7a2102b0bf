"""`≥5.00(项)` → comparison, number, unit; the printed words are kept."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from generator.figures.numerals import scale

Comparison = Literal["≥", "≤", ">", "<", "="]

# 15 digits at most, so that a number passes through JSON unchanged.
_TARGET = re.compile(
    r"""(?:(?P<comparison>[≥≤><=＞＜＝])\ ?)?
        (?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,3})?|[0-9]{1,12}(?:\.[0-9]{1,3})?)
        \ ?(?:[(（]\ ?(?P<unit>[^()（）]*?)\ ?[)）]|(?P<percent>[%％]))?""",
    re.VERBOSE,
)
# how Chinese writes the unit of a percentage: its language, no choice of a jurisdiction
_PERCENT = frozenset({"%", "％", "百分比"})
_ASCII: dict[str, Comparison] = {"＞": ">", "＜": "<", "＝": "=", "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "="}


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator's target or actual value as printed, and its parts when it is a quantity.

    Words (`有效提升`, `达成指标`, `2026年12月底前`) have no parts: all three are None.
    """

    printed: str
    comparison: Comparison | None = None
    value: Decimal | None = None
    unit: str | None = None

    def __str__(self) -> str:
        return self.printed

    def __hash__(self) -> int:
        return hash(self.printed)  # a number's own takes long, and targets are looked up again and again

    @property
    def pieces(self) -> tuple[str, str, str] | None:
        """Sign, number and unit as printed, for setting them in columns: joined they are `printed`."""
        return _pieces(self.printed)


@lru_cache(1 << 14)
def _pieces(printed: str) -> tuple[str, str, str] | None:
    match = _TARGET.fullmatch(printed)
    if match is None:
        return None
    start, end = match.span("number")
    return printed[:start], printed[start:end], printed[end:]


@lru_cache(1 << 14)  # forms print the same values again and again, and rules ask for them more often still
def parse_target(printed: str) -> Target:
    """Read a printed target or actual value; what is not wholly a quantity is words."""
    match = _TARGET.fullmatch(printed)
    if match is None:
        return Target(printed)
    sign = match["comparison"]
    return Target(
        printed,
        comparison=_ASCII[sign] if sign else None,
        value=Decimal(match["number"].replace(",", "")),
        unit=match["unit"] or ("%" if match["percent"] else None),
    )


def is_percent(unit: str | None) -> bool:
    return unit in _PERCENT


@lru_cache(1 << 14)
def plain(target: Target) -> Target:
    """The same quantity in its plainest unit, for comparing: `0.80(万人次)` → 8000 人次, `90(百分比)` → 90 %."""
    unit = target.unit
    if target.value is None or not unit:
        return target
    if is_percent(unit):
        return replace(target, unit="%")
    if len(unit) > 1 and unit[0] in "万亿":
        return replace(target, value=target.value * scale(unit[0]), unit=unit[1:])
    return target
