"""Numbers in Chinese prose: `1,467` `２００` `三百二十` `一千五百` `8.3` → Decimal."""

import re
import unicodedata
from decimal import Decimal
from math import prod

# One character for one, so that every offset stays; the full-width signs that part clauses stay too.
_KEPT = "，：；！？（）"
_FOLDED = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (0x3000, *range(0xFF01, 0xFF5F))
    if chr(code) not in _KEPT
} | str.maketrans("〜∼—–−", "~~---")

_WIDE = re.compile(f"[{''.join(map(chr, _FOLDED))}]")

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
HAN = "[零〇一二两三四五六七八九十百千万亿]+"

_MOST_DIGITS = 15
_FIGURES = {figure: number for number, figure in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "w": 10_000, "W": 10_000}
_BELOW_MYRIAD = re.compile("(?:(.)千)?(零)?(?:(.)百)?(零)?(?:(.)?十)?(零)?(.)?")


def folded(text: str) -> str:
    """`text` with digits, letters and signs of full width made narrow; every offset stays."""
    return text.translate(_FOLDED) if _WIDE.search(text) else text


def scale(words: str) -> Decimal:
    """What a number is multiplied by for the words behind it: `万` → 10000, `百万` → 1000000, `w` → 10000."""
    return Decimal(prod(_SCALES[word] for word in words))


def parse_numeral(words: str) -> Decimal | None:
    """A number as prose writes it; None for what is none: `三五` (three or five), `二〇二四` (a year), 16 digits."""
    if words[0].isascii():
        digits = words.replace(",", "")
        return Decimal(digits) if len(digits) <= _MOST_DIGITS else None
    return _parse_han(words)


def _parse_han(words: str) -> Decimal | None:
    """`一亿二千万`: whole parts, falling, each below ten thousand and followed by its myriad."""
    total, least = 0, 0
    rest = words
    for myriad in "亿万":
        head, found, tail = rest.partition(myriad)
        if found:
            number = _below_myriad(head)
            if not number:
                return None
            least = _SCALES[myriad]
            total, rest = total + number * least, tail
    if not rest and least:
        return Decimal(total)
    number = _below_myriad(rest)
    # `一万五` is fifteen thousand to some; who is unsure says nothing.
    if number is None or (least and number < least // 10 and not rest.startswith(("零", "〇"))):
        return None
    return Decimal(total + number)


def _below_myriad(words: str) -> int | None:
    match = _BELOW_MYRIAD.fullmatch(words.replace("〇", "零"))
    if not words or match is None:
        return None
    thousands, zero1, hundreds, zero2, tens, zero3, ones = match.groups()
    has_ten = "十" in words
    number = 0
    for figure, factor in ((thousands, 1000), (hundreds, 100), (tens, 10), (ones, 1)):
        if figure is not None:
            if figure not in _FIGURES or (figure == "零" and len(words) > 1):
                return None
            number += _FIGURES[figure] * factor
    if has_ten and tens is None:
        if thousands or hundreds:
            return None
        number += 10
    larger = thousands or hundreds
    if ones is not None and larger and not has_ten and not (zero1 or zero2 or zero3):
        return None
    return number
