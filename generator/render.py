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
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.accounts import spending_bar
from generator.amounts import YUAN_PER, MoneyUnit, in_other_unit, written
from generator.data_pages import feeds
from generator.dataset import data_block
from generator.explained import explained
from generator.glossary import read_glossary
from generator.labels import terms_on
from generator.made import Made, size_in_words
from generator.page import HAND_WRITTEN, Page
from generator.plan import Plan
from generator.prose import note_html
from generator.sheet import groups, parts, points_lost
from generator.shell import CONTENT, DESCRIPTION, TITLE, Shell, token
from generator.summary import WAN
from generator.totals import kinds_bar, kinds_told
from generator.urls import FEED, indicator_anchor, page_file, record_url, relative

TEMPLATES = Path(__file__).parent / "templates"
# Keys of site.yml that steer the generator, or are shown on a page of their own.
_NOT_FOR_READERS = {"profile", "licence", "sign_off", "moved", "show_findings"}


@dataclass(frozen=True, slots=True)
class DocsFile:
    """A file of the docs tree: its path below the tree's root, and its bytes."""

    path: str
    data: bytes


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"yuan": written, "wan": _wan, "money": _money, "note_html": note_html}
    environment.globals |= {"anchor": indicator_anchor, "groups": groups, "parts": parts, "record_url": record_url}
    environment.globals |= {"kinds_bar": kinds_bar, "kinds_told": kinds_told, "spending_bar": spending_bar}
    environment.globals |= {"in_other_unit": in_other_unit, "named": read_glossary().named, "points_lost": points_lost}
    environment.globals |= {"explained": explained, "terms_on": terms_on}
    environment.globals |= {"data_block": data_block, "reading": _reading}
    return environment


def _reading(language: str) -> Markup:
    """A program that reads the data, for a `<pre>`: its line ends are written so that they outlast the stripping."""
    text = (TEMPLATES / "readings" / f"{language}.txt").read_text("utf-8")
    return Markup("&#10;").join(text.splitlines())


def _wan(yuan: Decimal) -> str:
    return written(yuan / WAN)


def _money(yuan: Decimal, unit: MoneyUnit) -> str:
    return written(yuan / YUAN_PER[unit])


def page_maker(plan: Plan, made: Iterable[Made] = ()) -> Callable[[Page], str]:
    """What renders a page of the plan as Markdown.

    Args:
        plan: The plan.
        made: The site-wide data files; the data page says their sizes. None of them in a preview.
    """
    environment = _environment()
    environment.globals["sizes"] = {file.path: size_in_words(file.size) for file in made}
    site = _site_facts(plan)
    return lambda page: _rendered(environment, page, site, plan.site_url)


def render_pages(plan: Plan, made: Iterable[Made] = ()) -> Iterator[DocsFile]:
    """Each page of the plan as a Markdown file, one at a time; see `page_maker`."""
    make = page_maker(plan, made)
    for page in plan.pages:
        yield DocsFile(page_file(page.url), make(page).encode())


def _rendered(environment: Environment, page: Page, site: Mapping[str, str], site_url: str | None) -> str:
    def link(url: str) -> str:
        return relative(url, page.url)

    def address(url: str) -> str:
        return f"{site_url}{url}" if site_url else link(url)

    template = environment.get_template(f"{page.template}.md.j2")
    body = template.render(page=page, link=link, address=address, **page.inputs, **page.late())
    if page.template != HAND_WRITTEN:
        body = "\n".join(line for line in map(str.strip, body.split("\n")) if line)
    facts = {
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "kind": page.template,
        "metas": {key: str(escape(value)) for key, value in sorted(page.metas.items())},
        "site": dict(site),
    }
    if page.shell:
        facts["shell"] = page.shell.url
    return f"{_front_matter(facts)}\n{body}\n"


def _site_facts(plan: Plan) -> dict[str, str]:
    """The known facts of site.yml that every page shows, escaped; the site's domain and feed, if there are any."""
    shown = plan.content.site.model_dump(exclude_none=True, exclude=_NOT_FOR_READERS)
    if plan.site_url:
        shown["domain"] = urlsplit(plan.site_url).hostname
    if feeds(plan.outlines, plan.site_url):
        shown["feed"] = FEED
    return {key: str(escape(value)) for key, value in shown.items()}


def _front_matter(facts: Mapping[str, object]) -> str:
    """A page's metadata for the theme, a line each; JSON values are YAML values."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    return "\n".join(["---", *lines, "---", ""])


def render_engine_pages(plan: Plan) -> Iterator[DocsFile]:
    """What the engine itself renders: the hand-written pages, and each shell with tokens for its words."""
    environment = _environment()
    site = _site_facts(plan)
    for page in plan.pages:
        if page.template == HAND_WRITTEN:
            yield DocsFile(page_file(page.url), _rendered(environment, page, site, plan.site_url).encode())
    for shell in plan.shells:
        yield DocsFile(page_file(shell.url), _shell_page(shell, site).encode())


def _shell_page(shell: Shell, site: Mapping[str, str]) -> str:
    facts = {
        "title": token(TITLE),
        "description": token(DESCRIPTION),
        "kind": shell.kind,
        "metas": {name: token(name) for name in shell.metas},
        "site": dict(site),
    }
    return f"{_front_matter(facts)}\n{token(CONTENT)}\n"
