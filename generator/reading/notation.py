"""How the words of each kind are written, for those who write them: pattern, example, hint, and what is said of others.

A pattern takes whatever the model takes of the kind; what it cannot see (a day that does not exist) is the model's.
"""

from dataclasses import dataclass

from generator.figures.amounts import NOT_A_NUMBER, NUMBER
from generator.figures.dates import NOT_A_DATE, UNKNOWN
from generator.reading.fields import ADDRESS, DIGEST, FORM_NUMBER, Written

_LINE = r"^\S(.*\S)?$"
_ONE_LINE = "应为一行文字，不能空着，两头没有空格"
_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_AMOUNT = NUMBER.pattern


@dataclass(frozen=True, slots=True)
class Notation:
    """`expected` is what a message says of words that do not fit the pattern."""

    pattern: str
    hint: str
    expected: str
    example: str = ""


_NOTATIONS: dict[str, Notation] = {
    "line": Notation(_LINE, "写成一行。", _ONE_LINE),
    "cell": Notation(r"\S", "照录一格的文字；分段的写在 | 下面。", "应有内容"),
    "prose": Notation(r"\S", "照录，写在 | 下面，比键多缩进两格，段与段之间空一行。", "应有内容"),
    "note": Notation(r"\S", "给读者的话，写在 | 下面，比键多缩进两格，可以用少量 Markdown。", "应有内容"),
    "amount": Notation(f"^({_AMOUNT})$", "照录数字，加双引号，不写单位。", NOT_A_NUMBER.expected.zh, "5,073,780.00"),
    "figure": Notation(
        f"^(-|{_AMOUNT})$", "照录数字，加双引号；原表印 - 的写 -。", f"{NOT_A_NUMBER.expected.zh}，或 -", "10.00"
    ),
    "target": Notation(_LINE, "照录，加双引号：符号、数字、括号里的单位，或文字。", _ONE_LINE, "≥5.00(项)"),
    "day": Notation(f"^{_DAY}$", "年-月-日，月、日各两位。", NOT_A_DATE.expected.zh, "2024-01-01"),
    "known_day": Notation(
        f"^({_DAY}|{UNKNOWN})$",
        f"年-月-日；文件没有写明就写 {UNKNOWN}，不要猜。",
        f"{NOT_A_DATE.expected.zh}；不知道时写 {UNKNOWN}",
        "2024-02-01",
    ),
    "count": Notation("^[0-9,]+(\\.0+)?$", "整数，从收到的文件上数，不要从记录上抄。", "应为整数，如 8", "8"),
    "address": Notation(f"^{ADDRESS}$", "以 https:// 开头的网址。", "应为以 https:// 开头的网址", "https://example.org/"),
    "digest": Notation(f"^{DIGEST}$", "64 位十六进制数字，小写。", "应为 64 位十六进制数字（小写）"),
    "form_number": Notation(f"^{FORM_NUMBER}$", "一至四位数字，加双引号。", "应为一至四位数字，如 01", "01"),
}  # fmt: skip


def notation(written: Written) -> Notation:
    """How words of a kind are written; for a choice a hint only, as programs offer its words."""
    if written.kind == "choice":
        return Notation("", f"{'、'.join(written.words)} 中的一个。", "")
    return _NOTATIONS[written.kind]
