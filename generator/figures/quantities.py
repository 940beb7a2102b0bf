"""The quantities of a prose: `不少于10场`, `三百余家`, `3-5 项`, `百分之九十` → number, comparison, unit, period.

What only looks like one is none: years, dates, ordinals, document numbers, names (`“一带一路”`, `7*24`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from generator.figures.numerals import DIGITS, HAN, folded, parse_numeral, scale
from generator.figures.targets import Target, plain
from generator.figures.usage import Grammar, Period, Said, Usage

_NEAR = 12  # characters before a number in which its qualifier and its period are looked for
_CLAUSE = re.compile("[，,；;。！!？?：:\n]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text, whose words are `text[start:end]`.

    `number` and `upper` (of a range) have 万 and 亿 multiplied in; `comparison` `~` is `about`.
    """

    start: int
    end: int
    number: Decimal
    upper: Decimal | None
    unit: str | None
    comparison: Said | None
    period: Period | None

    @property
    def last(self) -> Decimal:
        """The upper end of its range; its number when it is none."""
        return self.number if self.upper is None else self.upper


_NUMBER = re.compile(f"(?P<hundredths>百分之)?(?P<number>{DIGITS}|{HAN})")
# What stands before or behind a number that counts nothing: `第3`, `GB50116`, `7*24`, `〔2017〕`, `十几`, `三分之`.
_NO_COUNT_BEFORE = re.compile(r"(?:[A-Za-z第*×+〔\[#№]|[A-Za-z][-_/.]|[0-9][.:/xX]) ?$")
_NO_WORD_BEFORE = re.compile("[数几上“‘《「]$")  # `数十`, `“四个服务”`: of numerals in Han characters
_NO_COUNT_BEHIND = re.compile(" ?[*×+] ?[0-9]|[几来]|分之|[0-9.]")
_PER: dict[str, Period] = {"年": "year", "月": "month", "周": "week", "季": "quarter"}
_FIRST_YEAR = 1900


def find_quantities(text: str, words: Usage) -> Iterator[Quantity]:
    """Every quantity of one paragraph, in order.

    Args:
        text: A paragraph as printed.
        words: How the jurisdiction says quantities.
    """
    grammar = words.grammar
    text = folded(text)
    named: set[int] | None = None
    end = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        if start < end or _is_of_a_word(text, match):
            continue
        behind = cast("re.Match[str]", grammar.behind.match(text, match.end()))  # no part of it must be there
        before = _before(grammar, text, start)
        unit = "%" if match["hundredths"] else behind["unit"] or (before and before["unit"])
        if not (unit or behind["scale"] or (before and match[0].isascii())):
            continue
        if named is None:
            named = {at for found in grammar.names.finditer(text) for at in range(*found.span())}
        if not named.isdisjoint(range(start, match.end())):
            continue
        end = behind.start() + len(behind[0].rstrip())
        numbers = _numbers(match["number"], behind)
        if numbers is None or (unit == "年" and numbers[0] >= _FIRST_YEAR):
            continue
        yield Quantity(
            before.start("before") if before else start,
            end,
            *numbers,
            unit or None,
            _comparison(grammar, before, behind),
            _period(grammar, text, start, behind["per"]),
        )


def _is_of_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether a number belongs to a word, a date, a code: it counts nothing."""
    start, end = match.span()
    return bool(
        _NO_COUNT_BEFORE.search(text, max(0, start - 3), start)
        or _NO_COUNT_BEHIND.match(text, end)
        or (not match[0].isascii() and _NO_WORD_BEFORE.search(text, max(0, start - 1), start))
    )


def _before(grammar: Grammar, text: str, start: int) -> re.Match[str] | None:
    """The qualifier before a number."""
    found = grammar.before.search(text, max(0, start - _NEAR), start)
    return found if found and grammar.said[found["before"]] else None


def quantity_of(value: Target, words: Usage) -> Quantity | None:
    """What a printed value says, in the terms of a text: `1.2(万人次)` → 12000 人次; None for words."""
    found = plain(value)
    if found.value is None:
        return None
    unit, _, per = (found.unit or "").partition("/")
    known = unit if unit in words.units or unit == "%" else None
    return Quantity(0, len(value.printed), found.value, None, known, value.comparison, _PER.get(per[:1]))


def _numbers(words: str, behind: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    """The number and the upper end of its range; None for what cannot be told."""
    more = bool(behind["more"] or behind["more2"])
    number = parse_numeral(f"一{words}" if more and words[0] in "百千万亿" else words)
    if number is None:
        return None
    own = behind["scale"] or ""
    if not behind["upper"]:
        return number * scale(own), None
    upper = parse_numeral(behind["upper"])
    if upper is None:
        return None
    shared = behind["upper_scale"] or ""
    number, upper = number * scale(own or shared), upper * scale(shared)
    return (number, upper) if number < upper else None


def _comparison(grammar: Grammar, before: re.Match[str] | None, behind: re.Match[str]) -> Said | None:
    if before:
        return grammar.said[before["before"]]
    if behind["behind"]:
        return grammar.said[behind["behind"]]
    return ">" if behind["more"] or behind["more2"] or behind["more3"] else None


def _period(grammar: Grammar, text: str, start: int, per: str | None) -> Period | None:
    """`每季度组织2场`, `2篇/月`: said behind the number, or before it in the same clause."""
    if per:
        return _PER[per]
    near = _CLAUSE.split(text[max(0, start - _NEAR) : start])[-1]
    found = grammar.period.findall(near)
    return grammar.periods[found[-1]] if found else None
