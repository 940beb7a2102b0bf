"""Whether and how a form's page shows what the checks found: `show_findings` of site.yml."""

from pathlib import Path

import pytest

from generator.pipeline import Site, build_site
from generator.reading.settings import read_settings
from tests import dom
from tests.altering import append
from tests.conftest import copy_project

RECORD = "sstec/2023/evaluations/06"


def shown(site: Path, record: str) -> list[list[str]]:
    """The findings on a page: severity and title, and the words beside 哪里, 按规则, 表上, 依据."""
    items = dom.find(dom.parse(site / record / "index.html"), "findings__item")
    return [[dom.text(node) for css in ("h3", "dd") for node in item.css(css)] for item in items]


def built(folder: Path, setting: str) -> Site:
    append(copy_project(folder) / "content/site.yml", f"show_findings: {setting}\n")
    return build_site(read_settings(folder))


@pytest.fixture(scope="module")
def all_shown(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = copy_project(tmp_path_factory.mktemp("shown"))
    append(folder / "content/site.yml", "show_findings: 警告和提示\n")
    # a finding that was looked at is not shown, nor who decided that
    waiver = "waivers:\n  - rule: unit-missing\n    reason: 原表如此\n    by: 办公室\n    until: 2099-12-31\n"
    append(folder / f"content/{RECORD}.yml", waiver)
    return build_site(read_settings(folder))


def test_no_page_shows_a_finding_unless_site_yml_says_so(site: Path) -> None:
    pages = list(site.rglob("index.html"))
    assert len(pages) > 50
    assert [page for page in pages if "findings__item" in page.read_text("utf-8")] == []


def test_page_shows_title_both_quotations_place_and_basis(all_shown: Site) -> None:
    found = shown(all_shown.folder, RECORD)
    assert [each[0] for each in found] == [
        "警告 扣了分，没有说明原因",
        "警告 达到指标值却扣了分",
        "提示 满意度没有下限",
    ]
    assert found[1][1:] == [
        "第 3 项指标 · 得分",
        "达到了指标值“各项工作按季度时间节点完成”，应得满分 10.00",
        "完成值“达成指标”，得分 9.00",
        "惯例：自评打分办法（核对规则）",
    ]


def test_place_of_a_finding_links_to_its_row_and_its_rule(all_shown: Site) -> None:
    page = dom.parse(all_shown.folder / RECORD / "index.html")
    links = [link.attributes["href"] for link in page.css(".findings__item a")]
    assert links[:2] == ["#i03", "../../../../help/checks/#loss-without-reason"]


def test_figure_of_a_text_is_held_against_a_cell_as_readers_know_it(all_shown: Site) -> None:
    ((*_, place, expected, found, _),) = shown(all_shown.folder, "sgst/2024/targets/02")
    assert place == "项目绩效目标 · 年度总体目标"
    assert expected == (
        "文字与指标说同一件事，数字应一致：指标“公众号推送量”的年度指标值是“≥12.00(篇/月)”（第 3 项指标 · 年度指标值）"
    )
    assert "公众号每月发布10篇左右" in found


def test_another_form_is_named_as_readers_know_it(all_shown: Site) -> None:
    ((*_, expected, _, _),) = shown(all_shown.folder, "sstec/2024/targets/05")
    assert expected == "上一年度（2023 年度绩效自评表第 04 张）有这些指标"


def test_no_page_names_a_file_a_key_or_a_waiver(all_shown: Site) -> None:
    looked_at = 0
    for page in all_shown.folder.rglob("index.html"):
        for item in dom.find(dom.parse(page), "findings__item"):
            words = dom.text(item)
            assert ".yml" not in words, page
            assert "indicators[" not in words, page
            assert "waivers" not in words, page
            looked_at += 1
    assert looked_at > 25
    assert "办公室" not in (all_shown.folder / RECORD / "index.html").read_text("utf-8")


def test_warnings_alone_can_be_shown(tmp_path: Path) -> None:
    site = built(tmp_path, "警告").folder
    pages = [str(page.parent.relative_to(site)) for page in site.rglob("index.html")]
    titles = [title for page in pages for title, *_ in shown(site, page)]
    assert len(titles) > 5
    assert {title.split()[0] for title in titles} == {"警告"}
