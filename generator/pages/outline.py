"""What the rest of the site says of a centre: lists, sums, events, addresses.

An outline is small and holds no form. Pages and files of the whole site are made of outlines, so that a centre that
did not change need not be read for them. What an outline has most of (links, nodes, the largest projects) are named
tuples: they are loaded from what is kept in a third less time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.changes.lineage import Project, followed
from generator.data.column import Share
from generator.data.events import Event, events_of, feed_of
from generator.data.register import REGISTER, Listed, listed
from generator.data.tables import TABLES
from generator.facts.citation import Citation, citation
from generator.facts.page import HOME_LINK, Link, Page
from generator.facts.shell import Shell
from generator.facts.summary import Summary
from generator.reading.content import Centre
from generator.words.urls import centre_url, disclosure_url, record_json_url, record_url

_NOT_MAPPED = ("declaration", "evaluation", "project", "gone")  # in the list above them, or only on the way elsewhere


class Node(NamedTuple):
    """A page in the site's map, and the pages below it."""

    link: Link
    below: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A form to show addresses by: the site path of its data, and how to cite its document."""

    form: Link
    data: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Outline:
    """A centre in the lists of the site.

    `rows` counts the rows of each table of the open data by its key, `undated` the documents that do not state when
    they were published. `urls` are those of all its pages, `shells` what they are set into, `map` its place in the
    site's map. `followed` of its `projects` have several forms.
    """

    id: str
    name: str
    former_names: tuple[str, ...]
    summaries: tuple[Summary, ...]
    projects: int
    followed: int
    rows: tuple[tuple[str, int], ...]
    events: tuple[Event, ...]
    feed: Link | None
    listed: tuple[Listed, ...]
    undated: int
    example: Example | None
    map: tuple[Node, ...]
    urls: tuple[str, ...]
    shells: tuple[Shell, ...]

    @property
    def link(self) -> Link:
        return Link(centre_url(self.id), self.name)

    @property
    def records(self) -> int:
        return sum(summary.records for summary in self.summaries)


def outline_of(
    centre: Centre, summaries: tuple[Summary, ...], projects: Sequence[Project], pages: Sequence[Page], base: str
) -> Outline:
    """The outline of a centre, of which `pages` are all; `base` goes before the site's URLs where one is cited."""
    share = Share(centre, centre.disclosures, "")
    return Outline(
        centre.id,
        centre.facts.name,
        tuple(centre.facts.former_names),
        summaries,
        len(projects),
        len(followed(projects)),
        tuple((table.key, sum(1 for _ in table.subjects(share))) for table in (*TABLES, REGISTER)),
        tuple(events_of(centre)),
        feed_of(centre),
        tuple(listed(share)),
        sum(found.facts.published is None for found in centre.disclosures),
        _example(centre, base),
        nodes(pages),
        tuple(page.url for page in pages),
        tuple(sorted({page.shell for page in pages if page.shell}, key=lambda shell: shell.url)),
    )


def _example(centre: Centre, base: str) -> Example | None:
    """The first form of a centre."""
    for found in centre.disclosures:
        for record in found.records:
            address = f"{base}{disclosure_url(found.id)}"
            return Example(
                Link(record_url(record.id), record.form.name),
                record_json_url(record.id),
                citation(centre.facts.name, found.facts.title, "DS", found.facts.published, address),
            )
    return None


def nodes(pages: Iterable[Page]) -> tuple[Node, ...]:
    """Pages as they stand below one another, in their order, but for `_NOT_MAPPED`."""
    below: dict[str, list[Page]] = {}
    for page in pages:
        if page.crumbs and page.template not in _NOT_MAPPED:
            below.setdefault(page.crumbs[-1].url, []).append(page)

    return tuple(_node(page, below) for page in below.get(HOME_LINK.url, ()) if page.crumbs == (HOME_LINK,))


def _node(page: Page, below: Mapping[str, Sequence[Page]]) -> Node:
    return Node(Link(page.url, page.title), tuple(_node(each, below) for each in below.get(page.url, ())))


def latest(outlines: Iterable[Outline]) -> tuple[Event, ...]:
    """Every dated event of some centres, the latest first; those of one day in the site's order."""
    found = [event for outline in outlines for event in outline.events]
    return tuple(sorted(found, key=lambda event: event.day, reverse=True))
