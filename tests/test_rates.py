"""Rates of execution, and the scores that follow from them."""

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures.targets import parse_target
from generator.profiles.measures import Missed
from generator.profiles.profile import read_profile
from generator.profiles.scoring import attained_scores, execution_rate, execution_scores, printed_forms

steady = settings(derandomize=True, deadline=None, max_examples=100)

SHANGHAI = read_profile("shanghai").of(2024)


def test_execution_rate_is_exact() -> None:
    assert execution_rate(Decimal("55.26"), Decimal("56.00")).quantize(Decimal("0.0001")) == Decimal("98.6786")
    assert execution_rate(Decimal("0"), Decimal("56.00")) == 0
    assert execution_rate(Decimal("57.00"), Decimal("50.00")) == 114


def test_execution_rate_without_budget_is_refused() -> None:
    with pytest.raises(ValueError, match="no rate without a budget"):
        execution_rate(Decimal(0), Decimal("0.00"))


@pytest.mark.parametrize(
    ("exact", "forms"),
    [
        ("98.6786", {"98.67", "98.68"}),
        ("98.674", {"98.67"}),
        ("98.675", {"98.67", "98.68"}),
        ("99.999", {"99.99", "100.00"}),
        ("100", {"100.00"}),
        ("0", {"0.00"}),
    ],
)
def test_printed_forms_are_cut_and_rounded(exact: str, forms: set[str]) -> None:
    assert printed_forms(Decimal(exact), SHANGHAI.rounding) == {Decimal(form) for form in forms}


def test_execution_scores_come_from_the_exact_and_from_the_printed_rate() -> None:
    ten, spent, budget = Decimal(10), Decimal("55.26"), Decimal("56.00")
    assert execution_scores(ten, spent, budget, Decimal("98.67"), SHANGHAI.rounding) == {
        Decimal("9.86"),
        Decimal("9.87"),
    }
    assert execution_scores(ten, spent, budget, Decimal("50.00"), SHANGHAI.rounding) == {
        Decimal("9.86"),
        Decimal("9.87"),
        Decimal("5.00"),
    }


@pytest.mark.parametrize(
    ("schools", "scores"),
    [(("excess",), {"8.00"}), (("inverse",), {"8.33"}), (("excess", "inverse"), {"8.00", "8.33"})],
)
def test_missed_limit_is_scored_by_the_schools_of_the_profile(
    schools: tuple[Literal["excess", "inverse"], ...], scores: set[str]
) -> None:
    """Twelve times where ten at most were wanted: a fifth too many."""
    missed = Missed(at_least=("proportion",), at_most=schools)
    found = attained_scores(parse_target("≤10.00(次)"), Decimal(12), Decimal(10), missed, SHANGHAI.rounding)
    assert found == {Decimal(score) for score in scores}


money = st.decimals("0.01", 10**9, allow_nan=False, allow_infinity=False, places=2)


@steady
@given(money, money)
def test_printed_forms_differ_from_the_exact_by_less_than_a_cent(spent: Decimal, budget: Decimal) -> None:
    exact = execution_rate(spent, budget)
    forms = printed_forms(exact, SHANGHAI.rounding)
    assert 1 <= len(forms) <= 2
    assert all(abs(form - exact) < Decimal("0.01") for form in forms)
    assert min(forms) <= exact
