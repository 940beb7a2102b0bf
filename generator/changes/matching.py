"""Which indicator row of a form is which of the same form at another time, or of the project's form of another year.

An indicator is known by its levels, its name, its unit and its place in the form, not by its name
alone: one form states the same name once in 场 and once in 人. All of it is the same, whichever of the
two forms is called the earlier one.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter, concat

from generator.changes.printed import Row
from generator.figures.targets import parse_target, plain
from generator.reading.model import Indicator

# Not a jurisdiction's choice: `diff` and `check --published` must name the same row whatever forms are measured by.
_ALIKE = 0.5  # names of which half the character pairs are the same may be one indicator, reworded
_PASSING = re.compile(r"\s|20[0-9]{2}\s*年?(?:度)?")
_MOST = 40_000  # pairs of names that are compared: 200 reworded rows of one level; less than half a second

Pairs = frozenset[Hashable]


@dataclass(eq=False, slots=True)
class Known:
    """What a row is known by: all its words, its levels, its name, its unit."""

    words: Hashable
    level1: str | None
    level2: str | None
    name: str
    unit: str | None
    _pairs: Pairs | None = None

    @property
    def pairs(self) -> Pairs:
        """The pairs of characters of its name, found once: most rows are never asked for them, or several times."""
        if self._pairs is None:
            self._pairs = pairs_of(self.name)
        return self._pairs


# The most telling first; rows of different names are the same in none of them.
_WAYS: tuple[Callable[[Known], Hashable], ...] = (
    attrgetter("words"),
    attrgetter("level1", "level2", "name", "unit"),
    attrgetter("level1", "level2", "name"),
    attrgetter("name", "unit"),
)
_level = attrgetter("level1", "level2")


def timeless(text: str) -> str:
    """A name or text without blanks and years, which change from form to form."""
    return _PASSING.sub("", text)


def known(row: Row) -> Known:
    """What a printed row is known by."""
    unit = plain(parse_target(row.get("target", ""))).unit
    return Known(frozenset(row.items()), row.get("level1"), row.get("level2"), row.get("name", ""), unit)


def lasting(indicator: Indicator) -> Known:
    """What stays of an indicator from year to year: its levels, its name without the year, its unit; not its value."""
    level1, level2, name = indicator.level1, indicator.level2, timeless(indicator.name)
    unit = plain(indicator.target).unit if indicator.target else None
    return Known((level1, level2, name, unit), level1, level2, name, unit)


def matched(before: Sequence[Known], after: Sequence[Known]) -> list[tuple[int, int]]:
    """Which row of the later form is which of the earlier one: the same in all, then in less and less of it."""
    pairs: list[tuple[int, int]] = []
    shared = {row.name for row in before} & {row.name for row in after}
    olds = [old for old, row in enumerate(before) if row.name in shared]
    news = [new for new, row in enumerate(after) if row.name in shared]
    for way in _WAYS:
        found = _in_turn(way, (before, olds), (after, news))
        pairs += found
        olds, news = _left(olds, {old for old, _ in found}), _left(news, {new for _, new in found})
    olds, news = (
        _left(range(len(before)), {old for old, _ in pairs}),
        _left(range(len(after)), {new for _, new in pairs}),
    )
    return pairs + _reworded((before, olds), (after, news))


def _left(numbers: Iterable[int], taken: Set[int]) -> list[int]:
    return [number for number in numbers if number not in taken]


_Some = tuple[Sequence[Known], Sequence[int]]  # some rows of a form, by their numbers


def _by(key: Callable[[Known], Hashable], some: _Some) -> dict[Hashable, list[int]]:
    rows, numbers = some
    keyed: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        keyed[key(rows[number])].append(number)
    return keyed


def _in_turn(way: Callable[[Known], Hashable], olds: _Some, news: _Some) -> list[tuple[int, int]]:
    """Rows that are called the same, the first to the first, the second to the second."""
    there = _by(way, news)
    return [pair for key, numbers in _by(way, olds).items() for pair in zip(numbers, there.get(key, ()), strict=False)]


def _reworded(olds: _Some, news: _Some) -> list[tuple[int, int]]:
    """Rows of one level whose names are more alike than those of any others.

    Where more than `_MOST` pairs would have to be looked at, it is another form, not a reworded one: none is.
    """
    found: list[tuple[int, int]] = []
    before, after, there = olds[0], news[0], _by(_level, news)
    levels = [(own, there[level]) for level, own in _by(_level, olds).items() if level in there]
    if sum(len(own) * len(others) for own, others in levels) > _MOST:
        return found
    for own, others in levels:
        best: dict[tuple[str, int], _Best] = {}
        names = [(new, after[new].pairs) for new in others]
        for old in own:
            pairs = before[old].pairs
            for new, other in names:
                score = _alike(pairs, other)
                if score >= _ALIKE:
                    for side in (("old", old), ("new", new)):
                        best.setdefault(side, _Best()).see(score, (old, new))
        chosen = (best[side].only for side in best if side[0] == "old")
        found += [pair for pair in chosen if pair and best["new", pair[1]].only == pair]
    return found


class _Best:
    """The pair of a row with the highest score, if there is but one."""

    __slots__ = ("only", "score")

    def __init__(self) -> None:
        self.score = 0.0
        self.only: tuple[int, int] | None = None

    def see(self, score: float, pair: tuple[int, int]) -> None:
        if score > self.score:
            self.score, self.only = score, pair
        elif score == self.score:
            self.only = None


def pairs_of(name: str) -> Pairs:
    """Each pair of neighbouring characters, a second one of a kind as another: so sets are compared, not counts."""
    every = list(map(concat, name, name[1:]))
    found: set[Hashable] = set(every)
    if len(found) < len(every):
        for pair, count in Counter(every).items():
            found.update((pair, number) for number in range(1, count))
    return frozenset(found)


def are_alike(one: Pairs, other: Pairs) -> bool:
    """Whether two names, given as their pairs of characters, may be of one indicator, reworded."""
    return _alike(one, other) >= _ALIKE


def _alike(one: Pairs, other: Pairs) -> float:
    """Share of the character pairs that two names have in common, 0 to 1.

    Shares of names that could be printed are equal as floats where they are equal, and only there.
    """
    return 0.0 if one.isdisjoint(other) else 2 * len(one & other) / (len(one) + len(other))


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
