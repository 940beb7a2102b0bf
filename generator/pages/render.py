"""Plan → Markdown pages, lazily.

A generated page is one HTML block inside its Markdown file: the official form has merged cells, which
Markdown has no words for, and record text never meets the Markdown parser. The block holds no blank
line, which would end it. Text in the front matter is HTML-escaped, because the engine's templates do
not escape.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment
from markupsafe import Markup, escape

from generator.data.dataset import data_block
from generator.data.made import Made
from generator.facts.accounts import spending_bar
from generator.facts.glossary import read_glossary
from generator.facts.page import HAND_WRITTEN, Page
from generator.facts.sheet import groups, parts, points_lost
from generator.facts.shell import CONTENT, DESCRIPTION, TITLE, Shell, token
from generator.facts.totals import kinds_bar, kinds_told
from generator.figures.amounts import YUAN_PER, MoneyUnit, in_other_unit, written
from generator.pages.data_pages import feeds, with_sizes
from generator.pages.environment import TEMPLATES, new_environment
from generator.pages.outline import Outline
from generator.pages.plan import Plan
from generator.reading.content import Content
from generator.words.prose import note_html
from generator.words.urls import FEED, indicator_anchor, page_file, relative

SiteWords = Mapping[str, str]
# Keys of site.yml that steer the generator, or are shown on a page of their own.
_NOT_FOR_READERS = {"profile", "licence", "sign_off", "moved", "show_findings"}


@dataclass(frozen=True, slots=True)
class DocsFile:
    """A file of the docs tree: its path below the tree's root, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Same:
    """A file that the last site has, and that is the same in the new one."""

    path: str


def _environment(compiled: BytecodeCache | None) -> Environment:
    made = new_environment(compiled)
    made.filters |= {"yuan": written, "wan": _wan, "money": _money, "note_html": note_html}
    made.globals |= {"anchor": indicator_anchor, "groups": groups, "parts": parts}
    made.globals |= {"kinds_bar": kinds_bar, "kinds_told": kinds_told, "spending_bar": spending_bar}
    made.globals |= {"in_other_unit": in_other_unit, "named": read_glossary().named, "points_lost": points_lost}
    made.globals |= {"data_block": data_block, "reading": _reading, "zip": zip}
    return made


def _reading(language: str) -> Markup:
    """A program that reads the data, for a `<pre>`: its line ends are written so that they outlast the stripping."""
    text = (TEMPLATES / "readings" / f"{language}.txt").read_text("utf-8")
    return Markup("&#10;").join(text.splitlines())


def _wan(yuan: Decimal) -> str:
    return _money(yuan, "万元")


def _money(yuan: Decimal, unit: MoneyUnit) -> str:
    return written(yuan / YUAN_PER[unit])


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page: its metadata for the theme, escaped, and its body, Markdown: of a generated page one HTML block."""

    facts: Mapping[str, Any]
    body: str

    def markdown(self) -> bytes:
        """Its Markdown file: a line of front matter for each fact; JSON values are YAML values."""
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.facts.items()]
        return "\n".join(["---", *lines, "---", "", self.body]).encode()


PageMaker = Callable[[Page], Rendered]


def page_maker(words: SiteWords, site_url: str | None, compiled: BytecodeCache | None = None) -> PageMaker:
    """What renders a page of the plan.

    Args:
        words: What every page says of the site.
        site_url: The site's address with a slash at its end, or None while it has none.
        compiled: Keeps compiled templates; None to compile them anew.
    """
    environment = _environment(compiled)
    return lambda page: _rendered(environment, page, words, site_url)


def render_pages(plan: Plan, made: Iterable[Made] = ()) -> Iterator[DocsFile]:
    """Each page of a plan as a Markdown file, one at a time; see `page_maker`."""
    make = page_maker(site_words(plan.content, plan.outlines, plan.site_url), plan.site_url)
    for page in with_sizes(plan.pages, made):
        yield DocsFile(page_file(page.url), make(page).markdown())


def _rendered(environment: Environment, page: Page, site: SiteWords, site_url: str | None) -> Rendered:
    def link(url: str) -> str:
        return relative(url, page.url)

    def address(url: str) -> str:
        return f"{site_url}{url}" if site_url else link(url)

    template = environment.get_template(f"{page.template}.md.j2")
    body = template.render(page=page, link=link, address=address, **page.inputs, **page.late())
    if page.template != HAND_WRITTEN:
        body = "\n".join(filter(None, map(str.strip, body.split("\n"))))
    facts = {
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "kind": page.template,
        "metas": {key: str(escape(value)) for key, value in sorted(page.metas.items())},
        "site": site,
    }
    if page.shell:
        facts["shell"] = page.shell.url
    return Rendered(facts, f"{body}\n")


def site_words(front: Content, outlines: Iterable[Outline], site_url: str | None) -> SiteWords:
    """The known facts of site.yml that every page shows, escaped; the site's domain and feed, if there are any."""
    shown = front.site.model_dump(exclude_none=True, exclude=_NOT_FOR_READERS)
    if site_url:
        shown["domain"] = urlsplit(site_url).hostname
    if feeds(outlines, site_url):
        shown["feed"] = FEED
    return {key: str(escape(value)) for key, value in shown.items()}


def render_engine_pages(
    pages: Iterable[Page], shells: Iterable[Shell], words: SiteWords, make: PageMaker
) -> Iterator[DocsFile]:
    """What the engine itself renders: the hand-written pages, and each shell with tokens for its words.

    Args:
        pages: Pages of the site; the hand-written ones are rendered.
        shells: Every shell that a page is set into.
        words: What every page says of the site.
        make: What renders a page.
    """
    for page in pages:
        if page.template == HAND_WRITTEN:
            yield DocsFile(page_file(page.url), make(page).markdown())
    for shell in shells:
        yield DocsFile(page_file(shell.url), _shell_page(shell, words).markdown())


def _shell_page(shell: Shell, site: SiteWords) -> Rendered:
    facts = {
        "title": token(TITLE),
        "description": token(DESCRIPTION),
        "kind": shell.kind,
        "metas": {name: token(name) for name in shell.metas},
        "site": site,
    }
    return Rendered(facts, f"{token(CONTENT)}\n")
