"""A large content is judged by several processes, and the outcome is that of one."""

from pathlib import Path

import pytest

from bench.records import write_project
from generator import panel
from generator.pipeline import check_content
from generator.settings import read_settings
from tests.conftest import ROOT


def test_outcome_does_not_depend_on_the_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(write_project(tmp_path / "project", ROOT, 150))
    alone = check_content(settings)
    assert len(alone.problems) > 100
    monkeypatch.setattr(panel, "LARGE", 1)
    monkeypatch.setattr(panel, "_PART", 1)
    together = check_content(settings)
    assert len(together.content.centres if together.content else ()) > 2
    assert together.problems == alone.problems
    assert together.outcomes == alone.outcomes
