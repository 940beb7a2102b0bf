"""Numbers of persons are starred wherever a text is shown, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.changes.diff import visible_whole
from generator.words.problems import visible
from generator.words.secrets import masked

DIGEST = "13812345678abcdef0123456789abcdef0123456789abcdef0123456789abcde"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678，共5家", "电话138******78，共5家"),
        ("电话１３８ 1234-5678。", "电话１３８********78。"),
        ("号码11010519491231002X。", "号码110*************2X。"),
        ("账号：0123-4567-8901", "账号：012*********01"),
        ("卡4111111111111111", "卡411***********11"),
    ],
)
def test_number_of_a_person_is_starred(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert visible(text) == visible_whole(text) == shown


@pytest.mark.parametrize("text", ["13,812,345,678.00", "13812345678.00", "2024-01-01 2025-12-31", DIGEST])
def test_other_figures_are_shown_as_they_are(text: str) -> None:
    assert masked(text) == text


def test_number_is_masked_before_a_text_is_cut() -> None:
    assert visible("电话13812345678", most=11) == "电话138******…"


@given(st.text(st.sampled_from("138０5-. 账号：xX亿")))
def test_every_offset_stays(text: str) -> None:
    shown = masked(text)
    assert len(shown) == len(text)
    assert all(after in (before, "*") for before, after in zip(text, shown, strict=True))
    assert masked(shown) == shown
