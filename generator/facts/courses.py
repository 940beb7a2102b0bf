"""The figures of an indicator through the years: what was asked for and what was reached, as bars of one scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.facts.bars import Part, bar
from generator.facts.yearly import Mention, Thread, YearOf
from generator.figures.targets import Target, plain

_SEVERAL = 2  # of one figure there is no course


@dataclass(frozen=True, slots=True)
class Figure:
    """A target or an actual value of an indicator, with the bar of its number."""

    name: str
    target: Target
    url: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The figures of an indicator through the years, in one unit."""

    name: str
    figures: tuple[Figure, ...]


def course_of(thread: Thread, years: Sequence[YearOf]) -> Course | None:
    """An indicator's figures, where two years at least give a target in one unit and not all are the same."""
    if sum(_asks_for_a_number(mention) for mention in thread.mentions) < _SEVERAL:  # most: before more is made of them
        return None
    stated = [
        (f"{year.year} {name}", target, url, series)
        for year, mention in zip(years, thread.mentions, strict=True)
        for name, target, url, series in _figures(mention)
    ]
    units = {plain(target).unit for _, target, _, _ in stated}
    values = [value for _, target, _, _ in stated if (value := plain(target).value) is not None]
    if len(units) > 1 or len(set(values)) < _SEVERAL:
        return None
    whole = max(values)
    name = next(mention.row.indicator.name for mention in reversed(thread.mentions) if mention.row)
    figures = (
        Figure(label, target, url, bar([(series, value)], whole))
        for (label, target, url, series), value in zip(stated, values, strict=True)
    )
    return Course(name, tuple(figures))


def _asks_for_a_number(mention: Mention) -> bool:
    target = mention.row.indicator.target if mention.row else None
    return target is not None and target.value is not None


def _figures(mention: Mention) -> Iterator[tuple[str, Target, str, str]]:
    """The numbers that a year gives: name, value, URL, series of the bar."""
    if mention.row and mention.row.indicator.target and mention.row.indicator.target.value is not None:
        yield "指标值", mention.row.indicator.target, mention.row.url, "target"
    if mention.evaluated and mention.answer and mention.answer.actual and mention.answer.actual.value is not None:
        yield "实际完成值", mention.answer.actual, mention.evaluated.url, "actual"
