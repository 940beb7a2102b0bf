"""Bytes of a file → clean text: UTF-8, NFC, nothing invisible."""

import codecs
import re
import unicodedata

from generator.place import Place, place_at
from generator.problems import Entry, Problem, Words

MAX_BYTES = 1 << 20

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
# Controls, C1, bidi marks and overrides, zero-width characters, line and paragraph separators,
# a byte order mark inside, and what is no character at all.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[\U000e0000-\U000e0fff]"
)


def unwelcome(text: str) -> tuple[int, Entry, dict[str, str]] | None:
    """The first character that may not stand in a record: offset, entry, facts."""
    if match := _FORBIDDEN.search(text):
        return match.start(), CHARACTER, {"character": f"U+{ord(match[0]):04X}"}
    if not unicodedata.is_normalized("NFC", text):
        normal = unicodedata.normalize("NFC", text)
        at = next(i for i, (a, b) in enumerate(zip(text, normal + " ", strict=False)) if a != b)
        return at, NOT_NFC, {"character": f"U+{ord(text[at]):04X}", "expected": normal[at : at + 1]}
    return None


def decode(data: bytes, file: str, *, clean: bool = True) -> tuple[str, Problem | None]:
    """Bytes of a text file → text, or the problem with them.

    Args:
        data: The file's bytes, `MAX_BYTES` + 1 of them at most.
        file: How messages name it.
        clean: Refuse characters that may not stand in a record; a document as received may hold any.
    """
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
    if clean and (found := unwelcome(text)):
        at, entry, facts = found
        return text, Problem(entry, place_at(text, at, file), facts=facts)
    return text, None


def _guessed(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "别的编码（an unknown encoding）"
    return " GBK / GB18030"
