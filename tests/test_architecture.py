"""The order of the modules is the law, and each library has its room."""

import ast
from pathlib import Path

from generator import FENCE, FLOORS, HANDLES, ORDER
from tests.conftest import ROOT

GENERATOR = ROOT / "generator"
BELOW_FENCE_MAY_USE = {
    "words.place",
    "words.problems",
    "words.urls",
    "reading.settings",
    "facts.shell",
    "exports.compress",
}
ROOMS = {
    "yaml": {"reading.load", "reading.syntax", "editing.comments"},
    "jinja2": {"line.compiled", "pages.environment", "pages.render", "exports.plain"},
    "markdown_it": {"words.prose", "pages.handbook", "site.stamp"},
    "pydantic": {
        "reading.fields",
        "reading.model",
        "reading.shapes",
        "reading.validate",
        "reading.content",
        "editing.editor_schema",
        "editing.cms_config",
        "profiles.measures",
        "profiles.profile",
        "facts.glossary",
        "exports.record_schema",
    },
    "xlsxwriter": {"exports.workbook_frame"},
    "sqlite3": {"exports.database"},
    "deflate": {"exports.compress"},
}
# Names under which anything would find a place.
LUMBER = {"utils", "helpers", "common", "core", "base", "manager", "misc"}


def module_of(file: Path) -> str:
    """`generator/rules/dates.py` → `rules.dates`."""
    return ".".join(file.relative_to(GENERATOR).with_suffix("").parts)


def imports(file: Path) -> set[str]:
    """Every module named in a file's imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def own_modules(file: Path) -> set[str]:
    """The modules of the generator that a file imports."""
    return {name.removeprefix("generator.") for name in imports(file)} & set(ORDER)


def files() -> list[Path]:
    """Every module, but for the doors: `__main__` and the folders' `__init__`."""
    found = [file for file in sorted(GENERATOR.rglob("*.py")) if file.name not in ("__init__.py", "__main__.py")]
    assert len(found) > 20, "the sweep looked at next to nothing"
    return found


def test_order_names_every_module_once() -> None:
    assert sorted(ORDER) == sorted(module_of(file) for file in files())


def test_floors_are_the_folders_two_deep() -> None:
    holding = {file.parent for file in GENERATOR.rglob("*.py")} - {GENERATOR}
    assert {folder.relative_to(GENERATOR).as_posix() for folder in holding} == {
        floor for floor, rooms in FLOORS.items() if rooms
    }


def test_door_of_a_folder_only_says_what_it_is() -> None:
    for floor, rooms in FLOORS.items():
        if rooms:
            door = GENERATOR / floor / "__init__.py"
            assert door.read_text("utf-8") == f'"""{ast.get_docstring(ast.parse(door.read_bytes()))}"""\n', floor


def test_module_imports_only_from_above() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files()
        for name in own_modules(file)
        if ORDER.index(name) >= ORDER.index(module_of(file))
    ]
    assert wrong == []


def test_below_the_fence_nothing_knows_a_record() -> None:
    fence = ORDER.index(FENCE)
    below = [file for file in files() if ORDER.index(module_of(file)) >= fence and module_of(file) not in HANDLES]
    assert len(below) >= 4
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in below
        for name in own_modules(file)
        if ORDER.index(name) < fence and name not in BELOW_FENCE_MAY_USE
    ]
    assert wrong == []


def test_libraries_stay_in_their_rooms() -> None:
    for library, rooms in ROOMS.items():
        users = {module_of(file) for file in files() if any(name.split(".")[0] == library for name in imports(file))}
        assert users == rooms, library


def test_engine_is_a_program_never_imported() -> None:
    for file in files():
        assert not any(name.split(".")[0] in ("mkdocs", "material") for name in imports(file)), file


def test_no_room_is_a_lumber_room() -> None:
    assert not LUMBER & {word for name in ORDER for word in name.split(".")}


def test_no_room_is_called_as_a_floor_is() -> None:
    assert not set(FLOORS) & {room for rooms in FLOORS.values() for room in rooms}
