"""The searches that ours is measured against, over the same record pages.

Pagefind extended indexes the built pages; Material's own search, lunr in a worker with words cut by
jieba as Material documents it for Chinese, is made by MkDocs with the plugin `search`. Both get the
record pages alone, and of these the content without the site's frame.
"""

import gzip
import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.measure import Run, measured
from bench.reader import Search

LOCKED = Path(__file__).parent / "search_peers.txt"
_PAGES = "*/*/{targets,evaluations}/*/index.html"
_SETTINGS = """\
site_name: bench
docs_dir: {docs}
theme: {{name: material, language: zh, font: false}}
nav: [index.md]
not_in_nav: "*"
plugins: {plugins}
"""


def index_by_pagefind(site: Path, folder: Path, env: Mapping[str, str]) -> Run:
    """Index the record pages of a built site."""
    shutil.rmtree(folder, ignore_errors=True)
    words = (
        "--site",
        str(site),
        "--output-path",
        str(folder),
        "--glob",
        _PAGES,
        "--root-selector",
        "#content",
        "--silent",
    )
    return measured([sys.executable, "-m", "pagefind", *words], env).run


def pagefind_pages(folder: Path) -> dict[str, str]:
    """The records' ids by Pagefind's names of their fragments."""
    pages = {}
    for file in sorted((folder / "fragment").iterdir()):
        text = gzip.decompress(file.read_bytes()).decode().removeprefix("pagefind_dcd")
        pages[file.stem] = json.loads(text)["url"].strip("/")
    return pages


def index_by_lunr(docs: Path, ids: Iterable[str], folder: Path, env: Mapping[str, str]) -> Run:
    """MkDocs with Material's search over the records' Markdown pages; what it takes without is taken off."""
    pages = folder / "docs"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("", *ids):
        (pages / name).mkdir(parents=True, exist_ok=True)
        shutil.copy(docs / name / "index.md", pages / name)
    runs = {}
    for way, plugins in (("plain", "[]"), ("site", "[search]")):
        settings = folder / f"{way}.yml"
        settings.write_text(_SETTINGS.format(docs=json.dumps(str(pages)), plugins=plugins), "utf-8")
        words = ("build", "--quiet", "--config-file", str(settings), "--site-dir", str(folder / way))
        runs[way] = measured([sys.executable, "-m", "mkdocs", *words], env).run
    site, plain = runs["site"], runs["plain"]
    return Run(round(site.wall - plain.wall, 2), round(site.cpu - plain.cpu, 2), site.memory)


def lunr_search(folder: Path) -> Search:
    """Material's search as its pages begin it."""
    worker = next((folder / "site" / "assets" / "javascripts" / "workers").glob("search.*.min.js"))
    return Search("lunr", f"/lunr/{worker.relative_to(folder / 'site').as_posix()}")
