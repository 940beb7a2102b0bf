"""A small project beside the same as it was published: the errors that a check finds in it."""

from pathlib import Path

from generator.commands.recall import read_published
from generator.line.check import check_content
from generator.reading.settings import Settings
from generator.words.problems import Language, Problem, Severity, say
from tests.small import TARGETS

RECORD = f"{TARGETS}/01.yml"
DOCUMENT = f"{TARGETS}/disclosure.yml"
AMENDED = """amendments:
  - date: 2024-06-20
    what: 场次减少。
    why: 任务调整
    approved_by: 示例局
    fields:
"""


def errors(root: Path, published: Path) -> list[Problem]:
    """What is found against what was published; forms that differ from other years' forms are no errors."""
    checked = check_content(Settings(root, "示例", None), published=read_published(str(published)))
    return [problem for problem in checked.problems if problem.entry.severity is Severity.ERROR]


def found(root: Path, published: Path) -> list[str]:
    """Code and place of each error: `code file:line:column`."""
    return [f"{problem.code} {problem.place}" for problem in errors(root, published)]


def messages(root: Path, published: Path, language: Language = "zh") -> list[str]:
    return [say(problem, None, language) for problem in errors(root, published)]
