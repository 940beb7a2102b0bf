"""Bars: their parts are as wide as their amounts, and together never wider than the whole."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.facts.bars import bar, share

steady = settings(derandomize=True, deadline=None, max_examples=100)


def test_share_is_rounded_half_up_to_two_decimals() -> None:
    assert share(Decimal("9551900"), Decimal("48551900")) == Decimal("19.67")
    assert share(Decimal(1), Decimal(800)) == Decimal("0.13")  # 0.125


def test_share_of_nothing_is_nothing() -> None:
    assert share(Decimal(0), Decimal(0)) == 0


def test_bar_sets_its_parts_one_after_the_other_and_leaves_out_what_is_nothing() -> None:
    parts = bar(
        [("grant", Decimal("9551900")), ("carry", Decimal(0)), ("other", Decimal(39_000_000))], Decimal(48551900)
    )
    assert [(part.series, part.start, part.width) for part in parts] == [
        ("grant", Decimal("0.00"), Decimal("19.67")),
        ("other", Decimal("19.67"), Decimal("80.33")),
    ]


def test_bar_of_a_larger_whole_leaves_the_rest_empty() -> None:
    (part,) = bar([("grant", Decimal(1))], Decimal(4))
    assert (part.start, part.width, part.middle) == (Decimal(0), Decimal(25), Decimal("12.5"))


@steady
@given(st.lists(st.integers(0, 10**14).map(lambda cents: Decimal(cents) / 100), max_size=12))
def test_bar_has_no_gap_and_ends_at_the_whole(amounts: list[Decimal]) -> None:
    parts = bar([("grant", amount) for amount in amounts], sum(amounts, Decimal(0)))
    ends = [part.start + part.width for part in parts]
    assert [part.start for part in parts] == [Decimal("0.00"), *ends][: len(parts)]
    assert ends[-1:] == ([Decimal("100.00")] if any(amounts) else [])
