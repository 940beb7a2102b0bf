"""The rows of an official form: which of them share a merged cell, and which lost points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def groups(indicators: Sequence[Indicator]) -> Iterator[Group]:
    """The rows in printed order, one group for each run of equal level 1 and level 2."""
    start = 0
    for end in range(1, len(indicators) + 1):
        here = indicators[start]
        if end < len(indicators) and (indicators[end].level1, indicators[end].level2) == (here.level1, here.level2):
            continue
        rows = tuple(Row(number + 1, indicators[number]) for number in range(start, end))
        yield Group(here.level1, here.level2, rows, start > 0 and indicators[start - 1].level1 == here.level1)
        start = end


def parts(indicators: Sequence[Indicator]) -> Iterator[Part]:
    """The level 1 runs of a form."""
    start = 0
    for end in range(1, len(indicators) + 1):
        if end == len(indicators) or indicators[end].level1 != indicators[start].level1:
            yield Part(indicators[start].level1, start + 1, end - start)
            start = end
