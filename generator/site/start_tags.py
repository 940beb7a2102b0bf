"""A page's start tags, read without a parser where they can be read in one way only.

A browser's reading of HTML is long, and nearly all of it is about pages that are written otherwise than ours. Where
each `<` begins a tag that is written out in full, with its values in double quotes, and nothing stands in a page that
makes of tags something else (a comment, an element whose content is no HTML), every start tag that a browser could see
is one of these. Any other page is for a parser.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_DOCTYPE = re.compile(r"\s*<!doctype html>")
# From each `<` that does not end an element to the next `>`; whether that is a whole tag is asked of each.
_STARTS = re.compile("<[^/>][^>]*>")
_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z:-]*(?:="[^"<>]*")?)*)/?>')
_ATTRIBUTE = re.compile(r' ([^ ="]+)(?:="([^"]*)")?')
_REFERENCES = re.compile("&(?:amp|lt|gt|quot|#[0-9]+|#x[0-9a-f]+);")
# Elements whose content is no HTML: it may hold no tag here. Of the others of this kind our pages have none.
_TEXTS = frozenset("script style title textarea".split())
_OTHERS = frozenset("iframe noembed noframes noscript plaintext template xmp".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True, eq=False)
class StartTag:
    """A start tag as it is written, and as a browser reads it; while it is kept, the same words are the same object.

    `opens` is 1 where an end has to follow, otherwise 0; what stands in a `plain` element is HTML.
    """

    written: str
    name: str
    attributes: dict[str, str]
    opens: int
    plain: bool


def start_tags(html: str) -> list[tuple[StartTag, int]] | None:
    """The start tags of a page, each once with how often it stands; None where only a parser can tell."""
    doctype = _DOCTYPE.match(html)
    if doctype is None:
        return None
    found = _STARTS.findall(html, doctype.end())
    tags: list[tuple[StartTag, int]] = []
    open_ = 0
    for written, count in Counter(found).items():
        tag = _parsed(written)
        if tag is None or not (tag.plain or _hold_no_tag(html, tag, count)):
            return None
        open_ += count * tag.opens
        tags.append((tag, count))
    # each element ends once, and what is written as a bracket is one
    ends = html.count("</")
    return tags if ends == open_ and html.count(">") == 1 + len(found) + ends else None


# Most tags of a page are those of all pages: rows, cells, the frame.
@lru_cache(1 << 13)
def _parsed(written: str) -> StartTag | None:
    """A start tag as a browser reads it; None where that is not certain."""
    found = _TAG.fullmatch(written)
    if found is None or found[1] in _OTHERS:
        return None
    attributes: dict[str, str] = {}
    for key, value in _ATTRIBUTE.findall(found[2]):
        name = key.lower()
        if name in attributes or ("&" in value and "&" in _REFERENCES.sub("", value)):
            return None
        attributes[name] = unescape(value)
    opens = found[1] not in _VOID and not written.endswith("/>")
    return StartTag(written, found[1], attributes, int(opens), found[1] not in _TEXTS)


def _hold_no_tag(html: str, tag: StartTag, count: int) -> bool:
    """Whether each of the elements with this start tag ends at the next `<`."""
    at = 0
    for _ in range(count):
        at = html.find("<", html.find(tag.written, at) + len(tag.written))
        if not html.startswith(f"</{tag.name}>", at):
            return False
    return True
