"""The figures of a goal or an achievement, each held against the indicator it speaks of.

A figure of the text belongs to the indicator whose name shares the most with the words around it and
whose unit it could have. Where two indicators could be meant, where figures are parts of a sum, where
a figure is said of each or of some, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from generator.agreement import Manner, agree, together
from generator.phrases import Phrase, Weights, grams, name_grams, phrases
from generator.quantities import Quantity, Vocabulary, find_quantities, quantity_of
from generator.targets import Target

Verdict = Literal["agree", "conflict", "none"]

_PARENTHESIS = re.compile("[（(][^（()）]*[)）]")
_DASH = re.compile("[-－—]")
_AROUND = 12  # characters around a quantity within an indicator's value that say what it counts
_MOST_PARTS = 6
_RIVAL = 0.5  # an indicator this much as like as the likest may be meant as well


@dataclass(frozen=True, slots=True)
class Limits:
    """How alike a name and the words around a figure must be, 0-1; chosen by `python -m bench.narrative`.

    Attributes:
        agreed: To be tied where the figures agree: that they do is evidence itself.
        sure: To be tied where they do not.
        margin: How much less alike the next indicator must be.
    """

    agreed: float = 0.2
    sure: float = 0.4
    margin: float = 0.1


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as a text may speak of it: its name, and the value that the text is held against."""

    name: str
    value: Target
    manner: Manner


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a row: its whole value, or a quantity within the value's words."""

    row: int
    name: str
    manner: Manner
    quantity: Quantity
    own: frozenset[str]
    topic: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity of a paragraph (both from 0), the figures of rows that it speaks of, and how they stand."""

    paragraph: int
    quantity: Quantity
    verdict: Verdict
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    alike: float
    figure: Figure
    agrees: bool | None


def figures(rows: Sequence[Row], words: Vocabulary) -> Iterator[Figure]:
    """What the rows give figures for."""
    for index, row in enumerate(rows):
        *topics, name = _DASH.split(_PARENTHESIS.sub("", row.name))
        aside = _PARENTHESIS.findall(row.name)
        own, topic = name_grams(name), grams("，".join([*topics, *aside]))
        whole = quantity_of(row.value)
        if whole:
            yield Figure(index, row.name, row.manner, whole, own, topic)
            continue
        text = row.value.printed
        for quantity in find_quantities(text, words):
            around = grams(text[max(0, quantity.start - _AROUND) : quantity.end + _AROUND])
            yield Figure(index, row.name, row.manner, quantity, own, topic | around)


def read(
    paragraphs: Sequence[str], rows: Sequence[Row], words: Vocabulary, limits: Limits = LIMITS
) -> tuple[Reading, ...]:
    """Every quantity of a prose, held against the rows.

    Args:
        paragraphs: The prose.
        rows: The form's indicators.
        words: The jurisdiction's vocabulary.
        limits: How alike is alike enough.
    """
    said = [(number, phrase) for number, text in enumerate(paragraphs) for phrase in phrases(text, words)]
    if not said:
        return ()
    known = tuple(figures(rows, words))
    weights = Weights([figure.own | figure.topic for figure in known], words)
    matches = [_matches(phrase, known, weights, words) for _, phrase in said]
    best = _best(matches)
    readings = [
        Reading(number, phrase.quantity, *_verdict(phrase, found, best, limits))
        for (number, phrase), found in zip(said, matches, strict=True)
    ]
    return tuple(_with_sums(readings, matches, words, limits))


def _matches(phrase: Phrase, known: Sequence[Figure], weights: Weights, words: Vocabulary) -> list[_Match]:
    """The figures that a quantity may speak of, the likest first."""
    found = [
        _Match(alike, figure, agree(phrase.quantity, figure.quantity, figure.manner))
        for figure in known
        if words.fit(phrase.quantity.unit, figure.quantity.unit)
        and (alike := weights.alike(phrase, figure.own, figure.topic))
    ]
    return sorted(found, key=lambda match: -match.alike)


def _best(matches: Iterable[list[_Match]]) -> dict[Figure, float]:
    """For each figure of a row, how like the likest quantity of the text is."""
    best: dict[Figure, float] = {}
    for found in matches:
        for match in found:
            best[match.figure] = max(match.alike, best.get(match.figure, 0))
    return best


def _verdict(
    phrase: Phrase, found: list[_Match], best: dict[Figure, float], limits: Limits
) -> tuple[Verdict, tuple[Figure, ...]]:
    agreeing = [match for match in found if match.agrees and match.alike >= limits.agreed]
    if agreeing:
        least = limits.agreed if phrase.of_each else agreeing[0].alike - limits.margin
        several = phrase.of_each or phrase.of_both
        return "agree", tuple(match.figure for match in agreeing[: None if several else 1] if match.alike >= least)
    if not found:
        return "none", ()
    first, *others = found
    if any(each.agrees and each.alike > first.alike * _RIVAL for each in others):
        return "none", ()
    rivals = [each for each in others if each.alike > first.alike - limits.margin and each.alike >= best[each.figure]]
    unsure = first.alike < limits.sure or first.alike < best[first.figure] or (rivals and not phrase.of_each)
    if unsure or first.agrees is None or phrase.partial - {word for word in phrase.partial if word in first.figure.name}:
        return "none", ()
    return "conflict", (first.figure,)


def _with_sums(
    readings: list[Reading], matches: list[list[_Match]], words: Vocabulary, limits: Limits
) -> Iterator[Reading]:
    """Conflicts that are none: parts of one indicator, the sum of several, a row that another figure agrees with."""
    agreed = {figure for reading in readings if reading.verdict == "agree" for figure in reading.figures}
    likest = [
        found[0].figure if found and found[0].alike >= limits.agreed and reading.verdict != "agree" else None
        for found, reading in zip(matches, readings, strict=True)
    ]
    parts: dict[Figure, list[Quantity]] = {}
    for figure, reading in zip(likest, readings, strict=True):
        if figure:
            parts.setdefault(figure, []).append(reading.quantity)
    for figure, found, reading in zip(likest, matches, readings, strict=True):
        quantity = reading.quantity
        if not figure:
            yield reading
        elif figure in agreed:
            yield Reading(reading.paragraph, quantity, "none")
        elif words.adds_up(quantity.unit) and _add_up(quantity, parts[figure], figure):
            yield Reading(reading.paragraph, quantity, "agree", (figure,))
        elif reading.verdict == "conflict":
            several = [match.figure for match in found if match.alike > found[0].alike * _RIVAL][:_MOST_PARTS]
            whole = _sum_of_rows(quantity, several) if words.adds_up(quantity.unit) else ()
            yield Reading(reading.paragraph, quantity, "agree", whole) if whole else reading
        else:
            yield reading


def _add_up(own: Quantity, said: list[Quantity], figure: Figure) -> bool:
    """Whether figures of the text, this one among them, make the row's figure together."""
    others = [quantity for quantity in said if quantity is not own][:_MOST_PARTS]
    return any(
        agree(together([own, *some]), figure.quantity, figure.manner)
        for count in range(1, len(others) + 1)
        for some in combinations(others, count)
    )


def _sum_of_rows(said: Quantity, several: list[Figure]) -> tuple[Figure, ...]:
    """The rows whose figures make the text's figure together."""
    for count in range(2, len(several) + 1):
        for some in combinations(several, count):
            if agree(said, together([figure.quantity for figure in some]), some[0].manner):
                return some
    return ()
