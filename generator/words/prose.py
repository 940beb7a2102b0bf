"""Prose: printed paragraphs are kept as they are; editors' notes are a little Markdown → safe HTML."""

from itertools import accumulate

from markdown_it import MarkdownIt
from markupsafe import Markup

# No raw HTML, no images; "zero" plus what an office note needs.
_NOTES = MarkdownIt("zero", {"html": False, "breaks": False}).enable(
    ["emphasis", "backticks", "list", "link", "escape", "newline"]
)


def placed_paragraphs(text: str) -> tuple[tuple[int, str], ...]:
    """The paragraphs of a printed text, each line that is not blank, trimmed; and where each begins."""
    starts = accumulate((len(line) for line in text.splitlines(keepends=True)), initial=0)
    return tuple(
        (start + len(line) - len(line.lstrip()), line.strip())
        for start, line in zip(starts, text.splitlines(), strict=False)
        if line.strip()
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a printed text."""
    return tuple(paragraph for _, paragraph in placed_paragraphs(text))


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
