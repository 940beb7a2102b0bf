"""Every rule over all that could be read, and what came of it: an outcome for each check and document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.changes.lineage import Appearance, others_of, projects
from generator.changes.state import State as Published
from generator.checks.waivers import EXPIRED, WAIVER_CHECKS, Waived, Waivers
from generator.profiles.measures import Measures
from generator.profiles.profile import Profile
from generator.reading.content import Centre, Content, Disclosure, HandPage, Origin, Record
from generator.reading.model import BESIDE, Declaration
from generator.rules.rule import (
    NO_SOURCE,
    UNREAD,
    DeclarationScope,
    DisclosureScope,
    EvaluationScope,
    FileScope,
    PublishedCentre,
    PublishedScope,
    PublishedUrls,
    Rule,
    Unable,
    Values,
    WholeScope,
)
from generator.rules.subjects import RULES
from generator.words.problems import Check, Problem, Words
from generator.words.urls import Kind

State = Literal["fired", "passed", "unable"]

NOT_JUDGED = Unable(
    Words("所属的 site.yml、centre.yml 或 disclosure.yml 有错", "its site.yml, centre.yml or disclosure.yml is broken")
)
NO_DAY = Unable(Words("不知道今天是哪一天：用 --on 写明日期", "no day is known on which to judge: give one with --on"))
CHECKS = {rule.check.code: rule.check for rule in RULES}

_OF = {
    scope: tuple(rule for rule in RULES if issubclass(scope, rule.of))
    for scope in (
        FileScope,
        DisclosureScope,
        WholeScope,
        DeclarationScope,
        EvaluationScope,
        PublishedScope,
        PublishedCentre,
        PublishedUrls,
    )
}
_OF_WHOLE = tuple(rule for rule in RULES if rule.of is WholeScope)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check came to in one document (`sstec/2024/targets`); what lies outside documents is `""`."""

    check: Check
    document: str
    problems: tuple[Problem, ...] = ()
    unable: tuple[Unable, ...] = ()
    waived: tuple[Waived, ...] = ()

    @property
    def state(self) -> State:
        """A check that found nothing where it could look, and could not look everywhere, has not passed."""
        return "fired" if self.problems or self.waived else "unable" if self.unable else "passed"


class _Tally:
    """Gathers what the rules find in one document, by check."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.checks: dict[str, Check] = {}
        self.problems: dict[str, list[Problem]] = {}
        self.unable: dict[str, list[Unable]] = {}

    def run(self, rules: Sequence[Rule], scopes: Iterable[object]) -> None:
        self.checks |= {rule.check.code: rule.check for rule in rules}
        for scope in scopes:
            for rule in rules:
                for found in rule.find(scope):
                    if isinstance(found, Unable):
                        self.unable.setdefault(rule.check.code, []).append(found)
                    else:
                        self.problems.setdefault(rule.check.code, []).append(found)

    def could_not_run(self, rules: Iterable[Rule], why: Unable) -> None:
        for rule in rules:
            self.checks[rule.check.code] = rule.check
            self.unable.setdefault(rule.check.code, []).append(why)

    def outcomes(self, waivers: Waivers | None = None) -> Iterator[Outcome]:
        for code, check in self.checks.items():
            unable = tuple(dict.fromkeys(self.unable.get(code, ())))  # each reason once
            problems: list[Problem] = []
            waived: list[Waived] = []
            for problem in self.problems.get(code, ()):
                waiver = waivers.waiver_of(problem) if waivers else None
                if waiver:
                    waived.append(Waived(problem, waiver))
                else:
                    problems.append(problem)
            yield Outcome(check, self.document, tuple(problems), unable, tuple(waived))


def _of_waivers(document: str, waivers: Waivers, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """What the checks of waivers come to; without a day no waiver can be said to be in force."""
    found = list(waivers.problems(outcome.check.code for outcome in outcomes if not outcome.unable))
    for check in WAIVER_CHECKS:
        unable = (NO_DAY,) if check is EXPIRED and waivers.by_file and waivers.on is None else ()
        yield Outcome(check, document, tuple(problem for problem in found if problem.entry is check), unable)


@dataclass(frozen=True, slots=True)
class _Judge:
    """What every scope is given besides its part of the content."""

    profile: Profile
    on: date | None
    others: dict[str, tuple[Appearance, ...]]

    def document(self, disclosure: Disclosure, centre: Centre) -> Iterator[Outcome]:
        tally = _Tally(disclosure.id)
        kind = WholeScope if disclosure.whole else DisclosureScope
        measures = self.profile.of(disclosure.year)
        tally.run(_OF[kind], [kind(disclosure, centre, measures, self.on)])
        of_record = _OF[DeclarationScope if disclosure.kind == "targets" else EvaluationScope]
        tally.run(_OF[FileScope], [FileScope(disclosure.source.file.file, disclosure.source.text)])
        tally.run(_OF[FileScope], [_values_of(disclosure.origin)])
        for record in disclosure.records:
            file = _values_of(record.origin)
            tally.run(_OF[FileScope], [file])
            tally.run(of_record, [self.record(record, _printed(file.values), disclosure, centre, measures)])
        if not disclosure.whole:
            tally.could_not_run((*_OF_WHOLE, *of_record, *_OF[FileScope]), UNREAD)
        if not disclosure.source.readable:
            tally.could_not_run(_OF[FileScope], NO_SOURCE)
        forms = ((record.origin, record.form.waivers) for record in disclosure.records)
        waivers = Waivers(((disclosure.origin, disclosure.facts.waivers), *forms), CHECKS, self.on)
        outcomes = tuple(tally.outcomes(waivers))
        yield from outcomes
        yield from _of_waivers(tally.document, waivers, outcomes)

    def record(
        self, record: Record, printed: Values, disclosure: Disclosure, centre: Centre, measures: Measures
    ) -> DeclarationScope | EvaluationScope:
        others, form = self.others[record.id], record.form
        if isinstance(form, Declaration):
            return DeclarationScope(record, form, printed, disclosure, centre, others, measures)
        return EvaluationScope(record, form, printed, disclosure, centre, others, measures)


# Keys of a record that are ours, not the form's.
_OURS = BESIDE | {"note"}


def _printed(values: Values) -> Values:
    return tuple((path, text) for path, text in values if path[0] not in _OURS)


def _values_of(origin: Origin) -> FileScope:
    values = tuple(origin.words())
    return FileScope(origin.file, "\n".join(text for _, text in values), values, origin)


def unjudged(document: str, kind: Kind) -> Iterator[Outcome]:
    """The outcomes of a document of which nothing could be judged: disclosure.yml or centre.yml is broken."""
    of_record = _OF[DeclarationScope if kind == "targets" else EvaluationScope]
    tally = _Tally(document)
    tally.could_not_run((*_OF[WholeScope], *of_record, *_OF[FileScope]), NOT_JUDGED)
    yield from tally.outcomes()


def judge_centres(centres: Iterable[Centre], profile: Profile, on: date | None) -> Iterator[Outcome]:
    """Every check of every document of some centres: no check looks beyond a centre.

    Args:
        centres: What could be read of them.
        profile: What forms are measured by.
        on: The day on which deadlines are judged; None when no day is known.
    """
    for centre in centres:
        judging = _Judge(profile, on, others_of(projects(centre)))
        for disclosure in centre.disclosures:
            yield from judging.document(disclosure, centre)


def judge_rest(origins: Iterable[Origin], pages: Iterable[HandPage] = ()) -> Iterator[Outcome]:
    """Every check of files outside documents: site.yml and centre.yml by their `origins`, hand-written pages."""
    rest = _Tally("")
    rest.run(_OF[FileScope], map(_values_of, origins))
    rest.run(_OF[FileScope], (FileScope(page.file, f"# {page.title}\n{page.body}") for page in pages))
    yield from rest.outcomes()


def together(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """What each check came to in several parts of what lies outside documents."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.check.code, []).append(outcome)
    for first, *others in found.values():
        problems = (problem for each in (first, *others) for problem in each.problems)
        yield replace(first, problems=tuple(problems))


def judge_published(
    content: Content, urls: frozenset[str], there: frozenset[str], published: Published
) -> Iterator[Outcome]:
    """What was published, against the content of now: each check of each published document.

    Args:
        content: All that could be read.
        urls: The URLs of its pages.
        there: The documents that are there, whether or not they could be read.
        published: What the public can read.
    """
    now = {found.id: found for found in content.disclosures}
    records = {record.id for record in content.records}
    vanished = set(published.disclosures.keys() - now.keys())
    for before in published.disclosures.values():
        tally = _Tally(before.id)
        if before.id in there and before.id not in now:
            tally.could_not_run(_OF[PublishedScope], NOT_JUDGED)
        else:
            tally.run(_OF[PublishedScope], [PublishedScope(before, now.get(before.id))])
        vanished |= before.records.keys() - records
        yield from tally.outcomes()
    rest = _Tally("")
    both = (centre for centre in content.centres if centre.id in published.centres)
    rest.run(_OF[PublishedCentre], [PublishedCentre(published.centres[centre.id], centre) for centre in both])
    rest.run(_OF[PublishedUrls], [PublishedUrls(published.urls, urls, frozenset(vanished))])
    yield from rest.outcomes()
