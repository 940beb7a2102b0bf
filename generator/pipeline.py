"""The line itself.

find → load → model → rules → plan → render → write → engine → lasting → stamp → verify → compress → seal → swap
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from generator.components import with_components
from generator.compress import compress
from generator.content import Content, latest_day
from generator.datapackage import description_files
from generator.downloads import download_files
from generator.engine import run_engine
from generator.feed import feed_files
from generator.find import ContentFiles, find_content
from generator.gates import moved_addresses
from generator.handbook_files import handbook_files
from generator.judge import Outcome, judge_published, judge_rest, together, unjudged
from generator.lasting import give_lasting_names
from generator.made import Made, noted
from generator.panel import Seen, judge, latest_day_of, read_and_judge, seen_in
from generator.plan import Plan, make_plan
from generator.problems import ContentStop, Problem, Severity
from generator.profile import read_profile
from generator.reader import read_content, read_front, uncollected
from generator.render import render_engine_pages, render_pages
from generator.seal import seal
from generator.search_files import search_files
from generator.settings import Settings
from generator.sitemap import sitemap_files
from generator.stamp import stamp
from generator.state import State
from generator.swap import alone_in, recover, staging, swap
from generator.urls import document_id
from generator.verify import verify
from generator.write import write_manifest, write_tree

T = TypeVar("T")
# How a docs tree becomes a site: the plan, the tree's files, the folder to write, the project. Gives the names
# in the site of files that have another there.
RenderSite = Callable[[Plan, Iterable[str], Path, Settings], Mapping[str, str]]


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


@dataclass(frozen=True, slots=True)
class Site:
    """A proved site, and the warnings and notices that did not stop it."""

    folder: Path
    pages: int
    remarks: tuple[Problem, ...]


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
            document = document_id(found.centre, found.year, found.kind)
            if document not in judged:
                yield from unjudged(document, found.kind)


def write_docs(plan: Plan, settings: Settings) -> dict[str, str]:
    """Render the docs tree; returns the digests of its files by their paths."""
    made: list[Made] = []
    files = chain(
        # the pages come last: one of them says how large these files are
        noted(download_files(plan, plan.site_url), made),
        noted(description_files(plan.content, plan.outlines, settings.site_name, plan.site_url, made), made),
        render_pages(plan, made),
        search_files(plan),
        handbook_files(),
        feed_files(plan.outlines, settings.site_name, plan.site_url),
        sitemap_files((page.url for page in plan.pages), plan.site_url),
    )
    digests = write_tree(_progress(files, "写页面和数据", len(plan.pages)), settings.docs)
    write_manifest(digests, settings.build / "manifest.json")
    return digests


def stamped(plan: Plan, files: Iterable[str], site: Path, settings: Settings) -> Mapping[str, str]:
    """The engine renders hand-written pages and shells; every other page is set into its shell."""
    write_tree(render_engine_pages(plan), settings.engine_docs)
    run_engine(settings.root, settings.engine_docs, site)
    names = give_lasting_names(site, settings.docs)
    pages = stamp(settings.docs, files, plan.shells, site, settings.site_url, names)
    for _ in _progress(pages, "装入页面外壳", len(plan.pages)):
        pass
    return names


def by_engine_alone(_: Plan, __: Iterable[str], site: Path, settings: Settings) -> Mapping[str, str]:
    """The engine renders every page itself. Slow; stamped pages are measured by it."""
    run_engine(settings.root, settings.docs, site)
    return give_lasting_names(site, settings.docs)


def build_site(settings: Settings, render_site: RenderSite = stamped, *, components: bool = False) -> Site:
    """Turn the records under content/ into a proved site under build/site.

    Args:
        settings: The project.
        render_site: How the docs tree becomes a site: `stamped` (the default), or `by_engine_alone`.
        components: Whether the site also has the page of components; no public site has it.

    Raises:
        Stop: another build is at work; content, engine or verification. The last good site stays as it was.
    """
    with built_site(settings, check_content(settings), render_site, components=components) as site:
        return site


@contextmanager
def built_site(
    settings: Settings, checked: Checked, render_site: RenderSite = stamped, *, components: bool = False
) -> Iterator[Site]:
    """The proved site of content that was checked; nobody builds another while it is used. See `build_site`."""
    plan = make_plan(checked.or_raise(), settings.site_url, checked.problems)
    if components:
        plan = with_components(plan, settings.tokens)
    with alone_in(settings.build):
        recover(settings.site)
        files = write_docs(plan, settings)
        new = staging(settings.site)
        names = render_site(plan, files, new, settings)
        pages = verify(new, (names.get(file, file) for file in files))
        for _ in _progress(compress(new), "压缩", len(files)):
            pass
        seal(new)
        swap(settings.site)
        yield Site(settings.site, pages, checked.problems)


def _progress(items: Iterable[T], what: str, about: int) -> Iterator[T]:
    """A bar on a terminal, nothing elsewhere."""
    return iter(tqdm(items, desc=what, total=about, disable=None, leave=False, delay=1))
