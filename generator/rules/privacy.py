"""Personal data and secrets never go out: 个人信息保护法 §25, 保密法 §35."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from generator.place import Lines
from generator.problems import Basis, Check, Problem, Words
from generator.rules.rule import FileScope, Found, rule
from generator.spread import Spread

_REMOVE = Words(
    "从记录（和 source.txt）里删去，并按单位规定报告；已进入 git 历史的要一并清除。",
    "remove it from the record (and source.txt) and report it; it must leave the git history too.",
)
_PERSONAL = Basis("law", Words("个人信息保护法第二十五条", "Personal Information Protection Law, art. 25"))
_STATE = Basis("law", Words("保守国家秘密法第三十五条", "Law on Guarding State Secrets, art. 35"))
_EVERYTHING = Words(
    "content 里的各个 YAML 文件、source.txt、手写页面的正文",
    "every YAML file of content/, source.txt, the body of hand-written pages",
)

IDENTITY = Check(
    "identity-number",
    Words("身份证号", "identity number"),
    Words("公开内容不应有身份证号", "no identity number is expected in what is published"),
    Words("疑似身份证号 {found}", "found what looks like one: {found}"),
    _REMOVE,
    confidential=True,
    basis=_PERSONAL,
    looks_at=_EVERYTHING,
    waivable=False,
)
MOBILE = Check(
    "mobile-number",
    Words("手机号", "mobile number"),
    Words("公开内容不应有手机号", "no mobile number is expected in what is published"),
    Words("疑似手机号 {found}", "found what looks like one: {found}"),
    _REMOVE,
    confidential=True,
    basis=_PERSONAL,
    looks_at=_EVERYTHING,
    waivable=False,
)
BANK = Check(
    "bank-account",
    Words("银行账号", "bank account"),
    Words("公开内容不应有银行账号", "no bank account is expected in what is published"),
    Words("疑似银行账号 {found}", "found what looks like one: {found}"),
    _REMOVE,
    confidential=True,
    basis=_PERSONAL,
    looks_at=_EVERYTHING,
    waivable=False,
)
SECRET = Check(
    "secrecy-mark",
    Words("密级标志", "secrecy mark"),
    Words("涉密内容不得公开", "nothing with a secrecy mark may be published"),
    Words("有密级标志“{found}”", "found the mark “{found}”"),
    _REMOVE,
    confidential=True,
    basis=_STATE,
    looks_at=_EVERYTHING,
    waivable=False,
)

# Where in a text something must not go out, and what a message may show of it.
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
_DIGITS = re.compile("[0-9](?:[ .-]?[0-9]){8}")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(found: str) -> bool:
    """Check digit and birthday of GB 11643."""
    digits = re.sub("[^0-9Xx]", "", found)
    if sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11 != (12 - _check(digits[17])) % 11:
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return True


def _check(digit: str) -> int:
    return 10 if digit in "Xx" else int(digit)


def _is_card(found: str) -> bool:
    """The Luhn check of ISO/IEC 7812."""
    digits = [int(digit) for digit in re.sub("[^0-9]", "", found)]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _masked(found: str) -> str:
    """Enough to find the number again, not enough to spread it."""
    return f"{found[:3]}…{found[-2:]}"


@lru_cache(maxsize=1)  # the rules of this subject look at one file after the other
def _folded(text: str) -> str:
    return text.translate(_NARROW) if _STYLES.search(text) else text


@lru_cache(maxsize=1)
def _may_hold_number(folded: str) -> bool:
    """Every kind of number has nine digits with no more than one sign between two of them."""
    return _DIGITS.search(folded) is not None


def _may_hold_mark(folded: str) -> bool:
    return "密" in folded


def _identities(text: str) -> Spots:
    return ((match.start(), _masked(match[0])) for match in _IDENTITY.finditer(text) if _is_identity(match[0]))


def _mobiles(text: str) -> Spots:
    return ((match.start(1), _masked(match[1])) for match in _MOBILE.finditer(text))


def _accounts(text: str) -> Spots:
    accounts = {match.start(1): match[1] for match in _ACCOUNT.finditer(text)}
    cards = {match.start(): match[0] for match in _CARD.finditer(text) if _is_card(match[0])}
    return ((offset, _masked(found)) for offset, found in (accounts | cards).items())


def _marks(text: str) -> Spots:
    for match in _SECRET.finditer(text):
        yield match.start() + len(match[0]) - len(match[0].lstrip()), match[0].strip()


def _in_file(
    scope: FileScope, check: Check, may_hold: Callable[[str], bool], spots: Callable[[str], Spots]
) -> Iterator[Problem]:
    folded = _folded(scope.text)
    if not may_hold(folded):
        return
    if scope.origin:
        spread = Spread(scope.origin)
        for path, text in scope.values:
            for offset, shown in spots(text.translate(_NARROW)) if path[-1] != "sha256" else ():
                yield spread.problem(check, path, text, offset, found=shown)
    else:
        lines = Lines(scope.text, scope.file)
        for offset, shown in spots(folded):
            yield Problem(check, lines.place(offset), facts={"found": shown})


@rule(IDENTITY, FileScope)
def no_identity_number(scope: FileScope) -> Found:
    return _in_file(scope, IDENTITY, _may_hold_number, _identities)


@rule(MOBILE, FileScope)
def no_mobile_number(scope: FileScope) -> Found:
    return _in_file(scope, MOBILE, _may_hold_number, _mobiles)


@rule(BANK, FileScope)
def no_bank_account(scope: FileScope) -> Found:
    return _in_file(scope, BANK, _may_hold_number, _accounts)


@rule(SECRET, FileScope)
def no_secrecy_mark(scope: FileScope) -> Found:
    return _in_file(scope, SECRET, _may_hold_mark, _marks)
