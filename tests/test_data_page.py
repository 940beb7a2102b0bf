"""The page of the open data, the register, and what pages say of their data to programs, on the built site."""

import csv
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborNode

from generator.data.dataset import Dataset, data_block
from generator.data.made import size_in_words
from generator.data.tables import TABLES
from generator.exports.csv_text import unguarded
from generator.pipeline import build_site
from generator.reading.content import Content
from generator.reading.settings import read_settings
from generator.words.urls import disclosure_url, record_url
from tests import dom
from tests.altering import DISCLOSURE, alter, append, replace
from tests.conftest import Serve, copy_project


@pytest.fixture(scope="module")
def known_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with an address, a publisher, a licence, one day of publication and some alterations."""
    folder = copy_project(tmp_path_factory.mktemp("known"))
    alter(folder)
    replace(folder / DISCLOSURE, "published: 未注明", "published: 2024-03-01")
    replace(folder / DISCLOSURE, "approved: 未注明", "approved: 2024-02-20")
    append(folder / "content/site.yml", """
publisher: 示例局
licence:
  name: CC BY 4.0
  url: https://creativecommons.org/licenses/by/4.0/
""")  # fmt: skip
    settings = folder / "mkdocs.yml"
    settings.write_text("site_url: https://example.org/open\n" + settings.read_text("utf-8"), "utf-8")
    return build_site(read_settings(folder)).folder


def page(site: Path, url: str) -> LexborNode:
    return dom.parse(site / url / "index.html")


def block(site: Path, url: str) -> dict[str, Any]:
    """The data block of a page."""
    (found,) = page(site, url).css('script[type="application/ld+json"]')
    return dict(json.loads(found.text()))


def links(node: LexborNode) -> list[str]:
    return [link.attributes["href"] or "" for link in node.css("a")]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


# ── the data page ───────────────────────────────────────────


def test_data_page_counts_the_rows_of_every_table(site: Path) -> None:
    said = {}
    for row in page(site, "data/").css('section[aria-labelledby="files"] tbody tr'):
        said[dom.text(row.css("th")[0])] = dom.text(row.css("td.number")[0])
    assert said == {table.title: str(len(rows(site / "data" / f"{table.key}.csv"))) for table in TABLES}
    assert said["指标"] == "545"


def test_data_page_says_the_size_of_every_file(site: Path) -> None:
    shown = dom.text(page(site, "data/"))
    files = [
        path
        for path in (site / "data").iterdir()
        if path.is_file() and not path.name.startswith("index.html") and path.suffix != ".gz"
    ]
    assert len(files) >= 11
    addresses = links(page(site, "data/"))
    for file in files:
        if file.name != "catalogue.csv":  # the register's page leads to it
            assert file.name in addresses
            assert size_in_words(file.stat().st_size) in shown, file.name


def test_data_page_explains_every_column(site: Path) -> None:
    tree = page(site, "data/")
    for table in TABLES:
        cells = [
            [dom.text(cell) for cell in row.css("th, td")]
            for row in tree.css(f'[aria-labelledby="{table.key}"] tbody tr')
        ]
        assert [cell[:2] for cell in cells] == [[column.title, column.key] for column in table.columns]
        assert all(cell[3] for cell in cells)


def test_data_page_is_in_the_menu_and_marked_there(site: Path) -> None:
    (tab,) = (link for link in page(site, "data/").css(".tabs__link") if link.attributes.get("aria-current"))
    assert dom.text(tab) == "开放数据"
    assert "../../../../data/" in links(page(site, "sstec/2024/targets/01/"))


def test_old_address_of_the_data_page_leads_to_the_new_one(site: Path) -> None:
    assert "../../data/" in links(page(site, "about/data/").css(".text")[0])


def example(site: Path, language: str) -> str:
    (found,) = page(site, "data/").css(f"code.language-{language}")
    return str(found.text())


def test_python_example_of_the_page_runs_and_reads_every_indicator(site: Path) -> None:
    words = [sys.executable, "-W", "error", "-c", example(site, "python")]
    done = subprocess.run(words, cwd=site / "data", capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "545 项指标"
    first = [unguarded(rows(site / "data/indicators.csv")[0][name]) for name in ("项目名称", "三级指标", "年度指标值")]
    assert lines[1] == "｜".join(first)


def test_python_example_takes_the_guard_away(site: Path) -> None:
    code = example(site, "python") + '\nprint(sum(row["年度指标值"].startswith("=") for row in rows))'
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site / "data", capture_output=True, encoding="utf-8", check=True
    )
    guarded = [row["年度指标值"] for row in rows(site / "data/indicators.csv") if row["年度指标值"].startswith("'=")]
    assert guarded
    assert done.stdout.splitlines()[-1] == str(len(guarded))


def test_sql_example_of_the_page_adds_up_the_money_asked_for(site: Path, content: Content) -> None:
    connection = sqlite3.connect(f"file:{site / 'data/performance.sqlite'}?mode=ro", uri=True)
    found = connection.execute(example(site, "sql")).fetchall()
    connection.close()
    expected = {
        (centre.facts.name, disclosure.year): (
            len(disclosure.records),
            float(disclosure.facts.expect.total.in_yuan("元")),  # type: ignore[attr-defined]
        )
        for centre in content.centres
        for disclosure in centre.disclosures
        if disclosure.kind == "targets"
    }
    assert {(name, year): (count, total) for name, year, count, total in found} == expected
    assert len(expected) == 4


def test_data_page_without_known_facts_says_so(site: Path) -> None:
    shown = dom.text(page(site, "data/"))
    assert "数据许可：未注明。主办单位：未注明。" in shown
    assert "本站的网址还没有确定，所以暂时没有订阅（Atom）和网站地图" in shown
    assert "有 5 份文件没有载明公开日期，它们的公开不列入订阅" in shown


def test_data_page_with_known_facts_says_them(known_site: Path) -> None:
    tree = page(known_site, "data/")
    assert "数据许可：CC BY 4.0。主办单位：示例局。" in dom.text(tree)
    assert "有 4 份文件没有载明公开日期" in dom.text(tree)
    assert [link for link in links(tree) if link.endswith("feed.xml")] == ["../feed.xml", "../sstec/feed.xml"]
    cited = [dom.text(each) for each in dom.find(tree, "cite__text")]
    assert cited[1] == "示例局. 财政项目绩效开放数据[DS/OL]. [引用日期]. https://example.org/open/data/."


# ── links to the files ──────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sstec/2024/targets/01/", ["record.json", "indicators.csv", "record.md.txt"]),
        ("sstec/2023/evaluations/05/", ["record.json", "indicators.csv", "record.md.txt"]),
        ("sstec/2024/targets/", ["disclosure.json", "../sstec-2024.xlsx", "../declarations.csv", "../indicators.csv"]),
        ("sstec/2023/evaluations/", ["disclosure.json", "../sstec-2023.xlsx", "../evaluations.csv"]),
        ("sstec/2024/", ["sstec-2024.xlsx", "declarations.csv", "indicators.csv"]),
        ("sstec/", ["2024/sstec-2024.xlsx", "2023/evaluations.csv", "2023/indicators.csv"]),
    ],
)
def test_page_links_to_its_downloads(site: Path, url: str, expected: list[str]) -> None:
    assert [link for link in expected if link not in links(page(site, url))] == []


# ── the register ────────────────────────────────────────────


def test_register_lists_every_document_with_what_the_rules_ask_for(known_site: Path, content: Content) -> None:
    found = rows(known_site / "data/catalogue.csv")
    assert list(found[0]) == ["索引号", "名称", "公开单位", "概述", "生成日期", "公开日期", "链接"]
    assert [row["索引号"] for row in found] == [disclosure_url(each.id).rstrip("/") for each in content.disclosures]
    (own,) = (row for row in found if row["索引号"] == "sstec/2024/targets")
    assert (own["生成日期"], own["公开日期"]) == ("2024-02-20", "2024-03-01")
    assert own["链接"] == "https://example.org/open/sstec/2024/targets/"
    assert own["概述"] == "8 个项目，年度资金申请总额 48,551,900.00 元，122 项绩效指标。"
    assert {(row["生成日期"], row["公开日期"]) for row in found if row is not own} == {("", "")}


def test_register_page_says_what_its_file_says(known_site: Path) -> None:
    shown = [
        [dom.text(cell) for cell in row.css("th, td")] for row in page(known_site, "data/catalogue/").css("tbody tr")
    ]
    unknown = "来源文件未注明"
    assert shown == [
        [
            row["索引号"],
            row["名称"],
            f"{row['公开单位']}：{row['概述']}",
            row["生成日期"] or unknown,
            row["公开日期"] or unknown,
        ]
        for row in rows(known_site / "data/catalogue.csv")
    ]
    assert len(shown) == 5


# ── the data blocks ─────────────────────────────────────────


def test_every_form_and_document_says_its_dataset(site: Path, content: Content) -> None:
    looked_at = Counter[str]()
    for centre in content.centres:
        for disclosure in centre.disclosures:
            url = disclosure_url(disclosure.id)
            facts = block(site, url)
            assert (facts["@type"], facts["name"]) == ("Dataset", disclosure.facts.title)
            assert facts["creator"]["@type"] == "GovernmentOrganization"
            assert facts["creator"]["name"] == centre.facts.name
            assert "datePublished" not in facts  # none of the real documents states it
            looked_at["documents"] += 1
            for record in disclosure.records:
                own = block(site, record_url(record.id))
                assert record.form.name in own["name"]
                assert own["identifier"] == record.id
                assert own["isPartOf"]["@id"] == "../"
                looked_at["forms"] += 1
    assert looked_at == {"documents": 5, "forms": 36}


def test_files_of_a_data_block_are_there(site: Path) -> None:
    looked_at = 0
    for path in sorted(site.rglob("index.html")):
        for found in dom.parse(path).css('script[type="application/ld+json"]'):
            for file in json.loads(found.text())["distribution"]:
                assert (path.parent / file["contentUrl"]).is_file(), file
                assert "/" in file["encodingFormat"]
                looked_at += 1
    assert looked_at > 36 * 3


def test_data_block_with_known_facts_says_them(known_site: Path) -> None:
    facts = block(known_site, "sstec/2024/targets/")
    assert facts["url"] == "https://example.org/open/sstec/2024/targets/"
    assert (facts["datePublished"], facts["dateModified"]) == ("2024-03-01", "2024-04-12")
    assert facts["publisher"] == {"@type": "GovernmentOrganization", "name": "示例局"}
    assert facts["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert facts["distribution"][0]["contentUrl"] == "https://example.org/open/sstec/2024/targets/disclosure.json"
    assert block(known_site, "sstec/2024/targets/01/")["dateModified"] == "2024-09-30"


@pytest.mark.parametrize(
    "words",
    [
        "</script><script>alert(1)</script>",
        "<!-- <script>",
        "a\u2028b\u2029c",
        '"\\',
        "&lt;/script&gt;",
        "\x00\x1f\x7f",
    ],
)
def test_data_block_holds_hostile_words_and_nothing_ends_it(content: Content, words: str) -> None:
    said = data_block(Dataset("x/", words, words, (), content.site, published=date(2024, 1, 1)), lambda url: url)
    assert not set("<>&\u2028\u2029\x00\x1f\x7f") & set(said)
    assert json.loads(said)["name"] == words


@pytest.mark.needs("chromium")
def test_data_block_is_neither_run_nor_objected_to_in_the_browser(
    site: Path, known_site: Path, browser: Browser, serve: Serve
) -> None:
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.add_init_script("document.addEventListener('securitypolicyviolation', (e) => console.error(e.blockedURI))")
    for address in (serve(site), serve(known_site)):
        for url in ("sstec/2024/targets/01/", "sstec/2024/targets/", "sstec/2023/evaluations/05/", "data/"):
            tab.goto(f"{address}/{url}")
            found = tab.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)")
            assert found["@type"] == "Dataset"
    tab.close()
    assert said == []


# ── feeds and the site's map ────────────────────────────────


def test_robots_may_read_all_and_know_the_map_where_there_is_one(site: Path, known_site: Path) -> None:
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert (known_site / "robots.txt").read_text("utf-8").endswith("\nSitemap: https://example.org/open/sitemap.xml\n")
    assert "<loc>https://example.org/open/data/catalogue/</loc>" in (known_site / "sitemap.xml").read_text("utf-8")


def test_every_page_names_the_feed_where_there_is_one(site: Path, known_site: Path) -> None:
    for url in ("", "about/", "data/", "sstec/2024/targets/01/"):
        assert page(site, url).css('link[type="application/atom+xml"]') == []
        (found,) = page(known_site, url).css('link[type="application/atom+xml"]')
        assert (known_site / url / (found.attributes["href"] or "")).resolve() == known_site.resolve() / "feed.xml"


def test_page_of_a_centre_leads_to_its_feed(known_site: Path) -> None:
    assert "feed.xml" in links(page(known_site, "sstec/"))
    assert "feed.xml" not in links(page(known_site, "stic/"))
