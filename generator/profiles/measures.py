"""What the forms of a year are measured by: thresholds, grades, weights, rounding, words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field

from generator.figures.amounts import parse_count, parse_number
from generator.figures.narrative import Limits
from generator.figures.usage import Period, Said, Usage
from generator.reading.fields import Line, Model

Exact = Annotated[Decimal, BeforeValidator(parse_number)]
Whole = Annotated[int, BeforeValidator(parse_count)]
T = TypeVar("T")
Lines = Annotated[tuple[str, ...], Field(strict=False)]
School = Literal["proportion", "excess", "inverse"]


class Deadline(Model):
    """Within how many days of its approval a document is published, and where that is written."""

    days: Whole
    basis: Line


class DisclosureYears(Model):
    """How many years before and after its own a document may be approved and published."""

    before: Whole
    after: Whole


class Rounding(Model):
    """How printed rates and scores may come from exact ones: to so many decimals, in any of the ways."""

    places: Whole
    ways: Annotated[tuple[Literal["cut", "half-up"], ...], Field(strict=False)]


class Dimensions(Model):
    """The level 1 labels: `required` are on every form, `usual` on most; weights are usual."""

    required: Lines
    usual: Lines
    weights: dict[str, Exact]


class Missed(Model):
    """By which schools a quantity that misses its target is scored; each is right.

    Of the points: where much is wanted `proportion`, actual ÷ target; where little is, `excess`, one less the
    share by which the target is exceeded, and `inverse`, target ÷ actual.
    """

    at_least: Annotated[tuple[Literal["proportion"], ...], Field(strict=False)]
    at_most: Annotated[tuple[Literal["excess", "inverse"], ...], Field(strict=False)]


class Scores(Model):
    total: Exact
    execution: Exact
    overshoot: Exact
    missed: Missed


class Grade(Model):
    """A grade: the least total score that has it, and what it may be called."""

    least: Exact
    labels: Lines


class MoneySense(Model):
    """Between which sums a year's money of one project lies, and what a slip of 元 and 万元 looks like."""

    least_yuan: Exact
    most_yuan: Exact
    slip: Exact
    slack: Exact


class Texts(Model):
    """What is too much alike: how many characters are said twice by more than chance, and how long a name is specific.

    A shorter name (完成及时性) is that of another thing in each project.
    """

    repeated: Whole
    specific_name: Whole


class Vocabulary(Model):
    """Words that forms print: labels, units, answers, and what is left of a template."""

    satisfaction: Line
    cost: Line
    quantity: Line
    nothing: Lines
    may_exceed: Lines
    cost_total: Lines
    cost_whole: Lines
    cost_saved: Lines
    met: Lines
    not_met: Lines
    units: Lines
    placeholders: Lines

    def names_cost(self, *levels: str | None) -> bool:
        """One of an indicator's levels is that of costs: a level 2 until 2023, a level 1 from 2024."""
        return self.cost in levels


class Likeness(Model):
    """How like a name and the words around a figure must be; see `narrative.Limits`."""

    agreed: Exact
    sure: Exact
    margin: Exact


class Narrative(Model):
    """The words that goals and achievements say quantities with; see `usage.Usage`."""

    units: Lines
    alike: Annotated[tuple[Lines, ...], Field(strict=False)]
    levels: Lines
    before: dict[Said, Lines]
    unqualified: Lines
    behind: dict[Said, Lines]
    periods: dict[Period, Lines]
    names: Lines
    generic: Lines
    partial: Lines
    other_times: Lines
    this_time: Lines
    about: Exact
    not_about: Exact
    more: Exact
    likeness: Likeness


class Measures(Model):
    """What the forms of a year are measured by."""

    disclosure: Deadline
    disclosure_years: DisclosureYears
    rounding: Rounding
    dimensions: Dimensions
    scores: Scores
    grades: Annotated[tuple[Grade, ...], Field(strict=False)]
    money: MoneySense
    texts: Texts
    words: Vocabulary
    narrative: Narrative

    @cached_property
    def usage(self) -> Usage:
        """How a text says quantities."""
        words = self.narrative
        return Usage(
            units=words.units,
            alike=words.alike,
            levels=words.levels,
            before=(*_each(words.before), *((word, None) for word in words.unqualified)),
            behind=_each(words.behind),
            periods=_each(words.periods),
            names=words.names,
            generic=words.generic,
            partial=words.partial,
            other_times=words.other_times,
            this_time=words.this_time,
            about=words.about,
            not_about=words.not_about,
            more=words.more,
        )

    def grade_of(self, score: Decimal) -> Grade:
        """The grade of a total score; the last begins at 0, and no form prints less."""
        return next(grade for grade in self.grades if score >= grade.least)

    @cached_property
    def limits(self) -> Limits:
        """How sure a figure of a text must be tied to an indicator."""
        like = self.narrative.likeness
        return Limits(float(like.agreed), float(like.sure), float(like.margin))


def _each(listed: Mapping[T, Lines]) -> tuple[tuple[str, T], ...]:
    """Each word with what it says."""
    return tuple((word, says) for says, words in listed.items() for word in words)


def faults_of(measures: Measures) -> Iterator[str]:
    """What rules could not work with, though every value is one."""
    limits = [grade.least for grade in measures.grades]
    if not limits or limits != sorted(set(limits), reverse=True):
        yield "grades fall"
    elif limits[-1]:
        yield "the last grade begins at 0"
