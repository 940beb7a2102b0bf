"""The preview follows the records: pages at once, findings at their places, the last good page of a broken record."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import ROOT, copy_project

RECORD = "content/sspec/2026/targets/02.yml"
PAGE = "sspec/2026/targets/02/"


def free_port() -> int:
    """A port at which nobody listens; none of those that the system gives to connections, which come and go."""
    while True:
        port = random.randrange(10_000, 30_000)  # noqa: S311 - not for secrets
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def wait_for(what: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.02)
    return False


class Running:
    """A preview of a project that may be edited; `restore` puts the content back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.talk = root / "talk.txt"
        self.start()
        assert wait_for(lambda: "预览：" in self.said()), self.said()

    def start(self) -> None:
        words = [sys.executable, "-m", "generator", "serve", "--root", str(self.root), "--port", str(self.port)]
        with self.talk.open("wb") as stderr:
            self.process = subprocess.Popen(words, cwd=ROOT, stderr=stderr, start_new_session=True)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        assert self.process.wait(timeout=20) == 0

    def said(self) -> str:
        return self.talk.read_text("utf-8")

    def address(self, url: str) -> str:
        return f"http://127.0.0.1:{self.port}/{url}"

    def edit(self, file: str, before: str, after: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")

    def restore(self) -> None:
        for path in sorted((ROOT / "content").rglob("*")):
            mine = self.root / path.relative_to(ROOT)
            if path.is_file() and (not mine.is_file() or mine.read_bytes() != path.read_bytes()):
                mine.write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    preview = Running(copy_project(tmp_path_factory.mktemp("preview")))
    yield preview
    preview.stop()


@pytest.fixture
def preview(running: Running) -> Iterator[Running]:
    yield running
    running.restore()
    good = (running.root / RECORD).read_text("utf-8").splitlines()[0].removeprefix("name: ")
    assert wait_for(lambda: good in fetched(running.address(PAGE)))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in which nothing fails or is refused by the policy."""
    context = browser.new_context()
    heard: list[str] = []
    found = context.new_page()
    found.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: heard.append(str(error)))
    yield found
    context.close()
    assert [each for each in heard if "404" not in each] == []


def test_saved_record_is_served_within_a_second(preview: Running) -> None:
    """An idle machine takes a third of a second; that of the tests may be busy for the length of a save or two."""

    def served(words: str) -> bool:
        return words in fetched(preview.address(PAGE))

    assert served("国际科技人文交流与合作")
    limit, took = 5 if os.environ.get("CI") else 3, [float("inf")]
    for old, new in pairwise(("特定目标类", "改过的类别", "又改过的类别", "还是改过的类别")):
        if took[-1] > limit:
            preview.edit(RECORD, old, new)
            saved = time.monotonic()
            assert wait_for(partial(served, new))
            took.append(time.monotonic() - saved)
    assert took[-1] < limit, took


@pytest.mark.needs("chromium")
def test_browser_shows_a_saved_record_by_itself(preview: Running, page: Page) -> None:
    page.goto(preview.address(PAGE))
    expect(page.locator(".preview__summary")).to_be_visible()
    preview.edit(RECORD, "name: 国际科技人文交流与合作", "name: 改过名的项目")
    expect(page.locator("h1")).to_have_text("改过名的项目")


@pytest.mark.needs("chromium")
def test_finding_stands_at_its_row_and_field(preview: Running, page: Page) -> None:
    page.goto(preview.address(PAGE))
    preview.edit(RECORD, 'target: "≥90.00(%)"', 'target: "≥120.00(%)"')
    mark = page.locator(".preview-mark")
    expect(mark.first).to_be_visible()
    cell = page.locator("td:has(> .preview-mark)").first
    expect(cell).to_have_attribute("data-label", "年度指标值")
    expect(page.locator(".preview-finding").first).to_contain_text("怎样改")


@pytest.mark.needs("chromium")
def test_wrong_sum_is_shown_on_the_page_at_its_amount(preview: Running, page: Page) -> None:
    page.goto(preview.address(PAGE))
    preview.edit(RECORD, 'total: "400,000.00"', 'total: "400,001.00"')
    mark = page.locator('.preview-mark--error[data-code="funding-sum"]')
    expect(mark).to_contain_text("应等于各项来源之和")
    expect(page.locator('td:has(> [data-code="funding-sum"])')).to_contain_text("400,001.00")
    assert wait_for(lambda: "funding-sum" in preview.said())


@pytest.mark.needs("chromium")
def test_broken_record_keeps_its_last_good_page_with_the_message_and_recovers(preview: Running, page: Page) -> None:
    page.goto(preview.address(PAGE))
    good = (preview.root / RECORD).read_text("utf-8")
    (preview.root / RECORD).write_text(good.replace("name: 国际", "name: >国际", 1), "utf-8")
    finding = page.locator(".preview-finding--error")
    expect(finding.first).to_contain_text("值以 > 或 | 开头，又没有加引号")
    expect(finding.first).to_contain_text(f"{RECORD}:1:")
    expect(page.locator("h1")).to_have_text("国际科技人文交流与合作")
    assert "有错，读不出来的保留上一次正确的页面" in preview.said()
    page.goto(preview.address(""))
    expect(page.locator(".preview__link").first).to_have_text(PAGE)
    page.locator(".preview__summary").click()
    page.locator(".preview__link").first.click()
    (preview.root / RECORD).write_text(good.replace("name: 国际", "name: 又好了的国际", 1), "utf-8")
    expect(page.locator("h1")).to_have_text("又好了的国际科技人文交流与合作")
    expect(page.locator(".preview-finding--error")).to_have_count(0)


@pytest.mark.needs("chromium")
def test_new_record_that_cannot_be_read_yet_tells_its_blanks_where_its_page_will_be(
    preview: Running, page: Page
) -> None:
    file = preview.root / "content/sspec/2026/targets/03.yml"
    try:
        file.write_text("name:\n", "utf-8")
        page.goto(preview.address("sspec/2026/targets/03/"))
        expect(page.locator(".preview-finding--error").filter(has_text="填上“项目名称”")).to_be_visible(timeout=15_000)
    finally:
        file.unlink()


@pytest.mark.needs("chromium")
def test_hostile_words_in_a_finding_are_words(preview: Running, page: Page) -> None:
    page.goto(preview.address(PAGE))
    hostile = "</script><img src=x onerror=alert(1)>"
    preview.edit(RECORD, 'total: "400,000.00"', f'total: "{hostile}"')
    expect(page.locator(".preview-finding--error").first).to_contain_text(hostile)
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.needs("chromium")
def test_server_that_knows_no_changes_is_asked_now_and_then(preview: Running, page: Page) -> None:
    """Another program may have taken the port of a preview that was ended."""
    asked: list[str] = []

    def unknown(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=404, body="null", content_type="application/json")

    page.route("**/_preview/changes?*", unknown)
    page.goto(preview.address(PAGE))
    page.wait_for_timeout(1500)
    assert 1 <= len(asked) <= 3


def test_theme_and_hand_written_pages_are_rendered_anew(preview: Running) -> None:
    css = preview.root / "theme_overrides/assets/css/list.css"
    css.write_text(css.read_text("utf-8") + "/* changed */\n", "utf-8")
    assert wait_for(lambda: "/* changed */" in fetched(preview.address("assets/css/list.css")))
    preview.edit("content/pages/reading.md", "# ", "# 改过的")
    assert wait_for(lambda: "改过的" in fetched(preview.address("about/reading/")))


def test_search_files_and_downloads_follow_the_records(preview: Running) -> None:
    preview.edit(RECORD, "特定目标类", "改过的类别")
    assert wait_for(lambda: "改过的类别" in fetched(preview.address(f"{PAGE}record.json")))


def test_preview_marks_nothing_that_is_published(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    assert not any("_preview" in path.read_text("utf-8") for path in pages)


def test_taken_port_is_said(preview: Running) -> None:
    words = [sys.executable, "-m", "generator", "serve", "--root", str(preview.root), "--port", str(preview.port)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"端口 {preview.port} 已被占用" in done.stderr
