"""What a jurisdiction measures forms by: thresholds, grades, weights, rounding, words. Data, not code.

`content/site.yml` names a profile; each is a file of `generator/profiles/`.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field

from generator.amounts import parse_count, parse_number
from generator.load import load_file
from generator.model import Line, Model
from generator.quantities import Usage
from generator.validate import validate

_FOLDER = Path(__file__).parent / "profiles"

Measure = Annotated[Decimal, BeforeValidator(parse_number)]
Whole = Annotated[int, BeforeValidator(parse_count)]
T = TypeVar("T")
Lines = Annotated[tuple[str, ...], Field(strict=False)]


class DisclosureYears(Model):
    """How many years before and after its own a document may be approved and published."""

    before: Whole
    after: Whole


class Rounding(Model):
    """How printed rates and scores may come from exact ones: to so many decimals, in any of the ways."""

    places: Whole
    ways: Annotated[tuple[Literal["cut", "half-up"], ...], Field(strict=False)]


class Dimensions(Model):
    """The level 1 labels from a year on: `required` are on every form, `usual` on most; weights are usual."""

    first: Whole = Field(alias="from")
    required: Lines
    usual: Lines
    weights: dict[str, Measure]


class Scores(Model):
    total: Measure
    execution: Measure
    overshoot: Measure


class Grade(Model):
    """A grade: the least total score that has it, and what it may be called."""

    least: Measure
    labels: Lines


class MoneySense(Model):
    """Between which sums a year's money of one project lies, and what a slip of 元 and 万元 looks like."""

    least_yuan: Measure
    most_yuan: Measure
    slip: Measure
    slack: Measure


class Vocabulary(Model):
    """Words that forms print: labels, units, answers, and what is left of a template."""

    satisfaction: Line
    cost: Line
    quantity: Line
    nothing: Lines
    may_exceed: Lines
    cost_total: Lines
    cost_whole: Lines
    met: Lines
    not_met: Lines
    units: Lines
    placeholders: Lines

    def names_cost(self, *levels: str | None) -> bool:
        """One of an indicator's levels is that of costs: a level 2 until 2023, a level 1 from 2024."""
        return self.cost in levels


class Narrative(Model):
    """The words that goals and achievements say quantities with; see `quantities.Usage`."""

    units: Lines
    alike: Annotated[tuple[Lines, ...], Field(strict=False)]
    levels: Lines
    before: dict[Literal["≥", ">", "≤", "<", "~", "="], Lines]
    unqualified: Lines
    behind: dict[Literal["≥", ">", "≤", "<", "~", "="], Lines]
    periods: dict[Literal["month", "quarter", "year", "week"], Lines]
    names: Lines
    generic: Lines
    partial: Lines
    other_times: Lines
    this_time: Lines


class Profile(Model):
    title: Line
    disclosure_days: Whole
    disclosure_years: DisclosureYears
    rounding: Rounding
    dimensions: Annotated[tuple[Dimensions, ...], Field(strict=False)]
    scores: Scores
    grades: Annotated[tuple[Grade, ...], Field(strict=False)]
    money: MoneySense
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
        )

    def grade_of(self, score: Decimal) -> Grade | None:
        """The grade of a total score; None below the least of all, as a negative one would be."""
        return next((grade for grade in self.grades if score >= grade.least), None)

    def dimensions_of(self, year: int) -> Dimensions:
        """The level 1 labels of a year's forms; those that are known first are taken for earlier ones too."""
        begun = [each for each in self.dimensions if each.first <= year]
        return max(begun or self.dimensions[:1], key=lambda each: each.first)


def _each(listed: Mapping[T, Lines]) -> tuple[tuple[str, T], ...]:
    """Each word with what it says."""
    return tuple((word, says) for says, words in listed.items() for word in words)


@cache
def read_profile(name: str) -> Profile:
    """The profile `name`, which is one of `model.PROFILES`.

    Raises:
        ValueError: its file has a mistake; that is a fault of the program, not of the content.
    """
    loaded = load_file(_FOLDER / f"{name}.yml", f"generator/profiles/{name}.yml")
    if loaded.tree is None or loaded.problems:
        raise ValueError(str(loaded.problems))
    found = validate(Profile, loaded.tree)
    if isinstance(found, list):
        raise ValueError("; ".join(f"{problem.place} {problem.code} {problem.facts}" for problem in found))
    if faults := list(faults_of(found)):
        raise ValueError(f"{name}: {'; '.join(faults)}")
    return found


def faults_of(profile: Profile) -> Iterator[str]:
    """What rules could not work with, though every value is one."""
    orders: tuple[tuple[str, list[Decimal]], ...] = (
        ("grades fall to 0", [-grade.least for grade in profile.grades]),
        ("dimensions rise by year", [Decimal(each.first) for each in profile.dimensions]),
    )
    for what, order in orders:
        if not order or order != sorted(set(order)):
            yield what
    if profile.grades and profile.grades[-1].least:
        yield "the last grade begins at 0"
