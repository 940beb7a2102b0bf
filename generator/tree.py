"""The tree that a YAML file becomes: words with places, listings and tables of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from generator.place import Place


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar: its text, where it begins, and the offset of that in the file."""

    text: str
    place: Place
    offset: int


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; `keys` holds where each key stands."""

    entries: dict[str, "Node"]
    keys: dict[str, Place]
    place: Place


Node: TypeAlias = Word | Listing | Table
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(node: Node) -> Plain:
    """The tree without places: strings, lists, dicts."""
    if isinstance(node, Word):
        return node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def node_at(tree: Node, path: tuple[str | int, ...]) -> Node:
    """The deepest node of `path` that is in the tree: a missing key is spoken of at its parent."""
    node = tree
    for key in path:
        if isinstance(node, Table) and key in node.entries:
            node = node.entries[str(key)]
        elif isinstance(node, Listing) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            break
    return node


def words(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Word]]:
    """Every scalar of a tree with its path, in the file's order."""
    if isinstance(node, Word):
        yield path, node
    elif isinstance(node, Listing):
        for index, item in enumerate(node.items):
            yield from words(item, (*path, index))
    else:
        for key, value in node.entries.items():
            yield from words(value, (*path, key))
