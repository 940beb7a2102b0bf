"""A large content is judged by several processes, or by a check that keeps nothing: the outcome is that of one."""

from datetime import date
from pathlib import Path

import pytest

from bench.records import write_project
from generator.line import panel
from generator.line.check import Findings, check_content, check_records
from generator.line.panel import latest_day_of
from generator.reading.find import find_content
from generator.reading.settings import Settings, read_settings
from tests.altering import alter
from tests.case import ACCEPTED, REFUSED, REMARKED, Case, named
from tests.conftest import ROOT
from tests.small import TARGETS, small_project


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many processes as there are processors, for one centre after the other."""
    monkeypatch.setattr(panel, "LARGE", 1)
    monkeypatch.setattr(panel, "_PART", 1)


def found(checked: Findings) -> tuple[object, ...]:
    """All that a check says; `Checked` has the content besides."""
    return checked.problems, checked.outcomes, checked.on, checked.seen


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Four centres, one of them with broken files."""
    project = write_project(tmp_path_factory.mktemp("generated"), ROOT, 150)
    (project / "content/c00002/2023/targets/02.yml").write_text("name: @\n", "utf-8")
    (project / "content/c00003/centre.yml").write_text("name: 某中心\nphone: 13800000000\n", "utf-8")
    (project / "content/c00001/2024/evaluations/notes.txt").write_text("x", "utf-8")
    return read_settings(project)


def test_outcome_does_not_depend_on_the_number_of_processes(
    generated: Settings, request: pytest.FixtureRequest
) -> None:
    alone = check_content(generated)
    assert len(alone.problems) > 100
    assert len(alone.content.centres if alone.content else ()) > 2
    request.getfixturevalue("many")
    assert found(check_content(generated)) == found(alone)


def test_check_that_keeps_nothing_finds_the_same(generated: Settings, request: pytest.FixtureRequest) -> None:
    alone = check_content(generated)
    assert found(check_records(generated)) == found(alone)
    request.getfixturevalue("many")
    assert found(check_records(generated)) == found(alone)


@pytest.mark.parametrize("case", named([*REFUSED[::7], *REMARKED[::7], *ACCEPTED[::7]]))
def test_check_that_keeps_nothing_finds_the_same_in_a_case(tmp_path: Path, case: Case) -> None:
    settings = Settings(case.project(tmp_path), "示例", None)
    assert found(check_records(settings)) == found(check_content(settings))


def test_check_that_keeps_nothing_finds_the_same_without_a_site(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "content/site.yml").write_text("profile: nowhere\n", "utf-8")
    (root / TARGETS / "02.yml").write_text("name: @\n", "utf-8")
    settings = Settings(root, "示例", None)
    checked = check_records(settings)
    assert [problem.code for problem in checked.problems] == ["choice", "yaml-syntax"]
    assert found(checked) == found(check_content(settings))


CORRECTED = """{key}:
  - date: 2024-10-01
    what: 漏录。
    source: 原件
    fields:
      - field: objectives.overall
        was: 无"""


@pytest.mark.parametrize(
    ("file", "words", "day"),
    [
        ("content/sstec/centre.yml", "note: 说明", date(2024, 9, 30)),
        ("content/sstec/2024/targets/08.yml", CORRECTED.format(key="corrections"), date(2024, 10, 1)),
        ("content/sstec/2024/targets/08.yml", CORRECTED.format(key='"correction\\x73"'), date(2024, 10, 1)),
        ("content/sstec/2024/targets/disclosure.yml", "phone: 1", date(2024, 7, 1)),  # it cannot be read
    ],
)
def test_latest_day_is_found_before_all_is_read(project: Path, file: str, words: str, day: date) -> None:
    alter(project)
    with (project / file).open("a", encoding="utf-8") as stream:
        stream.write(f"{words}\n")
    files, _ = find_content(project, project / "content")
    assert latest_day_of(files.centres) == day
    assert check_content(read_settings(project)).on == day
