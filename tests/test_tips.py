"""Aids beside the form, in real Chromium: what a word means, an amount in its other unit, the citation."""

from itertools import product

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.test_axe import AXE, LOOKS, faults

pytestmark = pytest.mark.needs("chromium")

DECLARATION = "sstec/2024/targets/01/"
EVALUATION = "sstec/2023/evaluations/05/"


def tip(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def term(page: Page, word: str) -> Locator:
    return page.locator("[data-form]").get_by_role("button", name=word, exact=True).first


def test_keyboard_opens_and_closes_what_a_word_means(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    term(page, "项目资金总额").focus()
    page.keyboard.press("Tab")
    expect(term(page, "年度资金申请总额")).to_be_focused()
    means = "这一年为这个项目申请的全部资金，等于当年财政拨款、上年结转资金、其他资金三项之和。"
    expect(tip(page)).to_have_text(means)
    expect(term(page, "年度资金申请总额")).to_have_accessible_description(means)
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    expect(term(page, "年度资金申请总额")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Space")
    expect(tip(page)).to_be_hidden()


def test_leaving_a_word_by_keyboard_puts_its_tip_away(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    page.locator(".rows__index").first.focus()
    page.keyboard.press("Shift+Tab")
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(tip(page)).to_be_hidden()


def test_every_word_of_the_form_is_reached_and_told_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/{EVALUATION}")
    words = page.locator("[data-form] :is(.term, .amount)")
    count = words.count()
    assert count > 35
    for number in range(count):
        words.nth(number).focus()
        page.keyboard.press("Shift")  # so that focus counts as the keyboard's
        told = words.nth(number).get_attribute("data-tip")
        assert told
        expect(words.nth(number)).to_have_attribute("role", "button")
        expect(tip(page)).to_have_text(told)


def test_pointer_may_move_onto_a_tip_and_leaves_it_behind(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    term(page, "项目性质").hover()
    expect(tip(page)).to_contain_text("经常性项目每年都安排")
    tip(page).hover()
    page.wait_for_timeout(600)  # longer than a tip waits for the pointer
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    term(page, "项目类别").hover()
    expect(tip(page)).to_be_visible()
    page.mouse.move(2, 2)
    expect(tip(page)).to_be_hidden()


@pytest.mark.parametrize("width", [390, 320])
def test_tap_shows_a_tip_within_the_screen_and_a_second_puts_it_away(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/{EVALUATION}")
    for word in (term(page, "全年执行数"), term(page, "偏差原因分析及改进措施"), page.locator(".amount").last):
        if not word.is_visible():  # a column's head, which cards do without
            continue
        word.tap()
        expect(tip(page)).to_be_visible()
        box = tip(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        word.tap()
        expect(tip(page)).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("path", "printed", "told"),
    [
        (DECLARATION, "5,073,780.00", "合 507.378 万元"),
        ("sgst/2024/targets/02/", "3,227,018.00", "合 322.7018 万元"),
        (EVALUATION, "415.18", "合 4,151,800.00 元"),
    ],
)
def test_amount_is_told_in_its_other_unit(page: Page, address: str, path: str, printed: str, told: str) -> None:
    page.goto(f"{address}/{path}")
    page.locator("[data-form] .amount", has_text=printed).first.hover()
    expect(tip(page)).to_have_text(told)


def test_nothing_is_nothing_in_any_unit(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    texts = page.locator("[data-form] .amount").all_inner_texts()
    assert texts
    assert "0.00" not in texts


def test_copied_cells_hold_the_printed_words(page: Page, address: str) -> None:
    page.goto(f"{address}/{EVALUATION}")
    copy = "cell => { getSelection().selectAllChildren(cell); return String(getSelection()).trim(); }"
    row = page.locator("#i10")
    assert [row.locator("th, td").nth(cell).evaluate(copy) for cell in range(4)] == [
        "在线填报审计报告数量", "≥500(份)", "1467.00(份)", "2.00",
    ]  # fmt: skip
    assert page.locator("#i16 .rows__level1").evaluate(copy) == ""  # repeated for rows that go on
    assert page.locator("#budget .amount").first.evaluate(copy) == "439.02"
    assert page.locator("#budget .lost").evaluate(copy) == "9.45"
    page.goto(f"{address}/{DECLARATION}")
    assert page.locator("#funding td").first.evaluate(copy) == ""  # the form is blank there


def test_without_script_a_word_leads_to_what_it_means(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{DECLARATION}")
    page.locator("[data-form]").get_by_role("link", name="项目资金总额").click()
    expect(page).to_have_url(f"{address}/{DECLARATION}#term-project-funding-total")
    expect(page.locator("#term-project-funding-total")).to_be_in_viewport()
    page.get_by_role("link", name="全部名词解释").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("名词解释")
    context.close()


def test_citation_is_copied_with_the_readers_day(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.clock.set_fixed_time("2026-03-09T08:00:00")
    page.goto(f"{address}/{DECLARATION}")
    page.get_by_text("引用本表").click()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("status").filter(has_text="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "上海科学技术交流中心. 国内外科技合作交流：财政项目支出绩效目标申报表（2024年度）[EB/OL]. "
        "[2026-03-09]. sstec/2024/targets/01/."
    )
    context.close()


def test_print_button_prints_the_form_alone(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => {}")
    page.goto(f"{address}/{EVALUATION}")
    page.emulate_media(media="print")
    expect(page.locator(".story")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="打印本表").click()
    page.emulate_media(media="print")
    expect(page.locator(".story")).to_be_hidden()
    expect(page.locator("[data-form]")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".story")).to_be_visible()


@pytest.mark.needs("npm")
@pytest.mark.parametrize("path", [DECLARATION, EVALUATION])
def test_open_aids_have_no_fault(browser: Browser, address: str, path: str) -> None:
    """axe-core over a page with a tip and the citation open, in every look and at the narrowest screen."""
    context = browser.new_context()
    context.add_init_script(path=AXE)
    page = context.new_page()
    for width, (scheme, forced) in product((1280, 320), LOOKS):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
        page.goto(f"{address}/{path}")
        page.get_by_text("引用本表").click()
        term(page, "项目名称").click()
        expect(tip(page)).to_be_visible()
        assert faults(page) == []
    context.close()
