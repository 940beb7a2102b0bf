"""What a preview shows: the pages and files of one state of the content, each made when it is asked for.

What is wrong is told beside the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.exports.downloads import schema_file
from generator.facts.page import HAND_WRITTEN, Page
from generator.line.judged import CHANGED
from generator.pages.components import with_components
from generator.pages.handbook_files import handbook_files
from generator.pages.plan import Plan
from generator.pages.render import PageMaker
from generator.preview.remarks import url_of, with_remarks
from generator.preview.shown import LookedAt, Planned, Shown
from generator.preview.sought import Sought
from generator.reading.content import Content
from generator.reading.reader import read_centre
from generator.reading.settings import Settings
from generator.search.search_part import SearchPart, search_part
from generator.search.tape import Tape
from generator.site.stamp import Mould, set_into
from generator.words.problems import ChangedStop, Problem, Severity
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
        found += [each for each in self.problems if each.entry.severity is Severity.ERROR]
        return tuple(sorted(found, key=lambda each: (each.place, each.code)))

    @cached_property
    def beside(self) -> Mapping[str, bytes]:
        """The files that belong to no centre; those that gather many forms are not made."""
        return {file.path: file.data for file in (schema_file(self.settings.site_url), *handbook_files())}

    @cached_property
    def components(self) -> Page | None:
        """The page of components, with samples of the first centres that have them."""
        outlines = tuple(shown.outline for shown in self.centres.values() if shown.outline)
        plan = Plan(self.front, outlines, tuple(self.rest.values()), self.settings.site_url)
        for centre in self.centres:
            plan = replace(plan, pages=(*plan.pages, *self._planned(centre).pages.values()))
            found = with_components(plan, self.settings.tokens)
            if found is not plan:
                return found.pages[-1]
        return None

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
        shown = self.centres[centre]
        found, _ = read_centre(shown.good)  # not as one that is looked at: it would put others out of sight
        if found is None or self.looked_at.digest(shown.files) != shown.digest:
            raise ChangedStop(CHANGED)
        part, tape, _ = search_part(found)
        return part, tape

    def _with_remarks(self, html: str, url: str) -> str:
        centre = url.partition("/")[0]
        found = (*self.problems, *(self._planned(centre).problems if centre in self.centres else ()))
        here = (problem for problem in found if url_of(problem.place.file) == url)
        elsewhere = dict.fromkeys(at for problem in self.errors if (at := url_of(problem.place.file)) != url)
        return with_remarks(html, self.number, here, elsewhere)
