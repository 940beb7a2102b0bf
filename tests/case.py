"""Cases: projects with one mistake, or with what comes close to one, and what must be found in them.

A case is a file that takes the place of one of the small good project, named by the beginning of its
name, or a folder whose `content/` is laid over that project. What must be found stands in the file's
first line, a comment, or in the folder's `found.txt`: `code line:column`, several parted by `; `
(0:0 is the file as a whole); for a folder each place begins with its file. A folder may also say what
was published before, as `published/`, laid over the small project likewise.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.commands.recall import read_published
from generator.line.check import Checked, check_content
from generator.reading.settings import Settings
from generator.words.problems import Problem
from tests.small import CASES, EVALUATIONS, SAME_YEAR, TARGETS, said, small_project

# The longest beginning of a case's name counts.
HOMES = {
    "declaration-": f"{TARGETS}/02.yml",
    "evaluation-": f"{EVALUATIONS}/02.yml",
    "evaluation-same-year-": f"{SAME_YEAR}/01.yml",
    "disclosure-": f"{TARGETS}/disclosure.yml",
    "disclosure-evaluations-": f"{EVALUATIONS}/disclosure.yml",
    "centre-": "content/unit/centre.yml",
    "site-": "content/site.yml",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A case, by its path under `tests/cases`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def home(self) -> str:
        """The file that the case takes the place of; "" for a folder, which has several."""
        if self.path.is_dir():
            return ""
        return HOMES[max((start for start in HOMES if self.path.name.startswith(start)), key=len)]

    @property
    def files(self) -> list[str]:
        """The files of the project that are the case's."""
        if self.home:
            return [self.home]
        return sorted(file.relative_to(self.path).as_posix() for file in self.path.glob("content/**/*.*"))

    @property
    def expected(self) -> list[str]:
        """What must be found: `code line:column`, of a folder `code file:line:column`."""
        if self.path.is_dir():
            return sorted((self.path / "found.txt").read_text("utf-8").strip().split("; "))
        first = self.path.read_bytes().split(b"\n", 1)[0].decode()
        assert first.startswith("# "), f"{self.name} does not say what is expected of it"
        return sorted(first.removeprefix("# ").split("; "))

    @property
    def codes(self) -> set[str]:
        return {place.split(" ")[0] for place in self.expected}

    def project(self, folder: Path) -> Path:
        """The small project with the case in its place, byte for byte."""
        root = small_project(folder)
        if self.home:
            (root / self.home).write_bytes(self.path.read_bytes())
        else:
            shutil.copytree(self.path / "content", root / "content", dirs_exist_ok=True)
        return root

    def published(self, folder: Path) -> Path:
        """What was published before: the small project, with the case's changes of it, if it has some."""
        root = small_project(folder)
        if (before := self.path / "published").is_dir():
            shutil.copytree(before, root / "content", dirs_exist_ok=True)
        return root

    def checked(self, folder: Path, *, beside_published: bool = False) -> Checked:
        """A check of the case; with `beside_published`, against what was published before."""
        before = read_published(str(self.published(folder / "published"))) if beside_published else None
        return check_content(Settings(self.project(folder / "now"), "示例", None), published=before)

    def said(self, problem: Problem) -> str:
        """A finding as `expected` says it."""
        return said(problem, self.home)


def cases_of(kind: str) -> list[Case]:
    """The cases of one folder of `tests/cases`, by name."""
    return [Case(path) for path in sorted((CASES / kind).iterdir())]


def with_case(folder: Path, path: Path) -> Path:
    """The small project with the case at `path` in its place."""
    return Case(path).project(folder)


def named(cases: list[Case]) -> list[object]:
    """Cases as the parameters of a test."""
    return [pytest.param(each, id=each.name) for each in cases]


REFUSED = cases_of("refused")
REMARKED = cases_of("remarked")
ACCEPTED = cases_of("accepted")
REPUBLISHED = cases_of("republished")
TOLD = cases_of("told")
