"""What a YAML file holds: plain values, and where each of them stands for when that is asked."""

from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, cast

from generator.words.place import Lines, Place

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Group: TypeAlias = list[Plain] | dict[str, Plain]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A file's text, its values, and the offsets at which its keys and values begin, in the file's order.

    Most files are right and never asked for a place, so none is kept.
    """

    file: str
    text: str
    plain: dict[str, Plain]
    offsets: "array[int]"

    def words(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Every scalar with its path, in the file's order."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        _gather(self.plain, (), found)
        return found

    def offset(self, path: tuple[str | int, ...]) -> int:
        """Where the value at `path` begins; a value that is missing is spoken of at its parent."""
        spots = _spots(self).values
        while path not in spots:
            path = path[:-1]
        return self.offsets[spots[path]]

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The place of the value at `path`; see `offset`."""
        return self.place_at(self.offset(path))

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset` of the text."""
        return _spots(self).lines.place(offset)

    def value(self, path: tuple[str | int, ...]) -> Plain:
        """The value at a path of an entry; the whole at ()."""
        value: Any = self.plain
        for key in path:
            value = value[key]
        return cast(Plain, value)

    def entries(self) -> list[tuple[tuple[str | int, ...], int]]:
        """Every key with its value and every item of a list, by its path, and where it begins; in the file's order."""
        spots = _spots(self).values
        return [(path, self.offsets[at - 1 if isinstance(path[-1], str) else at]) for path, at in spots.items() if path]

    def key_place(self, path: tuple[str | int, ...]) -> Place:
        """Where the last key of `path` stands, which is in the file."""
        return self.place_at(self.offsets[_spots(self).values[path] - 1])


def _gather(group: Group, path: tuple[str | int, ...], found: list[tuple[tuple[str | int, ...], str]]) -> None:
    for key, value in group.items() if isinstance(group, dict) else enumerate(group):
        if isinstance(value, str):
            found.append(((*path, key), value))
        else:
            _gather(value, (*path, key), found)


class _Spots(NamedTuple):
    """Which of a tree's offsets is that of a value, by the value's path; that of its key is the one before."""

    values: dict[tuple[str | int, ...], int]
    lines: Lines


# A file may have ten thousand problems, which are found one behind the other.
@lru_cache(maxsize=64)
def _spots(tree: Tree) -> _Spots:
    values: dict[tuple[str | int, ...], int] = {}
    _number(tree.plain, (), 0, values)
    return _Spots(values, Lines(tree.text, tree.file))


def _number(group: Group, path: tuple[str | int, ...], at: int, values: dict[tuple[str | int, ...], int]) -> int:
    """Number the values from `at` on; returns the last number."""
    values[path] = at
    for key, value in group.items() if isinstance(group, dict) else enumerate(group):
        at += 2 if isinstance(key, str) else 1  # a key has an offset of its own
        if isinstance(value, str):
            values[*path, key] = at
        else:
            at = _number(value, (*path, key), at, values)
    return at
