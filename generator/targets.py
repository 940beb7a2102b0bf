"""`≥5.00(项)` → comparison, number, unit; the printed words are kept."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparison = Literal["≥", "≤", ">", "<", "="]

# 15 digits at most, so that a number passes through JSON unchanged.
_TARGET = re.compile(
    r"""(?:(?P<comparison>[≥≤><=＞＜＝])\ ?)?
        (?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,3})?|[0-9]{1,12}(?:\.[0-9]{1,3})?)
        \ ?(?:[(（]\ ?(?P<unit>[^()（）]*?)\ ?[)）]|(?P<percent>[%％]))?""",
    re.VERBOSE,
)
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

    @property
    def pieces(self) -> tuple[str, str, str] | None:
        """Sign, number and unit as printed, for setting them in columns: joined they are `printed`."""
        match = _TARGET.fullmatch(self.printed)
        if match is None:
            return None
        start, end = match.span("number")
        return self.printed[:start], self.printed[start:end], self.printed[end:]


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
