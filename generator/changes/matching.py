"""Which indicator row of a form is which of the same form at another time, or of the project's form of another year.

An indicator is known by its levels, its name, its unit and its place in the form, not by its name
alone: one form states the same name once in 场 and once in 人. All of it is the same, whichever of the
two forms is called the earlier one.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from generator.changes.printed import Row
from generator.figures.targets import parse_target, plain
from generator.reading.model import Indicator

# Not a jurisdiction's choice: `diff` and `check --published` must name the same row whatever forms are measured by.
_ALIKE = Fraction(1, 2)  # names of which half the character pairs are the same may be one indicator, reworded
_PASSING = re.compile(r"\s|20[0-9]{2}\s*年?(?:度)?")
_WAYS = 4
_MOST = 40_000  # pairs of names that are compared: 200 reworded rows of one level; less than half a second


@lru_cache(1 << 14)
def _unit(target: str) -> str | None:
    """The unit of a printed target, one word for those that mean the same."""
    return plain(parse_target(target)).unit


@lru_cache(1 << 14)  # a name is asked for by each form that is compared
def timeless(text: str) -> str:
    """A name or text without blanks and years, which change from form to form."""
    return _PASSING.sub("", text)


def lasting(indicator: Indicator) -> Row:
    """What stays of an indicator from year to year: its levels, its name without the year, its unit; not its value."""
    unit = plain(indicator.target).unit if indicator.target else None
    facts = {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": timeless(indicator.name),
        "target": f"1({unit})" if unit else None,
    }
    return {key: words for key, words in facts.items() if words}


def place(row: Row) -> tuple[str | None, str | None]:
    """Where a row belongs: its levels."""
    return row.get("level1"), row.get("level2")


def matched(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[int, int]]:
    """Which row of the later form is which of the earlier one: the same in all, then in less and less of it."""
    pairs: list[tuple[int, int]] = []
    olds, news = dict(enumerate(map(_ways, before))), dict(enumerate(map(_ways, after)))
    for way in range(_WAYS):
        found = _in_turn(
            _keyed((old, ways[way]) for old, ways in olds.items()),
            _keyed((new, ways[way]) for new, ways in news.items()),
        )
        pairs += found
        for old, new in found:
            del olds[old], news[new]
    return pairs + _reworded(before, after, olds, news)


def _ways(row: Row) -> tuple[Hashable, ...]:
    """What a row is called the same by, the most telling first."""
    level1, level2, name, unit = row.get("level1"), row.get("level2"), row.get("name"), _unit(row.get("target", ""))
    return frozenset(row.items()), (level1, level2, name, unit), (level1, level2, name), (name, unit)


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be of one indicator, reworded."""
    return _alike(_pairs(one), _pairs(other)) is not None


def _keyed(called: Iterable[tuple[int, Hashable]]) -> dict[Hashable, list[int]]:
    keyed: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, key in called:
        keyed[key].append(number)
    return keyed


def _in_turn(olds: Mapping[Hashable, list[int]], news: Mapping[Hashable, list[int]]) -> list[tuple[int, int]]:
    """Rows that are called the same, the first to the first, the second to the second."""
    return [pair for key, numbers in olds.items() for pair in zip(numbers, news.get(key, ()), strict=False)]


def _reworded(
    before: Sequence[Row], after: Sequence[Row], olds: Iterable[int], news: Iterable[int]
) -> list[tuple[int, int]]:
    """Rows of one level whose names are more alike than those of any others.

    Where more than `_MOST` pairs would have to be looked at, it is another form, not a reworded one: none is.
    """
    found: list[tuple[int, int]] = []
    here = _keyed((old, place(before[old])) for old in olds)
    there = _keyed((new, place(after[new])) for new in news)
    levels = [(own, there[level]) for level, own in here.items() if level in there]
    if sum(len(own) * len(others) for own, others in levels) > _MOST:
        return found
    for own, others in levels:
        ones, twos = _pairs_of_characters(own, before), _pairs_of_characters(others, after)
        best: dict[tuple[str, int], _Best] = {}
        for old in own:
            for new in others:
                score = _alike(ones[old], twos[new])
                if score is not None:
                    for side in (("old", old), ("new", new)):
                        best.setdefault(side, _Best()).see(score, (old, new))
        chosen = (best[side].only for side in best if side[0] == "old")
        found += [pair for pair in chosen if pair and best["new", pair[1]].only == pair]
    return found


class _Best:
    """The pair of a row with the highest score, if there is but one."""

    __slots__ = ("only", "score")

    def __init__(self) -> None:
        self.score = Fraction(0)
        self.only: tuple[int, int] | None = None

    def see(self, score: Fraction, pair: tuple[int, int]) -> None:
        if score > self.score:
            self.score, self.only = score, pair
        elif score == self.score:
            self.only = None


_Pairs = frozenset[tuple[str, int]]


def _pairs_of_characters(numbers: Iterable[int], rows: Sequence[Row]) -> dict[int, _Pairs]:
    return {number: _pairs(rows[number].get("name", "")) for number in numbers}


@lru_cache(1 << 14)
def _pairs(name: str) -> _Pairs:
    """Each pair of neighbouring characters, a second one of a kind as another: so sets are compared, not counts."""
    seen: Counter[str] = Counter()
    found: set[tuple[str, int]] = set()
    for pair in map("".join, pairwise(name)):
        found.add((pair, seen[pair]))
        seen[pair] += 1
    return frozenset(found)


def _alike(ones: _Pairs, others: _Pairs) -> Fraction | None:
    """Share of the character pairs that two names have in common, 0 to 1; None where they are not alike."""
    every = len(ones) + len(others)
    common = len(ones & others)
    # whole numbers first: most pairs of names are not alike, and a fraction costs more than the rest
    if not common or 2 * common * _ALIKE.denominator < every * _ALIKE.numerator:
        return None
    return Fraction(2 * common, every)


def moved(before: Sequence[Row], after: Sequence[Row], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fewest rows that must have moved, so that the rest stand in one order.

    Of two rows that changed places either may have moved. Which of the orders is looked at first is
    told by their words, so that it is the same row when the states are exchanged.
    """
    ordered = sorted(pairs)
    turned = sorted((new, old) for old, new in ordered)
    words = [sorted(before[old].items()) for old, _ in ordered]
    words_turned = [sorted(after[new].items()) for new, _ in turned]
    if (words, ordered) <= (words_turned, turned):
        return sorted(set(ordered) - set(_rising(ordered)), key=lambda pair: pair[1])
    stayed = {(old, new) for new, old in _rising(turned)}
    return sorted(set(ordered) - stayed, key=lambda pair: pair[1])


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs, sorted by their first numbers, whose second numbers rise too."""
    ends: list[int] = []  # of the best part of each length its last second number
    last: list[int] = []  # and which pair that is
    previous: dict[int, int | None] = {}
    for at, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        previous[at] = last[length - 1] if length else None
        ends[length : length + 1], last[length : length + 1] = [second], [at]
    found: list[tuple[int, int]] = []
    here = last[-1] if last else None
    while here is not None:
        found.append(pairs[here])
        here = previous[here]
    return found[::-1]
