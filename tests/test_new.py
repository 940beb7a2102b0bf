"""New files: in the canonical form, with exactly the blanks that `check` then names; never over what is there."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from generator.line.check import check_content
from generator.reading.settings import Settings
from generator.words.problems import Problem, dotted, said
from tests.conftest import ROOT, copy_project
from tests.program import Done, run_program

SOURCE = ROOT / "content/sstec/2024/targets/source.txt"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def new(root: Path, *words: str, command: str = "new") -> Done:
    return run_program(command, "--root", str(root), *words)


def blanks(root: Path, folder: str) -> dict[str, list[str]]:
    """The fields that `check` says to be empty, by file; below the folder nothing else is wrong."""
    found: dict[str, list[str]] = {}
    for problem in errors(root):
        assert problem.code == "empty-value", problem
        assert problem.place.file.startswith(folder), problem
        found.setdefault(problem.place.file, []).append(dotted(problem.path))
    return found


def errors(root: Path) -> list[Problem]:
    problems = check_content(Settings(root, "示例", None)).problems
    return [found for found in problems if found.entry.severity.value == "error"]


def test_new_centre_needs_nothing_more(project: Path) -> None:
    done = new(project, "centre", "--centre", "newcentre", "--name", "示例中心", "--department", "示例局")
    assert (done.returncode, done.stdout) == (0, "content/newcentre/centre.yml\n")
    assert (project / "content/newcentre/centre.yml").read_text("utf-8") == "name: 示例中心\ndepartment: 示例局\n"
    assert errors(project) == []
    assert new(project, "--check", command="fmt").returncode == 0


def test_declarations_of_next_year_keep_names_and_rows_and_have_blank_values(project: Path) -> None:
    words = ("disclosure", "--centre", "sstec", "--year", "2025", "--kind", "targets", "--source", str(SOURCE))
    done = new(project, *words, "--follow")
    assert done.returncode == 0, done.stderr
    folder = project / "content/sstec/2025/targets"
    assert len(list(folder.glob("[0-9]*.yml"))) == 8
    assert (folder / "source.txt").read_bytes() == SOURCE.read_bytes()
    last = (project / "content/sstec/2024/targets/02.yml").read_text("utf-8")
    text = (folder / "02.yml").read_text("utf-8")
    assert [line for line in text.splitlines() if "name:" in line] == [
        line for line in last.splitlines() if "name:" in line
    ]
    assert "15,000.00" not in text
    assert new(project, "--check", command="fmt").returncode == 0
    named = blanks(project, "content/sstec/2025/targets/")
    assert named["content/sstec/2025/targets/disclosure.yml"] == [
        "title", "title_origin", "approved", "published", "expect.records", "expect.indicators", "expect.total"
    ]  # fmt: skip
    funding = [f"funding.{key}" for key in ("total", "appropriation", "carryover", "other")]
    rows = [f"indicators[{number}].target" for number in range(1, 6)]
    assert named["content/sstec/2025/targets/02.yml"] == ["start", "end", *funding, "objectives.annual", *rows]


def test_evaluations_follow_the_declarations_of_their_year_with_targets_as_declared(project: Path) -> None:
    words = ("disclosure", "--centre", "sstec", "--year", "2024", "--kind", "evaluations", "--source", str(SOURCE))
    assert new(project, *words, "--follow").returncode == 0
    text = (project / "content/sstec/2024/evaluations/02.yml").read_text("utf-8")
    declared = (project / "content/sstec/2024/targets/02.yml").read_text("utf-8")
    assert [line for line in text.splitlines() if "target:" in line] == [
        line for line in declared.splitlines() if "target:" in line
    ]
    assert "expected: |\n  社会组织党建工作覆盖率进一步提高。\n" in text
    assert new(project, "--check", command="fmt").returncode == 0
    named = blanks(project, "content/sstec/2024/evaluations/")["content/sstec/2024/evaluations/02.yml"]
    assert "achieved" in named
    assert "indicators[1].target" not in named
    assert {"indicators[1].actual", "indicators[1].points", "budget.total.initial", "grade"} <= set(named)


def test_new_record_takes_the_next_number_and_knows_its_centre(project: Path) -> None:
    done = new(project, "record", "--centre", "sspec", "--year", "2026", "--kind", "targets")
    assert done.stdout == "content/sspec/2026/targets/03.yml\n"
    text = (project / "content/sspec/2026/targets/03.yml").read_text("utf-8")
    assert "implementer: 上海市科普教育展示技术中心（上海市国际科技交流中心）\n" in text
    assert "department: 上海市科学技术协会\n" in text
    named = blanks(project, "content/sspec/2026/targets/03.yml")["content/sspec/2026/targets/03.yml"]
    assert named[:3] == ["name", "nature", "category"]
    assert named[-4:] == ["indicators[1].level1", "indicators[1].level2", "indicators[1].name", "indicators[1].target"]


def test_new_record_follows_one_declaration(project: Path) -> None:
    words = ("--centre", "sstec", "--year", "2024", "--kind", "evaluations")
    assert new(project, "disclosure", *words, "--source", str(SOURCE)).returncode == 0
    done = new(project, "record", *words, "--follow", "02")
    assert done.stdout == "content/sstec/2024/evaluations/01.yml\n", done.stderr
    text = (project / "content/sstec/2024/evaluations/01.yml").read_text("utf-8")
    assert "name: 加强科技类社会组织党建工作\n" in text


def test_blanks_are_named_in_words_that_say_what_to_write(project: Path) -> None:
    new(project, "record", "--centre", "sspec", "--year", "2026", "--kind", "targets")
    mends = {dotted(found.path): said(found, "zh").mend for found in errors(project)}
    assert mends["nature"] == "填上“项目性质”：写成一行。"
    assert mends["start"] == "填上“计划开始日期”：年-月-日，月、日各两位。"
    assert mends["indicators[1].level2"].endswith("原表空白的，删去这一行。")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("centre --centre sstec --name 甲 --department 乙", "已经有 content/sstec，不覆盖"),
        ("centre --centre about --name 甲 --department 乙", "about、search 等名称留给网站"),
        ("disclosure --centre sstec --year 2024 --kind targets", "已经有 content/sstec/2024/targets"),
        ("disclosure --centre sstec --year 24 --kind targets", "应为四位数字的年度"),
        ("disclosure --centre nobody --year 2025 --kind targets", "sgst、sspec、sstec、stic"),
        ("disclosure --centre sstec --year 2025 --kind plans", "targets、evaluations"),
        ("disclosure --centre sstec --year 2025 --kind targets", "还要写明 --source"),
        ("disclosure --centre sstec --year 2025 --kind targets --source none", "没有这个文件"),
        ("record --centre sstec --year 2025 --kind targets", "先用 new disclosure 建立"),
        ("record --centre sspec --year 2026 --kind targets --follow 02", "没有以前年度的申报表"),
        ("", "还要写明添什么"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said_and_nothing_is_written(project: Path, words: str, reason: str) -> None:
    before = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    done = new(project, *words.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == before


def test_source_that_is_no_text_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(b"PK\x03\x04\xff\xfe")
    words = ("disclosure", "--centre", "sstec", "--year", "2025", "--kind", "targets")
    done = new(project, *words, "--source", str(tmp_path / "in.docx"))
    assert done.returncode == 2
    assert "文件应以 UTF-8 编码保存" in done.stderr


def test_person_at_a_terminal_is_asked_and_asked_again(project: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "generator", "new", "--root", str(project)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        os.write(ours, "centre\nSSTEC\nfresh\n示例中心\n\n示例局\n".encode())
        said_, heard = run.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0, heard
    assert "单位文件夹的名字" in said_
    assert "用小写字母、数字、连字符" in heard
    assert "不能空着" in heard
    assert (project / "content/fresh/centre.yml").read_text("utf-8") == "name: 示例中心\ndepartment: 示例局\n"


def test_person_who_ends_the_input_ends_the_command(project: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "generator", "new", "centre", "--root", str(project)]
    with subprocess.Popen(words, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        os.write(ours, b"\x04")  # Ctrl+D
        _, heard = run.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert (run.returncode, heard.decode()) == (
        130,
        "已中断，原有的站点没有改动。（interrupted; the last site is untouched）\n",
    )


def test_person_at_a_terminal_may_follow_last_year(project: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "generator", "new", "disclosure", "--root", str(project)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        os.write(ours, f"sstec\n2025\ntargets\n{SOURCE}\ny\n".encode())
        said_, heard = run.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0, heard
    assert "照 content/sstec/2024/targets 建各张表" in said_
    assert said_.count(".yml\n") == 9
