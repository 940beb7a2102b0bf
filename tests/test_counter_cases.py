"""What comes close to a mistake and is none: the rule looks at it, and stays silent.

`CLOSE_TO` says of each accepted case which rules it comes close to. Of rules that look at what was
published, counter-cases stand in test_published.py.
"""

from pathlib import Path

import pytest

from generator.catalogue import RULES
from generator.pipeline import check_content
from generator.recall import read_published
from generator.rules import PUBLISHED
from generator.settings import Settings
from tests.small import CASES, small_project
from tests.test_refused import ACCEPTED, expected_of, home_of, with_case

CLOSE_TO = {
    "declaration-account-balance": ("bank-account",),
    "declaration-account-of-dates": ("bank-account",),
    "declaration-altered": (
        "altered-field",
        "altered-row",
        "altered-nothing",
        "altered-twice",
        "altered-row-words",
        "alteration-date",
    ),
    "declaration-altered-withheld": ("altered-withheld",),
    "declaration-amounts-large": ("money-unit-slip",),
    "declaration-amounts-like-mobile-numbers": ("mobile-number",),
    "declaration-continues-under-another-name": ("continues-unknown", "continues-not-earlier", "continues-shared"),
    "declaration-cost-ceiling-in-yuan": ("cost-ceiling",),
    "declaration-cost-of-one-thing": ("cost-ceiling",),
    "declaration-dates-in-a-row": (
        "identity-number",
        "bank-account",
    ),
    "declaration-former-name": ("implementer",),
    "declaration-gap-with-note": ("gap-unexplained",),
    "declaration-indicators-of-other-levels": ("level1-missing",),
    "declaration-long-codes": (
        "identity-number",
        "mobile-number",
        "bank-account",
    ),
    "declaration-money-in-ten-thousands": (
        "funding-sum",
        "money-unit-slip",
    ),
    "declaration-narrative-four-quarters": ("narrative-conflict",),
    "declaration-narrative-no-quantities": ("narrative-conflict",),
    "declaration-narrative-of-another-unit": ("narrative-conflict",),
    "declaration-narrative-of-something-else": ("narrative-conflict",),
    "declaration-narrative-part-or-another-year": ("narrative-conflict",),
    "declaration-narrative-parts-make-the-whole": ("narrative-conflict",),
    "declaration-narrative-same-figure": ("narrative-conflict",),
    "declaration-number-in-words": ("quantity-in-words",),
    "declaration-numbers-that-fail-their-check": (
        "identity-number",
        "bank-account",
    ),
    "declaration-one-day-project": ("date-order", "date-outside-year"),
    "declaration-other-money-only": ("funding-sum",),
    "declaration-percent-exactly-full": ("percent-above-full", "percent-at-least-full"),
    "declaration-percent-for-another": ("percent-above-full",),
    "declaration-percent-of-growth": ("percent-above-full",),
    "declaration-percent-of-two-widths": ("percent-mixed",),
    "declaration-placeholder-in-note": ("placeholder",),
    "declaration-project-funding-in-part": ("funding-sum",),
    "declaration-quantity-in-a-sentence": ("quantity-in-words",),
    "declaration-repeated-words-apart": ("repeated-text",),
    "declaration-same-indicator-twice": ("duplicate-indicator",),
    "declaration-satisfaction-at-least-in-words": ("satisfaction-bound",),
    "declaration-secrets-in-prose": ("secrecy-mark",),
    "declaration-target-raised": ("target-lowered", "unit-changed", "indicator-dropped"),
    "declaration-texts-with-brackets": ("cut-off",),
    "declaration-waived-in-its-field": ("waiver-unused",),
    "declaration-waived-sum": (
        "waiver-unused",
        "waiver-rule",
    ),
    "declaration-waived-until-today": ("waiver-expired",),
    "disclosure-altered": (
        "altered-field",
        "alteration-date",
    ),
    "disclosure-approved-the-year-before": ("date-unlikely",),
    "disclosure-clock-last-day": ("disclosure-clock",),
    "disclosure-evaluations-figures-in-full": ("expectation",),
    "disclosure-figures-unquoted": ("expectation",),
    "disclosure-published-on-the-day": ("date-order",),
    "disclosure-published-two-years-later": ("date-unlikely",),
    "evaluation-answer-in-another-percent": ("answer-unit",),
    "evaluation-budget-zero": ("execution-rate",),
    "evaluation-grade-at-its-limit": ("grade", "loss-without-reason"),
    "evaluation-rates-not-given": ("figure-missing",),
    "evaluation-in-yuan": ("funding-sum",),
    "evaluation-limit-by-its-share": ("quantity-score",),
    "evaluation-limit-less-its-excess": ("quantity-score",),
    "evaluation-narrative-more-than-said": ("narrative-conflict",),
    "evaluation-nothing-was-aimed-at": ("quantity-score",),
    "evaluation-overshoot-below-limit": ("large-overshoot",),
    "evaluation-overshoot-explained": ("large-overshoot",),
    "evaluation-quantity-score-rounded": ("quantity-score",),
    "evaluation-rates-cut": ("execution-rate",),
    "evaluation-rates-rounded": ("execution-rate",),
    "evaluation-same-year-blanks": ("target-differs",),
    "evaluation-score-rounded-rate-cut": ("execution-score",),
    "evaluation-text-without-any-full-stop": ("full-stop-missing",),
    "evaluation-textual-answer-with-figures": ("textual-answer",),
    "evaluation-textual-answers": ("textual-answer",),
}
# Rules that no accepted case comes close to yet; every good file is a plain one for them.
WITHOUT = {
    "duplicate-project",
    "source-digest",
    "unit-missing",
    "cost-at-least",
    "execution-points",
    "indicator-unanswered",
    "level1-usual",
    "met-but-points-lost",
    "projects-disagree",
    "quantity-without-number",
    "record-number",
    "score-above-points",
    "score-sum",
    "total-points",
    "weights",
}


def of_forms() -> set[str]:
    return {check.code for section in RULES if section.title != PUBLISHED for check in section.checks}


def test_every_rule_has_a_counter_case_or_is_known_to_have_none() -> None:
    close = {code for codes in CLOSE_TO.values() for code in codes}
    assert of_forms() - close == WITHOUT
    assert CLOSE_TO.keys() <= {case.stem for case in ACCEPTED}


@pytest.mark.parametrize("name", CLOSE_TO)
def test_rule_looks_at_its_counter_case_and_is_silent(tmp_path: Path, name: str) -> None:
    """A check that could not run would be silent too."""
    case = CASES / "accepted" / f"{name}.yml"
    root = with_case(tmp_path, case)
    document = "/".join(home_of(case).split("/")[1:4])
    outcomes = {
        outcome.check.code: outcome
        for outcome in check_content(Settings(root, "示例", None)).outcomes
        if outcome.document == document
    }
    assert [code for code in CLOSE_TO[name] if outcomes[code].state != "passed"] == []


# --- beside what was published: the small project, with a case in its place

REPUBLISHED = sorted((CASES / "republished").glob("*.yml"))


@pytest.mark.parametrize("case", [pytest.param(path, id=path.stem) for path in REPUBLISHED])
def test_case_is_found_beside_what_was_published(tmp_path: Path, case: Path) -> None:
    published = small_project(tmp_path / "published")
    root = with_case(tmp_path / "now", case)
    found = check_content(Settings(root, "示例", None), published=read_published(str(published))).problems
    assert [f"{problem.code} {problem.place.line}:{problem.place.column}" for problem in found] == expected_of(case)


def test_cases_of_published_forms_are_there() -> None:
    assert len(REPUBLISHED) >= 2
