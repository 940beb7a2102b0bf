"""What a field of a record may hold: each kind takes the loader's strings, and refuses in plain words.

A printed word is kept beside what was read from it.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.amounts import Amount, Figure, MoneyUnit, parse_amount, parse_count, parse_figure
from generator.dates import parse_date, parse_known_date
from generator.problems import Entry, Refused, Words
from generator.prose import paragraphs
from generator.targets import Target, parse_target
from generator.text import CHARACTER

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
    Words("原表空白就删去这一行；有字就照录。", "delete the line when the form is blank there; else copy the words."),
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
    text = _words(value)
    if not text.strip():
        raise Refused(EMPTY)
    return text


def _address(value: object) -> str:
    """The address of a page of another site."""
    line = _line(value)
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", line):
        raise Refused(
            SHAPE,
            expected="以 https:// 开头的网址",
            expected_en="an address that begins with https://",
            found=f"“{line}”",
            found_en=f"“{line}”",
        )
    return line


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


Line = Annotated[str, BeforeValidator(_line)]
Prose = Annotated[tuple[str, ...], BeforeValidator(_prose)]
Money = Annotated[Amount, _read(parse_amount)]
Number = Annotated[Figure, _read(parse_figure)]
Value = Annotated[Target, _read(parse_target)]
Day = Annotated[date, _read(parse_date)]
KnownDay = Annotated[date | None, _read(parse_known_date)]
Unit = Annotated[MoneyUnit, chosen("元", "万元")]
Digest = Annotated[str, BeforeValidator(_line), Field(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, _read(parse_count)]
Note = Annotated[str, BeforeValidator(_note)]
Address = Annotated[str, BeforeValidator(_address)]


class Model(BaseModel):
    """Frozen, and strict about keys: an unknown one is refused with its near miss."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True)
