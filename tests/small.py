"""A small good project of one centre, and what a check finds in it, for tests that break one thing."""

from pathlib import Path

from generator.line.check import check_content
from generator.reading.settings import Settings
from generator.words.problems import Problem
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
GOOD = CASES / "good"
TARGETS = "content/unit/2024/targets"
EVALUATIONS = "content/unit/2023/evaluations"
SAME_YEAR = "content/unit/2024/evaluations"

# Each file of the project, and the good file it is a copy of.
FILES = {
    "content/site.yml": "site.yml",
    "content/unit/centre.yml": "centre.yml",
    f"{TARGETS}/disclosure.yml": "targets.yml",
    f"{TARGETS}/source.txt": "source.txt",
    f"{TARGETS}/01.yml": "declaration.yml",
    f"{TARGETS}/02.yml": "declaration.yml",
    f"{EVALUATIONS}/disclosure.yml": "evaluations.yml",
    f"{EVALUATIONS}/source.txt": "source.txt",
    f"{EVALUATIONS}/01.yml": "evaluation.yml",
    f"{EVALUATIONS}/02.yml": "evaluation.yml",
    f"{SAME_YEAR}/disclosure.yml": "evaluations-2024.yml",
    f"{SAME_YEAR}/source.txt": "source.txt",
    f"{SAME_YEAR}/01.yml": "evaluation-2024.yml",
}


def small_project(root: Path) -> Path:
    """Writes the project; two disclosures of two records each, one of one, without a mistake."""
    for file, good in FILES.items():
        data = (GOOD / good).read_bytes()
        if file.endswith("02.yml"):  # projects of a disclosure differ by name
            data = data.replace("科技服务".encode(), "科技普及".encode())
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(data)
    return root


def problems(root: Path) -> tuple[Problem, ...]:
    return check_content(Settings(root, "示例", None)).problems


def said(found: Problem, home: str = "") -> str:
    """`funding-sum 9:10`, with the file before the place when it is not `home`."""
    place = found.place
    file = "" if place.file == home else f"{place.file}:"
    return f"{found.code} {file}{place.line}:{place.column}"


def found_in(root: Path, home: str = "") -> list[str]:
    """All that a check of the project finds, sorted."""
    return sorted(said(found, home) for found in problems(root))
