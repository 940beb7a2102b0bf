"""What a preview shows: the pages and files of the content as it is now, each made when it is asked for.

A save reads the centres of which files changed, and no other: of those, what was said of them is at hand, or kept by
a build. The engine renders shells and hand-written pages once, and again when they, the theme or the settings
changed. What cannot be read keeps its last good version; what is wrong is told beside the page.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.checks.gates import moved_addresses
from generator.checks.judge import judge_rest
from generator.exports.downloads import schema_file
from generator.facts.page import HAND_WRITTEN, Page
from generator.line.compiled import CompiledTemplates
from generator.line.judged import CHANGED, Judged, Judging
from generator.line.programs import digest_of_programs
from generator.pages.components import components_shell, with_components
from generator.pages.handbook_files import handbook_files
from generator.pages.outline import Outline
from generator.pages.plan import Plan, plan_rest, shells_of
from generator.pages.render import PageMaker, SiteWords, page_maker, render_engine_pages, site_words
from generator.preview.last_good import LastGood
from generator.preview.remarks import url_of, with_remarks
from generator.preview.shown import LookedAt, Planned, Shown, plan_shown
from generator.preview.sought import Sought
from generator.reading.content import Content
from generator.reading.find import CentreFiles, FoundCentres, find_content
from generator.reading.reader import read_centre, read_front, uncollected
from generator.reading.settings import Settings
from generator.search.search_part import SearchPart
from generator.search.tape import Tape
from generator.site.engine import run_engine
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept
from generator.site.stamp import Mould, moulds_of, set_into
from generator.site.write import write_tree
from generator.words.problems import ChangedStop, ContentStop, Problem, Severity
from generator.words.urls import COMPONENTS, SEARCH


@dataclass(frozen=True)
class View:
    """One state of the content, shown: `number` counts the states.

    `rest` are the pages of no centre, `problems` what was found outside the centres; `on` is the day of judgement.
    """

    number: int
    settings: Settings
    front: Content
    centres: Mapping[str, Shown]
    rest: Mapping[str, Page]
    problems: tuple[Problem, ...]
    on: date | None
    make: PageMaker
    moulds: Mapping[str, Mould]
    site: Path
    looked_at: LookedAt
    sought: Sought

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """Every error, in the files' order."""
        found = [each for shown in self.centres.values() for each in shown.errors]
        found += _errors(self.problems)
        return tuple(sorted(found, key=lambda each: (each.place, each.code)))

    @cached_property
    def beside(self) -> Mapping[str, bytes]:
        """The files that belong to no centre; those that gather many forms are not made."""
        return {file.path: file.data for file in (schema_file(self.settings.site_url), *handbook_files())}

    @cached_property
    def components(self) -> Page | None:
        """The page of components, with samples of the first centres that have them."""
        plan = Plan(self.front, self._outlines, tuple(self.rest.values()), self.settings.site_url)
        for centre in self.centres:
            plan = replace(plan, pages=(*plan.pages, *self._planned(centre).pages.values()))
            found = with_components(plan, self.settings.tokens)
            if found is not plan:
                return found.pages[-1]
        return None

    @property
    def _outlines(self) -> tuple[Outline, ...]:
        return tuple(shown.outline for shown in self.centres.values() if shown.outline)

    def _planned(self, centre: str) -> Planned:
        return self.looked_at.planned(self.front, self.centres[centre], self.on, self.settings.site_url)

    def has(self, url: str) -> bool:
        """Whether there is a page at a URL."""
        shown = self.centres.get(url.partition("/")[0])
        return url in self.rest or url == COMPONENTS or bool(shown and shown.outline and url in shown.outline.urls)

    def html(self, url: str) -> str | None:
        """The page at a URL, with what is wrong with it; None where there is none."""
        page = self._page(url)
        if page is None:
            return None
        if page.template == HAND_WRITTEN:
            html = (self.site / url / "index.html").read_text("utf-8")
        else:
            made = self.make(page)
            html = set_into(self.moulds[made.facts["shell"]], url, made.facts, made.body, self.settings.site_url)
        return self._with_remarks(html, url)

    def _page(self, url: str) -> Page | None:
        if not self.has(url):
            return None
        if url == COMPONENTS:
            return self.components
        return self.rest.get(url) or self._planned(url.partition("/")[0]).pages.get(url)

    def missing(self, url: str) -> str:
        """The page for a URL that has none: its record may be there, and not be readable."""
        return self._with_remarks((self.site / "404.html").read_text("utf-8"), url)

    def file(self, path: str) -> bytes | None:
        """The file at a path; None where there is none."""
        centre = path.partition("/")[0]
        if path.startswith(SEARCH):
            keys = {name: shown.key for name, shown in self.centres.items() if shown.outline}
            return self.sought.file(path, keys, self._search_part)
        return self._planned(centre).files.get(path) if centre in self.centres else self.beside.get(path)

    def _search_part(self, centre: str) -> tuple[SearchPart, Tape]:
        shown = self.centres[centre]  # not as one that is looked at: it would put others out of sight
        planned = plan_shown(self.front, shown.files, shown.good, self.on, self.settings.site_url)
        if planned.search is None or self.looked_at.digest(shown.files) != shown.digest:
            raise ChangedStop(CHANGED)
        return planned.search

    def _with_remarks(self, html: str, url: str) -> str:
        centre = url.partition("/")[0]
        found = (*self.problems, *(self._planned(centre).problems if centre in self.centres else ()))
        here = (problem for problem in found if url_of(problem.place.file) == url)
        elsewhere = dict.fromkeys(at for problem in self.errors if (at := url_of(problem.place.file)) != url)
        return with_remarks(html, self.number, here, elsewhere)


class Preview:
    """The project's preview; `refresh` shows what was saved."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.root
        self.folder = settings.build / "preview"
        self.kept = Kept(settings.build / "cache")
        self.prints = Fingerprints(self.kept)
        self.programs = digest_of_programs(self.prints)
        self.good = LastGood(self.folder / "good")
        self.looked_at = LookedAt(self._digest)
        self.sought = Sought(self.folder / "search", self.kept, self.programs)
        self.found: FoundCentres = {}
        self.judged: dict[str, Judged] = {}
        self.shown: dict[str, Shown] = {}
        self.front: Content | None = None
        self.rendered: dict[str, bytes] | None = None  # what the engine rendered last
        self.maker: tuple[SiteWords, str | None, PageMaker] | None = None
        self.number = 0

    def _digest(self, files: CentreFiles) -> str:
        return self.prints.of_all(self.root, (source.file for source in files.sources()))

    @uncollected()
    def refresh(self, settings: Settings, saved: Iterable[Path] | None = None, *, theme: bool) -> View:
        """Look at what was saved, and show it.

        Args:
            settings: The project.
            saved: The files that changed; everything is looked at when None.
            theme: Whether theme or settings changed, so that shells are rendered anew.

        Raises:
            ContentStop: nothing can be shown: site.yml has never been readable.
            EngineStop: the engine failed.
        """
        self._forget(settings.content, saved)
        files, strays = find_content(settings.root, settings.content, self.found)
        front, unread = read_front(files)
        front = front or self.front
        if front is None:
            raise ContentStop([*strays, *unread])
        bench = Judging(front, settings, self.programs, self.prints, self.kept, self.judged)
        judged = dict(zip((own.id for own in files.centres), bench.judge(files.centres), strict=True))
        shown = {own.id: self._shown(own, judged[own.id], bench, settings) for own in files.centres}
        outlines = [each.outline for each in shown.values() if each.outline]
        pages = plan_rest(front, outlines, settings.site_url)
        problems = [*strays, *unread]
        problems += [found for each in judge_rest((front.site_origin,), front.pages) for found in each.problems]
        if front.site.moved:
            urls = (*(page.url for page in pages), *(url for outline in outlines for url in outline.urls))
            problems += moved_addresses(front, urls)
        words = site_words(front, outlines, settings.site_url)
        make, moulds = self._dressed(settings, pages, outlines, words, theme=theme)
        if not self.number:
            self.prints.save()
        self.front, self.judged, self.shown = front, judged, shown
        self.number += 1
        rest = {page.url: page for page in pages}
        found = tuple(sorted(problems, key=lambda each: (each.place, each.code)))
        site = self.folder / "site"
        return View(
            self.number, settings, front, shown, rest, found, bench.on, make, moulds, site, self.looked_at, self.sought
        )

    def _forget(self, content: Path, saved: Iterable[Path] | None) -> None:
        """Forget which files the centres have in which something was saved."""
        for path in (content,) if saved is None else saved:
            inside = path.relative_to(content).parts if path.is_relative_to(content) else None
            if inside == ():
                self.found.clear()
            elif inside:
                self.found.pop(inside[0], None)

    def _shown(self, files: CentreFiles, judged: Judged, bench: Judging, settings: Settings) -> Shown:
        """A centre as it is shown; one that is as it was is not looked at."""
        last = self.shown.get(files.id)
        if last and last.files == files and self.judged[files.id].key == judged.key:
            return last
        if not judged.errors:
            self.good.note(files)
            return Shown(judged.key, bench.digest(files), files, files, (), judged.outline)
        _, unread = read_centre(files)
        good = self.good.note(files, unread)
        planned = plan_shown(bench.front, files, good, bench.on, settings.site_url)
        stands = "".join(f"{source.path}\n" for source in good.sources())
        key = hashlib.sha256(f"{judged.key}\n{stands}".encode()).hexdigest()
        return Shown(key, bench.digest(files), files, good, judged.errors, planned.outline)

    def _dressed(
        self,
        settings: Settings,
        pages: Iterable[Page],
        outlines: Iterable[Outline],
        words: SiteWords,
        *,
        theme: bool,
    ) -> tuple[PageMaker, Mapping[str, Mould]]:
        """What renders pages, and the shells that they are set into, rendered anew when they changed."""
        if not self.maker or self.maker[:2] != (words, settings.site_url):
            compiled = CompiledTemplates(self.kept, self.programs)
            self.maker = words, settings.site_url, page_maker(words, settings.site_url, compiled)
        make = self.maker[2]
        shells = shells_of(pages, filter(None, [components_shell()]), *(outline.shells for outline in outlines))
        docs = list(render_engine_pages(pages, shells, words, make))
        asked = {file.path: file.data for file in docs}
        site = self.folder / "site"
        if theme or asked != self.rendered:
            write_tree(docs, self.folder / "docs")
            run_engine(settings.root, self.folder / "docs", site)
            self.rendered = asked
        return make, moulds_of(shells, site, settings.site_url)


def _errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.entry.severity is Severity.ERROR)
