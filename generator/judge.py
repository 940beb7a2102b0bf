"""Every rule over all that could be read, and what came of it: an outcome for each check and document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from generator.content import Centre, Content, Disclosure
from generator.lineage import Appearance, lineages
from generator.problems import Check, Problem, Words
from generator.rules import RULES
from generator.rules.rule import (
    DeclarationScope,
    DisclosureScope,
    EvaluationScope,
    FileScope,
    PublishedScope,
    PublishedUrls,
    Rule,
    Unable,
    scope_of,
)
from generator.state import State as Published
from generator.urls import disclosure_id, disclosure_url

State = Literal["fired", "passed", "unable"]

UNREAD = Unable(Words("有表读不出来", "a form could not be read"))

_OF = {
    scope: tuple(rule for rule in RULES if issubclass(scope, rule.of))
    for scope in (FileScope, DisclosureScope, DeclarationScope, EvaluationScope, PublishedScope, PublishedUrls)
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check came to in one document (`sstec/2024/targets`); what lies outside documents is `""`."""

    check: Check
    document: str
    problems: tuple[Problem, ...]
    unable: tuple[Unable, ...]

    @property
    def state(self) -> State:
        """A check that found nothing where it could look, and could not look everywhere, has not passed."""
        return "fired" if self.problems else "unable" if self.unable else "passed"


class _Tally:
    """Gathers what the rules find in one document, by check."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.checks: dict[str, Check] = {}
        self.problems: dict[str, list[Problem]] = {}
        self.unable: dict[str, list[Unable]] = {}

    def run(self, rules: Iterable[Rule], scopes: Iterable[object]) -> None:
        scopes = tuple(scopes)
        for rule in rules:
            code = rule.check.code
            self.checks[code] = rule.check
            for scope in scopes:
                for found in rule.find(scope):
                    if isinstance(found, Unable):
                        self.unable.setdefault(code, []).append(found)
                    else:
                        self.problems.setdefault(code, []).append(found)

    def could_not_run(self, rules: Iterable[Rule], why: Unable) -> None:
        for rule in rules:
            self.checks[rule.check.code] = rule.check
            self.unable.setdefault(rule.check.code, []).append(why)

    def outcomes(self) -> Iterator[Outcome]:
        for code, check in self.checks.items():
            unable = tuple(dict.fromkeys(self.unable.get(code, ())))  # each reason once
            yield Outcome(check, self.document, tuple(self.problems.get(code, ())), unable)


def _document(disclosure: Disclosure, centre: Centre, others: dict[str, tuple[Appearance, ...]]) -> Iterator[Outcome]:
    tally = _Tally(disclosure_url(disclosure.centre, disclosure.year, disclosure.kind).rstrip("/"))
    tally.run(_OF[DisclosureScope], [DisclosureScope(disclosure, centre)])
    of_record = _OF[DeclarationScope if disclosure.kind == "targets" else EvaluationScope]
    tally.run(of_record, [scope_of(record, disclosure, centre, others[record.id]) for record in disclosure.records])
    source = FileScope(disclosure.source.file.file, disclosure.source.text)
    origins = (disclosure.origin, *(record.origin for record in disclosure.records))
    tally.run(_OF[FileScope], [source, *(FileScope(origin.file, origin.text, origin) for origin in origins)])
    if not disclosure.whole:
        tally.could_not_run((*of_record, *_OF[FileScope]), UNREAD)
    yield from tally.outcomes()


def judge(content: Content) -> Iterator[Outcome]:
    """Every check of every document, then those of the files outside documents."""
    others = lineages(content)
    for centre in content.centres:
        for disclosure in centre.disclosures:
            yield from _document(disclosure, centre, others)
    rest = _Tally("")
    origins = (content.site_origin, *(centre.origin for centre in content.centres))
    pages = (FileScope(page.file, f"# {page.title}\n{page.body}") for page in content.pages)
    rest.run(_OF[FileScope], [*(FileScope(origin.file, origin.text, origin) for origin in origins), *pages])
    yield from rest.outcomes()


def judge_published(content: Content, urls: frozenset[str], published: Published) -> Iterator[Outcome]:
    """What was published, against the content and its URLs of now: each check of each published document."""
    now = {disclosure_id(found.centre, found.year, found.kind): found for found in content.disclosures}
    records = {record.id for record in content.records}
    vanished = set(published.disclosures.keys() - now.keys())
    for before in published.disclosures.values():
        tally = _Tally(before.id)
        tally.run(_OF[PublishedScope], [PublishedScope(before, now.get(before.id))])
        vanished |= before.records.keys() - records
        yield from tally.outcomes()
    rest = _Tally("")
    rest.run(_OF[PublishedUrls], [PublishedUrls(published.urls, urls, frozenset(vanished))])
    yield from rest.outcomes()
