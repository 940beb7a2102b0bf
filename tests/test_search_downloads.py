"""What the search page hands out: the whole list as a file."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.searching import ask, count, ids

pytestmark = pytest.mark.needs("chromium")


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_bytes()


def test_csv_holds_the_whole_list_in_its_order(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('科技')}&form=targets&sort=amount")
    first, total = ids(page), int(count(page).inner_text())
    data = saved(page, "CSV 表格")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == total + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == total > 10
    assert [row["编号"] for row in rows] == first
    amounts = [float(row["金额"].replace(",", "")) for row in rows]
    assert amounts == sorted(amounts, reverse=True)
    assert {row["检索条件"] for row in rows} == {"检索词：科技；表：绩效目标申报表；列出表格；金额从高到低"}
    assert {row["数据日期"] for row in rows} == {"未注明"}
    assert rows[0]["网址"] == f"{address}/{rows[0]['编号']}/"


def test_csv_of_indicators_guards_what_a_spreadsheet_would_run(page: Page, address: str) -> None:
    ask(page, address, "?list=indicators")
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV 表格").decode("utf-8-sig"), newline="")))
    assert len(rows) == int(count(page).inner_text()) > 400  # more than a page, more than is fetched at once
    assert len({(row["编号"], row["指标序号"]) for row in rows}) == len(rows)
    targets = [row["年度指标值"] for row in rows]
    assert "'=2.00(项)" in targets
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r"))]


def test_json_holds_the_list_with_what_was_asked(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('孵化器')}&year=2024")
    shown = ids(page)
    data = json.loads(saved(page, "JSON 数据"))
    assert data["query"] == "孵化器"
    assert data["request"]["facets"] == {"year": ["2024"]}
    assert data["date"] is None
    assert data["count"] == len(data["rows"]) == 4
    assert [row["id"] for row in data["rows"]] == shown
    assert data["rows"][0]["name"] == "国际孵化器活动及工作"
