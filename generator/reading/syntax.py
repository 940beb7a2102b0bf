"""What the YAML parser says of broken YAML, in words that an editor can use."""

import re
from typing import cast

import yaml

from generator.words.place import Lines, Place
from generator.words.problems import Entry, Problem, Words, visible

SYNTAX = Entry(
    "yaml-syntax",
    Words("YAML 写法有误", "broken YAML"),
    Words("应为“键: 值”格式的 YAML", "YAML of the form “key: value” is expected"),
    Words("{reason}", "{reason_en}"),
    Words("{mend}", "{mend_en}"),
)

# What the parser says, in parts of its own words → what an editor can use: reason, mend (Chinese, English).
_REASONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "这里不应再出现“: ”", "another “: ” stands here",
        "值里含有“: ”时，整个值加双引号；或检查上一行是否缺引号、缩进是否对齐。",
        "quote a value that holds “: ”; or see whether the line above lacks a quote or the indentation is off.",
    ),
    (
        "found character that cannot start any token",
        "这里有不能开头的字符（制表符、% @ ` 等）", "a character that cannot begin a value (tab, % @ `)",
        "缩进用空格，不用制表符；以 % @ ` 开头的值加双引号。",
        "indent with blanks, not tabs; quote a value that begins with % @ `.",
    ),
    (
        "could not find expected ':'",
        "键后面缺“: ”", "“: ” is missing after a key",
        "每行写成“键: 值”，冒号用半角，后面空一格；较长的文字写在 | 下面并缩进。",
        "write “key: value” with an ASCII colon and a blank; put longer text below | and indent it.",
    ),
    (
        "unexpected end of stream",
        "引号没有配对", "a quotation mark is not closed",
        "补上缺的引号；文字里的引号用中文引号“”。", "close it; inside the text use other quotation marks.",
    ),
    (
        "did not find expected comment or line break",
        "值以 > 或 | 开头，又没有加引号", "a value begins with > or | and is not quoted",
        '加上双引号，如 ">90.00(百分比)"。', 'quote it, like ">90.00(百分比)".',
    ),
    (
        "did not find expected key",
        "缩进没有对齐，或引号后面多了字", "the indentation is off, or words follow a closing quote",
        "同一层的键左边对齐；值里有双引号时改用中文引号“”。",
        "align the keys of one level; inside a quoted value use other quotation marks.",
    ),
    (
        "did not find expected '-' indicator",
        "列表里这一行没有以“- ”开头，或缩进没有对齐", "this line of a list does not begin with “- ”, or is not aligned",
        "各项的“- ”左边对齐，项内的键与第一个键对齐。", "align the “- ” of the items, and the keys within an item.",
    ),
    (
        "block sequence entries are not allowed",
        "这里不应有“- ”", "“- ” may not stand here",
        "“- ”另起一行；以 - 开头的值加双引号。", "begin a new line with “- ”; quote a value that begins with -.",
    ),
    (
        "unknown escape character",
        "双引号里的反斜杠 \\ 有特殊含义", "a backslash in double quotes has a special meaning",
        "要写反斜杠本身，就写两个 \\\\，或改用单引号。", "write two backslashes, or use single quotes.",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "值以 * 或 & 开头，又没有加引号", "a value begins with * or & and is not quoted",
        '加上双引号，如 "*内容"。', 'quote it, like "*text".',
    ),
    (
        "did not find expected whitespace or line break",
        "值以 ! 开头，又没有加引号", "a value begins with ! and is not quoted",
        '加上双引号，如 "!内容"。', 'quote it, like "!text".',
    ),
    (
        "did not find expected node content",
        "值以 , ] } 开头，又没有加引号", "a value begins with , ] } and is not quoted",
        '加上双引号，如 "]内容"。', 'quote it, like "]text".',
    ),
    (
        "did not find expected ','",
        "方括号或花括号没有配对", "a bracket is not closed",
        '值以 [ 或 { 开头时加双引号，如 "[内容]"。', 'quote a value that begins with [ or {, like "[text]".',
    ),
    (
        "a tab character that violates indentation",
        "缩进里有制表符", "the indentation holds a tab",
        "缩进用空格，不用制表符。", "indent with blanks, not tabs.",
    ),
)  # fmt: skip


_NOTICED_LATE = ("found unexpected end of stream", "could not find expected", "did not find expected ','")


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """A parser's error at the place that is wrong, with its cause and cure in an editor's words."""
    mark, raw = cast(yaml.Mark, error.problem_mark), cast(str, error.problem)  # libyaml says both of every error
    end = Lines(text, file).place(len(text.rstrip()))  # the parser may notice only behind the last word
    place = min(Place(file, mark.line + 1, mark.column + 1), end)
    # These are noticed far behind the place that is wrong; the context is where it began.
    if error.context_mark and any(part in raw for part in _NOTICED_LATE):
        place = Place(file, error.context_mark.line + 1, error.context_mark.column + 1)
    lines = text.split("\n")
    if known := _known_slip(lines, place.line - 1) or _known_slip(lines, mark.line):
        line, column, words = known
        return Problem(SYNTAX, Place(file, line + 1, column + 1), facts=words)
    if "did not find expected key" in raw and (quote := _open_quote(lines, mark.line)):
        # A quote that is not closed was closed by the first one on this line.
        place, raw = Place(file, *quote), "found unexpected end of stream"
    for part, reason, reason_en, mend, mend_en in _REASONS:
        if part in raw:
            facts = {"reason": reason, "reason_en": reason_en, "mend": mend, "mend_en": mend_en}
            return Problem(SYNTAX, place, facts=facts)
    facts = {
        "reason": f"读到这里读不下去了（{visible(raw)}）",
        "reason_en": visible(raw),
        "mend": "对照同一文件夹里别的记录，检查这一行和上一行的引号、冒号和缩进。",
        "mend_en": "compare this line and the one above with another record: quotes, colons, indentation.",
    }
    return Problem(SYNTAX, place, facts=facts)


# `键：值`, `键:值`: a colon of an input method, or no blank behind it.
_COLON = re.compile("[ -]*[a-z][a-z0-9_]*(?:(：)|(:)(?! |//|$))")
_CONFLICT = re.compile("(?:<{7}|={7}|>{7})(?: |$)")


def _known_slip(lines: list[str], line: int) -> tuple[int, int, dict[str, str]] | None:
    """A slip that the parser has no word for, on a line (from 0) or the one above: line, column, what to say of it."""
    for at in (line, line - 1):
        text = lines[at].rstrip("\r") if 0 <= at < len(lines) else ""
        if _CONFLICT.match(text):
            return at, 0, {
                "reason": "这里是 git 合并冲突的标记", "reason_en": "a mark of a git merge conflict",
                "mend": "两种写法留下正确的一种，删去 <<<<<<<、=======、>>>>>>> 三行。",
                "mend_en": "keep the right one of the two, and delete the lines <<<<<<<, =======, >>>>>>>.",
            }  # fmt: skip
        if found := _COLON.match(text):
            wide = found[1] is not None
            return at, found.start(1 if wide else 2), {
                "reason": "冒号是全角的" if wide else "冒号后面没有空格",
                "reason_en": "the colon is a full-width one" if wide else "there is no blank behind the colon",
                "mend": "键后面写半角冒号和一个空格，如 name: 科技服务。",
                "mend_en": "write an ASCII colon and a blank behind a key, like name: 科技服务.",
            }  # fmt: skip
    return None


def _open_quote(lines: list[str], line: int) -> tuple[int, int] | None:
    """Line and column (from 1) of a double quote that is opened above line index `line`, and not closed there."""
    for at in range(line - 1, -1, -1):
        above = lines[at]
        if '"' in above:
            return (at + 1, above.rfind('"') + 1) if above.replace('\\"', "").count('"') % 2 else None
    return None
