"""元 / 万元 → Decimal yuan, exactly."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.words.problems import Entry, Refused, Words

MoneyUnit = Literal["元", "万元"]
YUAN_PER: dict[MoneyUnit, Decimal] = {"元": Decimal(1), "万元": Decimal(10_000)}

NOT_A_NUMBER = Entry(
    "amount-form",
    Words("数字的写法不对", "a number in another form"),
    Words("应为数字，如 5,073,780.00 或 56.00", "a number is expected, like 5,073,780.00 or 56.00"),
    Words("现为“{found}”", "found “{found}”"),
    Words(
        "按原表照录数字，用半角数字、小数点和千位逗号，单位不写在这里。",
        "copy the printed figure with ASCII digits, a point and thousands commas; leave the unit out.",
    ),
)

NOT_A_COUNT = Entry(
    "count-form",
    Words("应是整数", "not a whole number"),
    Words("应为整数，如 8", "a whole number is expected, like 8"),
    Words("现为“{found}”", "found “{found}”"),
    Words("数一数再写。", "count again."),
)

NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure and what it says; `number` is None where the form prints `-`."""

    printed: str
    number: Decimal | None

    def __str__(self) -> str:
        return self.printed


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount of money and its number, in the unit of the block it stands in."""

    printed: str
    number: Decimal

    def __str__(self) -> str:
        return self.printed

    def in_yuan(self, unit: MoneyUnit) -> Decimal:
        return self.number * YUAN_PER[unit]


def parse_number(printed: str) -> Decimal:
    """`"5,073,780.00"` → `Decimal("5073780.00")`.

    Raises:
        Refused: anything but ASCII digits, well-placed thousands commas and one point.
    """
    if not NUMBER.fullmatch(printed):
        raise Refused(NOT_A_NUMBER, found=printed)
    return Decimal(printed.replace(",", ""))


def parse_amount(printed: str) -> Amount:
    """A printed amount; raises `Refused` when it is not a number."""
    return Amount(printed, parse_number(printed))


def parse_count(printed: str) -> int:
    """A printed whole number, 0 or more; raises `Refused` for another."""
    number = parse_number(printed)
    if number != number.to_integral_value():
        raise Refused(NOT_A_COUNT, found=printed)
    return int(number)


def parse_figure(printed: str) -> Figure:
    """A printed figure; a lone `-` means that the form gives none."""
    return Figure(printed, None if printed == "-" else parse_number(printed))


def in_other_unit(amount: Amount, unit: MoneyUnit) -> str:
    """The same money in the other unit: `507.378 万元` for 5,073,780.00 元; `""` for nothing, nothing in both."""
    other: MoneyUnit = "万元" if unit == "元" else "元"
    yuan = amount.in_yuan(unit)
    return f"{written(yuan / YUAN_PER[other])} {other}" if yuan else ""


def written(number: Decimal) -> str:
    """`Decimal("48551900")` → `"48,551,900.00"`: two decimals at least, thousands commas."""
    whole, _, decimals = f"{number:,f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"
