"""What a screen reader gets of a form page: Chromium's accessibility tree, in order, on a desk and on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.reading.content import Content, Record
from generator.reading.model import Indicator, ScoredIndicator
from tests.conftest import Serve

pytestmark = pytest.mark.needs("chromium")

DECLARATION = "sstec/2024/targets/07"
EVALUATION = "sstec/2023/evaluations/06"
DESK, PHONE = 1280, 390

Said = list[tuple[str, str]]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def address(site: Any, serve: Serve) -> str:
    return serve(site)


@pytest.fixture
def record(request: pytest.FixtureRequest, content: Content) -> Record:
    (found,) = (each for each in content.records if each.id == request.param)
    return found


def said(tab: Page, url: str, width: int) -> Said:
    """Role and name of everything on a page, in the order of its reading."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(url)
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    found: Said = []

    def walk(node: dict[str, Any]) -> None:
        if not node["ignored"]:
            found.append((node["role"]["value"], " ".join(node.get("name", {}).get("value", "").split())))
        for child in node.get("childIds", []):
            walk(by_id[child])

    walk(nodes[0])
    return found


def rows(found: Said, caption: str) -> list[Said]:
    """The rows of the table that has a caption: the roles and names of their cells."""
    start = next(at for at, (role, name) in enumerate(found) if role == "table" and name.startswith(caption))
    end = next((at for at, (role, _) in enumerate(found) if at > start and role == "table"), len(found))
    cells = ("columnheader", "rowheader", "cell", "gridcell")
    table: list[Said] = []
    for role, name in found[start:end]:
        if role == "row":
            table.append([])
        elif role in cells and table:
            table[-1].append((role, name))
    return table


def values(indicator: Indicator) -> Iterator[str]:
    """What a row prints behind the indicator's name."""
    yield str(indicator.target)
    if isinstance(indicator, ScoredIndicator):
        yield from (str(indicator.actual), str(indicator.points), str(indicator.score))


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("record", [DECLARATION, EVALUATION], indirect=True)
def test_row_says_its_indicator_and_its_values(tab: Page, address: str, record: Record, width: int) -> None:
    table = rows(said(tab, f"{address}/{record.id}/", width), "绩效指标")
    spoken = [row for row in table if row and row[0][0] != "columnheader"][: len(record.form.indicators)]
    assert len(spoken) == len(record.form.indicators) >= 6
    for row, indicator in zip(spoken, record.form.indicators, strict=True):
        heads = [name for role, name in row if role == "rowheader"]
        cells = [name for role, name in row if role != "rowheader"]
        assert " ".join(indicator.name.split()) in heads[-1]
        for cell, printed in zip(cells, values(indicator), strict=False):
            assert printed in cell


@pytest.mark.parametrize("record", [DECLARATION, EVALUATION], indirect=True)
def test_first_row_of_a_group_says_its_levels(tab: Page, address: str, record: Record) -> None:
    table = rows(said(tab, f"{address}/{record.id}/", DESK), "绩效指标")
    body = [row for row in table if row and row[0][0] == "rowheader"]
    first = record.form.indicators[0]
    assert [name for _, name in body[0][:2]] == [first.level1, first.level2]


@pytest.mark.parametrize("record", [DECLARATION, EVALUATION], indirect=True)
def test_columns_are_named_before_the_rows(tab: Page, address: str, record: Record) -> None:
    heads = [name for role, name in rows(said(tab, f"{address}/{record.id}/", DESK), "绩效指标")[0] if role]
    assert heads[:3] == ["一级指标", "二级指标", "三级指标"]
    assert len(heads) == (4 if record.id == DECLARATION else 8)


def test_lost_points_are_said_in_words(tab: Page, address: str) -> None:
    found = said(tab, f"{address}/{EVALUATION}/", DESK)
    assert [name for _, name in found if "有扣分" in name]


@pytest.mark.parametrize(
    ("page", "order"),
    [
        (DECLARATION, "技术转移合作 财政项目支出绩效目标申报表 基本情况 项目资金 绩效目标 绩效指标".split()),
        (
            EVALUATION,
            "加强科技类社会组织党建工作 财政项目支出绩效自评表 基本情况 预算执行 年度总体目标 绩效指标".split(),
        ),
    ],
)
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_form_is_read_from_title_to_indicators(
    tab: Page, address: str, page: str, order: list[str], width: int
) -> None:
    found = said(tab, f"{address}/{page}/", width)
    spoken = [name for role, name in found if role in ("heading", "region")]
    sheet = spoken[spoken.index(order[1]) :]  # an account of the score may stand above the form
    assert spoken[0] == order[0]
    assert [name for name in dict.fromkeys(sheet) if name in order] == order[1:]
