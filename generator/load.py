"""YAML events → a tree of words with places. Nothing is guessed: every scalar is a string.

PyYAML's C parser gives events with places; the tree is built here because a composer would accept
duplicate keys and recurse without bound on nested input.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from generator.place import Place
from generator.problems import Entry, Problem, Words, visible
from generator.syntax import syntax_problem
from generator.text import MAX_BYTES, decode, unwelcome
from generator.tree import Listing, Node, Table, Word

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


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file: its text, its tree (None when it has none to speak of), what was wrong."""

    file: str
    text: str
    tree: Table | None
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
        return Loaded(file, text, None, (problem,))
    builder = _Builder(text, file)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        builder.problems.append(syntax_problem(error, text, file))
    except _Ended:
        pass
    return Loaded(file, text, builder.root, tuple(builder.problems))


def _mark(event: yaml.Event) -> yaml.Mark:
    return cast(yaml.Mark, event.start_mark)  # the C parser marks every event, with a class of its own


class _Ended(Exception):
    """Reading on makes no sense; the problem is noted."""


class _Builder:
    """Builds the tree from events, without recursion."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.root: Table | None = None
        self.problems: list[Problem] = []
        self.nodes = 0
        self.documents = 0
        # Open collections: (start place, items of a list | entries, keys and pending key of a table)
        self.open: list[_OpenList | _OpenTable] = []

    def place(self, mark: yaml.Mark) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def note(self, entry: Entry, mark: yaml.Mark, **facts: str) -> None:
        self.problems.append(Problem(entry, self.place(mark), facts=facts))

    def end(self, entry: Entry, mark: yaml.Mark, **facts: str) -> "_Ended":
        """Note a problem after which the file is not read on, and nothing of it is believed."""
        self.note(entry, mark, **facts)
        self.root = None
        return _Ended()

    def build(self) -> None:
        for event in yaml.parse(self.text, Loader=yaml.CBaseLoader):
            mark = _mark(event)
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise self.end(FEATURE, mark, feature="第二个文档（---）", feature_en="a second document (---)")
                if event.version or event.tags:
                    raise self.end(FEATURE, mark, feature="% 指令", feature_en="a directive (%)")
            elif isinstance(event, yaml.AliasEvent):
                raise self.end(FEATURE, mark, feature=f"别名 *{event.anchor}", feature_en=f"the alias *{event.anchor}")
            elif isinstance(event, yaml.NodeEvent):
                self.count(event, mark)
                if isinstance(event, yaml.ScalarEvent):
                    self.scalar(event)
                else:
                    self.start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.add(self.open.pop().closed(), mark)
        if self.documents == 0 or (self.root is None and not self.problems):
            self.problems.append(
                Problem(NOT_A_TABLE, Place(self.file), facts={"found": "文件是空的 (the file is empty)"})
            )

    def count(self, event: yaml.NodeEvent, mark: yaml.Mark) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.end(LIMIT, mark, limit=f"{MAX_NODES:,}", what="个值", what_en="values")
        if event.anchor:
            raise self.end(FEATURE, mark, feature=f"锚点 &{event.anchor}", feature_en=f"the anchor &{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag:
            raise self.end(FEATURE, mark, feature=f"标签 {visible(tag)}", feature_en=f"the tag {visible(tag)}")

    def start(self, event: yaml.NodeEvent) -> None:
        mark = _mark(event)
        if len(self.open) >= MAX_DEPTH:
            raise self.end(LIMIT, mark, limit=str(MAX_DEPTH), what="层", what_en="levels")
        if self.open and isinstance(self.open[-1], _OpenTable) and self.open[-1].key is None:
            raise self.end(FEATURE, mark, feature="不是文字的键", feature_en="a key that is no word")
        place = self.place(mark)
        self.open.append(_OpenTable(place) if isinstance(event, yaml.MappingStartEvent) else _OpenList(place))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        mark = _mark(event)
        # `>5` and `|2` unquoted are block scalars with an indentation indicator: the figure would vanish.
        if event.style in ("|", ">"):
            head = self.rest_of_line(mark).split(" #")[0].strip()
            if re.search("[0-9]", head):
                self.note(QUOTES, mark, sign=head[0], found=head)
        # An escape in a double-quoted scalar may spell what the file's own text may not hold.
        escaped = event.style == '"' and "\\" in self.text[mark.index : cast(yaml.Mark, event.end_mark).index]
        if escaped and (found := unwelcome(event.value.replace("\r", "\r "))):
            _, entry, facts = found
            self.note(entry, mark, **facts)
        if not event.style:
            self.refuse_comment_behind(cast(yaml.Mark, event.end_mark))
        self.add(Word(event.value, self.place(mark), mark.index), mark, plain_style=not event.style)

    def rest_of_line(self, mark: yaml.Mark) -> str:
        end = self.text.find("\n", mark.index)
        return self.text[mark.index : end if end >= 0 else None]

    def refuse_comment_behind(self, end: yaml.Mark) -> None:
        """A plain value ends at ` #`: what the editor meant as text would vanish as a comment."""
        rest = self.rest_of_line(end)
        if re.match(r"[ \t]+#", rest):
            self.note(COMMENT, end, rest=rest.strip())

    def add(self, node: Node, mark: yaml.Mark, plain_style: bool = False) -> None:
        if not self.open:
            if isinstance(node, Table):
                self.root = node
            elif not self.problems:
                self.problems.append(
                    Problem(NOT_A_TABLE, node.place, facts={"found": "不是键和值 (not keys and values)"})
                )
            return
        holder = self.open[-1]
        if isinstance(holder, _OpenList):
            holder.items.append(node)
        elif holder.key is None:
            self.key(holder, node, mark, plain_style)
        else:
            # A duplicate is noted when its key is met; the first value stays.
            holder.entries.setdefault(holder.key, node)
            holder.key = None

    def key(self, table: "_OpenTable", node: Node, mark: yaml.Mark, plain_style: bool) -> None:
        if not isinstance(node, Word):
            raise self.end(FEATURE, mark, feature="不是文字的键", feature_en="a key that is no word")
        if node.text == "<<" and plain_style:
            raise self.end(FEATURE, mark, feature="合并键 <<", feature_en="a merge key <<")
        if node.text in table.keys:
            self.note(DUPLICATE, mark, key=node.text, line=str(table.keys[node.text].line))
        table.keys.setdefault(node.text, node.place)
        table.key = node.text


class _OpenList:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.items: list[Node] = []

    def closed(self) -> Listing:
        return Listing(tuple(self.items), self.place)


class _OpenTable:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Place] = {}
        self.key: str | None = None

    def closed(self) -> Table:
        return Table(self.entries, self.keys, self.place)
