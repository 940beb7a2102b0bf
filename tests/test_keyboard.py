"""The site by keyboard alone: nothing is out of reach, focus is always seen, what is closed is out of the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import Built, Serve
from tests.kinds import kinds, visit

pytestmark = pytest.mark.needs("chromium")

DESK = 1280
# 200 % and 400 % of a window of 1280, and a phone
PHONES = (640, 390, 320)
STOPS = 400
DECLARATION = "sstec/2024/targets/01/"
LIST = "sstec/2024/targets/"

# Where focus is: what is wrong with it, or null when it left the page. A field without a look of its own shows focus
# at its label.
FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const wrong = [];
  const ringed = [node, node.closest("label")].some((part) => {
    if (!part) return false;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== "rgba(0, 0, 0, 0)";
  });
  if (!ringed) wrong.push("no ring");
  if (node.closest("[hidden], [inert]")) wrong.push("inside something closed");
  if (!node.checkVisibility({ visibilityProperty: true })) wrong.push("not shown");
  const shown = node.closest("label") ?? node;
  const { left, top, right, bottom } = shown.getClientRects()[0];
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const there = document.elementFromPoint(x, y);
  const seen = there && (shown.contains(there) || there.contains(shown));
  if (!seen) wrong.push(`covered by ${there?.outerHTML.slice(0, 60)}`);
  const name = node.getAttribute("aria-label") ?? node.textContent.trim().slice(0, 30);
  return { name: `<${node.localName}> ${name || node.name}`, wrong };
}"""


@pytest.fixture(scope="module")
def address(altered: Built, serve: Serve) -> str:
    return serve(altered.folder)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One page for the module, its files in the browser's cache. Nothing moves, so all is where it ends."""
    context = browser.new_context(viewport={"width": DESK, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    yield tab
    tab.set_viewport_size({"width": DESK, "height": 800})


def walk(page: Page) -> list[str]:
    """Tab through a page; the names of all stops. Each must be seen, ringed and open."""
    stops: list[str] = []
    while len(stops) < STOPS:
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None:
            return stops
        assert found["wrong"] == [], f"{page.url} at {page.viewport_size}: stop {len(stops) + 1}, {found}"
        stops.append(found["name"])
    raise AssertionError(f"{page.url}: focus never leaves the page")


@pytest.mark.parametrize("width", [DESK, *PHONES])
def test_focus_is_seen_at_every_stop(altered: Built, address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    walked = 0
    for url in kinds(altered.plan).values():
        visit(page, address, url)
        stops = walk(page)
        assert stops[0] == "<a> 跳到正文", url
        walked += len(stops)
    assert walked > 500


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def test_skip_link_leads_past_the_header(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("跳到正文")
    expect(focused(page)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("首页")
    assert focused(page).evaluate("link => Boolean(link.closest('.crumbs'))")


@pytest.mark.parametrize("width", PHONES)
def test_menu_is_a_button_that_opens_and_closes(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{DECLARATION}")
    menu = page.get_by_role("button", name="菜单")
    links = page.get_by_role("navigation", name="主导航").get_by_role("link")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(links).to_have_count(0)
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(links).to_have_count(0)


@pytest.mark.parametrize("width", PHONES)
def test_search_is_a_button_that_opens_and_closes(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{DECLARATION}")
    find = page.get_by_role("banner").get_by_role("button", name="检索")
    field = page.get_by_role("combobox", name="检索全部表格")
    expect(field).to_be_hidden()
    find.focus()
    page.keyboard.press("Enter")
    expect(find.first).to_have_attribute("aria-expanded", "true")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(find).to_be_focused()
    expect(field).to_be_hidden()


def test_menu_and_search_stand_open_on_a_desk(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    stops = walk(page)
    assert stops[1:4] == ["<a> 预算绩效公开", "<input> q", "<button> 检索"]
    menu = [f"<a> {name}" for name in ("首页", "检索", "年度对照", "历年项目", "怎样看一张表", "开放数据", "关于本站")]
    assert stops[5 : 5 + len(menu)] == menu


def test_search_is_asked_and_answered_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    page.keyboard.press("/")
    page.keyboard.type("火灾报警系统")
    expect(page.get_by_role("option").first).to_be_visible(timeout=15_000)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("火灾报警系统")


def test_table_is_sorted_by_keyboard_and_keeps_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/{LIST}")
    head = page.get_by_role("columnheader").filter(has=page.get_by_role("button", name="年度资金"))
    button = head.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_row_of_a_form_is_reached_by_its_link(page: Page, address: str) -> None:
    page.goto(f"{address}/{DECLARATION}")
    link = page.get_by_role("link", name="第 30 项的固定链接")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/{DECLARATION}#i30")
    expect(page.locator("#i30")).to_be_in_viewport()
