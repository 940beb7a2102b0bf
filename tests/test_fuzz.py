"""The readers and parsers take anything: they read it, or refuse it in an editor's words, within a second.

`make fuzz` feeds the same targets for ten minutes, guided by the code that an input reaches.
"""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.reading.load import MAX_DEPTH, MAX_NODES
from generator.words.text import MAX_BYTES
from tests.conftest import ROOT
from tests.fuzz import targets
from tests.fuzz.targets import TARGETS

SECOND = 1.0
RECORDS = tuple((ROOT / "tests/cases/good" / f"{name}.yml").read_bytes() for name in ("declaration", "evaluation"))
SIGNS = "ab甲é:-,?[]{}&*!|>'\"%@`#<=~\\ \n\t0159≥≤（）．，/\u200b\ufeff\U0001f600"
words = st.text(st.sampled_from(SIGNS), max_size=60)
# What each target's texts are made of, besides anything at all.
MADE = {
    "load": words,
    "form": words,
    "amount": st.from_regex(r"-?[0-9０-９]{0,20}(,[0-9]{2,4}){0,6}\.?[0-9]{0,8}[元万]?", fullmatch=True),
    "day": st.from_regex(r"[0-9０-９]{2,5}[-./年][0-9]{1,3}[-./月]?[0-9]{0,3}日?", fullmatch=True),
    "target": st.from_regex(
        r"[≥≤><=＞＜＝]? ?[0-9,]{0,20}\.?[0-9]{0,5} ?[(（]?[%％项a-z]{0,3} ?[)）]?", fullmatch=True
    ),
    "note": st.text(st.sampled_from("*_`[]()<>!#-+ 1.\n\\甲a:/&;\"'"), max_size=80),
}


def fed(name: str, data: bytes) -> None:
    begun = time.process_time()  # other programs of the machine do not count
    TARGETS[name](data)
    assert time.process_time() - begun < SECOND, (name, data[:60])


@pytest.mark.parametrize("name", TARGETS)
def test_anything_is_read_or_refused_within_a_second(name: str) -> None:
    @settings(derandomize=True, deadline=None, max_examples=300)
    @given(st.one_of(MADE[name].map(str.encode), st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
    @example(b"")
    @example(b"\xff\xfe")
    @example("\ufeff甲: 乙".encode())
    def feed(data: bytes) -> None:
        fed(name, data)

    feed()


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.sampled_from(RECORDS), st.integers(0, 3000), st.integers(0, 40), words)
def test_form_damaged_anywhere_is_read_or_refused(record: bytes, at: int, cut: int, put: str) -> None:
    text = record.decode()
    targets.form((text[:at] + put + text[at + cut :]).encode())


PIECES = ("[", "{", "- ", "a: ", "? ", "'", '"', "甲", "**", "[a](", "`", "<b>", "1,", "0", "≥", "（", "\n", "e\u0301")


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("piece", [*PIECES, "&a ", "!!x "])
def test_longest_file_is_read_or_refused_within_a_second(name: str, piece: str) -> None:
    """As much of one thing as a file can hold; of a note, which takes longer, as much as a hundred pages."""
    most = MAX_BYTES // 16 if name == "note" else MAX_BYTES
    fed(name, piece.encode() * (most // len(piece.encode())))


def test_deepest_and_widest_tree_is_refused_within_a_second() -> None:
    fed("load", b"a: " + b"[" * (MAX_DEPTH + 1))
    fed("load", b"a: [" + b"1," * (MAX_NODES + 1) + b"1]")
