"""A page as a source, after GB/T 7714-2015."""

from datetime import date
from pathlib import Path

from generator.facts.citation import citation
from generator.pipeline import build_site
from generator.reading.settings import read_settings
from tests import dom
from tests.altering import replace
from tests.conftest import copy_project

RECORD = "sspec/2026/targets/02"


def cited(site: Path) -> str:
    (text,) = dom.parse(site / RECORD / "index.html").css("#cite")
    return dom.text(text)


def test_citation_of_a_known_day_and_address_is_whole() -> None:
    found = citation("某中心", "某项目：某表（2024年度）", "EB", date(2024, 3, 1), "https://site.example/x/")
    assert f"{found.before}[2026-01-31]{found.behind}" == (
        "某中心. 某项目：某表（2024年度）[EB/OL]. (2024-03-01)[2026-01-31]. https://site.example/x/."
    )


def test_citation_says_nothing_that_is_not_known() -> None:
    found = citation(None, "某表", "DS", None, "x/")
    assert (found.before, found.behind) == ("某表[DS/OL]. ", ". x/.")


def test_page_without_an_address_cites_its_path_and_says_so(site: Path) -> None:
    assert cited(site).endswith(f"[EB/OL]. [引用日期]. {RECORD}/.")
    assert "本站的网址还没有确定" in (site / RECORD / "index.html").read_text("utf-8")


def test_page_of_a_site_with_an_address_and_a_day_cites_both(tmp_path: Path) -> None:
    folder = copy_project(tmp_path)
    replace(
        folder / "mkdocs.yml", "site_name: 预算绩效公开", "site_name: 预算绩效公开\nsite_url: https://site.example/gov/"
    )
    replace(folder / "content/sspec/2026/targets/disclosure.yml", "published: 未注明", "published: 2026-02-11")
    site = build_site(read_settings(folder)).folder
    assert cited(site).endswith(f"[EB/OL]. (2026-02-11)[引用日期]. https://site.example/gov/{RECORD}/.")
    assert "本站的网址还没有确定" not in (site / RECORD / "index.html").read_text("utf-8")
