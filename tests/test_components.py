"""Every part of the templates has an example beside it, which shows it; the page of all examples is not public."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from generator.pages.components import PARTS
from generator.words.urls import COMPONENTS
from tests import dom
from tests.conftest import ROOT, Built

NAMES = sorted(path.name.removesuffix(".md.j2") for path in PARTS.glob("*.md.j2"))


@pytest.fixture(scope="module")
def page(altered: Built) -> LexborNode:
    return dom.parse(altered.folder / COMPONENTS / "index.html")


def test_every_part_has_an_example_and_every_example_a_part() -> None:
    assert len(NAMES) > 15
    assert sorted(path.name.removesuffix(".example.j2") for path in PARTS.glob("*.example.j2")) == NAMES


@pytest.mark.parametrize("part", NAMES)
def test_example_uses_its_part(part: str) -> None:
    assert f'"parts/{part}.md.j2"' in (PARTS / f"{part}.example.j2").read_text("utf-8")


@pytest.mark.parametrize("part", NAMES)
def test_example_shows_something(page: LexborNode, part: str) -> None:
    (section,) = page.css(f'section[aria-labelledby="part-{part}"]')
    (title,) = section.css("h2.section__title")[:1]
    shown = section.css("script") if part == "dataset" else section.css("td, dd, p, li, a, svg, div.prose")
    assert len(shown) >= 1
    assert dom.text(title).startswith(part)


def test_tokens_are_all_shown(page: LexborNode) -> None:
    css = (ROOT / "theme_overrides/assets/css/tokens.css").read_text("utf-8")
    shown = {dom.text(code) for code in page.css(".colours__item code, .terms__word code")}
    assert {"--ink", "--seal", "--page-width", "--type-form"} <= shown
    assert len(shown) > 100
    assert all(f"{name}:" in css for name in shown)


def test_public_site_has_no_page_of_components(site: Path) -> None:
    assert not (site / COMPONENTS).exists()
    assert COMPONENTS not in (site / "help/map/index.html").read_text("utf-8")
