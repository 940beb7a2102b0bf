"""Add the stamped pages to the index of the engine's built-in search, one at a time."""

import json
from collections.abc import Iterable
from html import escape
from itertools import chain
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from generator.shell import Shell
from generator.stamp import Stamped

# Breadcrumb, neighbours and the rail name other pages; running rows repeat labels for paper.
_NOT_ITS_OWN = ":is(.crumbs, .pager, .rail, .rows__running)"


def index_pages(pages: Iterable[Stamped], shells: Iterable[Shell], site: Path) -> None:
    """Rewrite `search/search_index.json`: what the engine found on hand-written pages, and every stamped page.

    A stamped page is one entry with its whole text. The engine's entries for shells are dropped. The search
    shows titles and texts as HTML: both are written escaped.
    """
    path = site / "search" / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    moulds = {shell.url for shell in shells}
    kept = (entry for entry in index["docs"] if entry["location"].partition("#")[0] not in moulds)
    staged = path.with_suffix(".new")
    with staged.open("w", encoding="utf-8") as stream:
        stream.write(f'{{"config":{json.dumps(index["config"])},"docs":[')
        separator = ""
        for entry in chain(kept, map(_entry, pages)):
            stream.write(f"{separator}{json.dumps(entry, ensure_ascii=False)}")
            separator = ","
        stream.write("]}")
    staged.replace(path)


def _entry(page: Stamped) -> dict[str, str]:
    return {"location": page.url, "title": page.title, "text": escape(_text(page.body), quote=False)}


def _text(body: str) -> str:
    """A page's own words, without those of its neighbours."""
    tree = LexborHTMLParser(body)
    for node in tree.css(_NOT_ITS_OWN):
        node.decompose()
    return tree.text(separator=" ", strip=True)
