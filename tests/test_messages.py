"""What is said of each kind of problem, in Chinese and English: whole messages, kept under `golden/`.

After a change that is wanted: `GOLDEN=write make test`, and read the diff before committing it.
"""

import os

import pytest

from generator.words.problems import Language, say
from tests.case import REFUSED, REMARKED, REPUBLISHED, Case
from tests.conftest import ROOT


def first_cases() -> dict[str, Case]:
    """For each code that a case shows, the first case, by name, that shows nothing else, or else the first."""
    by_code: dict[str, Case] = {}
    for case in sorted((*REFUSED, *REMARKED, *REPUBLISHED), key=lambda case: (len(case.expected), case.path.name)):
        for code in case.codes:
            by_code.setdefault(code, case)
    return dict(sorted(by_code.items()))


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, str]:
    said: dict[Language, list[str]] = {"zh": [], "en": []}
    for code, case in first_cases().items():
        folder = tmp_path_factory.mktemp("case")
        checked = case.checked(folder, beside_published=case in REPUBLISHED)
        found = next(problem for problem in checked.problems if problem.code == code)
        line = None
        if found.place.line:
            text = (folder / "now" / found.place.file).read_bytes().decode("utf-8", "replace")
            line = text.split("\n")[found.place.line - 1]
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
