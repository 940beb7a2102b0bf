"""What was saved → the next view.

A save reads the centres of which files changed, and no other: of those, what was said of them is at hand, or kept by
a build. The engine renders shells and hand-written pages once, and again when they, the theme or the settings
changed. What cannot be read keeps its last good version.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.checks.gates import moved_addresses
from generator.checks.judge import judge_rest
from generator.facts.page import Page
from generator.line.compiled import CompiledTemplates
from generator.line.judged import Judged, Judging
from generator.line.programs import digest_of_programs
from generator.pages.components import components_shell
from generator.pages.outline import Outline
from generator.pages.plan import plan_rest, shells_of
from generator.pages.render import PageMaker, SiteWords, page_maker, render_engine_pages, site_words
from generator.preview.last_good import LastGood
from generator.preview.shown import LookedAt, Shown, plan_shown
from generator.preview.sought import Sought
from generator.preview.view import View
from generator.reading.content import Content
from generator.reading.find import CentreFiles, FoundCentres, find_content
from generator.reading.reader import read_centre, read_front, uncollected
from generator.reading.settings import Settings
from generator.site.engine import run_engine
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept
from generator.site.stamp import Mould, moulds_of
from generator.site.write import write_tree
from generator.words.problems import ContentStop


class Preview:
    """The project's preview; `refresh` shows what was saved."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.root
        self.folder = settings.build / "preview"
        self.site = self.folder / "site"  # what the engine rendered
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
        self.rendered: dict[str, bytes] | None = None  # what the engine was given last
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
        return View(
            self.number,
            settings,
            front,
            shown,
            rest,
            found,
            bench.on,
            make,
            moulds,
            self.site,
            self.looked_at,
            self.sought,
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
        if theme or asked != self.rendered:
            write_tree(docs, self.folder / "docs")
            run_engine(settings.root, self.folder / "docs", self.site)
            self.rendered = asked
        return make, moulds_of(shells, self.site, settings.site_url)
