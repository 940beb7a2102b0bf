"""The Nu validator finds no error on any page of the built site."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import BROUGHT, Built

pytestmark = [pytest.mark.needs("java"), pytest.mark.needs("npm")]

VNU = BROUGHT / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors(*pages: Path) -> list[str]:
    """What the validator finds wrong, a line each. Its warnings are advice, some of it at odds with accessibility."""
    words = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--errors-only", *map(str, pages)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=True)
    found = json.loads(done.stderr)["messages"]
    return [f"{each['url']}:{each.get('lastLine')}: {each['message']}" for each in found if each["type"] != "info"]


def test_no_page_has_an_error(altered: Built) -> None:
    pages = sorted(altered.folder.rglob("*.html"))
    assert len(pages) > len(altered.plan.pages)
    assert errors(*pages) == []


def test_an_error_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="zh-CN"><title>t</title><p><h1>t</h1></p></html>', "utf-8")
    (found,) = errors(page)
    assert "No “p” element in scope" in found
