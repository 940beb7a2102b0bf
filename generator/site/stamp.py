"""Set page bodies into the engine's shells.

A page names its shell among its metadata. Its body is Markdown, rendered here; its title, description and metadata
are escaped already and stand in text or in quoted attributes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from generator.facts.shell import CONTENT, DESCRIPTION, TITLE, Shell, token
from generator.words.problems import EngineStop

_MARKDOWN = MarkdownIt("commonmark", {"html": True})
# What CommonMark calls an HTML block of kind 6: from such a tag to the first blank line, passed on as it is.
_BLOCK = re.compile(r"<(?:nav|div)[ >]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_CANONICAL = "canonical"


@dataclass(frozen=True, slots=True)
class Mould:
    """A shell cut at its placeholders: text, placeholder, text, … text."""

    texts: tuple[str, ...]
    placeholders: tuple[str, ...]

    def filled(self, facts: dict[str, str]) -> str:
        parts = [self.texts[0]]
        for placeholder, text in zip(self.placeholders, self.texts[1:], strict=True):
            parts += (facts[placeholder], text)
        return "".join(parts)


def cut(shell: Shell, html: str, canonical: str | None = None) -> Mould:
    """Cut a rendered shell at its placeholders.

    Args:
        shell: What the page is to carry.
        html: The engine's page.
        canonical: The shell's own canonical address, when the site has an address.

    Raises:
        EngineStop: a placeholder is missing, or stands more often than the shell declares.
    """
    needles = {name: token(name) for name in shell.places}
    needles[CONTENT] = f"<p>{token(CONTENT)}</p>"  # the engine makes a paragraph of the word
    places = shell.places
    if canonical:
        needles[_CANONICAL], places[_CANONICAL] = f'"{canonical}"', 2  # once as Open Graph has it
    pieces = re.split(f"({'|'.join(map(re.escape, needles.values()))})", html)
    names = {needle: name for name, needle in needles.items()}
    placeholders = tuple(names[needle] for needle in pieces[1::2])
    for name, count in places.items():
        if (found := placeholders.count(name)) != count:
            raise EngineStop(
                f"页面外壳 {shell.url or '（首页）'} 里“{name}”应出现 {count} 次，实有 {found} 次："
                f"检查 theme_overrides（placeholder “{name}”: expected {count}, found {found}）"
            )
    return Mould(tuple(pieces[::2]), placeholders)


def moulds_of(shells: Iterable[Shell], site: Path, site_url: str | None) -> dict[str, Mould]:
    """Each shell that the engine rendered into `site`, cut, by its URL; EngineStop when one is not as declared."""
    return {
        shell.url: cut(shell, (site / shell.url / "index.html").read_text("utf-8"), site_url and site_url + shell.url)
        for shell in shells
    }


def html_of(body: str) -> str:
    """The HTML of a Markdown body.

    A generated page is one HTML block, of which a parser makes what stands there already, line by line; it is spared
    that where it is certain.
    """
    one_block = _BLOCK.match(body) and body.endswith("\n") and not _BLANK_LINE.search(body)
    return body if one_block and "\r" not in body and "\0" not in body else _MARKDOWN.render(body)


def set_into(mould: Mould, url: str, facts: Mapping[str, Any], body: str, site_url: str | None) -> str:
    """The HTML of the page at `url`: metadata and Markdown body set into its shell."""
    words = {
        TITLE: facts["title"],
        DESCRIPTION: facts["description"],
        CONTENT: html_of(body),
        **facts["metas"],
    }
    if site_url:
        words[_CANONICAL] = f'"{site_url}{url}"'
    return mould.filled(words)
