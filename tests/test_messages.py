"""What is said of each kind of problem, in Chinese and English: whole messages, kept under `golden/`.

After a change that is wanted: `GOLDEN=write make test`, and read the diff before committing it.
"""

import os
from pathlib import Path

import pytest

from generator.problems import Language, say
from tests.conftest import ROOT
from tests.small import problems
from tests.test_refused import REFUSED, REMARKED, expected_of, with_case


def first_cases() -> dict[str, Path]:
    """For each code that a case shows, the first case, by name, that shows nothing else, or else the first."""
    by_code: dict[str, Path] = {}
    for case in sorted((*REFUSED, *REMARKED), key=lambda case: (len(expected_of(case)), case.name)):
        for place in expected_of(case):
            by_code.setdefault(place.split(" ")[0], case)
    return dict(sorted(by_code.items()))


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, str]:
    said: dict[Language, list[str]] = {"zh": [], "en": []}
    for code, case in first_cases().items():
        root = with_case(tmp_path_factory.mktemp("case"), case)
        found = next(problem for problem in problems(root) if problem.code == code)
        lines = (root / found.place.file).read_text("utf-8").split("\n")
        line = lines[found.place.line - 1] if found.place.line else None
        for language, texts in said.items():
            texts.append(say(found, line, language))
    return {language: "\n\n".join(texts) + "\n" for language, texts in said.items()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_messages_are_said_as_agreed(messages: dict[Language, str], language: Language) -> None:
    kept = ROOT / "tests" / "golden" / f"messages.{language}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.write_text(messages[language], "utf-8")
    assert messages[language].count("\n\n") > 60, "the sweep looked at next to nothing"
    assert messages[language] == kept.read_text("utf-8")


def test_messages_of_either_language_hold_no_open_fact(messages: dict[Language, str]) -> None:
    for text in messages.values():
        for head in (line for line in text.split("\n") if line.startswith("content/")):
            assert "{" not in head
