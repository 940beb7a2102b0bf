"""Reading built pages as a browser would parse them."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib


def parse(path: Path) -> Element:
    """A page's element tree, by the HTML standard's own parsing rules."""
    with path.open("rb") as stream:
        tree = html5lib.parse(stream, transport_encoding="utf-8", namespaceHTMLElements=False)
    assert isinstance(tree, Element)
    return tree


def find(tree: Element, css_class: str) -> Iterator[Element]:
    """Elements of a class, in document order."""
    for element in tree.iter():
        if isinstance(element.tag, str) and css_class in element.get("class", "").split():
            yield element


def text(element: Element) -> str:
    """All text of an element, runs of blanks folded."""
    return " ".join("".join(element.itertext()).split())


def skeleton(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page and the names of their attributes, in document order, comments included."""
    return [
        (element.tag if isinstance(element.tag, str) else "<!-- -->", tuple(sorted(map(str, element.keys()))))
        for element in tree.iter()
    ]
