"""YAML events → a tree of words with places. Nothing is guessed: every scalar is a string.

PyYAML's C parser gives events with places; the tree is built here because a composer would accept
duplicate keys and recurse without bound on nested input.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from generator.place import Place, place_at
from generator.problems import Entry, Problem, Words, visible

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 20_000

TOO_LARGE = Entry(
    "file-too-large",
    Words("文件应小于 1 MiB", "a file below 1 MiB is expected"),
    Words("现为 {bytes} 字节", "found {bytes} bytes"),
    Words("一个文件只放一张表；查是否误贴了别的内容。", "one form a file; see whether something else was pasted in."),
)
ENCODING = Entry(
    "encoding",
    Words("文件应以 UTF-8 编码保存", "the file must be saved as UTF-8"),
    Words("现为{encoding}", "found {encoding}"),
    Words("在编辑器里选“另存为”，编码选 UTF-8。", "save it again with the encoding UTF-8."),
)
CHARACTER = Entry(
    "character",
    Words("文字里不应有看不见的控制字符", "no invisible control characters are expected"),
    Words("有字符 {character}", "found {character}"),
    Words("删去这个字符；它多半是从网页或 PDF 粘贴带来的。", "delete it; it most likely came with pasted text."),
)
NOT_NFC = Entry(
    "character-form",
    Words("字符应为标准（NFC）写法“{expected}”", "the normal (NFC) form “{expected}” is expected"),
    Words("现为分解或兼容写法 {character}", "found the variant {character}"),
    Words("把这个字重新打一遍。", "type the character anew."),
)
SYNTAX = Entry(
    "yaml-syntax",
    Words("应为“键: 值”格式的 YAML", "YAML of the form “key: value” is expected"),
    Words("{reason}", "{reason_en}"),
    Words("{mend}", "{mend_en}"),
)
QUOTES = Entry(
    "yaml-quotes",
    Words("以“{sign}”开头的值应加双引号", "a value that begins with “{sign}” needs double quotes"),
    Words("现为 {found}", "found {found}"),
    Words('写成 "{found}"。', 'write "{found}".'),
)
FEATURE = Entry(
    "yaml-feature",
    Words("只用键、值和列表", "only keys, values and lists are expected"),
    Words("用了{feature}", "found {feature_en}"),
    Words("直接写出值；以 & * ! < 开头的值要加双引号。", "write the value out; one that begins with & * ! < needs double quotes."),
)
DUPLICATE = Entry(
    "duplicate-key",
    Words("同一个键只写一次", "a key is written once"),
    Words("“{key}”已在第 {line} 行写过", "“{key}” stands at line {line} already"),
    Words("留下正确的一处，删去另一处。", "keep the right one, delete the other."),
)
LIMIT = Entry(
    "yaml-limit",
    Words("一个文件至多 {limit} {what}", "a file holds at most {limit} {what_en}"),
    Words("超出了", "it holds more"),
    Words("查缩进是否写乱，或误贴了别的内容。", "see whether the indentation is broken or something else was pasted in."),
)
NOT_A_TABLE = Entry(
    "not-a-table",
    Words("文件应由“键: 值”组成", "the file should consist of “key: value”"),
    Words("{found}", "{found}"),
    Words("照同一文件夹里别的文件写。", "follow the other files of the folder."),
)


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


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file: its text, its tree (None when it has none to speak of), what was wrong."""

    file: str
    text: str
    tree: Table | None
    problems: tuple[Problem, ...]


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


# Controls, C1, bidi marks and overrides, zero-width characters, line and paragraph separators,
# a byte order mark inside, and what is no character at all.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[\U000e0000-\U000e0fff]"
)


def _unwelcome(text: str) -> tuple[int, Entry, dict[str, str]] | None:
    """The first character that may not stand in a record: offset, entry, facts."""
    if match := _FORBIDDEN.search(text):
        return match.start(), CHARACTER, {"character": f"U+{ord(match[0]):04X}"}
    if not unicodedata.is_normalized("NFC", text):
        normal = unicodedata.normalize("NFC", text)
        at = next(i for i, (a, b) in enumerate(zip(text, normal + " ", strict=False)) if a != b)
        return at, NOT_NFC, {"character": f"U+{ord(text[at]):04X}", "expected": normal[at : at + 1]}
    return None


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
        builder.problems.append(_syntax_problem(error, text, file))
    except _Ended:
        pass
    return Loaded(file, text, builder.root, tuple(builder.problems))


def decode(data: bytes, file: str) -> tuple[str, Problem | None]:
    """Bytes of a text file → text, or the problem that they are not clean UTF-8."""
    whole = Place(file)
    if len(data) > MAX_BYTES:
        return "", Problem(TOO_LARGE, whole, facts={"bytes": f"{len(data):,}+"})
    for mark, name in ((codecs.BOM_UTF16_LE, "UTF-16 LE"), (codecs.BOM_UTF16_BE, "UTF-16 BE")):
        if data.startswith(mark):
            return "", Problem(ENCODING, whole, facts={"encoding": f" {name}"})
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return "", Problem(ENCODING, place_at(before, len(before), file), facts={"encoding": _guessed(data)})
    if found := _unwelcome(text):
        at, entry, facts = found
        return text, Problem(entry, place_at(text, at, file), facts=facts)
    return text, None


def _guessed(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "别的编码（an unknown encoding）"
    return " GBK / GB18030"


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
        self.note(entry, mark, **facts)
        return _Ended()

    def build(self) -> None:
        for event in yaml.parse(self.text, Loader=yaml.CBaseLoader):
            mark = event.start_mark
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
            self.problems.append(Problem(NOT_A_TABLE, Place(self.file), facts={"found": "文件是空的 (the file is empty)"}))

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
        mark = event.start_mark
        if len(self.open) >= MAX_DEPTH:
            raise self.end(LIMIT, mark, limit=str(MAX_DEPTH), what="层", what_en="levels")
        if self.open and isinstance(self.open[-1], _OpenTable) and self.open[-1].key is None:
            raise self.end(FEATURE, mark, feature="不是文字的键", feature_en="a key that is no word")
        place = self.place(mark)
        self.open.append(_OpenTable(place) if isinstance(event, yaml.MappingStartEvent) else _OpenList(place))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        mark = event.start_mark
        # `>5` and `|2` unquoted are block scalars with an indentation indicator: the figure would vanish.
        if event.style in ("|", ">"):
            head = self.text[mark.index :].split("\n", 1)[0].strip()
            if re.search("[0-9]", head.split("#")[0]):
                self.note(QUOTES, mark, sign=head[0], found=head)
        # An escape in a double-quoted scalar may spell what the file's own text may not hold.
        if event.style == '"' and (found := _unwelcome(event.value)):
            _, entry, facts = found
            self.note(entry, mark, **facts)
        self.add(Word(event.value, self.place(mark), mark.index), mark, plain_style=not event.style)

    def add(self, node: Node, mark: yaml.Mark, plain_style: bool = False) -> None:
        if not self.open:
            if isinstance(node, Table):
                self.root = node
            elif not self.problems:
                self.problems.append(Problem(NOT_A_TABLE, node.place, facts={"found": "不是键和值 (not keys and values)"}))
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


# What the parser says, in parts of its own words → what an editor can use: reason, mend (Chinese, English).
_REASONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "这里不应再出现“: ”", "another “: ” stands here",
        "值里含有“: ”时，整个值加双引号；或检查上一行是否缺引号、缩进是否对齐。",
        "quote a value that holds “: ”; or see whether the line above lacks a quote or the indentation is off.",
    ),
    (
        "found character that cannot start any token",
        "这里有不能开头的字符（制表符、% @ ` 等）", "a character that cannot begin a value (tab, % @ `)",
        "缩进用空格，不用制表符；以 % @ ` 开头的值加双引号。",
        "indent with blanks, not tabs; quote a value that begins with % @ `.",
    ),
    (
        "could not find expected ':'",
        "键后面缺“: ”", "“: ” is missing after a key",
        "每行写成“键: 值”，冒号用半角，后面空一格；较长的文字写在 | 下面并缩进。",
        "write “key: value” with an ASCII colon and a blank; put longer text below | and indent it.",
    ),
    (
        "unexpected end of stream",
        "引号没有配对", "a quotation mark is not closed",
        "补上缺的引号；文字里的引号用中文引号“”。", "close it; inside the text use other quotation marks.",
    ),
    (
        "did not find expected comment or line break",
        "值以 > 或 | 开头，又没有加引号", "a value begins with > or | and is not quoted",
        '加上双引号，如 ">90.00(百分比)"。', 'quote it, like ">90.00(百分比)".',
    ),
    (
        "did not find expected key",
        "缩进没有对齐，或引号后面多了字", "the indentation is off, or words follow a closing quote",
        "同一层的键左边对齐；值里有双引号时改用中文引号“”。",
        "align the keys of one level; inside a quoted value use other quotation marks.",
    ),
    (
        "did not find expected '-' indicator",
        "列表里这一行没有以“- ”开头，或缩进没有对齐", "this line of a list does not begin with “- ”, or is not aligned",
        "各项的“- ”左边对齐，项内的键与第一个键对齐。", "align the “- ” of the items, and the keys within an item.",
    ),
    (
        "block sequence entries are not allowed",
        "这里不应有“- ”", "“- ” may not stand here",
        "“- ”另起一行；以 - 开头的值加双引号。", "begin a new line with “- ”; quote a value that begins with -.",
    ),
    (
        "unknown escape character",
        "双引号里的反斜杠 \\ 有特殊含义", "a backslash in double quotes has a special meaning",
        "要写反斜杠本身，就写两个 \\\\，或改用单引号。", "write two backslashes, or use single quotes.",
    ),
    (
        "undefined alias",
        "值以 * 开头，又没有加引号", "a value begins with * and is not quoted",
        '加上双引号，如 "*内容"。', 'quote it, like "*text".',
    ),
)  # fmt: skip


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    raw = error.problem or ""
    # These two are noticed far behind the place that is wrong; the context is where it began.
    if ("found unexpected end of stream" in raw or "could not find expected" in raw) and error.context_mark:
        place = Place(file, error.context_mark.line + 1, error.context_mark.column + 1)
    for part, reason, reason_en, mend, mend_en in _REASONS:
        if part in raw:
            facts = {"reason": reason, "reason_en": reason_en, "mend": mend, "mend_en": mend_en}
            return Problem(SYNTAX, place, facts=facts)
    facts = {
        "reason": f"读到这里读不下去了（{visible(raw)}）",
        "reason_en": visible(raw),
        "mend": "对照同一文件夹里别的记录，检查这一行和上一行的引号、冒号和缩进。",
        "mend_en": "compare this line and the one above with another record: quotes, colons, indentation.",
    }
    return Problem(SYNTAX, place, facts=facts)
