"""Reading built pages as a browser would parse them."""

from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

Shape = list[tuple[str, tuple[tuple[str, str], ...], str]]


def parse(path: Path) -> LexborNode:
    """A page's root element, by the HTML standard's own parsing rules."""
    root = LexborHTMLParser(path.read_text("utf-8")).root
    assert root is not None
    return root


def find(tree: LexborNode, css_class: str) -> Iterator[LexborNode]:
    """Elements of a class, in document order."""
    return iter(tree.css(f".{css_class}"))


def text(element: LexborNode) -> str:
    """All text of an element, runs of blanks folded."""
    return " ".join(element.text().split())


def skeleton(tree: LexborNode) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page and the names of their attributes, in document order, comments included."""
    return [(str(node.tag), tuple(sorted(node.attributes))) for node in tree.traverse(include_text=False)]


def shape(tree: LexborNode) -> Shape:
    """A page's DOM: elements, attributes, text, where comments stand. White space is folded, blank text left out."""
    found: Shape = []
    for node in tree.traverse(include_text=True):
        words = " ".join((node.text_content or "").split())
        if node.tag != "-text" or words:
            attributes = tuple(sorted((key, value or "") for key, value in node.attributes.items()))
            found.append((str(node.tag), attributes, words))
    return found
