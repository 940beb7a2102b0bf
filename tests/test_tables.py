"""Tables of documents, centres and years in real Chromium: sorted and filtered by keyboard, whole without script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.words.urls import project_url

pytestmark = pytest.mark.needs("chromium")

PAGES = (
    "",
    "sstec/",
    "sstec/2024/",
    "sstec/2024/targets/",
    "sstec/2023/evaluations/",
    "sstec/projects/",
    project_url("sstec", "国内外科技合作交流"),
    "projects/",
    "years/",
    "years/2023/",
    "years/2024/",
)


def shown(page: Page) -> list[str]:
    """The names of the projects in sight, in their order."""
    return page.locator("#forms tbody tr:visible .list__name a:first-child").all_inner_texts()


def test_keyboard_sorts_by_every_column_and_says_which(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    heads = page.locator("#forms th[aria-sort]")
    assert heads.count() == 8
    for place in range(heads.count()):
        head, button = heads.nth(place), heads.nth(place).get_by_role("button")
        button.focus()
        was = head.get_attribute("aria-sort")
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", "descending" if was == "ascending" else "ascending")
        page.keyboard.press("Space")
        expect(head).to_have_attribute("aria-sort", "ascending" if was == "ascending" else "descending")
        assert page.locator("#forms th:not([aria-sort=none])[aria-sort]").count() == 1


def test_sort_is_by_number_where_there_are_numbers(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2023/evaluations/")
    page.get_by_role("button", name="总分").press("Enter")
    scores = page.locator("#forms tbody td[data-label=总分]").all_inner_texts()
    assert scores == ["99.00", "99.45", "99.60", "99.65", "99.86", "99.86"]
    page.get_by_role("button", name="执行率").press("Enter")
    rates = page.locator("#forms tbody td[data-label='执行率%']").all_inner_texts()
    assert rates == ["94.56", "96.05", "96.56", "98.60", "98.67", "100.00"]


def test_filters_narrow_the_table_and_say_count_and_sum(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    count = page.locator("[role=status][data-shown]")
    expect(count).to_have_text("显示 8 / 8 个项目")
    page.get_by_label("项目名称含").press_sequentially("信息化")
    expect(count).to_have_text("显示 2 / 8 个项目，年度资金 2,013,120.00 元")
    assert shown(page) == ["信息化运维项目", "信息化建设项目"]
    page.get_by_label("项目性质").select_option("其他经常性项目")
    expect(count).to_have_text("显示 1 / 8 个项目，年度资金 211,960.00 元")
    page.get_by_label("项目名称含").fill("")
    page.get_by_label("项目性质").select_option("")
    page.get_by_label("资金来源", exact=True).select_option("其他资金")
    expect(count).to_have_text("显示 1 / 8 个项目，年度资金 39,000,000.00 元")
    page.get_by_label("资金来源", exact=True).select_option("")
    expect(count).to_have_text("显示 8 / 8 个项目，年度资金 48,551,900.00 元")


def test_filter_that_nothing_fits_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    page.get_by_label("项目名称含").fill("没有这样的项目")
    expect(page.locator("[role=status][data-shown]")).to_have_text("显示 0 / 8 个项目，年度资金 0.00 元")
    assert shown(page) == []


def test_total_names_what_it_totals_whatever_is_filtered(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    page.get_by_label("项目类别").select_option("其他运转类")
    assert shown(page) == ["信息化运维项目"]
    total = page.locator("#forms tfoot tr")
    expect(total).to_contain_text("全部 8 个项目合计")
    expect(total).to_contain_text("48,551,900.00")


def test_sorting_keeps_what_is_filtered(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    page.get_by_label("项目名称含").fill("信息化")
    amount = page.get_by_role("button", name="年度资金（元）")
    amount.press("Enter")
    amount.press("Enter")
    assert shown(page) == ["信息化建设项目", "信息化运维项目"]


def test_table_is_whole_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/stic/2024/targets/")
    expect(page.locator("#forms tbody tr:visible")).to_have_count(13)
    expect(page.locator(".filter")).to_be_hidden()
    page.goto(f"{address}/{project_url('sstec', '国内外科技合作交流')}")
    assert page.locator(".pairs tbody tr:visible").count() == 48
    context.close()


@pytest.mark.parametrize("width", [320, 390, 700, 1000, 1280])
def test_pages_do_not_scroll_sideways(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{address}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    context.close()


def test_changes_are_said_in_words_beside_the_values(page: Page, address: str) -> None:
    page.goto(f"{address}/{project_url('sstec', '国内外科技合作交流')}")
    row = page.locator(".pairs tbody tr").filter(has_text=re.compile("编制工作简报"))
    expect(row).to_have_count(1)
    expect(row.locator("td").nth(0)).to_contain_text("=2.00(篇)")
    expect(row.locator("td").nth(1)).to_contain_text("≥2.00(条)")
    expect(row.locator(".tag")).to_have_text(["名称相近", "单位改变"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_follow_the_scheme(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/years/2024/")
    fill = page.locator(".bar__grant").first.evaluate("bar => getComputedStyle(bar).fill")
    assert fill == {"light": "rgb(28, 96, 143)", "dark": "rgb(108, 176, 222)"}[scheme]
    context.close()


def test_bars_and_figures_stand_on_paper(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    page.emulate_media(media="print")
    expect(page.locator(".chart .bar").first).to_be_visible()
    expect(page.locator(".chart .figures").first).to_be_visible()
    expect(page.locator(".filter")).to_be_hidden()
    name = page.locator("#forms .list__name").first.bounding_box()
    assert name
    assert name["width"] > 100
