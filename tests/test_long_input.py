"""Long input of every kind is answered in little time."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.reading.load import Loaded, load_bytes
from generator.words.text import MAX_BYTES
from tests.small import TARGETS, problems, small_project

# A second on an idle machine; a busy one runs at a fraction of its pace even by processor time. What these
# tests are for, time that grows with the square, takes minutes.
LIMIT = 5


def seconds(work: Callable[[], object]) -> float:
    """Time of the processor: what else the machine does is no matter."""
    start = time.process_time()
    work()
    return time.process_time() - start


LONG = {
    "opening brackets": "[" * 200_000,
    "opening brackets behind a key": "k: " + "[" * 200_000,
    "opening braces": "{" * 200_000,
    "quotation marks": '"' * 200_000,
    "apostrophes": "'" * 200_000,
    "hyphens": "- " * 100_000,
    "question marks": "? " * 100_000,
    "exclamation marks": "!" * 200_000,
    "ampersands": "&" * 200_000,
    "a thousand commas too many": "k: [" + "," * 200_000,
    "one key again and again": "k: 1\n" * 8_000,
    "blank lines": "k: v" + "\n" * 200_000,
    "blank lines in prose": "k: |\n  a\n" + "\n" * 200_000 + "  b",
    "blanks": "k: " + " " * 200_000,
    "returns": "\r" * 200_000,
    "bars": "k:\n" + "- |\n" * 2_000,
    "a large file and one byte": "k: " + "x" * (MAX_BYTES - 2),
}


@pytest.mark.parametrize("name", LONG)
def test_long_input_is_answered_in_little_time(name: str) -> None:
    found: list[Loaded] = []
    data = LONG[name].encode()
    assert seconds(lambda: found.append(load_bytes(data, "f.yml"))) < LIMIT
    assert found[0].tree is not None or found[0].problems


def test_many_block_scalars_in_a_large_file_are_answered_in_little_time() -> None:
    data = ("k:\n" + "- |\n" * 3_000 + "# " + "x" * 1_000_000).encode()
    assert seconds(lambda: load_bytes(data, "f.yml")) < LIMIT


def test_letter_with_very_many_marks_is_answered_in_little_time() -> None:
    data = ("k: e" + "\u0301\u0316" * 28_000).encode()
    assert seconds(lambda: load_bytes(data, "f.yml")) < LIMIT


def test_letter_with_very_many_marks_of_kana_is_answered_in_little_time() -> None:
    data = ("k: e" + "\u302a\u3099" * 32_000).encode()
    assert seconds(lambda: load_bytes(data, "f.yml")) < LIMIT


def check_prose(folder: Path, prose: str) -> float:
    """The time that the check of a small project takes with this source text."""
    root = small_project(folder)
    (root / TARGETS / "source.txt").write_text(prose, "utf-8")
    return seconds(lambda: problems(root))


def test_blank_lines_of_a_source_are_checked_in_little_time(tmp_path: Path) -> None:
    assert check_prose(tmp_path, "甲" + "\n" * 8_000 + "乙") < LIMIT


def test_blanks_behind_a_secrecy_level_are_checked_in_little_time(tmp_path: Path) -> None:
    assert check_prose(tmp_path, "密级" + " " * 8_000 + "甲") < LIMIT


def test_very_many_findings_in_one_source_are_said_in_little_time(tmp_path: Path) -> None:
    assert check_prose(tmp_path, "13800000000\n" * 14_000) < LIMIT


def test_very_many_findings_in_one_value_are_said_in_little_time(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    with (root / TARGETS / "02.yml").open("a", encoding="utf-8") as record:
        record.write("note: |\n" + "  13800000000\n" * 2_000)
    assert seconds(lambda: problems(root)) < LIMIT
