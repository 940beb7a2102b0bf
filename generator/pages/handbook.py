"""The editors' guide as HTML: docs/editing.zh-CN.md is the one source, on the site and in the repository."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator.words.urls import CHECKS, HANDBOOK, relative

GUIDE = Path(__file__).parent.parent.parent / "docs" / "editing.zh-CN.md"
PICTURES = GUIDE.parent / "images" / "editing"
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide: its title, its sections, and its body as HTML without blank lines."""

    title: str
    sections: tuple[Section, ...]
    html: Markup


def pictures() -> list[Path]:
    """The pictures that the guide shows, by name."""
    return sorted(PICTURES.glob("*.png"))


def read_guide() -> Guide:
    """The guide, ready for its page."""
    first, _, text = GUIDE.read_text("utf-8").partition("\n")
    tokens = _MARKDOWN.parse(text)
    sections: list[Section] = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            section = Section(f"s{len(sections) + 1:02}", inline.content)
            token.attrSet("id", section.anchor)
            sections.append(section)
        if token.type == "inline":
            token.children = list(_for_the_site(token.children or ()))
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    # The page is one block of HTML, whose lines are stripped and must not be blank.
    html = re.sub("<pre>.*?</pre>", lambda match: match[0].replace("\n", "&#10;"), html, flags=re.DOTALL)
    return Guide(first.removeprefix("# "), tuple(sections), Markup(html))  # noqa: S704 - our own file


def _for_the_site(tokens: Iterable[Token]) -> Iterator[Token]:
    """Links to files of the repository: to the page of problems, or words only; pictures lie beside the page."""
    plain = False
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            plain = not address.startswith(("https:", "#")) and address != "problems.md"
            if address == "problems.md":
                token.attrSet("href", relative(CHECKS, HANDBOOK))
        if token.type == "image":
            name = Path(str(token.attrs["src"])).name
            width, height = _size(PICTURES / name)
            # fetched when a reader comes near; its room is kept, so that links to later sections land where they lead
            token.attrs |= {"src": name, "width": width, "height": height, "loading": "lazy"}
        if not (plain and token.type in ("link_open", "link_close")):
            yield token
        if token.type == "link_close":
            plain = False


def _size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, as its header says."""
    with picture.open("rb") as file:
        header = file.read(24)
    return int.from_bytes(header[16:20]), int.from_bytes(header[20:24])
