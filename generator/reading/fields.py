"""What a field of a record may hold: each kind takes the loader's strings, and refuses in plain words.

A printed word is kept beside what was read from it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict

from generator.figures.amounts import Amount, Figure, MoneyUnit, parse_amount, parse_count, parse_figure
from generator.figures.dates import parse_date, parse_known_date
from generator.figures.targets import Target, parse_target
from generator.words.problems import Entry, Refused, Words
from generator.words.prose import note_text, paragraphs
from generator.words.text import CHARACTER

SHAPE = Entry(
    "shape",
    Words("该是列表、一组键或一行文字的地方写成了别的", "a list, table or line of words is expected"),
    Words("应为{expected}", "{expected_en} is expected"),
    Words("现为{found}", "found {found_en}"),
    Words("照别的记录的同一处写。", "follow the same place of another record."),
)
EMPTY = Entry(
    "empty-value",
    Words("值是空的", "an empty value"),
    Words("应有内容", "a value is expected"),
    Words("是空的", "it is empty"),
    Words("填上{hint}", "fill it in{leave}."),
)
LINE_BREAK = Entry(
    "line-break",
    Words("一行的文字分了行", "line breaks in a line of words"),
    Words("应为一行文字", "one line of words is expected"),
    Words("分了行", "it has line breaks"),
    Words("原表一格里的文字连成一行。", "join the words of the cell in one line."),
)
BLANKS = Entry(
    "outer-blanks",
    Words("值的两头有空格", "blanks at the ends of a value"),
    Words("开头和末尾不应有空格", "no blanks are expected at its ends"),
    Words("现为“{found}”", "found “{found}”"),
    Words("删去两头的空格。", "delete the blanks."),
)
CHOICE = Entry(
    "choice",
    Words("不在可选的词里", "not one of the words to choose from"),
    Words("应为 {allowed} 之一", "one of {allowed} is expected"),
    Words("现为“{found}”", "found “{found}”"),
    Words("选其中一个照写。", "write one of them."),
)


def described(value: object) -> tuple[str, str]:
    """What stands where something else is expected, in Chinese and English."""
    if isinstance(value, dict):
        return "一组“键: 值”", "a group of “key: value”"
    if isinstance(value, list | tuple):
        return ("列表", "a list") if value else ("空的", "nothing")
    return (f"“{value}”", f"“{value}”") if value else ("空的", "nothing")


def _words(value: object) -> str:
    """A scalar; anything else is refused in plain words before pydantic speaks of it in its own."""
    if isinstance(value, str):
        return value
    zh, en = described(value)
    raise Refused(SHAPE, expected="文字", expected_en="words", found=zh, found_en=en)


def _line(value: object) -> str:
    """One line of printed words."""
    return _one_line(_words(value))


def _one_line(line: str) -> str:
    stripped = line.strip()
    if not stripped:
        raise Refused(EMPTY)
    if "\n" in line:
        raise Refused(LINE_BREAK)
    if "\t" in line:
        raise Refused(CHARACTER, character="U+0009")
    if line != stripped:
        raise Refused(BLANKS, found=line)
    return line


def _prose(value: object) -> tuple[str, ...]:
    text = _words(value)
    if "\t" in text:
        raise Refused(CHARACTER, character="U+0009")
    read = paragraphs(text)
    if not read:
        raise Refused(EMPTY)
    return read


def _note(value: object) -> str:
    """A little Markdown; it ends in one line end, however it was written."""
    text = _words(value)
    if not text.strip():
        raise Refused(EMPTY)
    return note_text(text)


def _like(pattern: str, zh: str, en: str) -> BeforeValidator:
    """One line of a certain form, which messages call so."""

    def before(value: object) -> str:
        line = _line(value)
        if not re.fullmatch(pattern, line):
            raise Refused(SHAPE, expected=zh, expected_en=en, found=f"“{line}”", found_en=f"“{line}”")
        return line

    return BeforeValidator(before)


def _read(parse: Callable[[str], object]) -> BeforeValidator:
    """Our own parser before pydantic's: only a line of words is handed to it.

    Forms print the same points, amounts and targets again and again: each is parsed once, and all share what
    was read from it.
    """

    @lru_cache(maxsize=4096)
    def read(words: str) -> object:
        return parse(_one_line(words))

    return BeforeValidator(lambda value: read(_words(value)))


def chosen(*allowed: str) -> BeforeValidator:
    """One of these words, as they are."""

    def before(value: object) -> str:
        line = _line(value)
        if line not in allowed:
            raise Refused(CHOICE, allowed="、".join(allowed), found=line)
        return line

    return BeforeValidator(before)


@dataclass(frozen=True, slots=True)
class Written:
    """How editors write the words of a type: the canonical form, the schema and the form for editors go by it.

    An `amount`, `figure` or `target` stands in quotes; a `cell` too, or in a block when it has paragraphs; `prose` and
    `note` always stand in a block; all others without quotes where that can be. `words` are those of a `choice`.
    """

    kind: Literal[
        "line", "cell", "prose", "note", "amount", "figure", "target", "day", "known_day", "choice", "count",
        "address", "digest", "form_number",
    ]  # fmt: skip
    words: tuple[str, ...] = ()


_UNITS = get_args(MoneyUnit)
DIGEST = "[0-9a-f]{64}"
ADDRESS = r"https?://[^\s/]+(/\S*)?"
FORM_NUMBER = "[0-9]{1,4}"

Line = Annotated[str, BeforeValidator(_line), Written("line")]
Prose = Annotated[tuple[str, ...], BeforeValidator(_prose), Written("prose")]
Cell = Annotated[tuple[str, ...], BeforeValidator(_prose), Written("cell")]
Money = Annotated[Amount, _read(parse_amount), Written("amount")]
Number = Annotated[Figure, _read(parse_figure), Written("figure")]
Value = Annotated[Target, _read(parse_target), Written("target")]
Day = Annotated[date, _read(parse_date), Written("day")]
KnownDay = Annotated[date | None, _read(parse_known_date), Written("known_day")]
Unit = Annotated[MoneyUnit, chosen(*_UNITS), Written("choice", _UNITS)]
Digest = Annotated[
    str, _like(DIGEST, "64 位十六进制数字（小写）", "64 hexadecimal digits in lower case"), Written("digest")
]
Count = Annotated[int, _read(parse_count), Written("count")]
Note = Annotated[str, BeforeValidator(_note), Written("note")]
Address = Annotated[
    str, _like(ADDRESS, "以 https:// 开头的网址", "an address that begins with https://"), Written("address")
]
FormNumber = Annotated[
    str, _like(FORM_NUMBER, "一至四位数字，如 01", "one to four digits, like 01"), Written("form_number")
]


class Model(BaseModel):
    """Frozen, and strict about keys: an unknown one is refused with its near miss."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True)
