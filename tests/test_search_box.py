"""The search box on every page as a reader uses it, in real Chromium under the strict policy."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.searching import ask, asked, count

pytestmark = pytest.mark.needs("chromium")


def test_slash_leads_to_the_box_and_arrows_to_a_form(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("国际孵化器活动")
    expect(page.get_by_role("option")).to_have_count(2)  # the form, and all results
    expect(page.locator("[data-find-said]")).to_have_text("找到 1 张表，按上下键选择")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/stic/2024/targets/03/")


def test_last_suggestion_and_enter_alone_lead_to_all_results(page: Page, address: str) -> None:
    page.goto(f"{address}/stic/2024/")
    page.keyboard.press("/")
    page.keyboard.type("孵化器")
    expect(page.get_by_role("option").last).to_have_text("查看全部 4 条结果")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("4")
    assert asked(page) == {"q": ["孵化器"]}

    page.goto(f"{address}/stic/2024/")
    page.keyboard.press("/")
    page.keyboard.type("孵化器")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("4")
    assert asked(page) == {"q": ["孵化器"]}


def test_escape_closes_the_suggestions_then_empties_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.keyboard.press("/")
    page.keyboard.type("孵化器")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("孵化器")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_value("")


def test_pages_fetch_the_search_only_when_the_box_is_used(page: Page, address: str) -> None:
    page.goto(f"{address}/about/", wait_until="networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)")
    assert [path for path in names if re.fullmatch("/assets/[0-9a-f]{12}/js/search/box.js", path)]
    assert not [path for path in names if path.startswith("/search/") or path.endswith("/index.js")]
    with page.expect_response("**/search/index.json"):
        page.keyboard.press("/")


def test_slash_is_a_letter_where_one_writes_and_can_be_turned_off(page: Page, address: str) -> None:
    ask(page, address)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")
    page.get_by_text("怎样检索").first.click()
    page.get_by_label("在任何一页按 / 键就到检索框").uncheck()
    page.goto(f"{address}/about/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).not_to_be_focused()
    ask(page, address)
    page.get_by_text("怎样检索").first.click()
    page.get_by_label("在任何一页按 / 键就到检索框").check()
    page.goto(f"{address}/about/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_what_is_listed_for_other_words_cannot_be_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/about/")
    field = page.locator("#find-query")
    field.fill("党建")
    expect(page.get_by_role("option")).not_to_have_count(0)
    field.fill("火灾报警")
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/search/?**")
    assert asked(page) == {"q": ["火灾报警"]}


def test_box_on_the_phone_opens_by_its_button(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/")
    expect(page.get_by_role("combobox")).to_be_hidden()
    page.get_by_role("button", name="检索").first.click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("绿色技术银行")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("main")).to_contain_text("绿色技术银行")
