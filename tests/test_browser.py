"""The site as a reader uses it, in real Chromium under the strict policy, with no way to other hosts."""

import shutil
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve

pytestmark = pytest.mark.needs("chromium")


def test_reader_finds_a_form_by_browsing(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("link", name="13 张申报表").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("上海市科技创业中心2024年度项目绩效目标汇总表")
    page.get_by_role("link", name="国际孵化器活动及工作").click()
    expect(page).to_have_url(f"{address}/stic/2024/targets/03/")
    expect(page.get_by_role("heading", level=1)).to_have_text("国际孵化器活动及工作")


def test_reader_walks_on_by_pager_and_back_by_breadcrumb(page: Page, address: str) -> None:
    page.goto(f"{address}/stic/2024/targets/03/")
    page.get_by_role("link", name="下一张").click()
    expect(page).to_have_url(f"{address}/stic/2024/targets/04/")
    page.get_by_role("navigation", name="所在位置").get_by_role("link", name="绩效目标").click()
    expect(page).to_have_url(f"{address}/stic/2024/targets/")


def test_reader_follows_a_project_over_two_years(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/01/")
    page.get_by_role("link", name="2023 年度绩效自评表").click()
    expect(page).to_have_url(f"{address}/sstec/2023/evaluations/05/")


@pytest.mark.parametrize("words", ["国际孵化器活动及工作", "绿色技术银行", "火灾报警系统升级改造", "5,073,780.00"])
def test_reader_finds_a_form_by_searching(page: Page, address: str, words: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("combobox", name="检索全部表格").fill(words)
    hit = page.get_by_role("option").first
    expect(hit).to_be_visible(timeout=15_000)
    hit.click()
    expect(page.get_by_role("main")).to_contain_text(words)


def test_dark_scheme_of_the_system_is_followed(browser: Browser, address: str) -> None:
    grounds = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}/sstec/2024/targets/01/")
        grounds.append(page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor"))
        context.close()
    assert grounds == ["rgb(255, 255, 255)", "rgb(22, 29, 33)"]


def test_site_works_under_a_sub_path(page: Page, site: Path, serve: Serve, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "some" / "where")
    address = serve(tmp_path)
    page.goto(f"{address}/some/where/sstec/2024/targets/01/")
    page.get_by_role("link", name="首页").first.click()
    expect(page).to_have_url(f"{address}/some/where/")
    page.get_by_role("combobox", name="检索全部表格").fill("绿色技术银行")
    expect(page.get_by_role("option").first).to_be_visible(timeout=15_000)


def test_site_reads_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.get_by_role("link", name="8 张申报表").click()
    page.get_by_role("link", name="国内外科技合作交流").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("国内外科技合作交流")
    context.close()


def test_printed_target_is_found_and_copied_as_printed(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/01/")
    assert page.evaluate("window.find('≥6.00(条)')")
    copied = page.locator("#i02 td").evaluate(
        "cell => { getSelection().selectAllChildren(cell); return String(getSelection()); }"
    )
    assert copied.strip() == "≥6.00(条)"


def test_indicator_link_leads_to_its_row(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/01/#i37")
    expect(page.locator("#i37")).to_be_in_viewport()
    expect(page.locator("#i37")).to_contain_text("综合满意度")


def test_table_of_a_disclosure_sorts_by_amount(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/2024/targets/")
    amount = page.get_by_role("button", name="年度资金")
    amount.click()
    expect(page.locator("#forms tbody tr").first).to_contain_text("15,000.00")
    amount.click()
    expect(page.locator("#forms tbody tr").first).to_contain_text("39,000,000.00")


def test_form_prints_on_a4_with_every_row(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/sstec/2024/targets/01/")
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".rows__item").last).to_be_visible()
