"""The words that a jurisdiction says quantities with, and the grammar that they make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from generator.figures.numerals import DIGITS, HAN, folded
from generator.figures.targets import Comparison

Said = Comparison | Literal["~"]
Period = Literal["month", "quarter", "year", "week"]

_MORE = "[余多]"
_SCALE = "(?:[百千]?[万亿]|千(?![克米瓦伏])|[wW](?![A-Za-z]))"
_GOES_ON = "海容部外资地涵"  # `以上海…`, `内容`: words that only begin like a qualifier behind a number
# `2025年`, `2024-2026年`, `到2028年底`, `三年共`; not `每年`, `一年`, `第三年级`.
_YEARS = (
    "(?<![0-9])(?P<first>20[0-9]{2}) ?(?:年?度? ?(?:--?|[~至到]) ?(?P<last>20[0-9]{2}) ?)?年"
    "|(?<![0-9])(?:[2-9]|[1-9][0-9]|[两二三四五六七八九十]{1,2}) ?年(?!级)"
)
_BETWEEN = "[^，,；;。！!？?]{0,8}?"


@dataclass(frozen=True, slots=True)
class Grammar:
    """A usage as regular expressions."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    period: re.Pattern[str]
    names: re.Pattern[str]
    said: dict[str, Said | None]
    periods: dict[str, Period]


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

    def other_time(self, text: str, year: int) -> str | None:
        """What says that a figure at the end of a sentence is of another time than the year, if it does.

        The last word of time counts: `去年8场，今年12场`.
        """
        said: str | None = None
        for match in self.times.finditer(folded(text)):
            if match["first"]:
                years = {int(match["first"]), int(match["last"] or match["first"])}
                said = None if years == {year} else match[0]
            elif match.lastgroup != "none":
                said = None if match["this"] else match[0]
        return said

    @cached_property
    def grammar(self) -> "Grammar":
        return _grammar(self)


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _any(words: Iterable[str]) -> str:
    """A pattern that takes the longest of the words."""
    return "|".join(map(re.escape, _longest(words)))


def _spaced(word: str) -> str:
    return _BETWEEN.join(map(re.escape, word.split("…")))


def _grammar(words: Usage) -> Grammar:
    unit = f"(?:{_any(words.units)}|[%‰])"
    behind = rf"""
        (?P<more>{_MORE})?\ ?(?P<scale>{_SCALE})?\ ?(?P<more2>{_MORE})?
        (?:\ ?{unit}?\ ?(?:--?|[~至到])\ ?(?P<upper>{DIGITS}|{HAN})\ ?(?P<upper_scale>{_SCALE})?)?
        \ ?(?P<more3>{_MORE})?\ ?(?P<unit>{unit})?
        (?:\ ?[/每]\ ?(?P<per>[年月周季])度?)?
        (?:\ ?(?P<behind>{_any(word for word, _ in words.behind)})(?![{_GOES_ON}]))?"""
    before = rf"(?:(?P<unit>{unit})数量?)?(?P<before>{_any(word for word, _ in words.before)})[为了到:：]?\ ?$"
    return Grammar(
        re.compile(behind, re.VERBOSE),
        re.compile(before),
        re.compile(_any(word for word, _ in words.periods)),
        re.compile(_any(words.names)),
        dict(words.before) | dict(words.behind),
        dict(words.periods),
    )
