"""The comments of a YAML file, each at the entry that it speaks of.

A comment on a line of its own speaks of the entry below it, or, indented deeper than that, of the group that ends above
it; one behind a value or key speaks of that. What stands above the first entry speaks of the file.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from generator.words.tree import Plain, Tree

Path = tuple[str | int, ...]

_COMMENT = re.compile("#[^\n]*")


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments, each with its `#`: those above the entry at a path, and those at the end of a group."""

    above: Mapping[Path, tuple[str, ...]]
    below: Mapping[Path, tuple[str, ...]]

    def count(self) -> int:
        return sum(len(lines) for found in (self.above, self.below) for lines in found.values())


NO_COMMENTS = Comments({}, {})


class _Found(NamedTuple):
    """A comment: where it begins; whether words stand before it in its line, and an entry among them."""

    offset: int
    words: str
    behind: bool


def comments_of(tree: Tree) -> Comments:
    """The comments of a file that was read without a problem."""
    if "#" not in tree.text:
        return NO_COMMENTS
    start_of = dict(tree.entries())
    paths, starts = list(start_of), list(start_of.values())
    above: dict[Path, list[str]] = {}
    below: dict[Path, list[str]] = {}
    for found in _comments(tree.text):
        following = bisect_left(starts, found.offset)
        if following == 0:
            above.setdefault((), []).append(found.words)
        elif found.behind:
            above.setdefault(paths[following - 1], []).append(found.words)
        else:
            column = _column(tree.text, found.offset)
            if following < len(paths) and column <= _indent(tree.text, starts[following]):
                above.setdefault(paths[following], []).append(found.words)
            else:
                group = _group_at(tree, start_of, paths[following - 1], column)
                below.setdefault(group, []).append(found.words)
    return Comments(*({path: tuple(lines) for path, lines in found.items()} for found in (above, below)))


def _comments(text: str) -> Iterator[_Found]:
    """What lies between the parser's tokens and begins with `#`; and what stands behind the `|` of a block."""
    end, last = 0, None
    for token in yaml.scan(text, Loader=yaml.CBaseLoader):
        start = token.start_mark.index
        for match in _COMMENT.finditer(text[end:start] if start > end else ""):
            at = end + match.start()
            alone = not text[text.rfind("\n", 0, at) + 1 : at].strip()
            yield _Found(at, match[0].rstrip(), not alone and not isinstance(last, yaml.BlockEntryToken))
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            head = re.search("[ \t](#[^\n]*)", text[start : text.find("\n", start) + 1])
            if head:
                yield _Found(start + head.start(1), head[1].rstrip(), behind=True)
        if token.end_mark.index > start:
            last = token
        end = max(end, token.end_mark.index)


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1


def _indent(text: str, offset: int) -> int:
    """How far the line is indented in which an entry begins: an item of a list begins with its `-`."""
    start = text.rfind("\n", 0, offset) + 1
    return len(text[start:offset]) - len(text[start:offset].lstrip(" "))


def _group_at(tree: Tree, starts: Mapping[Path, int], before: Path, column: int) -> Path:
    """The innermost group, of those that hold the entry `before`, whose entries stand at `column` or left of it."""
    for length in range(len(before), 0, -1):
        start = starts[before[:length]]
        at = _indent(tree.text, start) if isinstance(before[length - 1], int) else _column(tree.text, start)
        if at <= column:
            return before[: length - 1]
    return ()


def carried(comments: Comments, before: Tree, after: Tree) -> Comments:
    """The comments of a file's last version at the same entries of a version that lost them.

    A row is the same one by its name, wherever it stands now; what has no entry any longer goes to its group.
    """
    here = {path for path, _ in after.entries()} | {()}
    above: dict[Path, tuple[str, ...]] = {}
    below: dict[Path, tuple[str, ...]] = {}
    for found, into in ((comments.above, above), (comments.below, below)):
        for path, lines in found.items():
            there = _moved(path, before.plain, after.plain)
            while there not in here or (into is below and isinstance(after.value(there), str)):
                there = there[:-1]
            into[there] = (*into.get(there, ()), *lines)
    return Comments(above, below)


def _moved(path: Path, before: Plain, after: Plain) -> Path:
    """Where an entry stands in another version: rows are followed by their names."""
    moved: list[str | int] = []
    for key in path:
        if isinstance(before, dict) and isinstance(key, str):
            before = before[key]
            after = after[key] if isinstance(after, dict) and key in after else ""
            moved.append(key)
        elif isinstance(before, list) and isinstance(key, int):
            before = before[key]
            row = _row_of(before, key, after if isinstance(after, list) else [])
            if row is None:
                break
            after = after[row] if isinstance(after, list) else ""
            moved.append(row)
    return tuple(moved)


def _row_of(row: Plain, number: int, rows: list[Plain]) -> int | None:
    """The number of the same row: at its old place if it is there, else the first of its name."""
    places = [place for place, each in enumerate(rows) if _name_of(each) == _name_of(row)]
    return number if number in places else next(iter(places), None)


def _name_of(row: Plain) -> Plain:
    return row.get("name", row) if isinstance(row, dict) else row
