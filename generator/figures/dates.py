"""Printed dates → dates; an unknown date is a value of its own."""

import re
from datetime import date

from generator.words.problems import Entry, Refused, Words

UNKNOWN = "未注明"

NOT_A_DATE = Entry(
    "date-form",
    Words("日期的写法不对", "a date in another form"),
    Words("应为日期，如 2024-01-01", "a date is expected, like 2024-01-01"),
    Words("现为“{found}”", "found “{found}”"),
    Words(
        "写成 年-月-日，月、日各两位{unknown}。",
        "write year-month-day with two digits each{unknown_en}.",
    ),
)


def parse_date(printed: str) -> date:
    """`"2024-01-01"` → date.

    Raises:
        Refused: another form, or a day that does not exist.
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", printed):
        try:
            return date.fromisoformat(printed)
        except ValueError:
            pass
    raise Refused(NOT_A_DATE, found=printed, unknown="", unknown_en="")


def parse_known_date(printed: str) -> date | None:
    """A date, or None for `未注明`; raises `Refused` like `parse_date`."""
    if printed == UNKNOWN:
        return None
    try:
        return parse_date(printed)
    except Refused as refused:
        words = {"unknown": f"；不知道时写 {UNKNOWN}", "unknown_en": f"; an unknown day is written {UNKNOWN}"}
        raise Refused(NOT_A_DATE, **refused.facts | words) from None
