"""The rows of an official form: which of them share a merged cell, and which lost points."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, starmap
from operator import attrgetter

from generator.reading.model import BudgetRow, Indicator, ScoredIndicator


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator and its place in the form, counted from 1."""

    number: int
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows under one level 1 and level 2; `goes_on` says that level 1 is the one above."""

    level1: str | None
    level2: str | None
    rows: tuple[Row, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring rows under one level 1: an entry of the page's table of contents."""

    level1: str | None
    first: int
    count: int


def points_lost(row: ScoredIndicator | BudgetRow) -> bool:
    """The row has fewer points than it could have."""
    points, score = row.points.number, row.score.number
    return points is not None and score is not None and score < points


def groups(indicators: Iterable[Indicator]) -> Iterator[Group]:
    """The rows in printed order, one group for each run of equal level 1 and level 2."""
    above: Group | None = None
    runs = groupby(starmap(Row, enumerate(indicators, 1)), lambda row: (row.indicator.level1, row.indicator.level2))
    for (level1, level2), rows in runs:
        above = Group(level1, level2, tuple(rows), goes_on=above is not None and above.level1 == level1)
        yield above


def parts(indicators: Iterable[Indicator]) -> Iterator[Part]:
    """The level 1 runs of a form."""
    first = 1
    for level1, run in groupby(indicators, attrgetter("level1")):
        count = sum(1 for _ in run)
        yield Part(level1, first, count)
        first += count
