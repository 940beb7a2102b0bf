"""The figures of a goal or an achievement, each held against the indicator it speaks of.

A figure of the text belongs to the indicator whose name shares the most with the words around it and
whose unit it could have. Where two indicators could be meant, where figures are parts of a sum, where
a figure is one of many or of another time, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Literal

from generator.figures.agreement import Manner, agree, together
from generator.figures.phrases import Grams, Phrase, Weights, grams, name_grams, phrases
from generator.figures.quantities import Quantity, find_quantities, quantity_of
from generator.figures.targets import Target
from generator.figures.usage import Usage

Verdict = Literal["agree", "conflict", "none"]

MOST = 200  # quantities of one prose; the real ones have 28 at most

_PARENTHESIS = re.compile("[（(][^（()）]*[)）]")
_DASH = re.compile("[-－—]")
_AROUND = 12  # characters around a quantity within an indicator's value that say what it counts
# Of the way of reading, like the weights of `phrases`: what a reviewer may choose are the `Limits`.
_MOST_PARTS = 6
_RIVAL = 0.5  # an indicator at least so like, measured by the likest, may be meant as well


@dataclass(frozen=True, slots=True)
class Limits:
    """How like a name and the words around a figure must be; `python -m bench.narrative` measures them.

    Attributes:
        agreed: To be tied where the figures agree: that they do is evidence itself.
        sure: To be tied where they do not.
        margin: How much less like the next indicator must be.
    """

    agreed: float
    sure: float
    margin: float


class TooManyError(ValueError):
    """More quantities than a text has."""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as a text may speak of it: its name, and the value that the text is held against."""

    name: str
    value: Target
    manner: Manner


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a row (from 0) gives a figure for: its whole value, or a quantity within the value's words.

    `own` are the pairs of characters of the indicator's name, `topic` those of what stands around it.
    """

    row: int
    name: str
    manner: Manner
    quantity: Quantity
    own: Grams
    topic: Grams


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity of a paragraph (from 0), the gauges it speaks of, and how they stand."""

    paragraph: int
    quantity: Quantity
    verdict: Verdict = "none"
    gauges: tuple[Gauge, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    """A gauge that may be meant: how like it is, and whether it agrees with the text."""

    alike: float
    gauge: Gauge
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class _Saying:
    """A quantity of the text, and what it may speak of, the likest first."""

    paragraph: int
    phrase: Phrase
    matches: list[_Match]

    def reading(self, verdict: Verdict = "none", *gauges: Gauge) -> Reading:
        return Reading(self.paragraph, self.phrase.quantity, verdict, gauges)


def read(
    paragraphs: Sequence[str], rows: Iterable[Row], words: Usage, year: int, limits: Limits
) -> tuple[Reading, ...]:
    """Every quantity of a prose, held against the rows.

    Args:
        paragraphs: The prose.
        rows: The form's indicators; they are taken only where the prose has a quantity.
        words: How the jurisdiction says quantities.
        year: The form's year; a figure of another is no conflict.
        limits: How like is like enough.

    Raises:
        TooManyError: more than `MOST` quantities: a table, not a text.
    """
    every = ((number, phrase) for number, text in enumerate(paragraphs) for phrase in phrases(text, words, year))
    said = list(islice(every, MOST + 1))
    if not said:
        return ()
    if len(said) > MOST:
        raise TooManyError
    known = tuple(_gauges(rows, words))
    weights = Weights([gauge.own | gauge.topic for gauge in known], words)
    sayings = [_Saying(number, phrase, _matches(phrase, known, weights, words)) for number, phrase in said]
    best = _best(sayings)
    readings = [_first_reading(saying, best, limits) for saying in sayings]
    return tuple(_second_readings(sayings, readings, words, limits))


def _gauges(rows: Iterable[Row], words: Usage) -> Iterator[Gauge]:
    """What a text can be held against."""
    for index, row in enumerate(rows):
        *topics, name = _DASH.split(_PARENTHESIS.sub("", row.name))
        own, topic = name_grams(name), grams("，".join([*topics, *_PARENTHESIS.findall(row.name)]))
        whole = quantity_of(row.value, words)
        if whole:
            yield Gauge(index, row.name, row.manner, whole, own, topic)
            continue
        text = row.value.printed
        for quantity in find_quantities(text, words):
            around = grams(text[max(0, quantity.start - _AROUND) : quantity.end + _AROUND])
            yield Gauge(index, row.name, row.manner, quantity, own, topic | around)


def _matches(phrase: Phrase, known: Sequence[Gauge], weights: Weights, words: Usage) -> list[_Match]:
    found = [
        _Match(alike, gauge, agree(phrase.quantity, gauge.quantity, gauge.manner, words))
        for gauge in known
        if words.fit(phrase.quantity.unit, gauge.quantity.unit)
        and (alike := weights.alike(phrase, gauge.own, gauge.topic))
    ]
    return sorted(found, key=lambda match: -match.alike)


def _best(sayings: Iterable[_Saying]) -> dict[Gauge, float]:
    """For each gauge, how like it is to the likest quantity of the text."""
    best: dict[Gauge, float] = {}
    for saying in sayings:
        for match in saying.matches:
            best[match.gauge] = max(match.alike, best.get(match.gauge, 0))
    return best


def _first_reading(saying: _Saying, best: dict[Gauge, float], limits: Limits) -> Reading:
    """How a quantity stands by itself."""
    phrase = saying.phrase
    agreeing = [match for match in saying.matches if match.agrees and match.alike >= limits.agreed]
    if agreeing:
        least = limits.agreed if phrase.of_each else agreeing[0].alike - limits.margin
        several = agreeing if phrase.of_each or phrase.of_both else agreeing[:1]
        return saying.reading("agree", *(match.gauge for match in several if match.alike >= least))
    if not saying.matches:
        return saying.reading()
    first, *others = saying.matches
    unsure = (
        first.agrees is None
        or first.alike < max(limits.sure, best[first.gauge])
        or any(word not in first.gauge.name for word in phrase.partial)
        or any(other.agrees and other.alike >= first.alike * _RIVAL for other in others)
    )
    # an indicator that another figure of the text fits better is no rival
    rivals = [each for each in others if each.alike > first.alike - limits.margin and each.alike >= best[each.gauge]]
    if unsure or (rivals and not phrase.of_each):
        return saying.reading()
    return saying.reading("conflict", first.gauge)


def _second_readings(
    sayings: list[_Saying], readings: list[Reading], words: Usage, limits: Limits
) -> Iterator[Reading]:
    """The readings, but for what agrees after all: parts of one indicator, the sum of several.

    Nor is there a conflict with an indicator that another figure of the text agrees with.
    """
    agreed = {gauge for reading in readings for gauge in reading.gauges if reading.verdict == "agree"}
    tied = _tied(sayings, limits)
    parts: dict[Gauge, list[Quantity]] = {}
    listed = {gauge for gauge, inherited in tied if gauge and inherited}
    for (gauge, _), reading in zip(tied, readings, strict=True):
        if gauge and reading.verdict != "agree":
            parts.setdefault(gauge, []).append(reading.quantity)
    for saying, (gauge, _), reading in zip(sayings, tied, readings, strict=True):
        if reading.verdict == "agree" or gauge is None:
            yield reading
        elif gauge in agreed:
            yield saying.reading()
        elif saying.phrase.of_each or not words.adds_up(reading.quantity.unit):
            yield reading
        elif _make_together(reading.quantity, parts[gauge], gauge, words):
            yield saying.reading("agree", gauge)
        elif gauge in listed:  # parts of something, but perhaps not all of its parts, or not of this
            yield saying.reading()
        elif whole := _sum_of_rows(saying, words):
            yield saying.reading("agree", *whole)
        else:
            yield reading


def _tied(sayings: Sequence[_Saying], limits: Limits) -> list[tuple[Gauge | None, bool]]:
    """What each quantity is a figure or a part of, and whether only the quantity before it in a list tells so.

    `线上5000人次、线下3000人次`: the second names nothing that is counted.
    """
    found: list[tuple[Gauge | None, bool]] = []
    before: _Saying | None = None
    for saying in sayings:
        gauge = next((match.gauge for match in saying.matches[:1] if match.alike >= limits.agreed), None)
        inherits = gauge is None and before is not None and saying.phrase.joined and _alike(before, saying)
        found.append((found[-1][0] if inherits else gauge, inherits))
        before = saying
    return found


def _alike(one: _Saying, other: _Saying) -> bool:
    """Whether two figures stand in one paragraph and count in one unit."""
    return (one.paragraph, one.phrase.quantity.unit) == (other.paragraph, other.phrase.quantity.unit)


def _make_together(own: Quantity, said: list[Quantity], gauge: Gauge, words: Usage) -> bool:
    """Whether figures of the text, this one among them, make the row's figure when added."""
    others = [quantity for quantity in said if quantity is not own]
    return len(others) < _MOST_PARTS and any(
        agree(together([own, *some]), gauge.quantity, gauge.manner, words)
        for count in range(1, len(others) + 1)
        for some in combinations(others, count)
    )


def _sum_of_rows(saying: _Saying, words: Usage) -> tuple[Gauge, ...]:
    """The gauges that make the text's figure when added; none if there are none."""
    least = saying.matches[0].alike * _RIVAL
    several = [match.gauge for match in saying.matches[:_MOST_PARTS] if match.alike >= least]
    for count in range(2, len(several) + 1):
        for some in combinations(several, count):
            if agree(saying.phrase.quantity, together([gauge.quantity for gauge in some]), some[0].manner, words):
                return some
    return ()
