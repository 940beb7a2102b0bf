"""YAML events → plain values, and where they stand. Nothing is guessed: every scalar is a string.

PyYAML's C parser gives events with places; the values are gathered here because a composer would
accept duplicate keys and recurse without bound on nested input.
"""

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, cast

import yaml

from generator.reading.syntax import syntax_problem
from generator.words.place import Lines, Place
from generator.words.problems import Entry, Problem, Words, visible
from generator.words.text import MAX_BYTES, decode, unwelcome
from generator.words.tree import Plain, Tree

MAX_DEPTH = 20
MAX_NODES = 20_000

QUOTES = Entry(
    "yaml-quotes",
    Words("值没有加引号", "a value without quotes"),
    Words("以“{sign}”开头的值应加双引号", "a value that begins with “{sign}” needs double quotes"),
    Words("现为 {found}", "found {found}"),
    Words('写成 "{found}"。', 'write "{found}".'),
)
COMMENT = Entry(
    "comment-behind-value",
    Words("值后面的字会被当作注释", "words behind a value would be a comment"),
    Words("没有加引号的值后面不应有“ #”", "no “ #” is expected behind an unquoted value"),
    Words("“{rest}”会被当作注释，不会公开", "“{rest}” would be a comment, and not published"),
    Words(
        "是值的一部分，就把整个值加双引号；是注释，就另起一行写。",
        "quote the value if it belongs to it; put a comment on a line of its own.",
    ),
)
FEATURE = Entry(
    "yaml-feature",
    Words("用了 YAML 的特殊功能", "a feature of YAML that is not used here"),
    Words("只用键、值和列表", "only keys, values and lists are expected"),
    Words("用了{feature}", "found {feature_en}"),
    Words(
        "直接写出值；以 & * ! < 开头的值要加双引号。",
        "write the value out; one that begins with & * ! < needs double quotes.",
    ),
)
DUPLICATE = Entry(
    "duplicate-key",
    Words("同一个键写了两次", "a key is written twice"),
    Words("同一个键只写一次", "a key is written once"),
    Words("“{key}”已在第 {line} 行写过", "“{key}” stands at line {line} already"),
    Words("留下正确的一处，删去另一处。", "keep the right one, delete the other."),
)
LIMIT = Entry(
    "yaml-limit",
    Words("层数或值太多", "too many levels or values"),
    Words("一个文件至多 {limit} {what}", "a file holds at most {limit} {what_en}"),
    Words("超出了", "it holds more"),
    Words(
        "查缩进是否写乱，或误贴了别的内容。", "see whether the indentation is broken or something else was pasted in."
    ),
)
NOT_A_TABLE = Entry(
    "not-a-table",
    Words("文件不是由“键: 值”组成", "not a file of “key: value”"),
    Words("文件应由“键: 值”组成", "the file should consist of “key: value”"),
    Words("{found}", "{found}"),
    Words("照同一文件夹里别的文件写。", "follow the other files of the folder."),
)

_BEHIND = re.compile("[ \\t]+#")


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file: its text, its tree (None when it has none to speak of), what was wrong."""

    text: str
    tree: Tree | None
    problems: tuple[Problem, ...]


def load_file(path: Path, file: str) -> Loaded:
    """Read one YAML file.

    Args:
        path: The file.
        file: How messages name it.

    Returns:
        The tree, or what was wrong with the file. An unreadable file raises OSError.
    """
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    return load_bytes(data, file)


def load_bytes(data: bytes, file: str) -> Loaded:
    """Read the bytes of one YAML file; see `load_file`."""
    text, problem = decode(data, file)
    if problem is not None:
        return Loaded(text, None, (problem,))
    builder = _Builder(text, file)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        # what was read before may have looked like no table for the same reason
        builder.problems = [found for found in builder.problems if found.entry is not NOT_A_TABLE]
        builder.problems.append(syntax_problem(error, text, file))
    except _Ended:
        pass
    tree = None if builder.root is None else Tree(file, text, builder.root, array("I", builder.offsets))
    return Loaded(text, tree, tuple(builder.problems))


class _Ended(Exception):
    """Reading on makes no sense; the problem is noted."""


class _OpenTable:
    """A table that is being read: the pending key, if any, and the line of each key."""

    __slots__ = ("before", "entries", "key", "lines")

    def __init__(self) -> None:
        self.entries: dict[str, Plain] = {}
        self.lines: dict[str, int] = {}
        self.key: str | None = None
        self.before = 0  # how many offsets there were before the pending key, when it is a duplicate


class _Builder:
    """Gathers the values from events, without recursion."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.has_escapes = "\\" in text
        self.has_comments = "#" in text
        self.root: dict[str, Plain] | None = None
        self.offsets: list[int] = []
        self.problems: list[Problem] = []
        self.nodes = 0
        self.documents = 0
        self.open: list[list[Plain] | _OpenTable] = []

    def note(self, entry: Entry, mark: yaml.Mark, **facts: str) -> None:
        self.problems.append(Problem(entry, Place(self.file, mark.line + 1, mark.column + 1), facts=facts))

    def end(self, entry: Entry, mark: yaml.Mark, **facts: str) -> "_Ended":
        """Note a problem after which the file is not read on, and nothing of it is believed."""
        self.note(entry, mark, **facts)
        self.root = None
        return _Ended()

    def build(self) -> None:
        # The C parser's events and marks are classes of its own, without types.
        steps: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceStartEvent: self.start,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        for event in iter(yaml.CBaseLoader(self.text).get_event, None):
            if step := steps.get(type(event)):
                step(event)
        if self.root is None and not self.problems:
            self.problems.append(
                Problem(NOT_A_TABLE, Place(self.file), facts={"found": "文件是空的 (the file is empty)"})
            )

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.end(FEATURE, event.start_mark, feature="第二个文档（---）", feature_en="a second document (---)")
        if event.version or event.tags:
            raise self.end(FEATURE, event.start_mark, feature="% 指令", feature_en="a directive (%)")

    def alias(self, event: Any) -> None:
        raise self.end(
            FEATURE, event.start_mark, feature=f"别名 *{event.anchor}", feature_en=f"the alias *{event.anchor}"
        )

    def count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.end(LIMIT, event.start_mark, limit=f"{MAX_NODES:,}", what="个值", what_en="values")
        if event.anchor:
            anchor = event.anchor
            raise self.end(FEATURE, event.start_mark, feature=f"锚点 &{anchor}", feature_en=f"the anchor &{anchor}")
        if event.tag:
            tag = visible(event.tag)
            raise self.end(FEATURE, event.start_mark, feature=f"标签 {tag}", feature_en=f"the tag {tag}")

    def start(self, event: Any) -> None:
        self.count(event)
        mark = event.start_mark
        if len(self.open) >= MAX_DEPTH:
            raise self.end(LIMIT, mark, limit=str(MAX_DEPTH), what="层", what_en="levels")
        if self.open and isinstance(self.open[-1], _OpenTable) and self.open[-1].key is None:
            raise self.end(FEATURE, mark, feature="不是文字的键", feature_en="a key that is no word")
        self.offsets.append(mark.index)
        self.open.append(_OpenTable() if isinstance(event, yaml.MappingStartEvent) else [])

    def close(self, _: Any) -> None:
        closed = self.open.pop()
        self.add(closed if isinstance(closed, list) else closed.entries)

    def scalar(self, event: Any) -> None:
        self.count(event)
        mark, style, text = event.start_mark, event.style, event.value
        if style == '"':
            if self.has_escapes:
                self.refuse_escaped(event)
        elif not style:
            if self.has_comments:
                self.refuse_comment_behind(event.end_mark)
        elif style != "'":
            self.refuse_indicator(mark)
        table = self.open[-1] if self.open else None
        if isinstance(table, _OpenTable) and table.key is None:
            self.key(table, text, mark, plain_style=not style)
        else:
            self.offsets.append(mark.index)
            self.add(text)

    def rest_of_line(self, mark: yaml.Mark) -> str:
        end = self.text.find("\n", mark.index)
        return self.text[mark.index : end if end >= 0 else None]

    def refuse_escaped(self, event: Any) -> None:
        """An escape may spell what the file's own text may not hold."""
        if "\\" in self.text[event.start_mark.index : event.end_mark.index]:
            found = unwelcome(event.value.replace("\r", "\r "))
            if found:
                self.note(found[1], event.start_mark, **found[2])

    def refuse_indicator(self, mark: yaml.Mark) -> None:
        """`>5` and `|2` unquoted are block scalars with an indentation indicator: the figure would vanish."""
        head = self.rest_of_line(mark).split(" #")[0].strip()
        if re.search("[0-9]", head):
            self.note(QUOTES, mark, sign=head[0], found=head)

    def refuse_comment_behind(self, end: yaml.Mark) -> None:
        """A plain value ends at ` #`: what the editor meant as text would vanish as a comment."""
        if _BEHIND.match(self.text, end.index):
            self.note(COMMENT, end, rest=self.rest_of_line(end).strip())

    def key(self, table: _OpenTable, key: str, mark: yaml.Mark, *, plain_style: bool) -> None:
        if key == "<<" and plain_style:
            raise self.end(FEATURE, mark, feature="合并键 <<", feature_en="a merge key <<")
        if key in table.lines:
            self.note(DUPLICATE, mark, key=key, line=str(table.lines[key]))
            table.before = len(self.offsets)
        else:
            table.lines[key] = mark.line + 1
        self.offsets.append(mark.index)
        table.key = intern(key)  # forms have few keys, many times: a seventh of the memory

    def add(self, value: Plain) -> None:
        """A value that is complete, into the list or table that is open."""
        holder = self.open[-1] if self.open else None
        if isinstance(holder, list):
            holder.append(value)
        elif holder is None:
            self.close_document(value)
        else:
            key = cast(str, holder.key)  # `start` and `scalar` see to it that a value has its key
            if key in holder.entries:
                # A duplicate was noted when its key was met; the first value stays.
                del self.offsets[holder.before :]
            else:
                holder.entries[key] = value
            holder.key = None

    def close_document(self, value: Plain) -> None:
        if isinstance(value, dict):
            self.root = value
        elif not self.problems:
            place = Lines(self.text, self.file).place(self.offsets[0])
            self.problems.append(Problem(NOT_A_TABLE, place, facts={"found": "不是键和值 (not keys and values)"}))
