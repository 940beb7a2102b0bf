"""MkDocs with Material as they come, over our pages as Markdown; no search, only home in the menu."""

import json
import re
import shutil
import sys
from pathlib import Path

from bench.build_peers.frame import cut
from bench.build_peers.peer import Peer
from generator.site.engine import engine_environment

_SETTINGS = """\
site_name: bench
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, language: zh, font: false}}
nav: [index.md]
not_in_nav: "*"
plugins: []
"""


def stock(folder: Path, built: Path) -> Peer:
    """Write the project: the content of each page of a built site as a Markdown page, which is one block of HTML.

    With `--dirty`, MkDocs renders only pages that are newer than what came of them; its authors mean it for previews.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for page in built.rglob("index.html"):
        head, content, _ = cut(page)
        title = re.search(r"<title>(.*?)(?: – [^–<]*)?</title>", head)
        if title is None:
            raise SystemExit(f"{page}: a title is expected")
        lines = "\n".join(line for line in content.splitlines() if line.strip())  # a blank one would end the block
        markdown = folder / "docs" / page.relative_to(built).with_suffix(".md")
        markdown.parent.mkdir(parents=True, exist_ok=True)
        markdown.write_text(f"---\ntitle: {json.dumps(title[1], ensure_ascii=False)}\n---\n\n{lines}\n", "utf-8")
    settings = folder / "mkdocs.yml"
    site = folder / "site"
    settings.write_text(_SETTINGS.format(docs=json.dumps(str(folder / "docs")), site=json.dumps(str(site))), "utf-8")
    build = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(settings))
    again = (*build, "--dirty")
    return Peer("MkDocs + Material", folder, site, "docs/{}/index.md", build, again, engine_environment())
