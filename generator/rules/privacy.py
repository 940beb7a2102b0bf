"""Personal data and secrets never go out: 个人信息保护法 §25, 保密法 §35."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.reading.fields import DIGEST
from generator.reading.spread import Spread
from generator.rules.rule import FileScope, Found, rule
from generator.words import secrets
from generator.words.place import Lines
from generator.words.problems import Basis, Check, Problem, Words

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

_DIGEST = re.compile(DIGEST)  # its figures are chance, whether it is a document's own or what it was before
# The rules of this subject look at one file after the other.
_folded = lru_cache(maxsize=1)(secrets.folded)
_may_hold_number = lru_cache(maxsize=1)(secrets.may_hold_number)


def _in_file(
    scope: FileScope, check: Check, may_hold: Callable[[str], bool], spots: Callable[[str], secrets.Spots]
) -> Iterator[Problem]:
    plain = _folded(scope.text)
    if not may_hold(plain):
        return
    if scope.origin:
        spread = Spread(scope.origin)
        for path, text in scope.values:
            for offset, found in spots(secrets.folded(text)) if not _DIGEST.fullmatch(text) else ():
                yield spread.problem(check, path, text, offset, found=secrets.masked(found))
    else:
        lines = Lines(scope.text, scope.file)
        for offset, found in spots(plain):
            yield Problem(check, lines.place(offset), facts={"found": secrets.masked(found)})


@rule(IDENTITY, FileScope)
def no_identity_number(scope: FileScope) -> Found:
    return _in_file(scope, IDENTITY, _may_hold_number, secrets.identities)


@rule(MOBILE, FileScope)
def no_mobile_number(scope: FileScope) -> Found:
    return _in_file(scope, MOBILE, _may_hold_number, secrets.mobiles)


@rule(BANK, FileScope)
def no_bank_account(scope: FileScope) -> Found:
    return _in_file(scope, BANK, _may_hold_number, secrets.accounts)


@rule(SECRET, FileScope)
def no_secrecy_mark(scope: FileScope) -> Found:
    return _in_file(scope, SECRET, secrets.may_hold_mark, secrets.marks)
