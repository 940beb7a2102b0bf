"""Judge a whole content: the centres of a large one in as many processes as there are processors.

Content that was read as a whole is judged by `judge`. Where only what is found is asked for, a process reads some
centres, judges them and forgets them (`read_and_judge`). A build judges centre by centre and keeps it: `judged`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.checks.judge import Outcome, judge_centres, judge_rest
from generator.line.processes import shared
from generator.line.progress import records_in
from generator.profiles.profile import Profile
from generator.reading.content import Centre, Content
from generator.reading.find import CentreFiles
from generator.reading.reader import latest_day_in, read_centre
from generator.words.problems import Problem

T = TypeVar("T")

# Records below which processes cost more than they save.
LARGE = 4_000
_PART = 8  # centres judged at a time


@dataclass(frozen=True, slots=True)
class Seen:
    """How much was read."""

    disclosures: int = 0
    records: int = 0
    indicators: int = 0

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(
            self.disclosures + other.disclosures, self.records + other.records, self.indicators + other.indicators
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Some centres: what could not be read, what came of the checks of their documents and of the rest, how much."""

    unread: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...]
    rest: tuple[Outcome, ...]
    seen: Seen


def judge(content: Content, profile: Profile, on: date | None) -> Iterator[Outcome]:
    """Every check of every document in the content's order, then those of the files outside documents.

    Args:
        content: All that could be read.
        profile: What forms are measured by.
        on: The day on which deadlines are judged; None when no day is known.
    """
    large = len(content.records) >= LARGE

    def judged(centres: Sequence[Centre]) -> list[Outcome]:
        return list(judge_centres(centres, profile, on))

    for outcomes in shared(judged, _parts(content.centres), many=large):
        yield from outcomes
    yield from judge_rest((content.site_origin, *(centre.origin for centre in content.centres)), content.pages)


def latest_day_of(centres: tuple[CentreFiles, ...]) -> date | None:
    """The `latest_day` of centres that are not read yet."""

    def latest(part: Sequence[CentreFiles]) -> date | None:
        return max(filter(None, map(latest_day_in, part)), default=None)

    return max(filter(None, shared(latest, _parts(centres), many=_are_large(centres))), default=None)


def read_and_judge(centres: tuple[CentreFiles, ...], profile: Profile | None, on: date | None) -> Iterator[Part]:
    """Read and judge centres, in their order.

    Args:
        centres: The files of the centres.
        profile: What forms are measured by; None when site.yml does not tell: then they are only read.
        on: The day on which deadlines are judged; None when no day is known.
    """

    def read_and_judged(part: Sequence[CentreFiles]) -> Part:
        read = [read_centre(files) for files in part]
        found = tuple(centre for centre, _ in read if centre)
        unread = tuple(problem for _, problems in read for problem in problems)
        outcomes = tuple(judge_centres(found, profile, on)) if profile else ()
        rest = tuple(judge_rest(centre.origin for centre in found)) if profile else ()
        return Part(unread, outcomes, rest, seen_in(found))

    yield from shared(read_and_judged, _parts(centres), many=_are_large(centres))


def seen_in(centres: tuple[Centre, ...]) -> Seen:
    """How much there is in some centres."""
    disclosures = [disclosure for centre in centres for disclosure in centre.disclosures]
    return Seen(
        len(disclosures),
        sum(len(each.records) for each in disclosures),
        sum(each.indicators for each in disclosures),
    )


def _are_large(centres: tuple[CentreFiles, ...]) -> bool:
    return records_in(centres) >= LARGE


def _parts(centres: Sequence[T]) -> list[Sequence[T]]:
    """Some centres after the others, as they are worked on at a time."""
    return [centres[start : start + _PART] for start in range(0, len(centres), _PART)]
