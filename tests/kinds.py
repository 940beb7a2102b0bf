"""One page of every kind that the plan names, and the extremes: what the tests of the reader's pages look at."""

from collections.abc import Sequence

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from generator.facts.page import HAND_WRITTEN, Page
from generator.pages.plan import Plan
from generator.reading.content import Record
from generator.words.urls import SEARCH

ERROR_PAGE = "404.html"


def kinds(plan: Plan) -> dict[str, str]:
    """Name → URL: the first page of each template, every hand-written page, the longest form of each kind, the one
    that was altered most, the error page."""
    first = {page.template: page.url for page in reversed(plan.pages) if page.template != HAND_WRITTEN}
    found = {template: first[template] for template in sorted(first)}
    for template in ("declaration", "evaluation"):
        forms = [page for page in plan.pages if page.template == template]
        found[f"longest {template}"] = max(forms, key=lambda page: len(_record(page).form.indicators)).url
        found[f"altered {template}"] = max(forms, key=lambda page: len(_alterations(page))).url
    found |= {f"by hand: {page.url}": page.url for page in plan.pages if page.template == HAND_WRITTEN}
    found["error"] = ERROR_PAGE
    by_url = {url: name for name, url in reversed(found.items())}  # a page may be an extreme twice
    return {name: url for url, name in reversed(by_url.items())}


def visit(tab: Tab, address: str, url: str) -> None:
    """Open a page and wait until it is as a reader gets it; only the search has more to say than it came with."""
    tab.goto(f"{address}/{url}")
    if url == SEARCH:
        expect(tab.locator("[data-search=said]")).to_contain_text("找到", timeout=15_000)


def _record(page: Page) -> Record:
    record = page.inputs["record"]
    assert isinstance(record, Record)
    return record


def _alterations(page: Page) -> Sequence[object]:
    form = _record(page).form
    return (*form.amendments, *form.corrections)
