"""Bytes of a file → clean text: UTF-8, NFC, nothing invisible."""

import codecs
import re
import unicodedata

from generator.words.place import Lines, Place
from generator.words.problems import Entry, Problem, Words

MAX_BYTES = 1 << 20

TOO_LARGE = Entry(
    "file-too-large",
    Words("文件太大", "the file is too large"),
    Words("文件应小于 1 MiB", "a file below 1 MiB is expected"),
    Words("现为 {bytes} 字节", "found {bytes} bytes"),
    Words("一个文件只放一张表；查是否误贴了别的内容。", "one form a file; see whether something else was pasted in."),
)
ENCODING = Entry(
    "encoding",
    Words("文件不是 UTF-8 编码", "the file is not UTF-8"),
    Words("文件应以 UTF-8 编码保存", "the file must be saved as UTF-8"),
    Words("现为{encoding}", "found {encoding_en}"),
    Words("在编辑器里选“另存为”，编码选 UTF-8。", "save it again with the encoding UTF-8."),
)
CHARACTER = Entry(
    "character",
    Words("看不见的字符", "an invisible character"),
    Words("文字里不应有看不见的控制字符", "no invisible control characters are expected"),
    Words("有字符 {character}", "found {character}"),
    Words("删去这个字符；它多半是从网页或 PDF 粘贴带来的。", "delete it; it most likely came with pasted text."),
)
NOT_NFC = Entry(
    "character-form",
    Words("字符的写法不标准", "a character in another form"),
    Words("字符应为标准（NFC）写法“{expected}”", "the normal (NFC) form “{expected}” is expected"),
    Words("现为分解或兼容写法 {character}", "found the variant {character}"),
    Words("把这个字重新打一遍。", "type the character anew."),
)
# Controls, C1, bidi marks and overrides, zero-width characters, line and paragraph separators,
# a byte order mark inside, fillers that show nothing, and what is no character at all.
# One class to begin with, so that the search skips to its characters by a table; the return of a line end is let pass.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff](?!(?<=\r)\n)"
)
# No script piles marks on one letter like this; bringing them in order takes the square of their number.
_MARK = "".join(c for c in map(chr, range(0x300, 0x1E960)) if unicodedata.combining(c))
# Beyond U+FFFF a class has no table to search by: the first one is coarse there, which is 35 times faster.
_COARSE = "".join(c for c in _MARK if c <= "\uffff") + "\U00010000-\U0001e95f"
_MARKS = re.compile(f"[{_COARSE}](?<=[{_MARK}])[{_MARK}]{{29}}")


def unwelcome(text: str) -> tuple[int, Entry, dict[str, str]] | None:
    """The first character that may not stand in a record: offset, entry, facts."""
    if match := _FORBIDDEN.search(text) or (None if text.isascii() else _MARKS.search(text)):
        return match.start(), CHARACTER, {"character": f"U+{ord(match[0][0]):04X}"}
    if not unicodedata.is_normalized("NFC", text):
        normal = unicodedata.normalize("NFC", text)
        at = next(i for i, (a, b) in enumerate(zip(text, normal + " ", strict=False)) if a != b)
        spelt = text[at : at + 2] if unicodedata.combining(text[at + 1 : at + 2] or " ") else text[at]
        return at, NOT_NFC, {"character": " ".join(f"U+{ord(c):04X}" for c in spelt), "expected": normal[at : at + 1]}
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
            return "", Problem(ENCODING, whole, facts={"encoding": f" {name}", "encoding_en": name})
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data.removeprefix(codecs.BOM_UTF8)[: error.start].decode("utf-8", "replace")
        return "", Problem(ENCODING, Lines(before, file).place(len(before)), facts=_guessed(data))
    if clean and (found := unwelcome(text)):
        at, entry, facts = found
        return text, Problem(entry, Lines(text, file).place(at), facts=facts)
    return text, None


def _guessed(data: bytes) -> dict[str, str]:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return {"encoding": "别的编码", "encoding_en": "an unknown encoding"}
    return {"encoding": " GBK / GB18030", "encoding_en": "GBK / GB18030"}
