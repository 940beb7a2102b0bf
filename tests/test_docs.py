"""What the documents say of the product is true of it."""

import importlib
import pkgutil
import re

import pytest

import generator
from generator.checks.catalogue import CATALOGUE, problems_page
from generator.words.problems import Entry
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "editing.zh-CN.md").read_text("utf-8")


def entries() -> dict[str, Entry]:
    """Every kind of problem that a module of the generator declares, by its code."""
    names = [found.name for found in pkgutil.walk_packages(generator.__path__, "generator.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Entry)]
    return {entry.code: entry for entry in found}


def test_catalogue_holds_every_kind_of_problem_once() -> None:
    listed = [entry.code for section in CATALOGUE for entry in section.entries]
    assert len(listed) > 70
    assert sorted(listed) == sorted(entries())


def test_page_of_problems_is_the_catalogue_as_it_is() -> None:
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == problems_page(), "make docs writes it anew"


def test_guide_leads_to_the_page_of_problems() -> None:
    assert "](problems.md)" in GUIDE


def test_codes_that_the_guide_names_exist() -> None:
    named = set(re.findall(r"\[([a-z0-9]+(?:-[a-z0-9]+)+)\]", GUIDE))
    assert len(named) > 5
    assert named - set(entries()) == set()


def test_codes_of_problems_are_unique() -> None:
    names = [found.name for found in pkgutil.walk_packages(generator.__path__, "generator.")]
    declared: dict[str, int] = {}
    for name in names:
        if name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Entry):
                assert declared.setdefault(value.code, id(value)) == id(value), value.code


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/editing.zh-CN.md"])
def test_make_targets_that_a_page_names_exist(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text("utf-8")))
    assert named
    assert named <= set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/**/*.md")))
def test_links_of_a_page_lead_to_files(page: str) -> None:
    folder = (ROOT / page).parent
    for address in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text("utf-8")):
        assert (folder / address).exists(), address


def test_rooms_are_those_of_the_house() -> None:
    page = (ROOT / "docs" / "rooms.md").read_text("utf-8")
    floors = [floor.split("\n", 1) for floor in page.split("\n## ")[1:]]
    told = {title: re.findall(r"^\| `([a-z_]+)` \| \S", rooms, re.MULTILINE) for title, rooms in floors}
    assert told == generator.FLOORS
    assert list(told) == list(generator.FLOORS)
    for title, rooms in floors:
        if told[title]:
            assert rooms.split("\n")[1] == importlib.import_module(f"generator.{title}").__doc__
