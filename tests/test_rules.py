"""Rules as a whole: what each is based on, what could not run, what stands by a waiver."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator.checks.catalogue import CATALOGUE, GATES, RULES, SEVERITIES, handbook
from generator.checks.judge import Outcome
from generator.line.check import Checked, check_content
from generator.pages.plan import make_plan
from generator.pages.render import render_pages
from generator.reading.content import Content
from generator.reading.settings import Settings
from generator.rules.subjects import RULES as EVERY_RULE
from generator.words.problems import Check, Severity, say
from generator.words.problems import said as words_of
from tests.case import with_case
from tests.open_data import data_files
from tests.small import CASES, EVALUATIONS, SAME_YEAR, TARGETS, found_in, problems, small_project

CHECKS = [entry for section in (*RULES, CATALOGUE[-1]) for entry in section.entries if isinstance(entry, Check)]


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
    assert {rule.check.code for rule in EVERY_RULE} == {check.code for section in RULES for check in section.entries}


def test_laws_are_named_by_their_articles() -> None:
    laws = [check for check in CHECKS if check.basis.kind == "law"]
    assert {check.code for check in laws} >= {"disclosure-clock", "identity-number", "secrecy-mark"}
    assert all("条" in check.basis.words.zh for check in laws)


def test_personal_data_and_secrets_are_never_waived() -> None:
    confidential = [check for check in CHECKS if check.confidential]
    assert len(confidential) == 4
    assert not any(check.waivable for check in confidential)


def test_severities_have_words() -> None:
    assert set(SEVERITIES) == set(Severity)


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


# --- across the years

COST = 'level2: 经济成本指标\n    name: 项目总成本\n    target: "{}"'


@pytest.mark.parametrize(
    ("before", "now", "codes"),
    [
        ("≤130.00(万元)", "≤120.00(万元)", []),
        ("=130.00(万元)", "=120.00(万元)", []),
        ("=130.00(万元)", "=1400000.00(元)", ["target-lowered"]),
        ("≤130.00(万元)", "≤150.00(万元)", ["target-lowered"]),
    ],
)
def test_cost_that_may_be_more_is_a_looser_target(tmp_path: Path, before: str, now: str, codes: list[str]) -> None:
    root = small_project(tmp_path)
    (root / EVALUATIONS / "02.yml").unlink()
    for file, target in ((f"{SAME_YEAR}/01.yml", before), (f"{TARGETS}/02.yml", now)):
        text = (root / file).read_text("utf-8")
        (root / file).write_text(text.replace(COST.format("控制在批复预算内"), COST.format(target)), "utf-8")
    # last year's form of the project is an evaluation with the ceiling
    last = (root / SAME_YEAR / "01.yml").read_text("utf-8").replace("科技服务", "科技普及")
    (root / EVALUATIONS / "02.yml").write_text(last, "utf-8")
    found = [each for each in checked(root).problems if each.code == "target-lowered"]
    assert [each.code for each in found] == codes
    assert all("上限比上一年度高" in say(each, None) for each in found)


@pytest.mark.parametrize(
    ("ceilings", "found"),
    [
        (("场地租赁成本控制数 ≤6000.00(元)", "资料印制成本控制数 ≤0.40(万元)"), None),
        (("场地租赁成本控制数 ≤6000.00(元)", "资料印制成本控制数 ≤3000.00(元)"), "合计 9,000.00 元"),
        (("项目总成本 ≤10000.00(元)", "资料印制成本控制数 ≤3000.00(元)"), None),
        (("科技普及成本控制数 ≤9000.00(元)", "资料印制成本控制数 ≤3000.00(元)"), "现为“≤9000.00(元)”"),
        (("场地租赁成本控制数 ≤12000.00(元)",), "现为“≤12000.00(元)”"),
        (("场地租赁成本控制数 ≤2000.00(元)",), None),
    ],
)
def test_ceilings_of_parts_make_the_money_together(
    tmp_path: Path, ceilings: tuple[str, ...], found: str | None
) -> None:
    rows = [each.split(" ") for each in ceilings]
    row = '  - level1: 成本指标\n    level2: 经济成本指标\n    name: {}\n    target: "{}"\n'
    root = changed(
        small_project(tmp_path),
        f"{TARGETS}/02.yml",
        (row.format("项目总成本", "控制在批复预算内"), "".join(row.format(*each) for each in rows)),
    )
    said = [say(each, None) for each in checked(root).problems if each.code == "cost-ceiling"]
    assert len(said) == (found is not None)
    assert found is None or found in said[0]


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


def test_latest_day_is_that_of_the_last_alteration(tmp_path: Path) -> None:
    assert checked(small_project(tmp_path)).on == date(2024, 1, 20)
    home = tmp_path / TARGETS / "02.yml"
    home.write_bytes((CASES / "accepted" / "declaration-altered.yml").read_bytes())
    assert checked(tmp_path).on == date(2024, 6, 20)


@pytest.mark.parametrize(("day", "lines"), [("2024-06-20", []), ("2024-06-19", [42, 60])])
def test_alteration_after_the_day_that_is_given_is_unlikely(tmp_path: Path, day: str, lines: list[int]) -> None:
    home = small_project(tmp_path) / TARGETS / "02.yml"
    home.write_bytes((CASES / "accepted" / "declaration-altered.yml").read_bytes())
    found = check_content(Settings(tmp_path, "示例", None), date.fromisoformat(day))
    assert [problem.place.line for problem in found.problems if problem.code == "date-unlikely"] == lines


# --- waivers

WAIVER = "waivers:\n  - rule: funding-sum\n    reason: 原表如此\n    by: 财务处\n    until: 2024-12-31\n"
WRONG_SUM = ('total: "10,000.00"\n  appropriation', 'total: "10,000.01"\n  appropriation')


@pytest.fixture
def waived(tmp_path: Path) -> Path:
    """A form that prints a wrong total, published as it is."""
    root = small_project(tmp_path)
    file = root / TARGETS / "02.yml"
    file.write_text(file.read_text("utf-8").replace(*WRONG_SUM) + WAIVER, "utf-8")
    return changed(root, f"{TARGETS}/disclosure.yml", ('"20,000.00"', '"20,000.01"'))


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
    content = checked(waived).or_raise()
    files = data_files(content) | {file.path: file.data for file in render_pages(make_plan(content))}
    assert len(files) > 10
    for path, data in files.items():
        if path in ("help/checks/index.md", "help/editing/index.md"):
            continue  # they speak of waivers, with examples, and hold none
        assert b"waiver" not in data
        assert "原表如此".encode() not in data
        assert "财务处".encode() not in data


def test_waiver_holds_for_its_own_form_only(waived: Path) -> None:
    root = changed(waived, f"{TARGETS}/01.yml", WRONG_SUM)
    assert "funding-sum content/unit/2024/targets/01.yml:13:10" in found_in(root)


# --- how to mend


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("site-missing-profile", "补上一行“profile: ……”，可以写：shanghai。"),
        ("declaration-waiver-without-reason", "补上一行“reason: ……”。"),
        ("declaration-altered-missing-approval", "补上一行“approved_by: ……”。"),
        ("declaration-missing-at-top", "照原表补上一行“nature: ……”。"),
        ("declaration-waiver-without-end", "写成 年-月-日，月、日各两位。"),
        ("disclosure-date-of-approval", "写成 年-月-日，月、日各两位；不知道时写 未注明。"),
        ("declaration-waiver-of-what-is-never-waived", "这一项检查不能豁免：删去这一条，改正所指的错误。"),
    ],
)
def test_advice_fits_what_is_to_be_mended(tmp_path: Path, name: str, mend: str) -> None:
    (found,) = problems(with_case(tmp_path, CASES / "refused" / f"{name}.yml"))
    assert words_of(found, "zh").mend == mend


def test_rows_are_said_to_count_from_one(tmp_path: Path) -> None:
    root = with_case(tmp_path, CASES / "refused" / "declaration-altered-field-misspelt.yml")
    file = root / TARGETS / "02.yml"
    file.write_text(re.sub("field: .*", "field: indicators[0].target", file.read_text("utf-8"), count=1), "utf-8")
    said = [words_of(found, "zh").found for found in problems(root)]
    assert "现为“indicators[0].target”，第几项从 1 数起" in said


# --- the handbook


def test_handbook_page_lists_every_kind_of_problem_with_its_code(content: Content) -> None:
    (page,) = (each for each in make_plan(content).pages if each.template == "checks")
    (text,) = (each.data.decode() for each in render_pages(make_plan(content)) if each.path == f"{page.url}index.md")
    assert page.url == "help/checks/"
    codes = [entry.code for section in CATALOGUE for entry in section.entries]
    assert len(codes) > 70
    assert [code for code in codes if text.count(f'id="{code}"') != 1 or f"<code>{code}</code>" not in text] == []


def test_handbook_page_says_what_can_be_waived_and_when_it_is_looked_at() -> None:
    every, published, reading = handbook()
    listed = {check.code: check.waivable for group in handbook() for _, checks in group.sections for check in checks}
    assert listed["funding-sum"] == "可以豁免"
    assert listed["mobile-number"] == listed["yaml-syntax"] == listed["waiver-rule"] == "不能豁免"
    codes = [{check.code for _, checks in group.sections for check in checks} for group in (every, published, reading)]
    gates = {check.code for check in GATES.entries}
    assert len(gates) >= 5
    assert gates <= codes[1]
    assert all(code.startswith("published-") for code in codes[1] - gates)
    assert not any(code.startswith("published-") for code in codes[0] | codes[2])
    assert "waiver-rule" in codes[0]
    assert "yaml-syntax" in codes[2]
