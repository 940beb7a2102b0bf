"""Rule profiles: what a jurisdiction measures forms by, and what changes from a year on."""

import re
from pathlib import Path
from typing import Any

import pytest

from generator.line.panel import judge
from generator.profiles.profile import profile_of, read_profile
from generator.reading.find import find_content
from generator.reading.load import load_file
from generator.reading.model import PROFILES
from generator.reading.reader import read_content
from tests.conftest import ROOT
from tests.small import small_project


def plain_profile() -> dict[str, Any]:
    """The values of a profile's file, to be changed."""
    loaded = load_file(ROOT / "generator" / "profiles" / "shanghai.yml", "shanghai")
    assert loaded.tree
    return dict(loaded.tree.plain)


def test_profile_of_every_name_can_be_read() -> None:
    assert "shanghai" in PROFILES
    for name in PROFILES:
        assert read_profile(name).of(2000).dimensions.required


def test_profile_changes_its_dimensions_from_a_year_on() -> None:
    profile = read_profile("shanghai")
    assert profile.of(2023).dimensions.usual == profile.of(1999).dimensions.usual == ()
    assert profile.of(2024).dimensions.usual == profile.of(2030).dimensions.usual == ("成本指标",)


@pytest.mark.parametrize("key", sorted(plain_profile().keys() - {"years"}))
def test_any_measure_may_be_given_anew_from_a_year_on(key: str) -> None:
    """What is said first is said again from 2026 on: then the years between have no part in it."""
    plain = plain_profile()
    profile = profile_of(plain | {"years": [*plain["years"], {"from": "2026", key: plain[key]}]}, "test")
    assert getattr(profile.of(2026), key) == getattr(profile.of(2000), key)


def test_later_section_of_a_profile_keeps_what_an_earlier_one_gave() -> None:
    plain = plain_profile()
    later = {"from": "2026", "disclosure": {"days": "30"}}
    profile = profile_of(plain | {"years": [*plain["years"], later]}, "test")
    assert profile.of(2026).disclosure.days == 30
    assert profile.of(2026).disclosure.basis == profile.of(2025).disclosure.basis
    assert profile.of(2026).dimensions.usual == ("成本指标",)


def test_measure_of_a_year_is_what_its_forms_are_judged_by(tmp_path: Path) -> None:
    """20 points of execution from 2024 on: the forms of 2024 are said to differ, those of 2023 are not."""
    content, _ = read_content(find_content(small_project(tmp_path), tmp_path / "content")[0])
    assert content
    plain = plain_profile()
    plain["years"][-1]["scores"] = {"execution": "20"}
    found = [each for each in judge(content, profile_of(plain, "test"), None) if each.check.code == "execution-points"]
    assert {each.document: each.state for each in found} == {
        "unit/2023/evaluations": "passed",
        "unit/2024/evaluations": "fired",
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"grades": []}, "grades fall"),
        ({"grades": [{"least": "0", "labels": ["差"]}, {"least": "60", "labels": ["中"]}]}, "grades fall"),
        ({"grades": [{"least": "60", "labels": ["中"]}]}, "the last grade begins at 0"),
        ({"years": [{"from": "2024"}, {"from": "2024"}]}, "2024 does not"),
        ({"years": {"from": "2024", "scores": {"execution": "20"}}}, "years is a list of sections"),
        ({"years": [{"from": "2024", "scores": {"executoin": "20"}}]}, "scores.executoin"),
        ({"years": [{"from": "2024", "wieghts": {}}]}, "wieghts"),
        ({"rounding": {"places": "2", "ways": ["up"]}}, "rounding.ways"),
    ],
)
def test_profile_with_a_mistake_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        profile_of(plain_profile() | changes, "test")
