"""The handle, as an editor or a machine takes hold of it: `python -m generator` as a program of its own."""

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.program import Done, run_program
from tests.small import CASES, TARGETS, small_project

RECORD = f"{TARGETS}/02.yml"
BROKEN = CASES / "refused" / "declaration-sum-of-funding.yml"
SAID = """\
content/unit/2024/targets/02.yml:14:10: 年度资金申请总额 (funding.total): \
应等于各项来源之和 10,001.00；现为 10,000.00，相差 1.00 [funding-sum]
   14 |   total: "10,000.00"
                 ^
  怎样改：先与原表核对。录错了就改正；原表就是这样印的，请向单位核实，再用 waivers 写明理由公开。

共 1 处错误，在 1 个文件里；没有写任何文件，原有的站点没有改动。
"""


def environment(**more: str) -> dict[str, str]:
    """Wants colours, and no language: what is said must not depend on it."""
    kept = {
        key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8")
    }
    return kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "TERM": "xterm-256color", "FORCE_COLOR": "1"} | more


def run(folder: Path, *words: str, **more: str) -> Done:
    """Run the program, forked; where its start is part of what is asked there is `started`."""
    return run_program(*words, folder=folder, environment=environment(**more))


def started(folder: Path, *words: str, **more: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=folder, env=environment(**more), capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def run_on_terminal(folder: Path, *words: str, **more: str) -> str:
    """What the program says when its standard error is a terminal."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=folder, env=environment(**more), stdout=subprocess.PIPE, stderr=theirs, timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the terminal's other end is closed, and all is read
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert done.returncode == 1
    return said.decode()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "project")
    (root / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    return root


@pytest.fixture
def broken(good: Path) -> Path:
    (good / RECORD).write_bytes(BROKEN.read_bytes())
    return good


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time of its last change; a build's lock is no output."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != "lock"]
    return {path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


# --- check


def test_check_real_content_passes_and_says_what_it_saw() -> None:
    done = started(ROOT, "check")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "                       │ 发现几处               │ 检查几项              \n"
        "文件                   │ 错误  警告  提示  豁免 │ 有发现  通过  未能检查\nsgst/2024/targets  "
    )
    assert re.search(
        "检查通过：5 份文件，36 张表，545 项指标，没有错误，[0-9]+ 处警告、[0-9]+ 处提示。\n$", done.stderr
    )


def test_check_good_content_passes_and_writes_nothing(good: Path, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    assert len(before) > 10
    done = run(tmp_path, "check", "--root", "project")
    assert (done.returncode, done.stderr) == (0, "检查通过：3 份文件，5 张表，18 项指标，没有错误。\n")
    assert snapshot(tmp_path) == before


def test_check_broken_record_is_said_on_standard_error_without_colour(broken: Path, tmp_path: Path) -> None:
    done = started(tmp_path, "check", "--root", "project")
    assert (done.returncode, done.stderr) == (1, SAID)
    assert "unit/2024/targets     │    1     0     0 " in done.stdout


def test_check_broken_record_is_said_in_english(broken: Path) -> None:
    done = started(broken, "check", "--lang", "en")
    assert done.returncode == 1
    assert done.stderr == (
        "content/unit/2024/targets/02.yml:14:10: funding.total (年度资金申请总额): "
        "the sum of its parts, 10,001.00, is expected; found 10,000.00, off by 1.00 [funding-sum]\n"
        '   14 |   total: "10,000.00"\n'
        "                 ^\n"
        "  How to mend: compare with the form and correct a slip; if the form prints it so, "
        "ask the centre, and give the reason in waivers.\n"
        "\n"
        "1 error in 1 file; nothing was written.\n"
    )


def test_check_good_content_is_said_in_english(good: Path) -> None:
    done = run(good, "check", "--lang", "en")
    said = done.stdout + done.stderr
    assert "Passed: 3 documents, 5 forms, 18 indicators, no error." in said
    assert not any("\u4e00" <= c <= "\u9fff" for c in said)


def test_check_all_problems_of_all_files_are_said_but_no_personal_data(broken: Path) -> None:
    case = CASES / "refused" / "centre-mobile-number-in-note.yml"
    (broken / "content/unit/centre.yml").write_bytes(case.read_bytes())
    done = run(broken, "check")
    heads = [line.split(": ")[0] for line in done.stderr.splitlines() if line.startswith("content/")]
    assert heads == ["content/unit/2024/targets/02.yml:14:10", "content/unit/centre.yml:6:9"]
    assert "疑似手机号 138******00 [mobile-number]" in done.stderr
    assert "13800000000" not in done.stderr
    assert done.stderr.endswith("共 2 处错误，在 2 个文件里；没有写任何文件，原有的站点没有改动。\n")


def test_check_line_with_controls_is_spelt_out(good: Path) -> None:
    (good / RECORD).write_bytes((CASES / "refused" / "declaration-character-escape-raw.yml").read_bytes())
    done = run(good, "check")
    assert "    2 | name: 科技\\u001b[31m普及\n" in done.stderr
    assert "\x1b" not in done.stderr


def test_check_file_name_in_another_encoding_is_said(good: Path) -> None:
    (good / "content" / os.fsdecode("记录.yml".encode("gbk"))).touch()
    done = started(good, "check")
    assert "Traceback" not in done.stderr
    assert "[stray-file]" in done.stderr


def test_check_of_a_file_that_is_not_there_is_refused(good: Path) -> None:
    done = run(good, "check", RECORD.replace("02", "20"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"没有这个文件或文件夹：{RECORD.replace('02', '20')}（no such file or folder）\n"


def test_check_ends_quietly_when_its_reader_goes_away(good: Path) -> None:
    command = f"{sys.executable} -m generator check --format json; echo $? >&2"
    done = subprocess.run(
        ["/bin/sh", "-c", f"({command}) | true"],
        cwd=good, env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "141"
    assert "Broken pipe" not in done.stderr
    assert "Traceback" not in done.stderr


# --- build


def test_build_broken_record_leaves_the_site_as_it_was(broken: Path) -> None:
    site = broken / "build" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_bytes(b"<p>last good one\r\n")
    (broken / "build" / "manifest.json").write_bytes(b"{}")
    before = snapshot(broken)
    done = started(broken, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"检查记录，生成页面，运行站点引擎，核验……\n{SAID}"
    shutil.rmtree(broken / "build/cache")  # what was read of the other centres
    assert snapshot(broken) == before


# --- settings and usage


def test_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    done = started(tmp_path, "build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        f"这个文件夹里没有 mkdocs.yml，不是本站的项目：{tmp_path}（not a project: no mkdocs.yml）\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_project_without_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    done = run(tmp_path, "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"找不到内容文件夹 content/（no such folder: {tmp_path / 'content'}）\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [("site_name: [a]\n", ""), ("", " mkdocs.yml"), ("site_name: a\ntheme: [\n", " mkdocs.yml:2:9")],
    ids=["no word", "nothing", "broken"],
)
def test_settings_without_a_name_are_refused(good: Path, text: str, place: str) -> None:
    (good / "mkdocs.yml").write_text(text, "utf-8")
    done = run(good, "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"mkdocs.yml 读不出 site_name（cannot read site_name from mkdocs.yml）{place}\n"


def test_folder_that_leads_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to("circle")
    done = run(tmp_path, "check", "--root", "circle")
    assert "Traceback" not in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize(
    "words",
    [(), ("help",), ("check", "--lang", "fr")],
    ids=" ".join,
)
def test_usage_that_is_not_understood_is_refused(good: Path, words: tuple[str, ...]) -> None:
    done = run(good, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: generator ")


@pytest.mark.parametrize("command", ["serve", "cms"])
@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_port_that_cannot_be_is_refused(good: Path, command: str, port: str) -> None:
    done = run(good, command, f"--port={port}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"端口应为 1 到 65535，现为 {port}" in done.stderr


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = started(tmp_path, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"\n    {command} " in done.stdout for command in ("check", "build", "serve"))


# --- colours


def test_colour_on_a_terminal_marks_the_first_line(broken: Path) -> None:
    said = run_on_terminal(broken, "check")
    first, second, *_ = said.split("\r\n")
    assert first.startswith("\x1b[1m\x1b[31mcontent/unit/2024/targets/02.yml:14:10: ")
    assert first.endswith("[funding-sum]\x1b[0m")
    assert second == '   14 |   total: "10,000.00"'


def test_colour_is_left_out_when_none_is_wanted(broken: Path) -> None:
    said = run_on_terminal(broken, "check", NO_COLOR="1")
    assert "\x1b" not in said
    assert said.replace("\r\n", "\n") == SAID
