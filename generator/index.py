"""Add the stamped pages to the index of the engine's built-in search, one at a time."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from generator.stamp import Stamped

# Breadcrumb, neighbours and the rail name other pages; running rows repeat labels for paper.
_NOT_ITS_OWN = ":is(.crumbs, .pager, .rail, .rows__running)"


def index_pages(pages: Iterable[Stamped], site: Path) -> None:
    """Rewrite `search/search_index.json`: what the engine found on hand-written pages, and every stamped page.

    A stamped page is one entry with its whole text. The engine's entries for shells are dropped. The search
    shows titles and texts as HTML: both are written escaped.
    """
    path = site / "search" / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    kept = [entry for entry in index["docs"] if "shell0" not in entry["text"] and "shell0" not in entry["title"]]
    staged = path.with_suffix(".new")
    with staged.open("w", encoding="utf-8") as stream:
        stream.write(f'{{"config":{json.dumps(index["config"])},"docs":[')
        stream.write(",".join(json.dumps(entry, ensure_ascii=False) for entry in kept))
        for page in pages:
            entry = {"location": page.url, "title": page.title, "text": escape(_text(page.body), quote=False)}
            stream.write(f",{json.dumps(entry, ensure_ascii=False)}")
        stream.write("]}")
    staged.replace(path)


def _text(body: str) -> str:
    """A page's own words, without those of its neighbours."""
    tree = LexborHTMLParser(body)
    for node in tree.css(_NOT_ITS_OWN):
        node.decompose()
    return tree.text(separator=" ", strip=True)
