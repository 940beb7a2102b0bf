"""Numbers of persons and marks of secrecy in a text: where they stand, and how messages show such a text.

The rules of personal data find them by this; every message, excerpt and comparison masks them by it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

# Where in a text something must not go out, and how it is written there.
Spots = Iterator[tuple[int, str]]

_GAP = "[ .-]?"
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
# Not the decimals of a number, and not an amount with two decimals.
_MOBILE = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)(?:\+?86{_GAP})?(1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}})(?![0-9]|\.[0-9]{{2}}(?![0-9]))"
)
_CARD = re.compile(rf"(?<![0-9])[3-6][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?(?![0-9])")
# A day behind 账户 is no account.
_ACCOUNT = re.compile(
    r"(?:(?:账号|帐号|账户|帐户|卡号)[^0-9\n]{0,12}|开户行[^0-9\n]{0,40})"
    r"(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9]))([0-9](?:[ -]?[0-9]){8,29})(?![0-9]|[.,][0-9])"
)
_BLANK = "[ \t\u3000]*"
_SECRET = re.compile(
    rf"(?:绝密|机密|秘密){_BLANK}[★☆*]|密级{_BLANK}(?:[:：]{_BLANK})?(?:绝密|机密|秘密)"
    rf"|^{_BLANK}(?:[【\[（(]{_BLANK})?(?:绝密|机密|秘密){_BLANK}(?:[】\])）]{_BLANK})?$",
    re.MULTILINE,
)

# Digits and letters of other widths and styles are digits and letters to a reader; every offset stays.
# So are blanks and the signs between digits; other punctuation stays, as all Chinese texts are full of it.
_STYLED = (
    "\u3000\uff0a\uff0b\uff0d\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\xb2-\xb9\u2070-\u208f\U0001d7ce-\U0001d7ff"
)
_STYLES = re.compile(f"[{_STYLED}]")
_NARROW = {
    ord(styled): narrow
    for styled in map(chr, (*range(0xB2, 0x2090), 0x3000, *range(0xFF0A, 0xFF5B), *range(0x1D7CE, 0x1D800)))
    if _STYLES.match(styled) and len(narrow := unicodedata.normalize("NFKC", styled)) == 1 and narrow.isascii()
}
# Figures in a digest are chance.
_DIGEST = re.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_DIGITS = re.compile("[0-9](?:[ .-]?[0-9]){8}")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def _is_identity(found: str) -> bool:
    """Check digit and birthday of GB 11643."""
    digits = re.sub("[^0-9Xx]", "", found)
    weighed = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    if digits[17].upper() != _CHECK_DIGITS[weighed % 11]:
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return True


def _is_card(found: str) -> bool:
    """The Luhn check of ISO/IEC 7812."""
    digits = [int(digit) for digit in re.sub("[^0-9]", "", found)]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def folded(text: str) -> str:
    """`text` with its digits, letters and signs in their plain form, each at its offset."""
    return text.translate(_NARROW) if _STYLES.search(text) else text


def may_hold_number(plain: str) -> bool:
    """Every kind of number has nine digits with no more than one sign between two of them."""
    return _DIGITS.search(plain) is not None


def may_hold_mark(plain: str) -> bool:
    return "密" in plain


def identities(plain: str) -> Spots:
    return ((match.start(), match[0]) for match in _IDENTITY.finditer(plain) if _is_identity(match[0]))


def mobiles(plain: str) -> Spots:
    return ((match.start(1), match[1]) for match in _MOBILE.finditer(plain))


def accounts(plain: str) -> Spots:
    found = {match.start(1): match[1] for match in _ACCOUNT.finditer(plain)}
    return iter((found | {match.start(): match[0] for match in _CARD.finditer(plain) if _is_card(match[0])}).items())


def marks(plain: str) -> Spots:
    for match in _SECRET.finditer(plain):
        yield match.start() + len(match[0]) - len(match[0].lstrip()), match[0].strip()


def masked(text: str) -> str:
    """`text` with the numbers of persons starred, so that every offset stays.

    Their ends are left: enough to find a number again, not enough to spread it. A text that is shown
    in part is masked before it is cut, as half a number is not known for one.
    """
    plain = folded(text)
    if not may_hold_number(plain):
        return text
    digests = [match.span() for match in _DIGEST.finditer(plain)]
    for kind in (identities, mobiles, accounts):
        for start, found in kind(plain):
            end = start + len(found)
            if not any(first <= start and end <= last for first, last in digests):
                text = f"{text[: start + 3]}{'*' * (len(found) - 5)}{text[end - 2 :]}"
    return text
