"""YAML in any state: never a crash or a hang; every scalar comes back as written, with its place."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.reading.load import MAX_DEPTH, MAX_NODES, Loaded, load_bytes, load_file
from generator.reading.model import Declaration, Evaluation
from generator.reading.syntax import _REASONS
from generator.reading.validate import validate
from generator.words.place import Place
from generator.words.problems import Problem, say
from generator.words.tree import Plain, Tree
from tests.small import CASES

steady = settings(derandomize=True, deadline=None, max_examples=150)
slowly = settings(derandomize=True, deadline=None, max_examples=100)

FORMS = (Declaration, Evaluation)


def loaded(text: str | bytes) -> Loaded:
    return load_bytes(text.encode() if isinstance(text, str) else text, "f.yml")


def value(text: str) -> Plain:
    """The value of the only key `k` of a file without problems."""
    found = loaded(text)
    assert found.problems == ()
    assert found.tree
    assert list(found.tree.plain) == ["k"]
    return found.tree.plain["k"]


def tree(text: str) -> Tree:
    found = loaded(text)
    assert found.problems == ()
    assert found.tree
    return found.tree


def placed(tree: Tree) -> list[tuple[tuple[str | int, ...], str, Place]]:
    """Every scalar of a tree with its path and place."""
    return [(path, text, tree.place(path)) for path, text in tree.words()]


# --- nothing is guessed


@pytest.mark.parametrize(
    "word",
    ["0555567", "no", "Yes", "on", "null", "~", "1:30", "2024-01-01", "1e5", "1_000", "0x1F", ".inf", "NaN", "007", "=",
     "5,073,780.00", "100%", "≥5.00(项)", "<10(次)", "甲#乙", "a:b", "12:30:45", "-5", "--", "—"],
)  # fmt: skip
def test_scalar_without_quotes_stays_a_word(word: str) -> None:
    assert value(f"k: {word}\n") == word


def test_scalar_without_words_is_empty() -> None:
    assert value("k:\n") == ""


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ('k: "甲\\n乙"', "甲\n乙"),
        ("k: '甲''乙'", "甲'乙"),
        ("k: |\n  甲\n\n  乙\n", "甲\n\n乙\n"),
        ("k: |-\n  甲\n  乙\n", "甲\n乙"),
        ("k: >\n  甲\n  乙\n", "甲 乙\n"),
        ("k: 甲\n  乙\n", "甲 乙"),
        ('k: "甲" # 注\n', "甲"),
        ('k: "甲 # 注"\n', "甲 # 注"),
        ('k: "\\u7532\\U00020000"', "甲𠀀"),
    ],
)
def test_scalar_of_each_style_is_read(yaml: str, text: str) -> None:
    assert value(yaml) == text


def test_words_stand_where_they_are_written() -> None:
    read = tree("甲: 一\n# 注\n乙:\n  - 二\n  - 丙: \"𠀀三\"\n    丁:   '四'\n戊: {己: 五, 庚: [六]}\n")
    found = [(path, text, str(place), read.offset(path)) for path, text, place in placed(read)]
    assert found == [
        (("甲",), "一", "f.yml:1:4", 3),
        (("乙", 0), "二", "f.yml:4:5", 16),
        (("乙", 1, "丙"), "𠀀三", "f.yml:5:8", 25),
        (("乙", 1, "丁"), "四", "f.yml:6:10", 39),
        (("戊", "己"), "五", "f.yml:7:8", 50),
        (("戊", "庚", 0), "六", "f.yml:7:15", 57),
    ]


def test_keys_stand_where_they_are_written() -> None:
    read = tree("a: 1\n\n  \nb: 2\n")
    assert {key: str(read.key_place((key,))) for key in read.plain} == {
        "a": "f.yml:1:1",
        "b": "f.yml:4:1",
    }


def test_places_are_the_same_behind_a_byte_order_mark() -> None:
    with_mark = loaded(b"\xef\xbb\xbfk: v\n").tree
    assert with_mark
    assert placed(with_mark) == placed(tree("k: v\n"))


def test_places_are_the_same_with_windows_line_ends() -> None:
    unix = "a: 1\nb:\n  - c: 2\n    d: |\n      甲\n      乙\n"
    windows = tree(unix.replace("\n", "\r\n"))
    assert windows.plain == tree(unix).plain
    assert placed(windows) == placed(tree(unix))


def test_file_is_read_from_disk_under_the_name_of_messages(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes("a: 甲".encode())
    found = load_file(tmp_path / "x.yml", "content/x.yml")
    assert found.tree
    assert placed(found.tree) == [(("a",), "甲", Place("content/x.yml", 1, 4))]
    assert found.tree.key_place(("a",)) == Place("content/x.yml", 1, 1)
    assert found.tree.place(()) == Place("content/x.yml", 1, 1)


# --- limits


def test_depth_at_the_limit_is_read() -> None:
    assert loaded("k: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)).problems == ()


def test_nodes_at_the_limit_are_read() -> None:
    # The file's table, its key and the list are three.
    assert loaded("k: [" + "x," * (MAX_NODES - 3) + "]").problems == ()


def test_nodes_beyond_the_limit_are_refused() -> None:
    found = loaded("k: [" + "x," * (MAX_NODES - 2) + "]")
    assert found.tree is None
    assert [say(problem, None, "en") for problem in found.problems] == [
        "f.yml:1:39999: a file holds at most 20,000 values; it holds more [yaml-limit]\n"
        "  How to mend: see whether the indentation is broken or something else was pasted in."
    ]


def test_duplicate_key_names_both_places_and_keeps_the_first_value() -> None:
    found = loaded("a: 1\nb:\n  c: 2\n  d: 3\n  c: 4\n")
    assert found.tree
    assert found.tree.plain == {"a": "1", "b": {"c": "2", "d": "3"}}
    assert [say(problem, None) for problem in found.problems] == [
        "f.yml:5:3: 同一个键只写一次；“c”已在第 3 行写过 [duplicate-key]\n  怎样改：留下正确的一处，删去另一处。"
    ]


def test_duplicate_key_moves_no_place_behind_it() -> None:
    found = loaded("a: 1\nb:\n  - 2\nb:\n  c: [3, {d: 4, d: 5}]\n  c: 6\ne:\n  - 7\n")
    assert found.tree
    assert found.tree.plain == {"a": "1", "b": ["2"], "e": ["7"]}
    assert [(path, found.tree.offset(path), str(place)) for path, _, place in placed(found.tree)] == [
        (("a",), 3, "f.yml:1:4"),
        (("b", 0), 12, "f.yml:3:5"),
        (("e", 0), 54, "f.yml:8:5"),
    ]
    assert [str(found.tree.key_place((key,))) for key in "abe"] == ["f.yml:1:1", "f.yml:2:1", "f.yml:7:1"]
    assert [str(problem.place) for problem in found.problems] == ["f.yml:4:1", "f.yml:5:17", "f.yml:6:3"]


def test_empty_value_at_the_end_of_an_unended_last_line_stands_behind_its_key() -> None:
    assert [str(place) for *_, place in placed(tree("a: 1\nb:"))] == ["f.yml:1:4", "f.yml:2:3"]


# --- anything at all


def ends_well(found: Loaded) -> None:
    """A tree, or a problem with a place inside the file; and the forms have an answer to the tree."""
    assert found.tree is not None or found.problems
    lines = re.split("\r\n|[\r\n]", found.text)
    gathered: list[Problem] = list(found.problems)
    for form in FORMS:
        answer = validate(form, found.tree) if found.tree else None
        gathered.extend(answer if isinstance(answer, list) else ())
    for problem in gathered:
        place = problem.place
        assert place.file == "f.yml"
        assert 0 <= place.line <= len(lines)
        assert place.line == 0 or 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert problem.code in say(problem, None)


@slowly
@given(st.text(max_size=200))
def test_arbitrary_text_ends_well(text: str) -> None:
    # A lone return ends a line for the parser only: see the test of it below.
    ends_well(loaded(text.replace("\r", "\n").encode("utf-8", "replace") + b"\n"))


@slowly
@given(st.binary(max_size=200))
def test_arbitrary_bytes_end_well(data: bytes) -> None:
    found = loaded(data.replace(b"\r", b"\n"))
    assert found.tree is not None or found.problems
    assert all(problem.place.file == "f.yml" for problem in found.problems)


@steady
@given(st.text(alphabet="ab甲é\u0301:-,?[]{}&*!|>'\"%@`#<=~\\ \n\t0159", max_size=40))
def test_arbitrary_signs_of_yaml_end_well(text: str) -> None:
    ends_well(loaded(text + "\n"))


RECORD = (CASES / "good" / "declaration.yml").read_text("utf-8")


@slowly
@given(st.integers(0, len(RECORD)), st.integers(0, 12), st.text(alphabet="甲a:-[]{}&*!|>'\"%@`# \n\t5\\", max_size=4))
def test_record_damaged_anywhere_ends_well(at: int, cut: int, put: str) -> None:
    ends_well(loaded(RECORD[:at] + put + RECORD[at + cut :] + "\n"))


def test_bracket_not_closed_in_an_unended_last_line_is_placed_inside_the_file() -> None:
    ends_well(loaded("k: [5"))


@pytest.mark.parametrize("text", ["[", "[\n", "- [", "k: 1\nl: {  \n\n"])  # found by make fuzz
def test_broken_yaml_noticed_behind_the_last_word_is_placed_behind_it(text: str) -> None:
    place = loaded(text).problems[0].place
    lines = text.rstrip().split("\n")
    assert (place.line, place.column) == (len(lines), len(lines[-1]) + 1)


def test_lone_return_ends_a_line_for_every_finding_or_for_none() -> None:
    by_parser = loaded("a: 1\rb: 2\rb: 3").problems[0].place.line
    by_text = loaded("a: 1\rb: 2\rb: \u200b3").problems[0].place.line
    assert by_parser == by_text


# --- structures written in every style


@dataclass
class Written:
    """YAML text under way, and the scalars that it must give: path, text, line, column."""

    text: str = ""
    scalars: list[tuple[tuple[str | int, ...], str, int, int]] = field(default_factory=list)

    def put(self, piece: str) -> None:
        self.text += piece

    def here(self) -> tuple[int, int]:
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def scalar(self, path: tuple[str | int, ...], text: str, style: str) -> None:
        self.scalars.append((path, text, *self.here()))
        self.put(style)


PLAIN = re.compile(r"[\w≥≤=<(（“.][\w≥≤=<>()（）“”.,，、。/%+-]*(?: [\w≥≤=<(（“.][\w()（）.,，、。/%+-]*)*")
Write = Callable[[str], str | None]
# Each style gives the YAML of a text, or None where it cannot say it in one line.
STYLES: dict[str, Write] = {
    "plain": lambda text: text if PLAIN.fullmatch(text) else None,
    "single": lambda text: None if "\n" in text else "'" + text.replace("'", "''") + "'",
    "double": lambda text: json.dumps(text, ensure_ascii=False),
    "escaped": lambda text: '"' + "".join(f"\\U{ord(c):08X}" for c in text) + '"',
}

# Nothing that a file may not hold: letters and marks of several scripts, all in the normal form.
texts = st.text(alphabet="ab 甲乙𠀀é≥≤=<>(（）)“”.,，、。/%+-:#'\"\\[]{}&*!|@`?0129\n", max_size=12)
names = st.text(alphabet="abc甲乙_", min_size=1, max_size=3)


@dataclass
class Leaf:
    text: str
    style: str


@dataclass
class Items:
    """A list (its keys are numbers) or a table."""

    pairs: list[tuple[str | int, "Node"]]
    is_list: bool


Node = Leaf | Items

leaves: st.SearchStrategy[Node] = st.builds(Leaf, texts, st.sampled_from(sorted(STYLES)))


def tables_of(inner: st.SearchStrategy[Node], most: int) -> st.SearchStrategy[Node]:
    pairs = st.lists(st.tuples(names, inner), min_size=1, max_size=most, unique_by=lambda pair: pair[0])
    return pairs.map(lambda found: Items(list(found), is_list=False))


def lists_of(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(inner, min_size=1, max_size=3).map(lambda found: Items(list(enumerate(found)), is_list=True))


nodes = st.recursive(leaves, lambda inner: st.one_of(lists_of(inner), tables_of(inner, 3)), max_leaves=8)
tables = tables_of(nodes, 4)


def write(out: Written, node: Node, path: tuple[str | int, ...], depth: int, flow: bool) -> None:
    """Write a node behind its key or hyphen; block collections begin on a line of their own."""
    if isinstance(node, Leaf):
        # What a style cannot say is said in double quotes; flow collections give signs another meaning.
        said = None if node.style == "plain" and flow else STYLES[node.style](node.text)
        out.put(" ")
        out.scalar(path, node.text, said if said is not None else json.dumps(node.text, ensure_ascii=False))
    elif flow:
        out.put(" [" if node.is_list else " {")
        for place, (key, item) in enumerate(node.pairs):
            out.put(", " if place else "")
            out.put("" if node.is_list else f"{key}:")
            write(out, item, (*path, key), depth, flow)
        out.put("]" if node.is_list else "}")
    else:
        for key, item in node.pairs:
            out.put(("\n" if out.text else "") + "  " * depth + ("-" if node.is_list else f"{key}:"))
            # Below the second level collections are written in one line.
            write(out, item, (*path, key), depth + 1, flow=depth >= 2)


def structure(node: Node) -> object:
    if isinstance(node, Leaf):
        return node.text
    if node.is_list:
        return [structure(item) for _, item in node.pairs]
    return {key: structure(item) for key, item in node.pairs}


@slowly
@given(tables)
def test_structure_comes_back_with_every_scalar_at_its_place(node: Node) -> None:
    out = Written()
    write(out, node, (), 0, flow=False)
    found = loaded(out.text + "\n")
    assert [str(problem.place) for problem in found.problems] == []
    assert found.tree
    assert found.tree.plain == structure(node)
    read = [(path, text, place.line, place.column) for path, text, place in placed(found.tree)]
    assert read == out.scalars


@steady
@given(texts)
def test_text_is_the_same_in_every_style(text: str) -> None:
    written = {name: said for name, style in STYLES.items() if (said := style(text)) is not None}
    assert len(written) >= 2
    for name, said in written.items():
        assert value(f"k: {said}\n") == text, name


lines = st.text(alphabet="ab 甲乙𠀀≥:#'\"\\-[>", min_size=1, max_size=8).filter(lambda line: line.strip() == line)


@steady
@given(st.lists(st.one_of(lines, st.just("")), min_size=1, max_size=6), st.integers(1, 4))
def test_prose_below_a_bar_is_the_same_text(prose: list[str], indent: int) -> None:
    text = "\n".join(["甲", *prose, "乙"])
    block = "\n".join(" " * indent + line if line else "" for line in text.split("\n"))
    assert value(f"k: |\n{block}\n") == text + "\n"
    assert value(f"k: |-\n{block}\n") == text


# --- what broken YAML is said to be


def test_every_reason_of_broken_yaml_is_given_for_some_case() -> None:
    said = {
        problem.facts["reason"]
        for case in (CASES / "refused").glob("*-syntax-*.yml")
        for problem in load_bytes(case.read_bytes(), "f.yml").problems
    }
    assert {reason for _, reason, *_ in _REASONS} - said == set()
