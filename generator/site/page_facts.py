"""What one built page says of itself and of others: its ids, where it leads, what it fetches, what it must not have.

It is found in the page's HTML alone, so pages can be looked at in any order and anywhere; whether their links land is
`verify`'s question.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from generator.site.policy import PAGE_POLICY
from generator.site.start_tags import StartTag, start_tags

# Attributes whose address the browser fetches by itself when it shows a page; the rest are for the reader to follow.
_FETCHED_BY = {
    "src": "script img source iframe embed video audio track input",
    "srcset": "img source",
    "data": "object",
    "poster": "video",
    "href": "use image",
    "action": "form",
    "formaction": "button input",
    "background": "body table td",
}
_FETCHED = {(tag, key) for key, tags in _FETCHED_BY.items() for tag in tags.split()}
_FETCHED_RELATIONS = set("stylesheet icon preload modulepreload prefetch preconnect dns-prefetch manifest".split())
_CODE = ("javascript:", "vbscript:")
# Attributes that hold an address, or give one to others (SVG's animations); in the rest such words are only words.
_ADDRESSES = {*_FETCHED_BY, "xlink:href", "cite", "to", "from", "by", "values"}
_UNWELCOME = {"srcdoc", "ping", "imagesrcset"}
_DATA_SCRIPTS = ("application/json", "application/ld+json")


@dataclass(slots=True)
class PageFacts:
    """What a page says: `ids` with how often each stands, `links` and `fetched` addresses as written, `faults`."""

    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Said:
    """What one element says by its start tag; `inline` is one that must hold nothing."""

    id: str = ""
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    inline: bool = False

    def __bool__(self) -> bool:
        return bool(self.id or self.links or self.fetched or self.faults or self.policies or self.inline)


def page_facts(html: str) -> PageFacts:
    """What a page says, as a browser would read it."""
    facts = PageFacts()
    policies: list[str] = []
    for said, count in _by_tags(html) or _by_parser(html):
        if said.id:
            facts.ids[said.id] = facts.ids.get(said.id, 0) + count  # a count that is missing takes Counter long
        facts.links += said.links
        facts.fetched += said.fetched
        facts.faults += said.faults * count
        policies += said.policies * count
    if policies != [PAGE_POLICY]:
        facts.faults.append("没有带上内容安全策略（generator/site/policy.py）")
    facts.faults += [f"id “{name}” 出现 {count} 次" for name, count in facts.ids.items() if count > 1]
    return facts


def _by_tags(html: str) -> list[tuple[_Said, int]] | None:
    """What start tags say, with how often each stands; None where only a parser can tell."""
    tags = start_tags(html)
    if tags is None:
        return None
    found = [(said, count) for tag, count in tags if (said := _said_by(tag)) is not None]
    return None if any(said.inline for said, _ in found) else found


# Most tags of a page are those of all pages: rows, cells, the frame.
@lru_cache(1 << 13)
def _said_by(tag: StartTag) -> _Said | None:
    return _said(tag.name, tag.attributes) or None


def _by_parser(html: str) -> Iterator[tuple[_Said, int]]:
    """What elements say."""
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root else ():
        tag = str(node.tag)
        said = _said(tag, {key: value or "" for key, value in node.attributes.items()})
        if said.inline and node.text().strip():
            said.faults.append(f"有内嵌的 <{tag}>")
        yield said, 1


def _said(tag: str, attributes: Mapping[str, str]) -> _Said:
    said = _Said()
    for key, value in attributes.items():
        _look_at_attribute(tag, key, value, said)
    if tag in ("a", "area", "link") and "href" in attributes:
        fetched = tag == "link" and _FETCHED_RELATIONS & set(attributes.get("rel", "").lower().split())
        (said.fetched if fetched else said.links).append(attributes["href"])
    directive = attributes.get("http-equiv", "").lower() if tag == "meta" else ""
    if directive == "content-security-policy":
        said.policies.append(attributes.get("content", ""))
    if tag == "base" or directive == "refresh":
        said.faults.append(f"有会转走读者的 <{tag}>")
    said.inline = tag == "style" or (
        tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA_SCRIPTS
    )
    return said


def _look_at_attribute(tag: str, key: str, value: str, said: _Said) -> None:
    """Nothing runs or is styled from within a page: the policy forbids it."""
    if key == "id":
        said.id = value
    elif key in _ADDRESSES:
        if value.strip().lower().startswith(_CODE):
            said.faults.append(f"<{tag} {key}> 会执行代码")
        if (tag, key) in _FETCHED:
            several = value.split(",") if key == "srcset" else [value]
            said.fetched += [address.split()[0] for address in several if address.strip()]
    elif key.startswith("on"):
        said.faults.append(f"<{tag} {key}> 会执行代码")
    elif key == "style":
        said.faults.append(f"<{tag}> 有内嵌样式")
    elif key in _UNWELCOME:
        said.faults.append(f"<{tag}> 不应有 {key}")
