"""What a preview shows: the pages and files of the content as it is now, each made when it is asked for.

The engine renders shells and hand-written pages once, and again when they, the theme or the settings changed. What
cannot be read keeps its last good version; what is wrong is told beside the page.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from generator.check import Checked, check_content
from generator.components import with_components
from generator.content import Centre, Content, Disclosure
from generator.downloads import form_files, schema_file
from generator.engine import run_engine
from generator.find import ContentFiles, DisclosureFiles, find_content
from generator.handbook_files import handbook_files
from generator.page import HAND_WRITTEN, Page
from generator.plan import Plan, make_plan
from generator.problems import Problem, Severity, dotted, said, visible
from generator.render import Rendered, SiteWords, page_maker, render_engine_pages, site_words
from generator.search_files import whole_search
from generator.settings import Settings
from generator.stamp import Mould, moulds_of, set_into
from generator.urls import (
    HOME,
    KINDS,
    RECORD_FILE,
    YEAR,
    centre_url,
    disclosure_url,
    hand_page_url,
    indicator_anchor,
    record_id,
    record_url,
)
from generator.write import write_tree

_OWN = "_preview/"  # what the preview serves besides the site; no centre may have such a name
SCRIPT, STYLE, CHANGES = f"{_OWN}preview.js", f"{_OWN}preview.css", f"{_OWN}changes"
ASSETS = Path(__file__).parent / "preview_assets"

# Where on a form's page the keys of its record stand.
_ANCHORS = {
    "funding": "funding", "project_funding": "funding", "budget": "budget", "objectives": "goals",
    "expected": "goals", "achieved": "goals", "amendments": "alterations", "corrections": "alterations",
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """One state of the content, shown: `number` counts the states."""

    number: int
    plan: Plan
    words: SiteWords
    moulds: dict[str, Mould]
    site: Path
    problems: tuple[tuple[str, Problem], ...]  # the URL of the page that each speaks of

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {page.url: page for page in self.plan.pages}

    @cached_property
    def render(self) -> Callable[[Page], Rendered]:
        return page_maker(self.words, self.plan.site_url)

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files beside the pages; those that gather many forms are not made."""
        plan = self.plan
        forms = chain.from_iterable(form_files(centre, plan.site_url) for centre in plan.content.centres)
        made = chain((schema_file(plan.site_url),), forms, whole_search(plan.content.centres), handbook_files())
        return {file.path: file.data for file in made}

    def html(self, url: str) -> str | None:
        """The page at a URL, with what is wrong with it; None where there is none."""
        page = self.pages.get(url)
        if page is None:
            return None
        if page.template == HAND_WRITTEN:
            html = (self.site / url / "index.html").read_text("utf-8")
        else:
            made = self.render(page)
            html = set_into(self.moulds[made.facts["shell"]], url, made.facts, made.body, self.plan.site_url)
        return self.with_remarks(html, url)

    def missing(self, url: str) -> str:
        """The page for a URL that has none: its record may be there, and not be readable."""
        return self.with_remarks((self.site / "404.html").read_text("utf-8"), url)

    def with_remarks(self, html: str, url: str) -> str:
        """A page with the preview's script and the findings that it shows, as data that no browser runs."""
        elsewhere = dict.fromkeys(
            at for at, found in self.problems if at != url and found.entry.severity is Severity.ERROR
        )
        told = {
            "number": self.number,
            "here": [_told(found) for at, found in self.problems if at == url],
            "elsewhere": list(elsewhere),
        }
        data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
        head = f'<link rel="stylesheet" href="/{STYLE}"><script type="module" src="/{SCRIPT}"></script></head>'
        block = f'<script type="application/json" id="preview-told">{data}</script></body>'
        return html.replace("</head>", head, 1).replace("</body>", block, 1)


def _told(found: Problem) -> dict[str, object]:
    """One finding: its words, and where on the page it belongs."""
    words = said(found, "zh")
    return {
        "severity": found.entry.severity.value,
        "code": found.code,
        "place": str(found.place),
        "label": found.label,
        "field": visible(dotted(found.path)),
        "words": f"{words.expected}；{words.found}",
        "mend": words.mend,
        "anchor": _anchor(found.path),
    }


def _anchor(path: tuple[str | int, ...]) -> str:
    if len(path) > 1 and path[0] == "indicators" and isinstance(path[1], int):
        return indicator_anchor(path[1] + 1)
    return _ANCHORS.get(str(path[0]), "facts") if path else ""


class Preview:
    """The project's preview; `refresh` reads the content anew."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.build / "preview"
        self.rendered: dict[str, bytes] | None = None  # what the engine rendered last
        self.last: Content | None = None
        self.number = 0

    def refresh(self, settings: Settings, *, theme: bool) -> tuple[Checked, View]:
        """Read everything anew: what the check found, and what is shown.

        Args:
            settings: The project.
            theme: Whether theme or settings changed, so that shells are rendered anew.

        Raises:
            ContentStop: nothing can be shown: site.yml has never been readable.
            EngineStop: the engine failed.
        """
        checked = check_content(settings)
        files, _ = find_content(settings.root, settings.content)
        content = checked.content or self.last or checked.or_raise()
        if checked.content and self.last:
            content = _whole(checked.content, self.last, files)
        plan = with_components(make_plan(content, settings.site_url, checked.problems), settings.tokens)
        site = self.folder / "site"
        words = site_words(content, plan.outlines, settings.site_url)
        docs = list(render_engine_pages(plan.pages, plan.shells, words, page_maker(words, settings.site_url)))
        asked = {file.path: file.data for file in docs}
        if theme or asked != self.rendered:
            write_tree(docs, self.folder / "docs")
            run_engine(settings.root, self.folder / "docs", site)
            self.rendered = asked
        problems = tuple((url_of(found.place.file), found) for found in checked.problems)
        self.number += 1
        self.last = content
        return checked, View(self.number, plan, words, moulds_of(plan.shells, site, settings.site_url), site, problems)


def url_of(file: str) -> str:
    """The page that shows what a file of the content says: `content/sstec/2024/targets/01.yml` → its form's page."""
    centre, *folders = file.removeprefix("content/").split("/")
    if not folders:
        return HOME
    if centre == "pages":
        return hand_page_url(folders[0].removesuffix(".md"))
    kind = next((kind for kind in KINDS if folders[1:2] == [kind]), None)
    if kind is None or not YEAR.fullmatch(folders[0]):
        return centre_url(centre)
    record = RECORD_FILE.fullmatch("/".join(folders[2:]))
    year = int(folders[0])
    return record_url(record_id(centre, year, kind, record[1])) if record else disclosure_url(centre, year, kind)


def _whole(now: Content, last: Content, files: ContentFiles) -> Content:
    """The content as it is now, with the last version of what is there and cannot be read."""
    had = {centre.id: centre for centre in last.centres}
    have = {centre.id: centre for centre in now.centres}
    centres: list[Centre] = []
    for each in files.centres:
        before = had.get(each.id)
        if centre := have.get(each.id) or before:
            disclosures = _disclosures(centre.disclosures, before.disclosures if before else (), each.disclosures)
            centres.append(replace(centre, disclosures=tuple(disclosures)))
    return replace(now, centres=tuple(centres))


def _disclosures(
    now: Iterable[Disclosure], last: Iterable[Disclosure], files: Iterable[DisclosureFiles]
) -> Iterator[Disclosure]:
    have = {(found.year, found.kind): found for found in now}
    had = {(found.year, found.kind): found for found in last}
    for each in files:
        here = have.get((each.year, each.kind)) or had.get((each.year, each.kind))
        before = had.get((each.year, each.kind))
        if here and before:
            records = {record.number: record for record in (*before.records, *here.records)}
            here = replace(here, records=tuple(records[number] for number, _ in each.records if number in records))
        if here:
            yield here
