"""The schemas that editors' programs read say what the models say; the real language server speaks as `check` does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.editing.canonical import canonical
from generator.editing.editor_schema import SCHEMAS, schema_files
from generator.reading.fields import Model
from generator.reading.load import load_bytes
from generator.reading.model import Declaration, Evaluation, TargetsFacts
from tests.case import ACCEPTED, REFUSED, REMARKED, Case
from tests.conftest import ROOT
from tests.language_server.client import Json, LanguageServer, install
from tests.test_fmt import REAL

# What a schema can see; the rest is for `check`.
SEEN = frozenset(
    "missing-key unknown-key choice amount-form count-form date-form shape empty-value outer-blanks line-break "
    "duplicate-key yaml-syntax not-a-table".split()
)
# Days that do not exist, which a pattern lets pass; half a character; a file of nothing, where the server says nothing.
UNSEEN = {
    "declaration-date-no-such-day",
    "declaration-date-year-zero",
    "declaration-syntax-half-a-character-escaped",
    "declaration-table-nothing-written",
}


def test_schemas_in_the_repository_are_those_of_the_models() -> None:
    folder = ROOT / "docs" / "schema"
    made = dict(schema_files())
    assert {path.name: path.read_text("utf-8") for path in folder.glob("*.json")} == made, "make docs writes them anew"


def test_every_key_has_a_chinese_title() -> None:
    seen = 0
    for _, text in schema_files():
        for key, field in properties(json.loads(text)):
            assert re.search("[\u4e00-\u9fff]", field["title"]), key
            seen += 1
    assert seen > 100


def properties(schema: Json) -> Iterator[tuple[str, Json]]:
    for key, field in schema.get("properties", {}).items():
        yield key, field
        yield from properties(field)
        yield from properties(field.get("items", {}))


def test_settings_name_a_schema_for_each_file_and_nothing_of_the_net() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert sorted(settings["yaml.schemas"]) == sorted(f"docs/schema/{name}.json" for name, _, _ in SCHEMAS)
    assert settings["yaml.schemaStore.enable"] is False
    assert settings["yaml.kubernetesCRDStore.enable"] is False
    assert "http" not in json.dumps(settings)


# --- the real language server ---


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    running = LanguageServer(install(tmp_path_factory.mktemp("language-server") / "installed"), ROOT)
    yield running
    running.close()


@pytest.mark.needs("npm")
def test_language_server_is_silent_on_the_real_files(server: LanguageServer) -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path, _ in REAL}
    assert len(texts) > 40
    assert {file: found for file, found in server.findings(texts).items() if found} == {}


@pytest.mark.needs("npm")
def test_language_server_agrees_with_the_check_on_every_case(server: LanguageServer) -> None:
    cases: dict[str, Case] = {}
    texts: dict[str, str] = {}
    for number, case in enumerate((*ACCEPTED, *REFUSED, *REMARKED)):
        if case.home in ("", "content/site.yml") or is_no_text(case.path):
            continue
        file = case.home.replace("/unit/", f"/unit{number}/")
        cases[file], texts[file] = case, case.path.read_text("utf-8")
    found = server.findings(texts)
    seen = 0
    for file, case in cases.items():
        if case in ACCEPTED or case in REMARKED:
            assert not found[file] or not is_canonical(case.path), (case.name, found[file])
            continue
        for expected in case.expected:
            code, place = expected.split(" ")
            if code in SEEN and case.name not in UNSEEN:
                assert speaks_of(found[file], code, int(place.split(":")[0])), (case.name, expected, found[file])
                seen += 1
    assert seen > 120


def is_no_text(case: Path) -> bool:
    try:
        case.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def is_canonical(case: Path) -> bool:
    loaded = load_bytes(case.read_bytes(), case.name)
    assert loaded.tree
    models: dict[str, type[Model]] = {"evaluation": Evaluation, "declaration": Declaration, "disclosure": TargetsFacts}
    return canonical(models[case.name.split("-")[0]], loaded.tree) == loaded.text


def speaks_of(found: list[Json], code: str, line: int) -> bool:
    """A key that is missing may be told at the line above; a quote left open is found wherever it ends."""
    lines = [each["range"]["start"]["line"] + 1 for each in found]
    return bool(lines) if code == "yaml-syntax" else any(abs(each - line) <= 1 for each in lines)


@pytest.mark.needs("npm")
def test_language_server_says_our_words_and_offers_keys(server: LanguageServer) -> None:
    file, text = "content/x/2024/targets/01.yml", "funding:\n  unit: 千元\n  total: 一百\n"
    said = [each["message"] for each in server.findings({file: text})[file]]
    assert "应为数字，如 5,073,780.00 或 56.00" in said
    assert any("元" in message and "万元" in message for message in said)
    offered = server.offered(file, "name: 甲\n", line=1)
    assert {"nature", "department", "indicators"} <= set(offered)
    assert "项目性质" in offered["nature"]
