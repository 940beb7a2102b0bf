"""The editors' guide on the site is the one in the repository, with its pictures."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.pages.handbook import GUIDE, pictures, read_guide
from tests.conftest import Serve

TEXT = GUIDE.read_text("utf-8")


def test_guide_shows_every_picture_that_there_is() -> None:
    shown = re.findall(r"!\[[^]]+\]\(images/editing/([a-z-]+\.png)\)", TEXT)
    assert len(shown) > 2
    assert sorted(shown) == [path.name for path in pictures()]


def test_sections_of_the_page_are_those_of_the_guide() -> None:
    guide = read_guide()
    assert [section.title for section in guide.sections] == re.findall("^## (.+)$", TEXT, re.MULTILINE)
    assert all(f'id="{section.anchor}"' in guide.html for section in guide.sections)


def test_page_leads_to_no_file_of_the_repository() -> None:
    links = re.findall('href="([^"]+)"', read_guide().html)
    assert links
    assert [link for link in links if link.endswith(".md")] == []
    assert "../checks/" in links


def test_examples_keep_their_lines_and_indents() -> None:
    assert "funding:&#10;  total: &quot;15,000.00&quot;&#10;" in read_guide().html


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1280, 320])
def test_page_shows_its_pictures_and_fits(site: Path, serve: Serve, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{serve(site)}/help/editing/")
    expect(page.locator("h1")).to_have_text("编辑指南")
    for picture in page.locator("article img").all():
        picture.scroll_into_view_if_needed()  # it is fetched when a reader comes near
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 500
        assert picture.get_attribute("alt")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".toc__link").first.click()
    assert page.url.endswith("#s01")
    page.close()
