"""A reader at the search page: asks, and sees what was found."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect


def ask(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/search/{query}")
    expect(count(page)).to_be_visible()


def count(page: Page) -> Locator:
    return page.locator("[data-search-count]")


def ids(page: Page) -> list[str]:
    expect(count(page)).to_be_visible()
    return [str(hit.get_attribute("data-record-id")) for hit in page.locator("[data-record-id]").all()]


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)
