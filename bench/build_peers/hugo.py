"""A project of Hugo: a content file with front matter for each page, layouts in Go templates."""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bench.build_peers.facts import Facts
from bench.build_peers.frame import Frame
from bench.build_peers.peer import Peer, is_list
from bench.build_peers.terms import term_facts

_LAYOUTS = Path(__file__).parent / "hugo_layouts"
_SETTINGS = """\
baseURL = "/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
disableHugoGeneratorInject = true
"""
_BLANKS = {"title": "{{ .Title }}", "description": "{{ .Description }}"} | {
    name: f"{{{{ .Params.{name} }}}}" for name in ("column_description", "column_keywords", "content_source")
}


def hugo(
    name: str,
    folder: Path,
    pages: Iterable[Facts],
    frames: Mapping[str, Frame],
    front_matter: Callable[[Facts, str], str],
    installed: Path,
) -> Peer:
    """Write the project. Hugo keeps nothing from one build to the next, so it builds the whole site again.

    Args:
        name: What it is called in tables.
        folder: The project.
        pages: What it is told of each page.
        frames: The frame of each layout.
        front_matter: A page's facts and its layout as front matter, `as_json` or `as_yaml`.
        installed: The folder of the Python packages, of which Hugo's has the program.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_LAYOUTS, folder / "layouts")
    for layout, frame in frames.items():
        body = f'{{{{ partial "{layout}.html" .Params }}}}'
        (folder / "layouts" / f"{layout}.html").write_text(frame.filled(body, _BLANKS), "utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "terms.json").write_text(json.dumps(term_facts(), ensure_ascii=False), "utf-8")
    (folder / "hugo.toml").write_text(_SETTINGS, "utf-8")
    for page in pages:
        file = folder / "content" / (f"{page.url}_index.md" if is_list(page) else f"{page.url[:-1]}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{front_matter(page, page.layout)}\n", "utf-8")
    words = ("--quiet", "--source", str(folder), "--destination", str(folder / "site"))
    # the program itself: the package's own command would be a Python process in front of it
    build = (str(installed / "hugo" / "binaries" / "hugo"), *words, "--cacheDir", str(folder / "cache"))
    return Peer(name, folder, folder / "site", "content/{}.md", build, build)
