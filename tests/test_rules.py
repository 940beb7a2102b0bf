"""Rules as a whole: what each is based on, what could not run, what stands by a waiver."""

from datetime import date
from pathlib import Path

import pytest

from generator.catalogue import CATALOGUE, RULES, SEVERITIES
from generator.content import Content
from generator.downloads import download_files
from generator.judge import Outcome
from generator.pipeline import Checked, check_content
from generator.plan import make_plan
from generator.problems import Severity
from generator.profile import profile_names, read_profile
from generator.render import render_pages
from generator.rules import RULES as EVERY_RULE
from generator.settings import Settings
from tests.small import EVALUATIONS, SAME_YEAR, TARGETS, found_in, small_project

CHECKS = [check for section in (*RULES, CATALOGUE[-1]) for check in section.checks]


def changed(root: Path, file: str, *pairs: tuple[str, str]) -> Path:
    """The project with words of one file changed."""
    text = (root / file).read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    (root / file).write_text(text, "utf-8")
    return root


def checked(root: Path) -> Checked:
    return check_content(Settings(root, "示例", None))


def outcome(root: Path, code: str, document: str) -> Outcome:
    (found,) = (each for each in checked(root).outcomes if (each.check.code, each.document) == (code, document))
    return found


# --- the catalogue


def test_what_only_practice_says_is_never_an_error() -> None:
    of_practice = [check for check in CHECKS if check.basis.kind == "practice"]
    assert len(of_practice) > 10
    assert [check.code for check in of_practice if check.severity is Severity.ERROR] == []


def test_checks_are_at_least_forty_and_every_rule_is_in_the_catalogue() -> None:
    assert len(CHECKS) > 40
    assert {rule.check.code for rule in EVERY_RULE} == {check.code for section in RULES for check in section.checks}


def test_laws_are_named_by_their_articles() -> None:
    laws = [check for check in CHECKS if check.basis.kind == "law"]
    assert {check.code for check in laws} >= {"disclosure-clock", "identity-number", "secrecy-mark"}
    assert all("条" in check.basis.words.zh for check in laws)


def test_personal_data_and_secrets_are_never_waived() -> None:
    confidential = [check for check in CHECKS if check.confidential]
    assert len(confidential) == 4
    assert not any(check.waivable for check in confidential)


def test_severities_have_words() -> None:
    assert set(SEVERITIES) == {severity.value for severity in Severity}


# --- the profile


def test_profile_of_every_name_can_be_read() -> None:
    assert "shanghai" in profile_names()
    for name in profile_names():
        assert read_profile(name).dimensions_of(2000).required


def test_profile_changes_its_dimensions_from_a_year_on() -> None:
    profile = read_profile("shanghai")
    assert profile.dimensions_of(2023).usual == ()
    assert profile.dimensions_of(2024).usual == profile.dimensions_of(2030).usual == ("成本指标",)


def test_grades_of_a_profile_stand_in_falling_order() -> None:
    for name in profile_names():
        limits = [grade.least for grade in read_profile(name).grades]
        assert limits == sorted(limits, reverse=True)
        assert limits[-1] == 0


# --- across the forms of one document


def test_projects_that_disagree_on_a_measure_are_shown(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for number, target in (("01", "≥20.00(家)"), ("02", "≥30.00(家)")):
        pairs = (("name: 受益企业数", "name: 全市科技服务活动受益企业总数"), ("≥20.00(家)", target))
        changed(root, f"{TARGETS}/{number}.yml", ("name: 科技", "name: 新科技"), *pairs)
    assert "projects-disagree 36:13" in found_in(root, f"{TARGETS}/02.yml")


def test_projects_whose_measures_have_a_common_name_may_differ(tmp_path: Path) -> None:
    root = changed(
        small_project(tmp_path), f"{TARGETS}/02.yml", ("name: 科技普及", "name: 新科技普及"), ("≥20.00", "≥30.00")
    )
    assert found_in(root) == []


# --- what could not run


def test_deadline_of_an_unknown_day_is_not_checked(tmp_path: Path) -> None:
    found = outcome(small_project(tmp_path), "disclosure-clock", "unit/2023/evaluations")
    assert (found.state, [each.why.zh for each in found.unable]) == ("unable", ["批复日期未注明"])


def test_deadline_of_known_days_has_passed(tmp_path: Path) -> None:
    assert outcome(small_project(tmp_path), "disclosure-clock", "unit/2024/targets").state == "passed"


def test_evaluation_without_its_declaration_is_not_compared(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    assert outcome(root, "target-differs", "unit/2023/evaluations").state == "unable"
    assert outcome(root, "target-differs", "unit/2024/evaluations").state == "passed"


def test_document_with_an_unread_form_has_passed_no_check_of_forms(tmp_path: Path) -> None:
    root = changed(small_project(tmp_path), f"{EVALUATIONS}/02.yml", ('spent: "55.26"', 'spent: "55,26"'))
    of_document = [each for each in checked(root).outcomes if each.document == "unit/2023/evaluations"]
    passed = {each.check.code for each in of_document if each.state == "passed"}
    assert len(of_document) > 40
    assert passed == {"source-digest", "waiver-rule", "waiver-expired", "waiver-unused"}


def test_document_that_cannot_be_judged_is_said_to_be_unchecked(tmp_path: Path) -> None:
    root = changed(small_project(tmp_path), "content/unit/centre.yml", ("department:", "departement:"))
    states = {each.document: each.state for each in checked(root).outcomes if each.document}
    assert states == dict.fromkeys(("unit/2023/evaluations", "unit/2024/evaluations", "unit/2024/targets"), "unable")


# --- the day


@pytest.mark.parametrize(("day", "codes"), [("2024-02-01", []), ("2024-02-02", ["disclosure-clock"])])
def test_deadline_is_judged_on_the_day_that_is_given(tmp_path: Path, day: str, codes: list[str]) -> None:
    root = changed(small_project(tmp_path), f"{SAME_YEAR}/disclosure.yml", ("approved: 未注明", "approved: 2024-01-12"))
    found = check_content(Settings(root, "示例", None), date.fromisoformat(day))
    assert [problem.code for problem in found.problems] == codes


# --- waivers

WAIVER = "waivers:\n  - rule: funding-sum\n    reason: 原表如此\n    by: 财务处\n    until: 2024-12-31\n"
WRONG_SUM = ('total: "100.00"\n  appropriation', 'total: "100.01"\n  appropriation')


@pytest.fixture
def waived(tmp_path: Path) -> Path:
    """A form that prints a wrong total, published as it is."""
    root = small_project(tmp_path)
    file = root / TARGETS / "02.yml"
    file.write_text(file.read_text("utf-8").replace(*WRONG_SUM) + WAIVER, "utf-8")
    return changed(root, f"{TARGETS}/disclosure.yml", ('"200.00"', '"200.01"'))


def test_waived_finding_stops_nothing_and_is_listed_with_its_reason(waived: Path) -> None:
    found = checked(waived)
    assert found.problems == ()
    assert found.or_raise().records
    (stands,) = (each for outcome in found.outcomes for each in outcome.waived)
    assert (stands.problem.code, stands.problem.place.line) == ("funding-sum", 13)
    assert (stands.waiver.reason, stands.waiver.by) == ("原表如此", "财务处")


def test_waived_finding_is_not_a_check_that_passed(waived: Path) -> None:
    assert outcome(waived, "funding-sum", "unit/2024/targets").state == "fired"


def test_waiver_appears_in_nothing_that_is_published(waived: Path) -> None:
    plan = make_plan(checked(waived).or_raise())
    files = [*render_pages(plan), *download_files(plan, None)]
    assert len(files) > 10
    for file in files:
        if file.path != "help/checks/index.md":  # the page speaks of waivers, and holds none
            assert b"waiver" not in file.data
        assert "原表如此".encode() not in file.data
        assert "财务处".encode() not in file.data


def test_waiver_holds_for_its_own_form_only(waived: Path) -> None:
    root = changed(waived, f"{TARGETS}/01.yml", WRONG_SUM)
    assert "funding-sum content/unit/2024/targets/01.yml:13:10" in found_in(root)


# --- the handbook


def test_handbook_page_lists_every_rule(content: Content) -> None:
    (page,) = (each for each in make_plan(content).pages if each.template == "checks")
    (text,) = (each.data.decode() for each in render_pages(make_plan(content)) if each.path == f"{page.url}index.md")
    assert page.url == "help/checks/"
    codes = [check.code for section in RULES for check in section.checks]
    assert len(codes) > 40
    assert [code for code in codes if f'id="{code}"' not in text] == []
