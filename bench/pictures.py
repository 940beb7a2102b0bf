"""Take the pictures of the editors' guide from the running product: `python -m bench.pictures`.

Preview and form run over a copy of the content; Chromium opens them as an editor would. ImageMagick makes them small.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from generator.pages.handbook import PICTURES

ROOT = Path(__file__).parent.parent
_RECORD = "content/sspec/2026/targets/02.yml"
_PAGE = "sspec/2026/targets/02/"
_PORT = 8790


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        shutil.copy(ROOT / "mkdocs.yml", root)
        for name in ("content", "theme_overrides"):
            shutil.copytree(ROOT / name, root / name)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1040, "height": 680}, locale="zh-CN").new_page()
        with _running("serve", root):
            _preview(page, root / _RECORD)
        with _running("cms", root):
            _form(page)
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):  # a third of the size, so that the guide's page stays light
        words = ["convert", str(picture), "+dither", "-colors", "32", "-strip", "-define", "png:compression-level=9"]
        subprocess.run([*words, str(picture)], check=True)


def _preview(page: Page, record: Path) -> None:
    good = record.read_text("utf-8")
    record.write_text(good.replace('total: "400,000.00"', 'total: "40,000.00"'), "utf-8")
    page.goto(f"http://127.0.0.1:{_PORT}/{_PAGE}")
    page.wait_for_selector(".preview-mark--error")
    page.locator("#funding").scroll_into_view_if_needed()
    page.evaluate("window.scrollTo(0, 420)")
    page.screenshot(path=PICTURES / "preview.png")
    record.write_text(good, "utf-8")
    page.wait_for_selector(".preview-mark--error", state="detached")
    record.write_text(good.replace("name: 国际", "name: >国际", 1), "utf-8")
    page.wait_for_selector("text=值以 > 或 | 开头")
    page.screenshot(path=PICTURES / "broken.png")
    record.write_text(good, "utf-8")


def _form(page: Page) -> None:
    page.goto(f"http://127.0.0.1:{_PORT}/")
    page.get_by_role("button", name="登录").click()
    page.get_by_text("绩效目标申报表").first.wait_for()
    page.goto(f"http://127.0.0.1:{_PORT}/#/collections/sspec-2026-targets/entries/02")
    money = page.get_by_label("年度资金申请总额")
    money.fill("四十万")
    page.get_by_role("button", name="发布").first.click()
    page.get_by_role("menuitem").first.click()
    page.get_by_text("应为数字").first.wait_for()
    time.sleep(1)  # what the form slides in and out has come to rest
    money.scroll_into_view_if_needed()
    page.screenshot(path=PICTURES / "form.png")


@contextmanager
def _running(command: str, root: Path) -> Iterator[None]:
    """A command of the generator that serves something, until it is done with."""
    words = [sys.executable, "-m", "generator", command, "--root", str(root), "--port", str(_PORT)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        for line in server.stderr or ():
            if "http://" in line:
                break
        yield
        server.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()
