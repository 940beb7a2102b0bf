"""What comes close to a mistake and is none: the rule looks at it, and stays silent.

`CLOSE_TO` says of each accepted case which rules it comes close to, `CLOSE_TO_PUBLISHED` the same of
cases that differ from what was published, and tell it.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.checks.catalogue import RULES, WAIVERS
from generator.checks.report import document_of
from tests.case import ACCEPTED, TOLD, Case, named

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
    "declaration-indicator-renamed": ("indicator-dropped",),
    "declaration-indicator-renamed-with-a-list": ("indicator-dropped",),
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
    "disclosure-altered-digest-like-a-number": ("mobile-number",),
    "disclosure-altered": (
        "altered-field",
        "alteration-date",
    ),
    "disclosure-approved-the-year-before": ("date-unlikely",),
    "disclosure-clock-last-day": ("disclosure-clock",),
    "disclosure-evaluations-figures-in-full": ("expectation",),
    "disclosure-figures-unquoted": ("expectation",),
    "disclosure-published-on-the-day": ("date-order",),
    "disclosure-withdrawn": ("withdrawn-number", "record-number"),
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
    "cost-as-level-2-until-2023": ("level1-usual", "weights"),
    "declaration-common-measure-differs": ("projects-disagree",),
    "declaration-cost-saved-at-least": ("cost-at-least",),
    "declaration-percent-without-brackets": ("unit-missing",),
    "declaration-project-of-a-like-name": ("duplicate-project",),
    "declaration-quantity-in-han-numerals": ("quantity-without-number",),
    "evaluation-partly-met": ("met-but-points-lost", "loss-without-reason"),
    "evaluation-points-without-decimals": ("execution-points", "score-above-points", "score-sum", "total-points"),
    "evaluation-same-year-names-with-year": ("indicator-unanswered", "target-differs"),
    "source-replaced": ("source-digest",),
    "third-record": ("record-number", "expectation"),
    "weights-of-rows-that-stand-apart": ("weights", "score-sum"),
}
CLOSE_TO_PUBLISHED = {
    "centre-renamed": ("published-centre",),
    "declaration-project-renamed": ("published-number", "published-record", "published-changed"),
    "disclosure-evaluations-day-known": ("published-date", "published-changed"),
    "page-reworded-and-added": ("published-page",),
    "record-added": ("published-record", "published-number"),
    "second-amendment": ("published-alteration", "published-order", "published-changed"),
}


def not_passed(case: Case, folder: Path, codes: tuple[str, ...], *, beside_published: bool = False) -> set[str]:
    """Which of the checks found something in the case's documents, or could not run: that would be silence too."""
    documents = {document_of(file) for file in case.files}
    if beside_published:  # addresses and centres are compared as a whole
        documents.add("")
    outcomes = case.checked(folder, beside_published=beside_published).outcomes
    states = {(each.check.code, each.state) for each in outcomes if each.document in documents}
    return {code for code in codes if {state for each, state in states if each == code} != {"passed"}}


def test_every_rule_has_a_counter_case() -> None:
    close = {code for cases in (CLOSE_TO, CLOSE_TO_PUBLISHED) for codes in cases.values() for code in codes}
    assert close == {check.code for section in (*RULES, WAIVERS) for check in section.entries}


@pytest.mark.parametrize(("close_to", "cases"), [(CLOSE_TO, ACCEPTED), (CLOSE_TO_PUBLISHED, TOLD)])
def test_counter_cases_are_there(close_to: Mapping[str, object], cases: list[Case]) -> None:
    assert close_to.keys() <= {case.name for case in cases}


@pytest.mark.parametrize("case", named([case for case in ACCEPTED if case.name in CLOSE_TO]))
def test_rule_looks_at_its_counter_case_and_is_silent(tmp_path: Path, case: Case) -> None:
    assert not_passed(case, tmp_path, CLOSE_TO[case.name]) == set()


@pytest.mark.parametrize("case", named(TOLD))
def test_change_that_is_told_passes(tmp_path: Path, case: Case) -> None:
    assert not_passed(case, tmp_path, CLOSE_TO_PUBLISHED[case.name], beside_published=True) == set()


@pytest.mark.parametrize("case", named(TOLD))
def test_change_that_is_told_is_no_error_at_all(tmp_path: Path, case: Case) -> None:
    problems = case.checked(tmp_path, beside_published=True).problems
    assert [case.said(found) for found in problems if found.code.startswith("published-")] == []
