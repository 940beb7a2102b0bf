"""Every figure of the pages of documents, centres and years, against sums of the site's own record.json.

The sums are made here from the printed strings of the JSON files, without the code that made the pages.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborNode

from tests import dom

Json = dict[str, Any]
SOURCES = {"appropriation": "当年财政拨款", "carryover": "上年结转资金", "other": "其他资金"}


@pytest.fixture(scope="module")
def records(site: Path) -> list[Json]:
    found = [json.loads(path.read_text("utf-8")) for path in sorted(site.glob("*/*/*/*/record.json"))]
    assert len(found) == 36
    assert sum(len(record["indicators"]) for record in found) == 545
    return found


def of(records: Iterable[Json], place: str) -> list[Json]:
    found = [record for record in records if record["id"].startswith(place)]
    assert found, place
    return found


def number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def asked(records: Iterable[Json], part: str = "total") -> Decimal:
    """Yuan; every declaration of the content is printed in yuan."""
    return sum((number(record["funding"][part]) for record in records), Decimal(0))


def reported(records: Iterable[Json], column: str, row: str = "total") -> Decimal:
    """万元; every evaluation of the content is printed in 万元."""
    return sum((number(record["budget"][row][column]) for record in records), Decimal(0))


def written(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def page(site: Path, url: str) -> LexborNode:
    return dom.parse(site / url / "index.html")


def rows(table: LexborNode, part: str) -> list[list[str]]:
    return [[dom.text(cell) for cell in row.css("th, td")] for row in table.css(f"{part} tr")]


def table_of(tree: LexborNode, caption: str) -> LexborNode:
    (table,) = (found for found in tree.css("table") if caption in dom.text(found.css("caption")[0]))
    return table


DECLARED = ["sgst/2024/targets", "sspec/2026/targets", "sstec/2024/targets", "stic/2024/targets"]


@pytest.mark.parametrize("place", DECLARED)
def test_document_of_declarations_shows_what_its_forms_add_up_to(site: Path, records: list[Json], place: str) -> None:
    own, tree = of(records, place), page(site, place)
    (table,) = tree.css("#forms")
    *_, total = rows(table, "tfoot")
    money = [written(asked(own, part)) for part in ("total", *SOURCES)]
    assert total == [
        "",
        f"全部 {len(own)} 个项目合计",
        *money,
        str(sum(len(each["indicators"]) for each in own)),
        "100.00%",
    ]
    lines = rows(table, "tbody")
    assert [line[1] for line in lines] == [record["name"] for record in own]
    for column in range(3, 7):
        assert sum(number(line[column]) for line in lines) == number(total[column - 1])
    shown = {dom.text(row.css("th")[0]): dom.text(row.css("td")[0]) for row in tree.css(".figures tr") if row.css("td")}
    assert shown["申请总额"] == written(asked(own))
    assert {name: shown[name] for name in SOURCES.values()} == {
        name: written(asked(own, part)) for part, name in SOURCES.items()
    }


def test_document_of_evaluations_shows_what_its_forms_add_up_to(site: Path, records: list[Json]) -> None:
    own, tree = of(records, "sstec/2023/evaluations"), page(site, "sstec/2023/evaluations")
    assert (reported(own, "revised"), reported(own, "spent")) == (Decimal("1055.00"), Decimal("1018.30"))
    (table,) = tree.css("#forms")
    (total,) = rows(table, "tfoot")
    assert total == ["", "全部 6 个项目合计", "1,055.00", "1,018.30", "96.52", "", "", "87"]
    (by_source,) = tree.css("#by-source")
    (sums,) = rows(by_source, "tfoot")
    assert sums[2:] == [written(reported(own, column, part)) for part in SOURCES for column in ("revised", "spent")]
    for column in range(2, 8):
        assert sum(number(line[column]) for line in rows(by_source, "tbody")) == number(sums[column])


@pytest.mark.parametrize("place", [*DECLARED, "sstec/2023/evaluations"])
def test_document_counts_its_indicators_by_level1(site: Path, records: list[Json], place: str) -> None:
    own = of(records, place)
    (table,) = page(site, place).css("#kinds-of-forms")
    (head,), (total,) = rows(table, "thead"), rows(table, "tfoot")
    counts = Counter(indicator["level1"] for record in own for indicator in record["indicators"])
    assert dict(zip(head[2:-1], map(int, total[2:-1]), strict=True)) == counts
    for record, line in zip(own, rows(table, "tbody"), strict=True):
        mine = Counter(indicator["level1"] for indicator in record["indicators"])
        assert [int(count) for count in line[2:-1]] == [mine[label] for label in head[2:-1]]


def test_counted_indicators_lead_to_the_first_of_their_kind(site: Path, records: list[Json]) -> None:
    looked_at = 0
    for record in of(records, "sstec/2024/targets"):
        for label in dict.fromkeys(indicator["level1"] for indicator in record["indicators"]):
            first = [indicator["level1"] for indicator in record["indicators"]].index(label) + 1
            links = page(site, "sstec/2024/targets").css(f'#kinds-of-forms a[href="{record["id"][-2:]}/#i{first:02}"]')
            assert len(links) == 1, (record["id"], label)
            looked_at += 1
    assert looked_at == 27


@pytest.mark.parametrize(("year", "total"), [("2024", "114,058,432.00"), ("2026", "1,700,000.00")])
def test_year_compares_what_its_centres_asked_for(site: Path, records: list[Json], year: str, total: str) -> None:
    own = [record for record in records if f"/{year}/targets/" in record["id"]]
    assert written(asked(own)) == total
    table = table_of(page(site, f"years/{year}"), "申请资金与来源")
    places = sorted({record["id"].rsplit("/", 1)[0] for record in own})
    assert [line[:-1] for line in rows(table, "tbody")] == [
        [
            mine[0]["centre"],
            str(len(mine)),
            str(sum(len(record["indicators"]) for record in mine)),
            *(written(asked(mine, part)) for part in ("total", *SOURCES)),
        ]
        for mine in (of(own, place) for place in places)
    ]
    if len(places) > 1:
        (sums,) = rows(table, "tfoot")
        assert sums[3:-1] == [written(asked(own, part)) for part in ("total", *SOURCES)]
    else:
        assert rows(table, "tfoot") == [], "one centre is not added up"


def test_year_names_its_largest_projects(site: Path, records: list[Json]) -> None:
    own = [record for record in records if "/2024/targets/" in record["id"]]
    first = sorted(own, key=lambda record: -number(record["funding"]["total"]))[:10]
    lines = rows(table_of(page(site, "years/2024"), "申请最多的项目"), "tbody")
    assert [line[:3] for line in lines] == [
        [record["name"], record["centre"], record["funding"]["total"]] for record in first
    ]
    assert lines[0][3] == "34.19%"  # 39,000,000.00 of 114,058,432.00


def test_year_of_evaluations_shows_budgets_and_scores(site: Path) -> None:
    (line,) = rows(table_of(page(site, "years/2023"), "预算、执行、等级与总分"), "tbody")
    assert line[:-1] == ["上海科学技术交流中心", "6", "87", "1,055.00", "1,018.30", "96.52", "优 6", "99.00 至 99.86"]


def test_centre_has_a_table_for_each_kind_of_document_and_adds_neither(site: Path) -> None:
    tree = page(site, "sstec")
    (asked_line,) = rows(table_of(tree, "申请资金与来源"), "tbody")
    (reported_line,) = rows(table_of(tree, "预算、执行、等级与总分"), "tbody")
    assert asked_line[0] == "2024 年度"
    assert asked_line[3] == "48,551,900.00"
    assert reported_line[0] == "2023 年度"
    assert reported_line[3:5] == ["1,055.00", "1,018.30"]
    assert not tree.css(".accounts tfoot"), "years are not added"
    assert "不相加" in dom.text(tree)


def test_centre_years_page_leads_to_the_forms_that_make_its_figures(site: Path) -> None:
    tree = page(site, "sstec/2024")
    links = {dom.text(link): link.attributes["href"] for link in tree.css("a.figure")}
    assert links["48,551,900.00"] == "targets/#forms"
    assert links["9,551,900.00"] == "targets/#forms"
    assert links["89"] == "targets/#kinds-of-forms"


def test_nothing_is_added_across_years_and_kinds(site: Path, records: list[Json]) -> None:
    """Sums that would be wrong: of budgets and requests, of requests of different years, of all centres' everything."""
    declared, evaluated = [[r for r in records if r["kind"] == kind] for kind in ("declaration", "evaluation")]
    budget = reported(evaluated, "revised") * 10_000
    sstec = asked(of(declared, "sstec"))
    wrong = {sstec + budget, asked(declared), asked(declared) + budget}
    wrong |= {sstec + reported(evaluated, "spent") * 10_000}
    for project in {record["name"] for record in evaluated} & {record["name"] for record in declared}:
        both = [record for record in declared if record["name"] == project and record["id"].startswith("sstec")]
        spent = [record for record in evaluated if record["name"] == project]
        wrong.add(asked(both) + reported(spent, "revised") * 10_000)
    wrong = {amount for amount in wrong if amount > 1_000_000}  # a small one may stand somewhere by chance
    assert len(wrong) == 7
    texts = [path.read_text("utf-8") for path in site.rglob("*.html")]
    assert len(texts) > 70
    for amount in wrong:
        for shown in (written(amount), written(amount / 10_000), str(amount)):
            assert not any(re.search(rf"(?<![\d,.]){re.escape(shown)}(?![\d,])", text) for text in texts), shown


def test_home_leads_every_reader_on(site: Path) -> None:
    links = {dom.text(link): link.attributes["href"] for link in page(site, "").css(".ways a")}
    assert links == {
        "找一家单位": "#by-year",
        "比较一个年度": "years/",
        "跟踪一个项目": "projects/",
        "查一句话、一个数": "search/",
        "下载数据": "data/",
        "看懂一张表": "about/reading/",
    }


def test_home_shows_the_money_of_the_newest_year_of_several_centres(site: Path, records: list[Json]) -> None:
    own = [record for record in records if "/2024/targets/" in record["id"]]
    tree = page(site, "")
    assert rows(table_of(tree, "各单位申请资金的来源"), "tfoot") == [["3 家单位合计", "114,058,432.00"]]
    sources = {line[0]: line[1] for line in rows(table_of(tree, "申请资金合计按来源"), "tbody")}
    assert sources == {name: written(asked(own, part)) for part, name in SOURCES.items()}


def test_bars_say_what_they_show_and_stand_beside_their_figures(site: Path) -> None:
    looked_at = 0
    for path in sorted(site.rglob("index.html")):
        for chart in dom.parse(path).css("svg.bar"):
            assert not chart.css("[style]")
            if chart.attributes.get("aria-hidden") == "true":
                continue
            title, told = chart.css("title")[0], chart.css("desc")[0]
            assert chart.attributes["aria-labelledby"] == title.attributes["id"]
            assert chart.attributes["aria-describedby"] == told.attributes["id"]
            assert dom.text(title)
            assert dom.text(told)
            widths = [Decimal(str(rect.attributes["width"]).rstrip("%")) for rect in chart.css("rect")]
            assert sum(widths) <= 100
            looked_at += 1
    assert looked_at > 25
