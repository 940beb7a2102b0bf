"""The editions of the open data's form: what programs that read it may rely on, and what changed.

A column, key or file that is taken away or changes its meaning raises the first number; one that is
added the second. Every edition is said on the data page.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    number: str
    changes: str


# the newest first
EDITIONS = (
    Edition("1.2", "SQLite 数据库里的行以编号为序，没有 rowid；网站的次序见 CSV。"),
    Edition("1.1", "改动之处有 withheld，原来的文字不再显示的依据。CSV 里以全角 ＝＋－＠ 或换行开头的也加单引号。"),
    Edition("1.0", "第一版。"),
)
EDITION = EDITIONS[0].number
