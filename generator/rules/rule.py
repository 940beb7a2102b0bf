"""What a rule is: a check, the scope it is given, and the function that looks.

    @rule(SUM, DeclarationScope)
    def year_adds_up(scope: DeclarationScope) -> Found:
        if ...:
            yield scope.record.origin.problem(SUM, "funding", "total", sum=...)

A rule that cannot judge what it is given yields an `Unable` with the reason; one that yields nothing
has passed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from generator.changes.lineage import Appearance
from generator.changes.state import CentreState, DisclosureState
from generator.profiles.measures import Measures
from generator.reading.content import Centre, Disclosure, Origin, Record
from generator.reading.model import Declaration, Evaluation, Form
from generator.words.problems import Check, Problem, Words


@dataclass(frozen=True, slots=True)
class Unable:
    """A check that could not run here, and why."""

    why: Words


# Reasons that several rules have.
UNREAD = Unable(Words("有表读不出来", "a form could not be read"))
NO_SOURCE = Unable(Words("source.txt 读不出来", "source.txt could not be read"))

Found: TypeAlias = Iterator[Problem | Unable]
# Every value of a YAML file with its path, in the file's order.
Values: TypeAlias = tuple[tuple[tuple[str | int, ...], str], ...]


@dataclass(frozen=True, slots=True)
class FileScope:
    """A file of the content: its text; of a YAML file its values, a line each, and where they stand."""

    file: str
    text: str
    values: Values = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class DisclosureScope:
    """One document, with its centre and the measures of its year; `on` is the day of judgement, if one is known."""

    disclosure: Disclosure
    centre: Centre
    measures: Measures
    on: date | None


@dataclass(frozen=True, slots=True)
class WholeScope(DisclosureScope):
    """A document all of whose forms could be read: a rule that looks at them together asks for it."""


@dataclass(frozen=True, slots=True)
class RecordScope:
    """One form, with its document, its centre and the measures of its year.

    `others` are the other forms of its project, oldest first. `printed` are the words of its file that are
    the form's: notes, waivers and alterations are ours.
    """

    record: Record
    form: Form
    printed: Values
    disclosure: Disclosure
    centre: Centre
    others: tuple[Appearance, ...]
    measures: Measures


@dataclass(frozen=True, slots=True)
class DeclarationScope(RecordScope):
    form: Declaration


@dataclass(frozen=True, slots=True)
class EvaluationScope(RecordScope):
    form: Evaluation


@dataclass(frozen=True, slots=True)
class PublishedScope:
    """A document as it was published, and as it is now, if it is still there."""

    before: DisclosureState
    disclosure: Disclosure | None


@dataclass(frozen=True, slots=True)
class PublishedCentre:
    """A centre as it was published, and as it is now."""

    before: CentreState
    centre: Centre


@dataclass(frozen=True, slots=True)
class PublishedUrls:
    """The URLs of the pages that were published, and of those of now; `vanished` are ids that are no more."""

    before: frozenset[str]
    now: frozenset[str]
    vanished: frozenset[str]


S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Rule:
    """`find` is given each scope that is `of` its kind (a `RecordScope` rule sees declarations and evaluations)."""

    check: Check
    of: type
    find: Callable[[Any], Found]


def rule(check: Check, of: type[S]) -> Callable[[Callable[[S], Found]], Rule]:
    """Make a rule of the function below: it looks at every scope that is `of` this kind, one of those above."""
    return lambda find: Rule(check, of, find)
