"""The real content: what was disclosed, in its numbers."""

import gc
from collections import Counter
from decimal import Decimal

import pytest

from generator.changes.lineage import Appearance, others_of, projects
from generator.line.check import check_content
from generator.reading.content import Content, Disclosure, budgeted, declarations, evaluations, requested
from generator.reading.find import find_content
from generator.reading.model import Declaration, Evaluation
from generator.reading.reader import read_content
from generator.reading.settings import read_settings
from generator.words.problems import Severity
from generator.words.urls import Kind
from tests.conftest import ROOT

DISCLOSURES: dict[tuple[str, int, Kind], tuple[int, int]] = {
    ("sgst", 2024, "targets"): (7, 101),
    ("sspec", 2026, "targets"): (2, 40),
    ("sstec", 2023, "evaluations"): (6, 87),
    ("sstec", 2024, "targets"): (8, 122),
    ("stic", 2024, "targets"): (13, 195),
}
REQUESTED = {
    ("sgst", 2024): "18734992.00",
    ("sspec", 2026): "1700000.00",
    ("sstec", 2024): "48551900.00",
    ("stic", 2024): "46771540.00",
}


def lineages(content: Content) -> dict[str, tuple[Appearance, ...]]:
    """For each record id the other forms of its project."""
    return others_of(project for centre in content.centres for project in projects(centre))


def disclosure(content: Content, centre: str, year: int, kind: Kind) -> Disclosure:
    (found,) = (each for each in content.disclosures if (each.centre, each.year, each.kind) == (centre, year, kind))
    return found


# What a person finds who reads the forms; each was looked at.
REMARKS = {
    "cut-off": 1,
    "duplicate-indicator": 1,
    "full-stop-missing": 2,
    "indicator-dropped": 5,
    "large-overshoot": 7,
    "level1-missing": 1,
    "level1-usual": 3,
    "loss-without-reason": 1,
    "met-but-points-lost": 1,
    "narrative-conflict": 4,
    "percent-at-least-full": 1,
    "repeated-text": 2,
    "satisfaction-bound": 2,
    "unit-missing": 3,
    "weights": 1,
}


def test_content_has_no_error_and_the_remarks_that_are_true_of_it() -> None:
    problems = check_content(read_settings(ROOT)).problems
    assert [problem for problem in problems if problem.entry.severity is Severity.ERROR] == []
    assert Counter(problem.code for problem in problems) == REMARKS


@pytest.mark.parametrize("before", [True, False])
def test_reading_leaves_the_collector_of_garbage_as_it_was(before: bool) -> None:
    files, _ = find_content(ROOT, ROOT / "content")
    try:
        gc.enable() if before else gc.disable()
        assert read_content(files)[0]
        assert gc.isenabled() is before
    finally:
        gc.enable()


def test_content_has_every_record_and_indicator(content: Content) -> None:
    assert len(content.records) == 36
    assert sum(len(record.form.indicators) for record in content.records) == 545
    forms = [type(record.form) for record in content.records]
    assert (forms.count(Declaration), forms.count(Evaluation)) == (30, 6)


def test_content_has_every_disclosure_with_its_records(content: Content) -> None:
    found = {(each.centre, each.year, each.kind): (len(each.records), each.indicators) for each in content.disclosures}
    assert found == DISCLOSURES


@pytest.mark.parametrize(("centre", "year"), REQUESTED)
def test_declarations_ask_for_the_printed_sum(content: Content, centre: str, year: int) -> None:
    assert requested(disclosure(content, centre, year, "targets")) == Decimal(REQUESTED[centre, year])


def test_evaluations_add_up_to_the_printed_sums(content: Content) -> None:
    found = disclosure(content, "sstec", 2023, "evaluations")
    assert budgeted(found, "revised") == Decimal("10550000.00")
    assert budgeted(found, "spent") == Decimal("10183000.00")


def test_parts_of_the_requested_money_add_up(content: Content) -> None:
    for centre, year in REQUESTED:
        found = disclosure(content, centre, year, "targets")
        blocks = [form.funding for _, form in declarations(found)]
        parts = [(block.appropriation, block.carryover, block.other) for block in blocks]
        assert sum(part.in_yuan("元") for each in parts for part in each) == requested(found), centre


def test_records_are_numbered_from_one_without_a_gap(content: Content) -> None:
    for each in content.disclosures:
        assert [record.number for record in each.records] == [f"{n:02}" for n in range(1, len(each.records) + 1)]


def test_records_have_ids_of_their_folders(content: Content) -> None:
    ids = [record.id for record in content.records]
    assert len(set(ids)) == 36
    assert all(record.origin.file == f"content/{record.id}.yml" for record in content.records)


def test_lineage_links_the_projects_of_two_years(content: Content) -> None:
    others = lineages(content)
    evaluations_of_2023 = disclosure(content, "sstec", 2023, "evaluations").records
    pairs = {record.number: [found.record.id for found in others[record.id]] for record in evaluations_of_2023}
    assert pairs == {
        "01": ["sstec/2024/targets/06"],
        "02": [],  # no project of this name in 2024
        "03": ["sstec/2024/targets/07"],
        "04": ["sstec/2024/targets/05"],
        "05": ["sstec/2024/targets/01"],
        "06": ["sstec/2024/targets/02"],
    }


def test_lineage_links_both_ways_and_nothing_else(content: Content) -> None:
    others = lineages(content)
    pairs = {(record.id, found.record.id) for record in content.records for found in others[record.id]}
    assert len(pairs) == 10
    assert {(there, here) for here, there in pairs} == pairs
    assert all(here.startswith("sstec/") for here, _ in pairs)


def test_lineage_says_year_and_kind_of_the_other_form(content: Content) -> None:
    others = lineages(content)
    found = [record for record in disclosure(content, "sstec", 2024, "targets").records if others[record.id]]
    assert [(each.year, each.kind) for record in found for each in others[record.id]] == [(2023, "evaluations")] * len(
        found
    )


def test_lineage_knows_every_record(content: Content) -> None:
    assert sorted(lineages(content)) == sorted(record.id for record in content.records)


def test_centre_with_two_printed_names_keeps_both(content: Content) -> None:
    (centre,) = (each for each in content.centres if each.id == "stic")
    assert centre.facts.name == "上海市科技创新中心"
    assert centre.facts.former_names == ("上海市科技创业中心",)
    printed = [record.form.implementer for record in disclosure(content, "stic", 2024, "targets").records]
    assert printed == ["上海市科技创业中心", *["上海市科技创新中心"] * 12]


def test_title_keeps_the_name_that_the_document_prints(content: Content) -> None:
    found = disclosure(content, "stic", 2024, "targets")
    assert found.facts.title == "上海市科技创业中心2024年度项目绩效目标汇总表"


def test_dates_that_no_document_states_are_unknown(content: Content) -> None:
    assert [(each.facts.approved, each.facts.published) for each in content.disclosures] == [(None, None)] * 5


def test_forms_of_a_disclosure_are_of_its_kind(content: Content) -> None:
    for each in content.disclosures:
        of_kind = list(declarations(each)) if each.kind == "targets" else list(evaluations(each))
        assert [record for record, _ in of_kind] == list(each.records)


def test_project_of_other_money_only_is_there(content: Content) -> None:
    form = disclosure(content, "stic", 2024, "targets").records[1].form
    assert isinstance(form, Declaration)
    assert (form.funding.appropriation.printed, form.funding.other.printed) == ("0.00", "2,596,000.00")


def test_money_units_are_those_of_the_forms(content: Content) -> None:
    units = {
        (each.kind, form.funding.unit if isinstance(form, Declaration) else form.budget.unit)
        for each in content.disclosures
        for form in (record.form for record in each.records)
    }
    assert units == {("targets", "元"), ("evaluations", "万元")}
