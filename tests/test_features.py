"""Styles and scripts in the browsers of the last four years: what these lack is listed, with what happens without it.

docs/quality.md holds the list; the facts are MDN's browser-compat-data. WeChat's own browser is a Chromium 107.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BROUGHT, ROOT

pytestmark = pytest.mark.needs("npm")

FLOOR = {"chrome": 107, "firefox": 107, "safari": 16.1}
STYLES = sorted((ROOT / "theme_overrides" / "assets" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "theme_overrides").rglob("*.js"))
# Names in scripts that come after the floor; what is not here is older, or new to us.
NEWER = (
    "DecompressionStream|checkVisibility|toSorted|toReversed|toSpliced|groupBy|withResolvers|fromAsync|isSubsetOf|"
    "showPopover|togglePopover|popover|startViewTransition|Segmenter|scheduler|inert|closedBy|structuredClone|"
    "requestIdleCallback|URLPattern|CSSStyleSheet|adoptedStyleSheets|setHTML|Temporal|URL.parse|canParse"
)


@pytest.fixture(scope="module")
def known() -> Any:
    return json.loads((BROUGHT / "@mdn" / "browser-compat-data" / "data.json").read_text("utf-8"))


def is_missing(entry: Any) -> bool:
    """Whether a browser of the floor does not know something without a flag or a prefix."""
    for browser, floor in FLOOR.items():
        statements = entry["__compat"]["support"].get(browser, [])
        versions = [
            float(found["version_added"].lstrip("≤"))
            for found in (statements if isinstance(statements, list) else [statements])
            if not found.keys() & {"flags", "prefix", "alternative_name"}
            and re.fullmatch(r"≤?[0-9.]+", str(found["version_added"]))
        ]
        if not versions or min(versions) > floor:
            return True
    return False


def named(tree: Any, name: str) -> Iterator[Any]:
    """Entries of a name anywhere in a tree of entries."""
    for key, entry in tree.items():
        if isinstance(entry, dict) and key != "__compat":
            if key == name and "__compat" in entry:
                yield entry
            yield from named(entry, name)


def of_rules(css: str, known: Any) -> Iterator[tuple[str, Any]]:
    """What stands before the braces: how it is named here, its entry."""
    for prelude in re.findall(r"([^{};]+)\{", css):
        media = prelude.strip().startswith("@media")
        for name in re.findall(r"\(([a-z-]+):" if media else r"::?([a-z-]+)", prelude):
            entry = (known["css"]["at-rules"]["media"] if media else known["css"]["selectors"]).get(name)
            if entry:
                yield (f"@media ({name})" if media else f":{name}"), entry


def of_declarations(css: str, known: Any) -> Iterator[tuple[str, Any]]:
    """Properties, the words and functions of their values: how each is named here, its entry."""
    for name, value in re.findall(r"([a-z-]+)\s*:\s*([^;{}]+)[;}]", css):
        entry = known["css"]["properties"].get(name, {})
        if entry:
            yield name, entry
        for word in re.findall(r"[a-z][a-z-]*(?![a-z(-])", re.sub(r"var\([^)]*\)|\"[^\"]*\"", "", value)):
            if "__compat" in entry.get(word, {}):
                yield f"{name}: {word}", entry[word]
        for function in re.findall(r"([a-z-]+)\(", value):
            for found in named(known["css"]["types"], function):
                yield f"{function}()", found
        if name == "content" and re.search(r"\"\s*/\s*\"", value):
            yield 'content: "" / ""', entry["alt_text"]


def used(file: Path, known: Any) -> Iterator[tuple[str, Any]]:
    """Every feature of a style sheet that the data know."""
    css = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    yield from of_rules(css, known)
    yield from of_declarations(css, known)


def listed() -> set[str]:
    """The features of docs/quality.md, each in the first cell of a row."""
    text = (ROOT / "docs" / "quality.md").read_text("utf-8")
    table = text.partition("## Browsers")[2].partition("\n## ")[0]
    return {
        feature
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for feature in re.findall(r"`([^`]+)`", row)
    }


def test_features_that_the_floor_lacks_are_listed(known: Any) -> None:
    missing: dict[str, list[str]] = {}
    looked_at = 0
    for file in STYLES:
        for name, entry in used(file, known):
            looked_at += 1
            if is_missing(entry):
                missing.setdefault(name, []).append(file.name)
    scripts = {name: file.name for file in SCRIPTS for name in re.findall(rf"\b({NEWER})\b", file.read_text("utf-8"))}
    found = {name for name in missing if name.partition(": ")[0] not in missing.keys() - {name}} | scripts.keys()
    assert looked_at > 1500
    assert sorted(found) == sorted(listed())


def test_words_for_readers_that_speak_do_not_take_the_sign_away() -> None:
    """A browser without `content: "▾" / "…"` drops the whole declaration: the sign alone stands before it."""
    styles = "".join(file.read_text("utf-8") for file in STYLES)
    spoken = re.findall(r'content: ("[^"]*") / "', styles)
    assert len(spoken) >= 8
    assert re.findall(r'content: ("[^"]*"); content: \1 / "', styles) == spoken
