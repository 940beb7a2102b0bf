"""A reader at a real browser: opens a search, asks it, and notes time and traffic."""

import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

# What web servers send compressed; the files of the searches themselves are compressed already.
_TYPES = {".html": "text/html", ".js": "text/javascript", ".json": "application/json"}
_BLANK_PAGE = (
    b'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,"><title>bench</title>'
)
_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Step:
    """Milliseconds, and what the server sent meanwhile: requests answered, bytes without their headers."""

    time: float
    requests: int
    sent: int


@dataclass(frozen=True)
class Search:
    """A search to be asked: its name in drivers.js and the script that it begins with."""

    name: str
    script: str


class _Noting(http.server.BaseHTTPRequestHandler):
    """Serves folders, and notes the size of each answer."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, folders: Mapping[str, Path], sizes: list[int], *words: Any) -> None:
        self._folders = folders
        self._sizes = sizes
        super().__init__(*words)

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        kept = self.path == "/" and (_BLANK_PAGE, "text/html", "identity")
        found = kept or _file(self._folders, self.path)
        data, kind, coding = found or (b"", "text/plain", "identity")
        self.send_response(200 if found else 404)
        for name, value in (("Content-Type", kind), ("Content-Encoding", coding), ("Content-Length", len(data))):
            self.send_header(name, str(value))
        self.end_headers()
        self._sizes.append(len(data))  # before the browser has it and goes on
        self.wfile.write(data)


def _file(folders: Mapping[str, Path], path: str) -> tuple[bytes, str, str] | None:
    name, _, rest = path.partition("?")[0].removeprefix("/").partition("/")
    file = folders[name] / rest if name in folders else None
    return _packed(file) if file and file.is_file() else None


@cache
def _packed(file: Path) -> tuple[bytes, str, str]:
    data, kind = file.read_bytes(), _TYPES.get(file.suffix)
    return (gzip.compress(data, 6), kind, "gzip") if kind else (data, "application/octet-stream", "identity")


class Reader:
    """A browser and the server that it reads from; `folders` by the first part of their addresses."""

    def __init__(self, browser: Browser, address: str, sizes: list[int]) -> None:
        self._browser = browser
        self._address = address
        self._sizes = sizes

    @contextmanager
    def opened(self, search: Search) -> Iterator[tuple[Page, Step]]:
        """A search opened by a reader who was never here before."""
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(f"{self._address}/")
        page.evaluate("async () => { globalThis.bench = await import('/bench/drivers.js'); }")
        yield page, self._step(page, "([name, script]) => bench.open(name, script)", [search.name, search.script])
        context.close()

    def ask(self, page: Page, search: Search, query: str) -> tuple[Step, list[Any]]:
        """The first hits are timed and counted; then all that was found is listed."""
        step = self._step(page, "([name, query]) => bench.ask(name, query)", [search.name, query])
        return step, page.evaluate("name => bench.found(name)", search.name)

    def _step(self, page: Page, code: str, words: list[str]) -> Step:
        before = len(self._sizes)
        time = page.evaluate(code, words)
        sizes = self._sizes[before:]
        return Step(round(time, 1), len(sizes), sum(sizes))


@contextmanager
def reader(folders: Mapping[str, Path]) -> Iterator[Reader]:
    """A reader of these folders in Debian's Chromium."""
    sizes: list[int] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Noting, folders, sizes))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_CHROMIUM))
        yield Reader(browser, f"http://127.0.0.1:{server.server_address[1]}", sizes)
        browser.close()
    server.shutdown()
    server.server_close()
