"""The site opened from a folder, as from a USB stick: it reads, its links lead on, what needs a server says so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Built
from tests.kinds import kinds

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_every_kind_of_page_has_its_look_and_words(altered: Built, tab: Page) -> None:
    looked_at = 0
    for name, url in kinds(altered.plan).items():
        if name == "error":  # no server, no page that is served for missing ones
            continue
        tab.goto((altered.folder / url / "index.html").as_uri())
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
        ground = tab.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
        assert ground == "rgb(255, 255, 255)", name
        looked_at += 1
    assert looked_at > 15


def test_links_lead_on_from_home_to_a_form_and_back(altered: Built, tab: Page) -> None:
    tab.goto((altered.folder / "index.html").as_uri())
    tab.get_by_role("link", name="13 张申报表").click()
    tab.get_by_role("link", name="国际孵化器活动及工作").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("国际孵化器活动及工作")
    tab.get_by_role("navigation", name="所在位置").get_by_role("link", name="首页").click()
    expect(tab).to_have_url((altered.folder / "index.html").as_uri())


def test_sorting_says_that_it_needs_a_server(altered: Built, tab: Page) -> None:
    tab.goto((altered.folder / "sstec/2024/targets/index.html").as_uri())
    expect(tab.get_by_text("从文件夹里打开时不能排序")).to_be_visible()
    expect(tab.get_by_role("button", name="年度资金")).to_be_disabled()


def test_controls_that_need_a_server_are_not_shown(altered: Built, tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto((altered.folder / "sstec/2024/targets/01/index.html").as_uri())
    expect(tab.get_by_role("button", name="菜单")).to_be_hidden()
    expect(tab.get_by_role("navigation", name="主导航").get_by_role("link", name="开放数据")).to_be_visible()
    expect(tab.get_by_role("button", name="打印本表")).to_be_hidden()
