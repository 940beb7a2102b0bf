"""The order of the modules is the law, and each library has its room."""

import ast
from pathlib import Path

from generator import FENCE, HANDLES, ORDER
from tests.conftest import ROOT

GENERATOR = ROOT / "generator"
BELOW_FENCE_MAY_USE = {"place", "policy", "problems", "urls", "shell", "settings", "compress"}
ROOMS = {
    "yaml": {"load", "syntax", "comments"},
    "jinja2": {"compiled", "environment", "render", "plain"},
    "markdown_it": {"prose", "handbook", "stamp"},
    "pydantic": {
        "fields",
        "model",
        "shapes",
        "editor_schema",
        "cms_config",
        "validate",
        "content",
        "measures",
        "profile",
        "glossary",
        "record_schema",
    },
    "xlsxwriter": {"workbook_frame"},
    "sqlite3": {"database"},
    "deflate": {"compress"},
}


def module_of(file: Path) -> str:
    """`generator/rules/dates.py` → `rules`."""
    return file.relative_to(GENERATOR).parts[0].removesuffix(".py")


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
    names = {name.split(".")[1] for name in imports(file) if name.startswith("generator.")}
    return {name for name in names if name in ORDER}


def files() -> list[Path]:
    found = [file for file in sorted(GENERATOR.rglob("*.py")) if file.name != "__main__.py" and file.parent != ROOT]
    assert len(found) > 20, "the sweep looked at next to nothing"
    return [file for file in found if file != GENERATOR / "__init__.py"]


def test_order_names_every_module_once() -> None:
    assert sorted(ORDER) == sorted({module_of(file) for file in files()})


def test_module_imports_only_from_above() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files()
        for name in own_modules(file)
        if ORDER.index(name) >= ORDER.index(module_of(file))
        and not (module_of(file) == name and file.parent != GENERATOR)
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
    assert not {"utils", "helpers", "common", "core", "base", "manager", "misc"} & set(ORDER)
