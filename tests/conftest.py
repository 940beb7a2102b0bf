"""What the tests share: the project's root, the real content, projects to break, a served site, a browser."""

import functools
import http.server
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.kills import in_memory
from bench.records import write_bare_pages
from generator.line.check import check_content
from generator.pages.components import with_components
from generator.pages.plan import Plan, make_plan
from generator.pipeline import build_site
from generator.reading.content import Content
from generator.reading.settings import read_settings
from generator.site.policy import POLICY
from generator.words.urls import ASSETS, is_lasting
from tests.altering import alter

ROOT = Path(__file__).parent.parent
# What tests/browser/package.json names, as `make test` installs it.
BROUGHT = ROOT / ".venv" / "browser" / "node_modules"
# Files that take long, the longest first: begun last, one of them would keep one processor busy and the others idle.
LONG = (
    "test_incremental test_hostile test_faults test_axe test_keyboard test_search_page test_far test_kinds "
    "test_withdraw test_serve test_publish test_hooks test_serving test_tips test_downloads test_search test_revisions "
    "test_search_faults"
).split()

# What the tests start shall find the generator compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test says which outside program it needs: skipped without it, but never in CI. Files that take long begin."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONG)))
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
    """Keeps its connections, and tells browsers to keep the files of the theme, as the servers of docs/serving do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are written one after the other
    found = False

    def log_message(self, *_: object) -> None:
        pass

    def send_response(self, code: int, message: str | None = None) -> None:
        self.found = code == http.HTTPStatus.OK
        super().send_response(code, message)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        kept = self.found and self.path.startswith(f"/{ASSETS}") and is_lasting(self.path[1:])
        self.send_header("Cache-Control", "max-age=31536000, immutable" if kept else "no-cache")
        super().end_headers()


Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a folder under the strict policy; returns its address, without a slash at the end."""
    servers: list[http.server.ThreadingHTTPServer] = []

    @functools.cache
    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    with ThreadPoolExecutor(max(len(servers), 1)) as together:  # each takes half a second to notice
        list(together.map(_close, servers))


@pytest.fixture(scope="session")
def address(site: Path, serve: Serve) -> str:
    """Where the real site is served."""
    return serve(site)


def _close(server: http.server.ThreadingHTTPServer) -> None:
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
