"""Prose: printed paragraphs are kept as they are; editors' notes are a little Markdown → safe HTML."""

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

# No raw HTML, no images; "zero" plus what an office note needs.
_NOTES = MarkdownIt("zero", {"html": False, "breaks": False}).enable(
    ["emphasis", "backticks", "list", "link", "escape", "newline"]
)
# Each line that is not blank, trimmed.
_PARAGRAPH = re.compile(r"\S(?:.*\S)?")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a printed text."""
    return tuple(_PARAGRAPH.findall(text))


def placed_paragraphs(text: str) -> tuple[tuple[int, str], ...]:
    """The paragraphs of a printed text, and where each begins."""
    return tuple((match.start(), match[0]) for match in _PARAGRAPH.finditer(text))


def prose_text(printed: tuple[str, ...]) -> str:
    """Paragraphs as they are written: a blank line between them, a line end behind the last."""
    return "\n\n".join(printed) + "\n"


def note_text(text: str) -> str:
    """A note as it is written: with one line end behind its last line."""
    return text.rstrip("\n") + "\n"


def note_html(text: str) -> Markup:
    """An editor's note as HTML: paragraphs, lists, emphasis, code and safe links; all else is text.

    The HTML holds no blank line, so that it may stand inside an HTML block of a Markdown page.
    """
    html = _NOTES.render(text)
    return Markup("\n".join(line for line in html.splitlines() if line.strip()))  # noqa: S704 - escaped by markdown-it
