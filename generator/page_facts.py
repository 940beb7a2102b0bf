"""What one built page says of itself and of others: its ids, where it leads, what it fetches, what it must not have.

It is found in the page's HTML alone, so pages can be looked at in any order and anywhere; whether their links land is
`verify`'s question.
"""

from collections import Counter
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.policy import PAGE_POLICY

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

# Most elements have attributes of these names only, which say nothing that is asked for here, and are passed over in
# one step. A name that is missing here costs time; whatever is not here is looked at.
_QUIET = frozenset(
    "class scope rowspan colspan hidden role tabindex title data-label data-aid aria-hidden aria-label "
    "x y width height".split()
)
_QUIET_UNLESS = frozenset("a area base link meta script style".split())  # elements that are looked at as such


@dataclass(slots=True)
class PageFacts:
    """What a page says: `ids` with how often each stands, `links` and `fetched` addresses as written, `faults`."""

    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def page_facts(html: str) -> PageFacts:
    """What a page says, as a browser would read it."""
    facts = PageFacts()
    policies: list[str] = []
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root else ():
        attributes = node.attributes
        if attributes.keys() <= _QUIET and node.tag not in _QUIET_UNLESS:
            continue
        values = {key: value or "" for key, value in attributes.items()}
        tag = str(node.tag)
        _look_at_attributes(tag, values, facts)
        if tag in _QUIET_UNLESS:
            _look_at_element(tag, values, node, facts, policies)
    if policies != [PAGE_POLICY]:
        facts.faults.append("没有带上内容安全策略（generator/policy.py）")
    facts.faults += [f"id “{name}” 出现 {count} 次" for name, count in facts.ids.items() if count > 1]
    return facts


def _look_at_attributes(tag: str, values: dict[str, str], facts: PageFacts) -> None:
    """Nothing runs or is styled from within a page: the policy forbids it."""
    for key, value in values.items():
        if key == "id":
            if value:
                facts.ids[value] += 1
        elif key in _ADDRESSES:
            if value.strip().lower().startswith(_CODE):
                facts.faults.append(f"<{tag} {key}> 会执行代码")
            if (tag, key) in _FETCHED:
                several = value.split(",") if key == "srcset" else [value]
                facts.fetched += [address.split()[0] for address in several if address.strip()]
        elif key.startswith("on"):
            facts.faults.append(f"<{tag} {key}> 会执行代码")
        elif key == "style":
            facts.faults.append(f"<{tag}> 有内嵌样式")
        elif key in _UNWELCOME:
            facts.faults.append(f"<{tag}> 不应有 {key}")


def _look_at_element(
    tag: str, values: dict[str, str], node: LexborNode, facts: PageFacts, policies: list[str]
) -> None:  # fmt: skip
    if tag in ("a", "area", "link") and "href" in values:
        fetched = tag == "link" and _FETCHED_RELATIONS & set(values.get("rel", "").lower().split())
        (facts.fetched if fetched else facts.links).append(values["href"])
    directive = values.get("http-equiv", "").lower() if tag == "meta" else ""
    if directive == "content-security-policy":
        policies.append(values.get("content", ""))
    if tag == "base" or directive == "refresh":
        facts.faults.append(f"有会转走读者的 <{tag}>")
    inline = tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in _DATA_SCRIPTS)
    if inline and node.text().strip():
        facts.faults.append(f"有内嵌的 <{tag}>")
