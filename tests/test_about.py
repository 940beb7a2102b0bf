"""The pages about the site, what every page's head says, and what a reader gets who asks for a page that is not."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborNode

from generator.facts.glossary import read_glossary
from generator.line.check import check_content
from generator.pages.outline import Node
from generator.pages.plan import make_plan
from generator.pipeline import build_site
from generator.reading.content import Content
from generator.reading.settings import Settings, read_settings
from generator.site.policy import POLICY
from generator.words.urls import CONTACT, GLOSSARY, SITE_MAP, term_anchor
from tests import dom
from tests.altering import append
from tests.conftest import Serve, copy_project
from tests.small import TARGETS, small_project

KNOWN = """
publisher: 示例中心
operator: 示例信息中心
contact: 021-64311988，office@example.org
hours: 工作日 9:00-17:00
address: 示例路 1 号
postcode: "200000"
complaints: 021-64311989
site_code: "3100000001"
icp: 沪ICP备00000000号
police: 沪公网安备 31010002000001号
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with an address, and with all known of its publisher."""
    folder = copy_project(tmp_path_factory.mktemp("known"))
    settings, facts = folder / "mkdocs.yml", folder / "content/site.yml"
    settings.write_text("site_url: https://example.org/open\n" + settings.read_text("utf-8"), "utf-8")
    facts.write_text(facts.read_text("utf-8") + KNOWN, "utf-8")
    return build_site(read_settings(folder)).folder


def page(site: Path, url: str) -> LexborNode:
    return dom.parse(site / url / "index.html")


def told(site: Path) -> dict[str, str]:
    """What the contact page says, by name."""
    tree = page(site, CONTACT)
    pairs = zip(dom.find(tree, "terms__word"), dom.find(tree, "terms__means"), strict=True)
    return {dom.text(name): dom.text(words) for name, words in pairs}


def head(site: Path, url: str) -> dict[str, str]:
    """The metadata of a page by name or property."""
    tags = [tag.attributes for tag in page(site, url).css("meta[content]")]
    return {str(tag.get("name") or tag.get("property")): tag["content"] or "" for tag in tags}


def test_terms_are_told_each_at_its_place(site: Path) -> None:
    tree = page(site, GLOSSARY)
    terms = [term for section in read_glossary().sections for term in section.terms]
    assert len(terms) > 40
    for term in terms:
        (item,) = tree.css(f"#{term_anchor(term.key)}")
        assert term.word in dom.text(item)
        assert term.means in dom.text(item)


def test_contact_that_is_not_known_is_said_to_be_missing(site: Path) -> None:
    assert set(told(site).values()) == {"未注明"}
    assert "本站还没有载明联系方式" in dom.text(page(site, CONTACT))


def test_contact_page_says_all_that_is_known(known: Path) -> None:
    assert told(known) == {
        "主办单位": "示例中心",
        "承办单位": "示例信息中心",
        "联系方式": "021-64311988，office@example.org",
        "办公时间": "工作日 9:00-17:00",
        "地址": "示例路 1 号",
        "邮政编码": "200000",
        "投诉举报渠道": "021-64311989",
        "网站标识码": "3100000001",
        "ICP备案号": "沪ICP备00000000号",
        "公网安备号": "沪公网安备 31010002000001号",
    }
    assert "本站还没有载明联系方式" not in dom.text(page(known, CONTACT))


def test_foot_says_who_publishes(known: Path, site: Path) -> None:
    (foot,) = dom.find(page(known, "sstec/2024/targets/01/"), "foot__facts")
    assert "主办单位：示例中心" in dom.text(foot)
    assert "网站标识码：3100000001" in dom.text(foot)
    assert not list(dom.find(page(site, "sstec/2024/targets/01/"), "foot__facts"))


def test_map_lists_every_page_but_the_forms_and_projects(site: Path, content: Content) -> None:
    links = {link.attributes["href"] for link in dom.find(page(site, SITE_MAP), "map__link")}
    shown = {url.replace("../../", "") for url in links if url} - {"../"}
    listed = ("declaration", "evaluation", "project")  # each on the page of its document or centre
    pages = make_plan(content).pages
    wanted = {planned.url for planned in pages if planned.template not in listed} - {"", SITE_MAP}
    assert len(wanted) > 20
    assert {f"help/{url[3:]}" if url.startswith("../") else url for url in shown} == wanted


def test_map_leaves_out_addresses_that_only_lead_elsewhere(tmp_path: Path) -> None:
    folder = small_project(tmp_path)
    append(folder / "content/site.yml", "moved:\n  - old: about/old/\n    new: help/map/\n")
    withdrawal = 'withdrawn:\n  - number: "03"\n    on: 2024-06-01\n    reason: 有个人信息\n'
    append(folder / TARGETS / "disclosure.yml", withdrawal)
    pages = make_plan(check_content(Settings(folder, "示例", None)).or_raise()).pages
    assert [each.url for each in pages if each.template == "gone"] == ["unit/2024/targets/03/", "about/old/"]
    (planned,) = (each for each in pages if each.url == SITE_MAP)
    mapped = [*cast("Sequence[Node]", planned.inputs["centres"]), *cast("Sequence[Node]", planned.inputs["about"])]
    for node in mapped:
        mapped += node.below
    assert {node.link.url for node in mapped} >= {"unit/2024/targets/", GLOSSARY}
    assert not {node.link.url for node in mapped} & {"unit/2024/targets/03/", "about/old/"}


def test_head_of_a_form_names_site_column_and_article(known: Path) -> None:
    said = head(known, "sstec/2024/targets/01/")
    title = "国内外科技合作交流 – 绩效目标申报表（2024年度）"
    assert said["SiteName"] == "预算绩效公开"
    assert said["SiteDomain"] == "example.org"
    assert said["SiteIDCode"] == "3100000001"
    assert said["ColumnName"] == "绩效目标"
    assert said["ColumnDescription"] == "上海科学技术交流中心，2024 年度，绩效目标"
    assert said["ColumnKeywords"] == "上海科学技术交流中心,2024 年度,绩效目标"
    assert said["ColumnType"] == "信息公开"
    assert said["ArticleTitle"] == title
    assert said["ContentSource"] == "上海科学技术交流中心"
    assert "PubDate" not in said
    assert said["og:type"] == "article"
    assert said["og:title"] == title
    assert said["og:description"] == said["description"]
    assert said["og:url"] == "https://example.org/open/sstec/2024/targets/01/"
    assert said["og:site_name"] == "预算绩效公开"
    assert said["og:locale"] == "zh_CN"


def test_head_of_a_list_names_its_column_and_no_article(known: Path) -> None:
    said = head(known, "sstec/2024/")
    assert said["ColumnName"] == "上海科学技术交流中心 2024 年度"
    assert said["ColumnDescription"] == said["description"]
    assert said["og:type"] == "website"
    assert "ArticleTitle" not in said


def test_lists_through_the_years_are_disclosures_and_help_is_none(known: Path) -> None:
    """网站标签 ColumnType: what compares the centres' figures is disclosed, what explains the site is not."""
    for url in ("years/", "years/2024/", "projects/", "sstec/projects/", "data/"):
        assert head(known, url)["ColumnType"] == "信息公开", url
    for url in ("about/", "help/checks/", "search/"):
        assert head(known, url)["ColumnType"] == "网站说明", url


def test_head_of_every_page_is_whole(known: Path) -> None:
    pages = sorted(known.rglob("index.html"))
    assert len(pages) > 60
    for found in pages:
        url = found.parent.relative_to(known).as_posix().removeprefix(".")
        said = head(known, url)
        wanted = {"SiteName", "SiteDomain", "SiteIDCode", "description", "og:title", "og:description", "og:url"}
        wanted |= set() if url == "" else {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
        assert {name for name in wanted if not said.get(name)} == set(), url
        assert not {"og:image"} & said.keys(), url


def test_head_without_an_address_says_none(site: Path) -> None:
    assert not {"SiteDomain", "SiteIDCode", "og:url"} & head(site, "sstec/2024/targets/01/").keys()


class _Below(http.server.SimpleHTTPRequestHandler):
    """A server of folders that answers with the site's own error page, as ours do."""

    error_page = ""

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_error(self, code: int, *_: object) -> None:
        body = (Path(self.directory) / self.error_page).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def below(site: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the site below a path."""
    shutil.copytree(site, tmp_path / "some/where")
    handler = type("_Placed", (_Below,), {"error_page": "some/where/404.html"})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/where"
    server.shutdown()
    server.server_close()


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("url", ["nowhere", "sstec/2024/targets/99/", "a/b/c/d/e/f"])
def test_missing_page_below_an_unknown_path_leads_to_the_map(browser: Browser, below: str, url: str) -> None:
    context = browser.new_context()
    reader = context.new_page()
    reader.goto(f"{below}/{url}")
    expect(reader).to_have_url(f"{below}/help/map/#lost")
    expect(reader.get_by_text("没有找到要看的那一页")).to_be_visible()
    reader.get_by_role("link", name="上海市科技创新中心", exact=True).click()
    expect(reader).to_have_url(f"{below}/stic/")
    context.close()


def test_missing_page_of_a_known_address_is_whole_at_any_depth(known: Path) -> None:
    tree = dom.parse(known / "404.html")
    addresses = [str(node.attributes["href"]) for node in tree.css("link[href], a[href]")]
    addresses += [str(node.attributes["src"]) for node in tree.css("script[src]")]
    assert len(addresses) > 20
    assert all(address.startswith("/open/") or address == "#content" for address in addresses)
    assert [form.attributes["action"] for form in tree.css("form")] == ["/open/search/"]


@pytest.mark.needs("chromium")
def test_map_says_nothing_of_a_lost_page_unasked(browser: Browser, site: Path, serve: Serve) -> None:
    context = browser.new_context()
    reader = context.new_page()
    reader.goto(f"{serve(site)}/{SITE_MAP}")
    expect(reader.get_by_text("没有找到要看的那一页")).to_be_hidden()
    context.close()
