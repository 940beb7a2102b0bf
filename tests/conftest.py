"""What the tests share: the project's root, the real content, projects to break, a served site, a browser."""

import functools
import http.server
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.kills import in_memory
from bench.records import write_bare_pages
from generator.check import check_content
from generator.components import with_components
from generator.content import Content
from generator.pipeline import build_site
from generator.plan import Plan, make_plan
from generator.policy import POLICY
from generator.settings import read_settings
from tests.altering import alter

ROOT = Path(__file__).parent.parent
# What tests/browser/package.json names, as `make test` installs it.
BROUGHT = ROOT / ".venv" / "browser" / "node_modules"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test says which outside program it needs: skipped without it, but never in CI."""
    for item in items:
        for mark in item.iter_markers("needs"):
            if shutil.which(mark.args[0]) is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"NOT TESTED: {mark.args[0]} is not installed"))


@pytest.fixture
def light(tmp_path: Path) -> Iterator[Path]:
    """A folder of which the files are in memory, if the system has one: publishing waits for disks again and again."""
    with tempfile.TemporaryDirectory(dir=in_memory() or tmp_path) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content, checked."""
    return check_content(read_settings(ROOT)).or_raise()


def copy_project(folder: Path, *, with_content: bool = True) -> Path:
    """A project of its own: settings and theme, with or without the real content."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "theme_overrides", folder / "theme_overrides")
    if with_content:
        shutil.copytree(ROOT / "content", folder / "content")
    else:
        write_bare_pages(folder, ROOT)
        shutil.copy(ROOT / "content" / "site.yml", folder / "content")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, to be broken."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once."""
    folder = copy_project(tmp_path_factory.mktemp("real"))
    return build_site(read_settings(folder)).folder


@dataclass(frozen=True, slots=True)
class Built:
    """A built site and the plan that it was built from."""

    folder: Path
    plan: Plan


@pytest.fixture(scope="session")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real site with two forms and a document altered after publication and the page of components, built once."""
    folder = copy_project(tmp_path_factory.mktemp("altered"))
    alter(folder)
    settings = read_settings(folder)
    plan = with_components(make_plan(check_content(settings).or_raise(), settings.site_url), settings.tokens)
    return Built(build_site(settings, components=True).folder, plan)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a folder under the strict policy; returns its address, without a slash at the end."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, in which every host but this machine fails to resolve."""
    words = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=words)
        yield chromium
        chromium.close()


def outside(url: str) -> list[str]:
    """A request's address, when it leads off this machine."""
    return [] if url.startswith(("http://127.0.0.1", "data:", "file:", "blob:")) else [url]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must stay quiet: no console message, no error, no request elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.extend(outside(request.url)))
    yield page
    context.close()
    assert said == []
