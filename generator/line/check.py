"""Everything under content/ found, loaded, modelled and judged: what a check says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from generator.changes.state import State
from generator.checks.gates import moved_addresses
from generator.checks.judge import Outcome, judge_published, judge_rest, together, unjudged
from generator.line.panel import Seen, judge, latest_day_of, read_and_judge, seen_in
from generator.pages.plan import make_plan
from generator.profiles.profile import read_profile
from generator.reading.content import Content, latest_day
from generator.reading.find import ContentFiles, find_content
from generator.reading.reader import read_content, read_front, uncollected
from generator.reading.settings import Settings
from generator.words.problems import ContentStop, Problem, Severity


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found.

    `problems` are in the files' order, waived ones left out; `outcomes` say of every document what each
    check came to; `on` is the day it was judged on; `seen` is how much was read, None when nothing was judged.
    """

    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...]
    on: date | None
    seen: Seen | None

    @property
    def remarks(self) -> Counter[Severity]:
        """How much there is of each severity."""
        return Counter(problem.entry.severity for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Checked(Findings):
    """What a check found in what could be read, which is kept."""

    content: Content | None

    def or_raise(self) -> Content:
        """The content, when nothing in it is an error.

        Raises:
            ContentStop: with every problem.
        """
        if self.content is None or any(found.entry.severity is Severity.ERROR for found in self.problems):
            raise ContentStop(self.problems)
        return self.content


@uncollected()
def check_records(settings: Settings, on: date | None = None) -> Findings:
    """Find what `check_content` finds, and keep nothing of what was read: half the time, and less memory.

    Args:
        settings: The project.
        on: The day on which deadlines are judged; the latest day that the content knows when None.
    """
    files, strays = find_content(settings.root, settings.content)
    front, unread = read_front(files)
    if front and front.site.moved:  # only the whole content tells what pages there are
        return check_content(settings, on)
    profile = read_profile(front.site.profile) if front else None
    on = on or (latest_day_of(files.centres) if front else None)
    parts = tuple(read_and_judge(files.centres, profile, on))
    outcomes = tuple(outcome for part in parts for outcome in part.outcomes)
    if front:
        rest = (outcome for part in parts for outcome in part.rest)
        outcomes += tuple(together((*judge_rest((front.site_origin,)), *rest, *judge_rest((), front.pages))))
    outcomes += tuple(_unjudged(files, {outcome.document for outcome in outcomes}))
    problems = _problems(strays, unread, *(part.unread for part in parts), outcomes=outcomes)
    return Findings(problems, outcomes, on, sum((part.seen for part in parts), Seen()) if front else None)


def _problems(*read: tuple[Problem, ...], outcomes: Iterable[Outcome]) -> tuple[Problem, ...]:
    """What was found in reading and in judging, in the files' order."""
    judged = (problem for outcome in outcomes for problem in outcome.problems)
    return tuple(sorted(chain(*read, judged), key=lambda found: (found.place, found.code)))


@uncollected()
def check_content(settings: Settings, on: date | None = None, published: State | None = None) -> Checked:
    """Find, load, model and judge everything under content/. Writes nothing.

    Args:
        settings: The project.
        on: The day on which deadlines are judged; the latest day that the content knows when None.
        published: What the public can read now; nothing of it may vanish or silently change.
    """
    files, strays = find_content(settings.root, settings.content)
    content, unread = read_content(files)
    on = on or (latest_day(content.centres) if content else None)
    outcomes = tuple(judge(content, read_profile(content.site.profile), on)) if content else ()
    outcomes += tuple(_unjudged(files, {outcome.document for outcome in outcomes}))
    if content and published:
        there = frozenset(outcome.document for outcome in outcomes)
        outcomes += tuple(judge_published(content, make_plan(content).urls, there, published))
    astray: tuple[Problem, ...] = ()
    if content and content.site.moved:
        astray = tuple(moved_addresses(content, (page.url for page in make_plan(content).pages)))
    seen = seen_in(content.centres) if content else None
    return Checked(_problems(strays, unread, astray, outcomes=outcomes), outcomes, on, seen, content)


def _unjudged(files: ContentFiles, judged: set[str]) -> Iterator[Outcome]:
    """Documents that are there but could not be judged are said to be unchecked."""
    for centre in files.centres:
        for found in centre.disclosures:
            if found.id not in judged:
                yield from unjudged(found.id, found.kind)
