"""What a YAML file holds: plain values, and where each of them stands for when that is asked."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from generator.place import Lines, Place

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


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


@dataclass(frozen=True)
class Tree:
    """A file's text, its values, and the offsets at which its keys and values begin, in the file's order.

    Most files are right and never asked for a place: `root`, the values with their places, is made on demand.
    """

    file: str
    text: str
    plain: dict[str, Plain]
    offsets: "array[int]"

    @cached_property
    def root(self) -> Table:
        """The values with their places."""
        return _table(self.plain, iter(self.offsets), Lines(self.text, self.file))

    def node(self, path: tuple[str | int, ...]) -> Node:
        """The deepest node of `path` that is in the tree: a missing key is spoken of at its parent."""
        node: Node = self.root
        for key in path:
            if isinstance(node, Table) and key in node.entries:
                node = node.entries[str(key)]
            elif isinstance(node, Listing) and isinstance(key, int) and key < len(node.items):
                node = node.items[key]
            else:
                break
        return node

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every scalar with its path, in the file's order."""
        return _words(self.plain, ())


def _placed(plain: Plain, offsets: Iterator[int], lines: Lines) -> Node:
    if isinstance(plain, dict):
        return _table(plain, offsets, lines)
    offset = next(offsets)
    place = lines.place(offset)
    if isinstance(plain, str):
        return Word(plain, place, offset)
    return Listing(tuple(_placed(item, offsets, lines) for item in plain), place)


def _table(plain: dict[str, Plain], offsets: Iterator[int], lines: Lines) -> Table:
    place = lines.place(next(offsets))
    keys: dict[str, Place] = {}
    entries: dict[str, Node] = {}
    for key, value in plain.items():
        keys[key] = lines.place(next(offsets))
        entries[key] = _placed(value, offsets, lines)
    return Table(entries, keys, place)


def _words(plain: Plain, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(plain, str):
        yield path, plain
        return
    for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
        if isinstance(value, str):
            yield (*path, key), value
        else:
            yield from _words(value, (*path, key))
