"""A file's bytes: encoding, size, characters; and the hand-written pages and sources that are no YAML."""

import hashlib
import unicodedata
from pathlib import Path

import pytest

from generator.reading.load import load_bytes
from generator.words.problems import Language, say
from generator.words.text import MAX_BYTES, decode, unwelcome
from tests.case import with_case
from tests.small import CASES, EVALUATIONS, FILES, GOOD, TARGETS, found_in, problems, small_project

RECORD = f"{TARGETS}/02.yml"
PAGE = "content/pages/about.md"


def refusal(data: bytes, language: Language = "zh") -> str:
    """The first line of what is said of a file that is refused as a whole."""
    _, problem = decode(data, "f.yml")
    assert problem
    return say(problem, None, language).split("\n")[0]


def with_bytes(folder: Path, file: str, data: bytes) -> list[str]:
    root = small_project(folder)
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_bytes(data)
    return found_in(root, file)


# --- encoding


def test_encoding_utf_8_is_read() -> None:
    assert decode("甲𠀀".encode(), "f") == ("甲𠀀", None)


def test_encoding_utf_8_with_a_byte_order_mark_is_read_without_it() -> None:
    assert decode(b"\xef\xbb\xbf" + "甲".encode(), "f") == ("甲", None)


def test_encoding_of_an_empty_file_is_no_problem() -> None:
    assert decode(b"", "f") == ("", None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("名: 甲".encode("gb18030"), "f.yml:1:1: 文件应以 UTF-8 编码保存；现为 GBK / GB18030 [encoding]"),
        (b"a: 1\nb: " + "中心".encode("gbk"), "f.yml:2:4: 文件应以 UTF-8 编码保存；现为 GBK / GB18030 [encoding]"),
        ("a: 甲".encode("utf-16"), "f.yml: 文件应以 UTF-8 编码保存；现为 UTF-16 LE [encoding]"),
        (b"\xfe\xff" + "a: 甲".encode("utf-16-be"), "f.yml: 文件应以 UTF-8 编码保存；现为 UTF-16 BE [encoding]"),
        ("甲\n乙".encode() + b"\xff\xff", "f.yml:2:2: 文件应以 UTF-8 编码保存；现为别的编码"),
        (b"a: \xed\xa0\x80", "f.yml:1:4: 文件应以 UTF-8 编码保存；现为"),
        ("甲".encode()[:-1], "f.yml:1:1: 文件应以 UTF-8 编码保存；现为"),
    ],
)
def test_encoding_other_is_refused_at_the_first_strange_byte(data: bytes, said: str) -> None:
    assert refusal(data).startswith(said)


def test_encoding_of_a_record_is_its_only_problem(tmp_path: Path) -> None:
    data = (GOOD / "declaration.yml").read_text("utf-8").encode("gb18030")
    assert with_bytes(tmp_path, RECORD, data) == ["encoding 1:7"]


def test_encoding_of_a_source_is_its_only_problem(tmp_path: Path) -> None:
    data = "汇总表\n".encode("gbk")
    root = small_project(tmp_path)
    (root / TARGETS / "source.txt").write_bytes(data)
    facts = root / TARGETS / "disclosure.yml"
    good = hashlib.sha256((GOOD / "source.txt").read_bytes()).hexdigest()
    facts.write_text(facts.read_text("utf-8").replace(good, hashlib.sha256(data).hexdigest()), "utf-8")
    assert found_in(root) == [f"encoding {TARGETS}/source.txt:1:1"]


# --- size


def test_size_of_the_limit_is_read() -> None:
    assert decode(b"#" * MAX_BYTES, "f")[1] is None


def test_size_beyond_the_limit_is_refused() -> None:
    assert refusal(b"#" * (MAX_BYTES + 1)) == "f.yml: 文件应小于 1 MiB；现为 1,048,577+ 字节 [file-too-large]"
    assert refusal(b"#" * (MAX_BYTES + 1), "en") == (
        "f.yml: a file below 1 MiB is expected; found 1,048,577+ bytes [file-too-large]"
    )


def test_size_of_a_record_beyond_the_limit_is_its_only_problem(tmp_path: Path) -> None:
    data = (GOOD / "declaration.yml").read_bytes() + b"#" * MAX_BYTES
    assert with_bytes(tmp_path, RECORD, data) == ["file-too-large 0:0"]


def test_size_of_a_source_beyond_the_limit_is_its_only_problem(tmp_path: Path) -> None:
    file = f"{TARGETS}/source.txt"
    assert with_bytes(tmp_path, file, b"x" * (MAX_BYTES + 1)) == ["file-too-large 0:0"]


# --- characters

BANNED = [
    *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0),  # C0 and C1 without tab and line ends
    0xAD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
    0xFFF9, 0xFFFA, 0xFFFB, 0xFFFE, 0xFFFF, 0xE0001, 0xE0041, 0xE007F,
]  # fmt: skip


@pytest.mark.parametrize("code", BANNED, ids="{:04X}".format)
def test_character_that_is_not_seen_is_refused_at_its_place(code: int) -> None:
    said = refusal(f"a: 1\nb: 甲{chr(code)}乙\n".encode(), "en")
    assert said == f"f.yml:2:5: no invisible control characters are expected; found U+{code:04X} [character]"


@pytest.mark.parametrize("code", [code for code in BANNED if code < 0xFFFE], ids="{:04X}".format)
def test_character_that_is_not_seen_is_refused_when_it_is_escaped(code: int) -> None:
    found = load_bytes(f'a: 1\nb: "甲\\U{code:08X}乙"\n'.encode(), "f.yml")
    assert [(problem.code, str(problem.place)) for problem in found.problems] == [("character", "f.yml:2:4")]


def test_characters_of_control_and_format_are_all_refused() -> None:
    """A sweep by Unicode's own classes: what it calls control or format does not stand in a record."""
    every = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp")]
    assert len(every) > 200
    passed = {c for c in every if unwelcome(f"甲{c}乙") is None}
    # What is left belongs to scripts that no form is written in: signs of number and verse, of shorthand and music.
    scripts = {c for c in passed if ord(c) >= 0x600 and unicodedata.name(c, "").split(" ")[0] in (
        "ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND", "MUSICAL")}  # fmt: skip
    assert passed - scripts == {"\t", "\n"}


@pytest.mark.parametrize("mark", ["\u0301", "\u20d0", "\U0001e944"], ids="{0!a}".format)
def test_letter_with_thirty_marks_is_refused_at_the_first(mark: str) -> None:
    assert refusal(f"a: 甲\nb: 乙{mark * 30}".encode(), "en") == (
        f"f.yml:2:5: no invisible control characters are expected; found U+{ord(mark):04X} [character]"
    )
    assert decode(f"b: 乙{mark * 29}".encode(), "f")[1] is None


@pytest.mark.parametrize(
    "text", ["a\tb\n", "a\r\nb", "全角　空格", "不\u00a0断", "𠀀𪚥", "é", "👩🏽", "①②", "（）“”—…", "≥≤×÷"]
)
def test_character_that_is_seen_is_welcome(text: str) -> None:
    assert decode(text.encode(), "f") == (text, None)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a: 1\ncafe\u0301", "2:4", "é"),
        ("甲\uf900乙", "1:2", "豈"),
        ("5 \u212b", "1:3", "Å"),
        ("\u2126", "1:1", "Ω"),
        ("一\u1112\u1161\u11ab", "1:2", "한"),
        ("q\u0307\u0323", "1:2", "\u0323"),
        ("\u0958", "1:1", "क"),
    ],
)
def test_character_in_another_form_is_refused_with_the_normal_one(text: str, place: str, expected: str) -> None:
    said = refusal(text.encode(), "en")
    assert said.startswith(f"f.yml:{place}: the normal (NFC) form “{expected if expected.isprintable() else ''}")
    assert said.endswith("[character-form]")


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".yml")])
def test_file_with_windows_line_ends_is_the_same(tmp_path: Path, file: str) -> None:
    root = small_project(tmp_path)
    (root / file).write_bytes((root / file).read_bytes().replace(b"\n", b"\r\n"))
    assert found_in(root) == []


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".yml")])
def test_file_with_a_byte_order_mark_is_the_same(tmp_path: Path, file: str) -> None:
    root = small_project(tmp_path)
    (root / file).write_bytes(b"\xef\xbb\xbf" + (root / file).read_bytes())
    assert found_in(root) == []


def test_source_with_windows_line_ends_and_mark_is_the_same(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for folder in (TARGETS, EVALUATIONS):
        source, facts = root / folder / "source.txt", root / folder / "disclosure.yml"
        before = hashlib.sha256(source.read_bytes()).hexdigest()
        source.write_bytes(b"\xef\xbb\xbf" + source.read_bytes().replace(b"\n", b"\r\n"))
        after = hashlib.sha256(source.read_bytes()).hexdigest()
        facts.write_text(facts.read_text("utf-8").replace(before, after), "utf-8")
    assert found_in(root) == []


@pytest.mark.parametrize(
    "case", ["declaration-mobile-number", "declaration-sum-of-funding", "declaration-date-in-words"]
)
def test_place_is_the_same_with_windows_line_ends_and_mark(tmp_path: Path, case: str) -> None:
    path = CASES / "refused" / f"{case}.yml"
    data = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    unix = found_in(with_case(tmp_path, path), RECORD)
    assert with_bytes(tmp_path, RECORD, data) == unix


# --- the source beside the records


def test_source_with_a_changed_letter_is_refused(tmp_path: Path) -> None:
    file = f"{TARGETS}/source.txt"
    data = (GOOD / "source.txt").read_bytes().replace(b"2024", b"2025")
    assert with_bytes(tmp_path, file, data) == [f"source-digest {TARGETS}/disclosure.yml:6:11"]


def test_source_that_is_empty_is_refused(tmp_path: Path) -> None:
    assert with_bytes(tmp_path, f"{TARGETS}/source.txt", b"") != []


def test_source_with_a_mobile_number_is_refused_at_its_place(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    file = f"{TARGETS}/source.txt"
    (root / file).write_text("示例中心\n\n联系人 13800000000\n", "utf-8")
    assert found_in(root, file) == ["mobile-number 3:5", f"source-digest {TARGETS}/disclosure.yml:6:11"]


# --- hand-written pages


def test_page_with_a_title_is_silent(tmp_path: Path) -> None:
    assert with_bytes(tmp_path, PAGE, "# 关于本站\n\n文字。\n".encode()) == []


@pytest.mark.parametrize("text", ["文字。\n", "## 关于\n", "#关于\n", "# \n", "\n# 关于\n", "", "# "])
def test_page_without_a_title_is_refused(tmp_path: Path, text: str) -> None:
    assert with_bytes(tmp_path, PAGE, text.encode()) == ["page-title 1:1"]


def test_page_without_a_title_is_told_what_it_begins_with(tmp_path: Path) -> None:
    with_bytes(tmp_path, PAGE, "关于本站\n".encode())
    (problem,) = problems(tmp_path)
    assert say(problem, "关于本站") == (
        "content/pages/about.md:1:1: 手写页面的第一行应为“# 标题”；现为“关于本站” [page-title]\n"
        "    1 | 关于本站\n"
        "        ^\n"
        "  怎样改：第一行写 #、空格和标题。"
    )


def test_page_with_windows_line_ends_and_mark_is_silent(tmp_path: Path) -> None:
    assert with_bytes(tmp_path, PAGE, b"\xef\xbb\xbf" + "# 关于\r\n\r\n文字。\r\n".encode()) == []


def test_page_with_a_mobile_number_is_refused_at_its_place(tmp_path: Path) -> None:
    assert with_bytes(tmp_path, PAGE, "# 关于\n\n电话 13800000000\n".encode()) == ["mobile-number 3:4"]


def test_page_with_a_mobile_number_in_its_title_is_refused(tmp_path: Path) -> None:
    assert with_bytes(tmp_path, PAGE, "# 电话 13800000000\n\n文字。\n".encode()) == ["mobile-number 1:6"]


def test_page_in_another_encoding_has_one_problem(tmp_path: Path) -> None:
    assert with_bytes(tmp_path, PAGE, "# 关于\n".encode("gbk")) == ["encoding 1:3"]
