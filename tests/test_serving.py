"""The site through real web servers, under the configurations of docs/serving, at the root and below a path."""

import gzip
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from generator.exports.compress import LEAST, TEXTS, compressed
from generator.pages.plan import make_plan
from generator.pipeline import build_site
from generator.reading.content import Content
from generator.reading.settings import read_settings
from generator.site.policy import POLICY
from generator.words.urls import MANIFEST
from tests.conftest import copy_project, outside
from tests.kinds import ERROR_PAGE, kinds
from tests.servers import get, server
from tests.test_shells import with_address

PREFIX = "/open/"  # of the address in `with_address`
KEPT = "public, max-age=31536000, immutable"
ASKED = "no-cache"
RECORD = "sstec/2024/targets/01/"

# A file of each kind: its path as a pattern, the type that it is sent as, how long it may be kept.
KINDS = [
    (f"{RECORD}index.html", "text/html; charset=utf-8", ASKED),
    ("assets/*/css/site.css", "text/css; charset=utf-8", KEPT),
    ("assets/*/js/search/box.js", "text/javascript; charset=utf-8", KEPT),
    ("assets/*/images/favicon.svg", "image/svg+xml; charset=utf-8", KEPT),
    ("assets/*/a.mjs", "text/javascript; charset=utf-8", KEPT),
    ("search/index.json", "application/json; charset=utf-8", ASKED),
    ("search/shards-*.bin", "application/octet-stream", KEPT),
    ("search/p/*.bin", "application/octet-stream", KEPT),
    ("sstec/texts/*.bin", "application/octet-stream", KEPT),
    (f"{RECORD}record.json", "application/json; charset=utf-8", ASKED),
    (f"{RECORD}record.md.txt", "text/plain; charset=utf-8", ASKED),
    ("sstec/2024/targets/source.txt", "text/plain; charset=utf-8", ASKED),
    (f"{RECORD}indicators.csv", "text/csv; charset=utf-8", ASKED),
    ("data/records.jsonl", "application/jsonl; charset=utf-8", ASKED),
    ("data/performance.sqlite", "application/vnd.sqlite3", ASKED),
    (
        "sstec/2024/sstec-2024.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ASKED,
    ),
    ("sitemap.xml", "application/xml; charset=utf-8", ASKED),
    ("sstec/feed.xml", "application/atom+xml; charset=utf-8", ASKED),
    ("robots.txt", "text/plain; charset=utf-8", ASKED),
    ("SHA256SUMS", "text/plain; charset=utf-8", ASKED),
]
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with an address, and a file of each kind that it has none of as long as nothing is dated."""
    project = with_address(copy_project(tmp_path_factory.mktemp("served")))
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("example.org/open", f"example.org{PREFIX[:-1]}"), "utf-8")
    site = build_site(read_settings(project)).folder
    (assets,) = site.glob("assets/*")
    for path in (assets / "a.mjs", site / "sstec/feed.xml", site / "SHA256SUMS", site / ".hidden"):
        path.write_text("x", "utf-8")
    return site


@dataclass(frozen=True)
class Served:
    """A running server, its site's address and folder."""

    address: str
    site: Path


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((program, prefix), marks=pytest.mark.needs(program), id=f"{program}{prefix}")
        for program in ("nginx", "caddy")
        for prefix in ("/", PREFIX)
    ],
)
def served(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    program, prefix = request.param
    folder = tmp_path_factory.mktemp(program)
    (folder / "current").symlink_to(built)
    root = folder / "current"
    if prefix != "/":
        root = folder / "www"
        root.mkdir()
        (root / prefix.strip("/")).symlink_to(folder / "current")
    with server(program, folder / "run", root, prefix) as address:
        yield Served(address, built)


def one(site: Path, pattern: str) -> str:
    """The path of the first file of a kind."""
    found = sorted(site.glob(pattern))
    assert found, pattern
    return found[0].relative_to(site).as_posix()


@pytest.mark.parametrize(("pattern", "kind", "kept"), KINDS)
def test_file_is_sent_with_its_type_how_long_it_is_kept_and_the_headers(
    served: Served, pattern: str, kind: str, kept: str
) -> None:
    path = one(served.site, pattern)
    answer = get(served.address + path.removesuffix("index.html"))
    assert answer.status == 200
    assert answer.body == (served.site / path).read_bytes()
    assert answer.headers["Content-Type"] == kind
    assert answer.headers.get_all("Cache-Control") == [kept]
    assert {name: answer.headers.get_all(name) for name in HEADERS} == {name: [said] for name, said in HEADERS.items()}
    assert "geolocation=()" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("path", [RECORD, "data/records.jsonl", "assets/*/css/site.css"])
def test_text_is_sent_compressed_to_who_takes_it(served: Served, path: str) -> None:
    path = one(served.site, path.rstrip("/")) + ("/" if path.endswith("/") else "")
    file = served.site / (f"{path}index.html" if path.endswith("/") else path)
    packed = get(served.address + path, {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.body == file.with_name(f"{file.name}.gz").read_bytes()
    assert gzip.decompress(packed.body) == get(served.address + path).body == file.read_bytes()
    assert packed.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("path", ["data/records.jsonl", "data/indicators.csv"])
def test_browser_unpacks_a_text_that_was_put_together_from_pieces(served: Served, browser: Browser, path: str) -> None:
    page = browser.new_page()
    page.goto(f"{served.address}data/")
    with page.expect_response(f"**/{path}") as answer:
        digest = page.evaluate(
            """async (url) => {
              const data = await (await fetch(url)).arrayBuffer();
              const found = await crypto.subtle.digest("SHA-256", data);
              return [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
            }""",
            f"{served.address}{path}",
        )
    assert answer.value.headers["content-encoding"] == "gzip"
    assert digest == hashlib.sha256((served.site / path).read_bytes()).hexdigest()
    page.close()


def test_unchanged_page_is_not_sent_again(served: Served) -> None:
    first = get(served.address + RECORD)
    again = get(served.address + RECORD, {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == ASKED


@pytest.mark.parametrize("path", ["gone/", "sstec/gone.csv", "assets/0123456789ab/gone.js", ".hidden", "assets/"])
def test_what_is_not_there_is_the_sites_own_page_with_status_404(served: Served, path: str) -> None:
    answer = get(served.address + path)
    assert answer.status == 404
    assert answer.body == (served.site / "404.html").read_bytes()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers.get_all("Cache-Control") == [ASKED]
    assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("path", ["..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd", ".%00./x"])
def test_way_out_of_the_site_leads_nowhere(served: Served, path: str) -> None:
    answer = get(served.address + path)
    assert answer.status >= 400
    assert b"root:" not in answer.body


def test_folder_without_slash_leads_to_the_page(served: Served) -> None:
    answer = get(served.address + RECORD.rstrip("/"))
    assert answer.status == 200  # a redirect within the server was followed
    assert answer.body == (served.site / RECORD / "index.html").read_bytes()


@pytest.mark.needs("chromium")
def test_every_kind_of_page_runs_under_the_policy(served: Served, browser: Browser, content: Content) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))"
    )
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.extend(outside(request.url)))
    page.on("response", lambda answer: said.extend([answer.url] if answer.status >= 400 else []))
    for url in (url for url in kinds(make_plan(content)).values() if url != ERROR_PAGE):
        page.goto(f"{served.address}{url}")
        expect(page.locator("html.scripted")).to_be_attached()
        assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).position") == "relative", url
    page.goto(f"{served.address}search/?q={quote('孵化器')}")
    expect(page.locator("[data-search-count]")).to_have_text("4")
    assert said == []
    page.goto(f"{served.address}gone/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到这一页")
    if served.address.endswith(PREFIX):  # its address is known to the site, so its own page is styled at any depth
        expect(page.locator("html.scripted")).to_be_attached()
        page.get_by_role("article").get_by_role("link", name="首页").click()
        expect(page).to_have_url(served.address)
    context.close()


def test_compressed_files_stand_beside_every_long_text_and_say_the_same(site: Path) -> None:
    texts = {path for path in site.rglob("*") if path.name.endswith(TEXTS)} - {site / MANIFEST}  # made last
    long = {path for path in texts if path.stat().st_size >= LEAST}
    assert 80 < len(long) < len(texts)
    assert {path.with_suffix("") for path in site.rglob("*.gz")} == long
    for path in long:
        beside = path.with_name(f"{path.name}.gz").read_bytes()
        if path.parent.name != "data":  # where some are put together from the centres' pieces
            assert beside == compressed(path.read_bytes())
        assert gzip.decompress(beside) == path.read_bytes()
        assert beside[3] == 0  # no name inside
        assert beside[4:8] == bytes(4)  # no time


@pytest.mark.needs("nginx")
def test_exchanged_link_is_followed_at_once(built: Path, tmp_path: Path) -> None:
    other = shutil.copytree(built, tmp_path / "other")
    page = other / RECORD / "index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "<p>新</p></main>"), "utf-8")
    page.with_name("index.html.gz").unlink()
    link = tmp_path / "current"
    link.symlink_to(built)
    with server("nginx", tmp_path / "run", link) as address:
        before = get(address + RECORD, {"Accept-Encoding": "gzip"})
        (tmp_path / "next").symlink_to(other)
        (tmp_path / "next").replace(link)
        after = get(address + RECORD, {"Accept-Encoding": "gzip", "If-None-Match": before.headers["ETag"]})
    assert after.status == 200
    assert after.body == page.read_bytes()
    assert re.search("新</p>", after.body.decode())
