"""A project of Eleventy: a template file with JSON front matter for each page, layouts in Nunjucks."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.build_peers.facts import Facts
from bench.build_peers.frame import Frame
from bench.build_peers.peer import Peer, as_json, is_list
from bench.build_peers.terms import term_facts

_LAYOUTS = Path(__file__).parent / "eleventy_layouts"
_BLANKS = {name: f"{{{{ {name} }}}}" for name in ("title", "description")} | {
    name: f"{{{{ params.{name} }}}}" for name in ("column_description", "column_keywords", "content_source")
}


def eleventy(folder: Path, pages: Iterable[Facts], frames: Mapping[str, Frame], packages: Path) -> Peer:
    """Write the project.

    Eleventy keeps nothing from one process to the next, so it builds the whole site again: `--incremental` works in a
    process that watches, and with the name of a file (`--incremental=FILE`) 3.1.8 ends with an error of its own
    (`templateRender` has not yet initialized) in any project of two pages.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_LAYOUTS, folder / "layouts")
    (folder / "layouts" / "eleventy.config.js").rename(folder / "eleventy.config.js")
    for layout, frame in frames.items():
        body = f'{{% include "parts/{layout}.njk" %}}'
        (folder / "layouts" / f"{layout}.njk").write_text(frame.filled(body, _BLANKS), "utf-8")
    (folder / "terms.json").write_text(json.dumps(term_facts(), ensure_ascii=False), "utf-8")
    for page in pages:
        name = f"{page.url}index.html" if is_list(page) else f"{page.url[:-1]}.html"
        file = folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---json\n{as_json(page, f'{page.layout}.njk')}\n---\n", "utf-8")
    build = ("node", str(packages / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet")
    return Peer("Eleventy", folder, folder / "site", "content/{}.html", build, build)
