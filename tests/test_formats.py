"""What a check found, in its formats: a table for people, and what the machines that read it accept."""

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.checks.formats import as_github, as_gitlab
from generator.words.place import Place
from generator.words.problems import Entry, Problem, Severity, Words, cells
from tests.case import with_case
from tests.conftest import ROOT
from tests.program import Done, run_program
from tests.small import CASES, TARGETS, problems, small_project

FIELDS = {
    "code": str,
    "severity": str,
    "title": str,
    "file": str,
    "line": int,
    "column": int,
    "field": str,
    "label": str,
    "expected": str,
    "found": str,
    "mend": str,
}
ROW = {"document": str} | dict.fromkeys(("errors", "warnings", "notices", "waived", "fired", "passed", "unable"), int)
WAIVED = FIELDS | {"reason": str, "by": str, "until": str}
CHECK = {"code": str, "document": str, "outcome": str, "found": int, "waived": int}
UNABLE = {"code": str, "document": str, "why": str}

ODD = Problem(
    Entry(
        "odd",
        Words("题目: 甲,乙", "title: a, b"),
        Words("应为 100%\n或 50%", "100%\nor 50% is expected"),
        Words("现为“{found}”", "found “{found}”"),
        Words("改。", "mend."),
        Severity.WARNING,
    ),
    Place("content/a,b:c%.yml", 3, 7),
    ("indicators", 2, "target"),
    "年度指标值",
    {"found": "::error::\r\n"},
)


def run(root: Path, *words: str) -> Done:
    (root / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    return run_program("check", "--root", str(root), *words)


def case(folder: Path, name: str) -> Path:
    return with_case(folder, next(CASES.glob(f"*/{name}.yml")))


# --- text


def test_table_counts_the_findings_and_checks_of_each_document(tmp_path: Path) -> None:
    done = run(case(tmp_path, "evaluation-weights"))
    groups, *rows = [re.split(r"[\s│]{2,}", line.strip()) for line in done.stdout.split("\n\n")[0].split("\n")]
    assert groups == ["", "发现几处", "检查几项"]
    assert rows[0] == ["文件", "错误", "警告", "提示", "豁免", "有发现", "通过", "未能检查"]
    assert rows[1][:5] == ["unit/2023/evaluations", "0", "0", "1", "0"]
    assert [row[0] for row in rows[2:]] == [
        "unit/2024/evaluations",
        "unit/2024/targets",
        "单位、本站和手写页面",
        "合计",
    ]
    assert rows[-1][1:5] == ["0", "0", "1", "0"]
    assert all(int(row[6]) >= 4 for row in rows[1:])


def test_checks_of_the_table_make_up_every_check_of_a_document(tmp_path: Path) -> None:
    report = json.loads(run(case(tmp_path, "declaration-waived-sum"), "--format", "json").stdout)
    outcomes = Counter((check["document"], check["outcome"]) for check in report["checks"])
    assert len(report["checks"]) > 100
    for row in report["documents"]:
        for outcome in ("fired", "passed", "unable"):
            assert row[outcome] == outcomes[row["document"], outcome]
    waived = [check for check in report["checks"] if check["waived"]]
    assert waived == [
        {"code": "funding-sum", "document": "unit/2024/targets", "outcome": "fired", "found": 0, "waived": 1}
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_table_has_straight_columns_on_a_terminal(tmp_path: Path, language: str) -> None:
    table = run(small_project(tmp_path), "--lang", language).stdout.split("\n\n")[0]
    lines = table.split("\n")
    assert len(lines) == 7
    assert len({cells(line) for line in lines}) == 1


def test_checks_that_could_not_run_are_listed_with_the_reason(tmp_path: Path) -> None:
    listed = run(small_project(tmp_path)).stdout.split("未能检查：\n")[1]
    assert "批复日期未注明：公开晚于期限 [disclosure-clock]（unit/2023/evaluations、unit/2024/evaluations）" in listed


def test_waived_findings_are_listed_with_reason_office_and_day(tmp_path: Path) -> None:
    said = run(case(tmp_path, "declaration-waived-sum")).stdout
    assert said.endswith(
        "已豁免：\n  content/unit/2024/targets/02.yml:14:10 [funding-sum] 资金总额与各项来源之和不符："
        "原表如此，单位已说明（财务处，有效期至 2024-12-31）\n"
    )


# --- status


@pytest.mark.parametrize(
    ("name", "words", "status"),
    [
        ("declaration-unit-missing", (), 0),
        ("declaration-unit-missing", ("--strict",), 1),
        ("declaration-percent-mixed", ("--strict",), 0),
        ("declaration-sum-of-funding", (), 1),
        ("declaration-sum-of-funding", ("--format", "json"), 1),
    ],
)
def test_status_is_that_of_errors_and_of_warnings_when_strict(
    tmp_path: Path, name: str, words: tuple[str, ...], status: int
) -> None:
    assert run(case(tmp_path, name), *words).returncode == status


def test_warnings_that_strict_does_not_let_pass_are_not_said_to_have_passed(tmp_path: Path) -> None:
    root = case(tmp_path, "declaration-unit-missing")
    seen = "3 份文件，5 张表，18 项指标，没有错误，1 处警告。\n"
    assert run(root, "--format", "json").stderr == f"检查通过：{seen}"
    assert run(root, "--format", "json", "--strict").stderr == f"没有通过（--strict，有警告）：{seen}"
    said = run(root, "--format", "json", "--strict", "--lang", "en").stderr
    assert said == "Not passed (--strict): 3 documents, 5 forms, 18 indicators, no error, 1 warning.\n"


def test_day_that_is_none_is_refused(tmp_path: Path) -> None:
    done = run(small_project(tmp_path), "--on", "2024-02-30")
    assert (done.returncode, done.stdout) == (2, "")
    assert "应为日期，如 2024-01-01，现为 2024-02-30" in done.stderr


# --- JSON


def shaped(found: Any, fields: Mapping[str, type]) -> bool:
    return list(found) == list(fields) and all(type(found[key]) is kind for key, kind in fields.items())


def test_json_has_the_documented_shape(tmp_path: Path) -> None:
    report = json.loads(run(case(tmp_path, "declaration-waiver-expired"), "--format", "json").stdout)
    assert list(report) == ["version", "on", "documents", "checks", "problems", "waived", "unable"]
    assert (report["version"], report["on"]) == (1, "2024-01-20")
    assert all(shaped(row, ROW) for row in report["documents"])
    assert len(report["documents"]) == 4
    assert all(shaped(found, CHECK) for found in report["checks"])
    assert [found["code"] for found in report["problems"]] == ["date-outside-year", "waiver-expired"]
    assert all(shaped(found, FIELDS) for found in report["problems"])
    assert report["unable"]
    assert all(shaped(found, UNABLE) for found in report["unable"])


def test_json_lists_what_is_waived(tmp_path: Path) -> None:
    report = json.loads(run(case(tmp_path, "declaration-waived-sum"), "--format", "json").stdout)
    assert report["problems"] == []
    (waived,) = report["waived"]
    assert shaped(waived, WAIVED)
    assert (waived["code"], waived["by"], waived["until"]) == ("funding-sum", "财务处", "2024-12-31")


def test_json_is_documented_key_by_key() -> None:
    page = (ROOT / "docs" / "check-formats.md").read_text("utf-8")
    keys = {
        *FIELDS,
        *ROW,
        *WAIVED,
        *CHECK,
        *UNABLE,
        "version",
        "on",
        "documents",
        "checks",
        "problems",
        "waived",
        "unable",
    }
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


# --- GitHub: ::error file=…,line=…,col=…,title=…::message


def unescaped(text: str) -> str:
    return re.sub("%(25|0D|0A|3A|2C)", lambda found: chr(int(found[1], 16)), text)


def parsed(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it."""
    match = re.fullmatch(r"::(error|warning|notice) ([^\n]*?)::([^\r\n]*)", command)
    assert match, command
    properties = dict(each.split("=", 1) for each in match[2].split(","))
    return match[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(match[3])


def test_github_command_escapes_what_the_runner_would_read() -> None:
    (line,) = as_github([ODD], "zh").split("\n")
    assert line == (
        "::warning file=content/a%2Cb%3Ac%25.yml,line=3,col=7,title=题目%3A 甲%2C乙 [odd]"
        "::年度指标值: 应为 100%25%0A或 50%25；现为“::error::\\u000d\\u000a”。改。"
    )
    level, properties, message = parsed(line)
    assert (level, properties["file"]) == ("warning", "content/a,b:c%.yml")
    assert "100%\n或" in message


def test_github_has_one_command_for_each_problem(tmp_path: Path) -> None:
    root = case(tmp_path, "declaration-waiver-of-personal-data")
    commands = run(root, "--format", "github").stdout.splitlines()
    found = [parsed(command) for command in commands]
    places = [(level, each["file"], each["line"], each["col"]) for level, each, _ in found]
    file = f"{TARGETS}/02.yml"
    assert places == [("error", file, "22", "15"), ("error", file, "43", "11")]


def test_github_problem_of_a_whole_file_has_no_line() -> None:
    problem = Problem(ODD.entry, Place("content/x.yml"), facts={"found": "x"})
    _, properties, _ = parsed(as_github([problem], "en"))
    assert sorted(properties) == ["file", "title"]


# --- GitLab: an array of issues with description, check_name, fingerprint, severity, location


def gitlab_issue(issue: Any) -> bool:
    """GitLab's own list of required keys and allowed severities."""
    return (
        all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        and issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        and isinstance(issue["location"]["path"], str)
        and not issue["location"]["path"].startswith(("/", "./"))
        and type(issue["location"]["lines"]["begin"]) is int
        and issue["location"]["lines"]["begin"] >= 1
        # Code Climate's own besides
        and issue["type"] == "issue"
        and issue["categories"] == ["Bug Risk"]
    )


def test_gitlab_report_has_the_public_form(tmp_path: Path) -> None:
    issues = json.loads(run(case(tmp_path, "declaration-waiver-of-personal-data"), "--format", "gitlab").stdout)
    assert [issue["check_name"] for issue in issues] == ["mobile-number", "waiver-rule"]
    assert all(gitlab_issue(issue) for issue in issues)
    assert {issue["severity"] for issue in issues} == {"blocker"}


def test_gitlab_severities_follow_ours() -> None:
    entries = [dataclasses.replace(ODD.entry, severity=severity) for severity in Severity]
    issues = json.loads(as_gitlab([Problem(entry, ODD.place, facts=ODD.facts) for entry in entries], "en"))
    assert [issue["severity"] for issue in issues] == ["blocker", "minor", "info"]


def test_gitlab_report_of_nothing_is_an_empty_array(tmp_path: Path) -> None:
    assert json.loads(run(small_project(tmp_path), "--format", "gitlab").stdout) == []


def fingerprints(root: Path) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(as_gitlab(problems(root), "zh"))]


@pytest.mark.parametrize(("name", "count"), [("declaration-waiver-expired", 2), ("declaration-narrative-figure", 1)])
def test_gitlab_fingerprint_stays_when_lines_move(tmp_path: Path, name: str, count: int) -> None:
    root = case(tmp_path, name)
    before = fingerprints(root)
    file = root / TARGETS / "02.yml"
    file.write_text("# 核对过\n\n" + file.read_text("utf-8"), "utf-8")
    assert fingerprints(root) == before
    assert len(set(before)) == count


def test_gitlab_fingerprints_of_equal_findings_differ() -> None:
    issues = json.loads(as_gitlab([ODD, ODD], "zh"))
    assert issues[0]["fingerprint"] != issues[1]["fingerprint"]


# --- every format


@pytest.mark.parametrize("format_", ["text", "json", "github", "gitlab"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_format_shows_what_is_confidential(tmp_path: Path, format_: str, language: str) -> None:
    root = case(tmp_path, "declaration-mobile-number")
    done = run(root, "--format", format_, "--lang", language)
    assert "mobile-number" in done.stdout + done.stderr
    assert "13800000000" not in done.stdout + done.stderr


@pytest.mark.parametrize("format_", ["text", "json", "github", "gitlab"])
def test_no_format_shows_a_number_that_stands_beside_another_finding(tmp_path: Path, format_: str) -> None:
    done = run(case(tmp_path, "declaration-mobile-number-beside-a-figure"), "--format", format_)
    said = done.stdout + done.stderr
    assert "narrative-conflict" in said
    assert "***78，受益企业30家" in said
    assert "3812345678" not in re.sub("[ -]", "", said)


def test_no_line_is_shown_of_a_file_that_holds_something_confidential(tmp_path: Path) -> None:
    root = case(tmp_path, "declaration-mobile-number-beside-a-figure")
    file = root / TARGETS / "02.yml"
    text = file.read_text("utf-8").replace("name: 科技普及", 'name: "科技普及1381234567\\u0038"')
    file.write_text(text.replace('carryover: "3,000.00"', 'carryover: "3,100.00"'), "utf-8")
    said = run(root).stderr
    assert "[funding-sum]" in said
    assert " | " not in said


@pytest.mark.parametrize("format_", ["json", "github", "gitlab"])
def test_data_goes_to_standard_output_and_talk_to_standard_error(tmp_path: Path, format_: str) -> None:
    done = run(case(tmp_path, "declaration-unit-missing"), "--format", format_)
    assert "unit-missing" in done.stdout
    assert done.stderr == "检查通过：3 份文件，5 张表，18 项指标，没有错误，1 处警告。\n"


def test_github_and_json_speak_english(tmp_path: Path) -> None:
    root = case(tmp_path, "declaration-unit-missing")
    assert "a quantity without a unit" in run(root, "--format", "github", "--lang", "en").stdout
    (found,) = json.loads(run(root, "--format", "json", "--lang", "en").stdout)["problems"]
    assert found["expected"] == "a unit behind the number is expected, like (次), (%)"
