"""The search when something is missing: said, never a part of the answer, and a way on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.searching import ask, count

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def faulty(browser: Browser) -> Iterator[Page]:
    """A page that is refused some files: the browser says so, but no script of ours may fail by it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_lost_network_is_said_and_mended_by_asking_again(faulty: Page, address: str) -> None:
    ask(faulty, address)
    faulty.route("**/search/p/*", lambda route: route.abort())
    faulty.get_by_role("searchbox").fill("孵化器")
    expect(faulty.locator(".fault")).to_contain_text("网络中断，检索没有完成")
    expect(faulty.locator("[data-search=said]")).to_have_text("检索没有完成")
    assert faulty.locator("[data-record-id]").count() == 0
    assert count(faulty).count() == 0
    expect(faulty.locator(".fault").get_by_role("link", name="上海市科技创新中心")).to_be_visible()
    faulty.unroute("**/search/p/*")
    faulty.get_by_role("button", name="重试").click()
    expect(count(faulty)).to_have_text("4")


@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        ("*/texts", 404, "检索文件缺失"),
        ("search/p", 404, "检索文件缺失"),
        ("*/texts", 500, "检索没有完成"),
        ("*/texts", 200, "检索文件损坏"),
    ],
)
def test_missing_or_broken_file_is_never_a_partial_answer(
    faulty: Page, address: str, files: str, status: int, words: str
) -> None:
    faulty.route(f"**/{files}/*", lambda route: route.fulfill(status=status, body="no"))
    faulty.goto(f"{address}/search/?q={quote('孵化器')}")
    expect(faulty.locator(".fault")).to_contain_text(words)
    assert faulty.locator("[data-record-id]").count() == 0
    assert count(faulty).count() == 0


def test_files_of_another_release_are_said_to_be_newer(faulty: Page, address: str) -> None:
    ask(faulty, address)
    faulty.route("**/search/p/*", lambda route: route.fulfill(status=404, body="no"))

    def newer(route: Route) -> None:
        index = route.fetch().text()
        route.fulfill(body=index.replace('"shards":"', '"shards":"0'), content_type="application/json")

    faulty.route("**/search/index.json", newer)
    faulty.get_by_role("searchbox").fill("孵化器")
    expect(faulty.locator(".fault")).to_contain_text("网站内容刚刚更新")
    faulty.unroute_all()
    faulty.get_by_role("button", name="重试").click()
    expect(count(faulty)).to_have_text("4")


def test_program_that_does_not_come_is_said(faulty: Page, address: str) -> None:
    faulty.route("**/search/postings.js", lambda route: route.abort())
    faulty.goto(f"{address}/search/?q={quote('孵化器')}")
    expect(faulty.locator(".fault")).to_contain_text("检索程序没有取全")
    faulty.unroute_all()
    faulty.get_by_role("button", name="重试").click()
    expect(count(faulty)).to_have_text("4")


def test_page_whose_script_does_not_come_leads_on(faulty: Page, address: str) -> None:
    faulty.route("**/search/page.js", lambda route: route.abort())
    faulty.goto(f"{address}/search/")
    expect(faulty.get_by_text("检索要靠脚本和网站服务器")).to_be_visible()


def test_old_browser_is_told_so(faulty: Page, address: str) -> None:
    faulty.add_init_script("delete globalThis.DecompressionStream")
    faulty.goto(f"{address}/search/")
    expect(faulty.locator(".fault")).to_contain_text("这个浏览器太旧")
    expect(faulty.locator(".fault").get_by_role("link", name="上海市科技创新中心")).to_be_visible()


def test_box_says_a_fault_and_still_leads_on(faulty: Page, address: str) -> None:
    faulty.route("**/search/index.json", lambda route: route.abort())
    faulty.goto(f"{address}/about/")
    faulty.keyboard.press("/")
    faulty.keyboard.type("孵化器")
    expect(faulty.locator("[data-find-said]")).to_contain_text("网络中断")
    expect(faulty.get_by_role("option")).to_contain_text("点这里到检索页重试")
    faulty.unroute_all()
    faulty.keyboard.press("Enter")
    expect(count(faulty)).to_have_text("4")


def hold(page: Page, files: str) -> Callable[[], None]:
    """Keeps some files waiting until the function returned is called."""
    held: list[Route] = []
    page.route(files, lambda route: held.append(route))  # noqa: PLW0108

    def release() -> None:
        assert held
        page.route(files, lambda route: route.continue_())
        for route in held:
            route.continue_()

    return release


def test_slow_search_shows_how_far_it_is(faulty: Page, address: str) -> None:
    release = hold(faulty, "**/texts/*")
    with faulty.expect_request("**/texts/*"):
        faulty.goto(f"{address}/search/?q={quote('孵化器')}")
    expect(faulty.get_by_role("progressbar")).to_be_visible()
    expect(faulty.locator("[data-search=waiting]")).to_contain_text("正在检索")
    release()
    expect(count(faulty)).to_have_text("4")
    expect(faulty.get_by_role("progressbar")).to_be_hidden()


def test_outdated_question_does_not_overwrite_the_newer_answer(faulty: Page, address: str) -> None:
    ask(faulty, address)
    release = hold(faulty, "**/search/p/*")
    with faulty.expect_request("**/search/p/*"):
        faulty.get_by_role("searchbox").fill("孵化器")
    faulty.get_by_role("searchbox").fill("")
    expect(count(faulty)).to_have_text("36")
    release()
    faulty.wait_for_timeout(200)
    expect(count(faulty)).to_have_text("36")


# ── without script, from a folder ────────────────────────────


def test_without_scripts_the_page_says_so_and_leads_to_the_centres(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/about/")
    page.locator("#find-query").fill("孵化器")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search/?q={quote('孵化器')}")
    expect(page.get_by_text("检索要靠脚本和网站服务器")).to_be_visible()
    page.get_by_role("link", name="上海市科技创新中心").click()
    expect(page).to_have_url(f"{address}/stic/")
    context.close()


def test_from_a_folder_the_page_says_so_and_leads_to_the_centres(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.as_uri()}/sstec/index.html")
    page.locator("#find-query").fill("孵化器")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.as_uri()}/search/index.html?q={quote('孵化器')}")
    expect(page.get_by_text("检索要靠脚本和网站服务器")).to_be_visible()
    page.get_by_role("link", name="上海市科技创新中心").click()
    expect(page).to_have_url(f"{site.as_uri()}/stic/index.html")
    context.close()
