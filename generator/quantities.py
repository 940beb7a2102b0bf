"""The quantities of a prose: `不少于10场`, `三百余家`, `3-5 项`, `百分之九十` → number, comparison, unit, period.

What only looks like one is none: years, dates, ordinals, document numbers, names (`“一带一路”`, `7*24`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from generator.numerals import DIGITS, HAN, folded, parse_numeral, scale
from generator.targets import Comparison, Target, plain

Said = Comparison | Literal["~"]
Period = Literal["month", "quarter", "year", "week"]

_NEAR = 12  # characters before a number in which its qualifier and its period are looked for
_CLAUSE = re.compile("[，,；;。！!？?：:\n]")


@dataclass(frozen=True)
class Usage:
    """The words that quantities are said with; a jurisdiction may have its own.

    Attributes:
        units: Measure words and units.
        alike: Groups of units that one thing may be counted in.
        levels: Units whose figures are not added: `%`, `级`.
        before: Qualifiers that stand before a number, and what they say; None for words that end like one (`签约`).
        behind: Qualifiers that stand behind number and unit.
        periods: Words for `every month` and the like.
        names: Words that hold a numeral and are no quantity.
        generic: Words of two characters that say little of what is counted.
        partial: Words that make a figure a part or an average.
        other_times: Words that make a figure that of another time; `…` stands for what may be between.
        this_time: Words that make it this year's again.
        about: How far from its figure `约` is said, as a share of it.
        not_about: How far from its figure `约` is certainly not said.
        more: How many times its figure `超过` is still said of.
    """

    units: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]
    levels: tuple[str, ...]
    before: tuple[tuple[str, Said | None], ...]
    behind: tuple[tuple[str, Said], ...]
    periods: tuple[tuple[str, Period], ...]
    names: tuple[str, ...]
    generic: tuple[str, ...]
    partial: tuple[str, ...]
    other_times: tuple[str, ...]
    this_time: tuple[str, ...]
    about: Decimal
    not_about: Decimal
    more: Decimal

    def fit(self, said: str | None, printed: str | None) -> bool:
        """Whether a text may count in `said` what a form counts in `printed`."""
        if said is None or printed is None:
            return printed is None and said == "%"
        return said == printed or printed in self._mates.get(said, ())

    def adds_up(self, unit: str | None) -> bool:
        """Whether figures of a unit can be added: percentages cannot."""
        return unit not in self.levels

    @cached_property
    def _mates(self) -> dict[str, set[str]]:
        """For each unit those of its groups."""
        mates: dict[str, set[str]] = {}
        for group in self.alike:
            for unit in group:
                mates.setdefault(unit, set()).update(group)
        return mates

    @cached_property
    def partial_figures(self) -> re.Pattern[str]:
        return re.compile(_any(self.partial))

    @cached_property
    def times(self) -> re.Pattern[str]:
        """Words that say a time: `other` or `this`, a year or some years; `none` for names like `三年行动`."""
        others, now = ("|".join(map(_spaced, _longest(words))) for words in (self.other_times, self.this_time))
        names = _any(name for name in self.names if name not in self.other_times)
        return re.compile(f"(?P<none>{names})|(?P<other>{others})|(?P<this>{now})|{_YEARS}")

    def other_time(self, text: str, year: int | None) -> str | None:
        """What says that a figure at the end of a sentence is of another time than the year, if it does.

        The last word of time counts: `去年8场，今年12场`.
        """
        said: str | None = None
        for match in self.times.finditer(folded(text)):
            if match["first"]:
                years = {int(match["first"]), int(match["last"] or match["first"])}
                said = None if year is None or years == {year} else match[0]
            elif match.lastgroup != "none":
                said = None if match["this"] else match[0]
        return said

    @cached_property
    def grammar(self) -> "_Grammar":
        return _grammar(self)


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


@dataclass(frozen=True, slots=True)
class _Grammar:
    """A usage as regular expressions."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    period: re.Pattern[str]
    names: re.Pattern[str]
    said: dict[str, Said | None]
    periods: dict[str, Period]


_MORE = "[余多]"
_SCALE = "(?:[百千]?[万亿]|千(?![克米瓦伏])|[wW](?![A-Za-z]))"
_NUMBER = re.compile(f"(?P<hundredths>百分之)?(?P<number>{DIGITS}|{HAN})")
# What stands before or behind a number that counts nothing: `第3`, `GB50116`, `7*24`, `〔2017〕`, `十几`, `三分之`.
_NO_COUNT_BEFORE = re.compile(r"(?:[A-Za-z第*×+〔\[#№]|[A-Za-z][-_/.]|[0-9][.:/xX]) ?$")
_NO_WORD_BEFORE = re.compile("[数几上“‘《「]$")  # `数十`, `“四个服务”`: of numerals in Han characters
_NO_COUNT_BEHIND = re.compile(" ?[*×+] ?[0-9]|[几来]|分之|[0-9.]")
_GOES_ON = "海容部外资地涵"  # `以上海…`, `内容`: words that only begin like a qualifier behind a number
_PER: dict[str, Period] = {"年": "year", "月": "month", "周": "week", "季": "quarter"}
_FIRST_YEAR = 1900
# `2025年`, `2024-2026年`, `到2028年底`, `三年共`; not `每年`, `一年`, `第三年级`.
_YEARS = (
    "(?<![0-9])(?P<first>20[0-9]{2}) ?(?:年?度? ?(?:--?|[~至到]) ?(?P<last>20[0-9]{2}) ?)?年"
    "|(?<![0-9])(?:[2-9]|[1-9][0-9]|[两二三四五六七八九十]{1,2}) ?年(?!级)"
)
_BETWEEN = "[^，,；;。！!？?]{0,8}?"


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _any(words: Iterable[str]) -> str:
    """A pattern that takes the longest of the words."""
    return "|".join(map(re.escape, _longest(words)))


def _spaced(word: str) -> str:
    return _BETWEEN.join(map(re.escape, word.split("…")))


def _grammar(words: Usage) -> _Grammar:
    unit = f"(?:{_any(words.units)}|[%‰])"
    behind = rf"""
        (?P<more>{_MORE})?\ ?(?P<scale>{_SCALE})?\ ?(?P<more2>{_MORE})?
        (?:\ ?{unit}?\ ?(?:--?|[~至到])\ ?(?P<upper>{DIGITS}|{HAN})\ ?(?P<upper_scale>{_SCALE})?)?
        \ ?(?P<more3>{_MORE})?\ ?(?P<unit>{unit})?
        (?:\ ?[/每]\ ?(?P<per>[年月周季])度?)?
        (?:\ ?(?P<behind>{_any(word for word, _ in words.behind)})(?![{_GOES_ON}]))?"""
    before = rf"(?:(?P<unit>{unit})数量?)?(?P<before>{_any(word for word, _ in words.before)})[为了到:：]?\ ?$"
    return _Grammar(
        re.compile(behind, re.VERBOSE),
        re.compile(before),
        re.compile(_any(word for word, _ in words.periods)),
        re.compile(_any(words.names)),
        dict(words.before) | dict(words.behind),
        dict(words.periods),
    )


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
        behind = grammar.behind.match(text, match.end())
        before = _before(grammar, text, start)
        unit = behind and ("%" if match["hundredths"] else behind["unit"] or (before and before["unit"]))
        if not behind or not (unit or behind["scale"] or (before and match[0].isascii())):
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


def _before(grammar: _Grammar, text: str, start: int) -> re.Match[str] | None:
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


def _comparison(grammar: _Grammar, before: re.Match[str] | None, behind: re.Match[str]) -> Said | None:
    if before:
        return grammar.said[before["before"]]
    if behind["behind"]:
        return grammar.said[behind["behind"]]
    return ">" if behind["more"] or behind["more2"] or behind["more3"] else None


def _period(grammar: _Grammar, text: str, start: int, per: str | None) -> Period | None:
    """`每季度组织2场`, `2篇/月`: said behind the number, or before it in the same clause."""
    if per:
        return _PER[per]
    near = _CLAUSE.split(text[max(0, start - _NEAR) : start])[-1]
    found = grammar.period.findall(near)
    return grammar.periods[found[-1]] if found else None
