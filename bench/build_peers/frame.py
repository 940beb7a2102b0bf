"""The frame of a built page as a layout for other generators: head, header, menu and footer, with blanks to fill."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What stands in each blank, by the tag that it belongs to. The page's own words go, whatever they are.
_BLANKS = (
    (r"(<title>)[^<]*?( – [^<–]*</title>)", "title"),
    (r'(<meta property="og:title" content=")[^"]*(")', "title"),
    (r'(<meta name="ArticleTitle" content=")[^"]*(")', "title"),
    (r'(<meta (?:name="|property="og:)description" content=")[^"]*(")', "description"),
    (r'(<meta name="ColumnDescription" content=")[^"]*(")', "column_description"),
    (r'(<meta name="ColumnKeywords" content=")[^"]*(")', "column_keywords"),
    (r'(<meta name="ContentSource" content=")[^"]*(")', "content_source"),
)
_CONTENT = re.compile(r'<div class="frame content[^>]*id="content"[^>]*>\n?')
_DIV = re.compile(r"<(/?)div\b")


@dataclass(frozen=True)
class Frame:
    """What stands before and behind a page's content; a blank is `@title@`."""

    before: str
    behind: str

    def filled(self, body: str, words: Mapping[str, str]) -> str:
        """A layout: the words of each blank are those of the template language that it is for."""
        before = re.sub(r"@([a-z_]+)@", lambda blank: words[blank[1]], self.before)
        return f"{before}{body}{self.behind}"


def frame_of(page: Path) -> Frame:
    """The frame of a built page.

    Raises:
        SystemExit: the page has no content as our theme marks it, or no title.
    """
    html = page.read_text("utf-8")
    start = _CONTENT.search(html)
    if start is None:
        raise SystemExit(f"{page}: the theme's element of the content is expected")
    depth = 1
    for tag in _DIV.finditer(html, start.end()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            break
    before, behind = html[: start.end()], html[tag.start() :]
    for pattern, blank in _BLANKS:
        before = re.sub(pattern, rf"\g<1>@{blank}@\g<2>", before)
    if "@title@" not in before:
        raise SystemExit(f"{page}: a title is expected")
    return Frame(before, behind)
