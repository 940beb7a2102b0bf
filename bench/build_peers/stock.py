"""MkDocs with Material as they come, over the Markdown pages that our build makes; no search, only home in the menu."""

import json
import shutil
import sys
from pathlib import Path

from bench.build_peers.peer import Peer
from generator.engine import engine_environment

_SETTINGS = """\
site_name: bench
docs_dir: {docs}
site_dir: {site}
theme: {{name: material, language: zh, font: false}}
nav: [index.md]
not_in_nav: "*"
plugins: []
"""


def stock(folder: Path, docs: Path) -> Peer:
    """Write the project: the pages of our docs tree, without what stands beside them.

    With `--dirty`, MkDocs renders only pages that are newer than what came of them; its authors mean it for previews.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for page in docs.rglob("index.md"):
        copy = folder / "docs" / page.relative_to(docs)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copy)
    settings = folder / "mkdocs.yml"
    site = folder / "site"
    settings.write_text(_SETTINGS.format(docs=json.dumps(str(folder / "docs")), site=json.dumps(str(site))), "utf-8")
    build = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(settings))
    again = (*build, "--dirty")
    return Peer("MkDocs + Material", folder, site, "docs/{}/index.md", build, again, engine_environment())
