"""The built site shows every form as its centre disclosed it."""

import gc
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.exports.downloads import centre_files
from generator.line.check import check_content
from generator.pages.plan import make_plan
from generator.pages.render import page_maker, render_pages, site_words
from generator.reading.content import Content, Record
from generator.reading.model import Declaration, Evaluation, ScoredIndicator
from generator.reading.reader import uncollected
from generator.reading.settings import Settings
from generator.search.search_part import search_part
from generator.words.urls import record_json_url, record_url
from tests import dom
from tests.small import EVALUATIONS, SAME_YEAR, small_project


def page_of(site: Path, record: Record) -> Path:
    return site / record_url(record.id) / "index.html"


def printed(record: Record) -> Iterator[str]:
    """Every printed value of a record, in the order of the official form."""
    form = record.form
    yield form.name
    if isinstance(form, Declaration):
        yield from (form.nature, form.category, form.department, form.implementer)
        yield from (form.start.isoformat(), form.end.isoformat())
        yield from map(str, (form.funding.total, form.funding.appropriation, form.funding.carryover))
        yield from (str(form.funding.other), *form.objectives.annual)
    elif isinstance(form, Evaluation):
        yield from (form.department, form.implementer)
        for row in (form.budget.total, form.budget.appropriation, form.budget.carryover, form.budget.other):
            yield from map(str, (row.initial, row.revised, row.spent, row.points, row.execution_rate, row.score))
        yield from (*form.expected, *form.achieved)
    for indicator in form.indicators:
        yield indicator.name
        yield str(indicator.target or "来源文本缺")
        if isinstance(indicator, ScoredIndicator):
            yield from (str(indicator.actual), str(indicator.points), str(indicator.score))
    if isinstance(form, Evaluation):
        yield from (str(form.total_points), str(form.total_score), form.grade)


def test_record_page_shows_every_printed_value_in_order(site: Path, content: Content) -> None:
    looked_at = 0
    for record in content.records:
        (sheet,) = dom.find(dom.parse(page_of(site, record)), "sheet")
        shown = sheet.text()
        at = 0
        for value in printed(record):
            found = shown.find(value, at)
            assert found >= 0, f"{record.id}: {value!r} is not on the page, or not in its place"
            at = found + len(value)
            looked_at += 1
    assert looked_at > 1900


def test_indicator_rows_carry_their_merged_labels(site: Path, content: Content) -> None:
    rows_read = 0
    for record in content.records:
        (table,) = dom.find(dom.parse(page_of(site, record)), "rows")
        shown: list[tuple[str, str, str]] = []
        level1 = level2 = ""
        for row in dom.find(table, "rows__item"):
            for cell in row.iter():
                if "rows__level1" in (cell.attributes.get("class") or ""):
                    level1 = dom.text(cell)
                if "rows__level2" in (cell.attributes.get("class") or ""):
                    level2 = dom.text(cell)
            (name,) = dom.find(row, "rows__line")
            shown.append((level1, level2, dom.text(list(name.iter())[1])))
        missing = "来源文本缺"
        expected = [
            (i.level1 or missing, i.level2 or missing, " ".join(i.name.split())) for i in record.form.indicators
        ]
        assert shown == expected, record.id
        rows_read += len(shown)
    assert rows_read == 545


def test_group_headers_span_exactly_their_rows(site: Path, content: Content) -> None:
    for record in content.records:
        (table,) = dom.find(dom.parse(page_of(site, record)), "rows")
        spans = [int(cell.attributes["rowspan"] or 0) for cell in dom.find(table, "rows__level2")]
        assert sum(spans) == len(record.form.indicators), record.id


def test_table_headers_are_never_empty(site: Path) -> None:
    pages = sorted(site.rglob("index.html"))
    assert len(pages) > 50
    for page in pages:
        for header in dom.parse(page).css("th"):
            assert dom.text(header), f"an empty th on {page.relative_to(site)}"


def records_json(site: Path, content: Content) -> list[dict[str, Any]]:
    return [json.loads((site / record_json_url(record.id)).read_text("utf-8")) for record in content.records]


def test_site_data_holds_36_records_and_545_indicators(site: Path, content: Content) -> None:
    records = records_json(site, content)
    assert len(records) == 36
    assert sum(len(record["indicators"]) for record in records) == 545


@pytest.mark.parametrize(
    ("folder", "yuan"),
    [
        ("sstec/2024/targets", "48551900.00"),
        ("stic/2024/targets", "46771540.00"),
        ("sspec/2026/targets", "1700000.00"),
        ("sgst/2024/targets", "18734992.00"),
    ],
)
def test_site_data_adds_up_to_the_money_asked_for(site: Path, content: Content, folder: str, yuan: str) -> None:
    asked = [found["funding"] for found in records_json(site, content) if found["id"].startswith(folder)]
    assert sum(Decimal(funding["yuan"]["total"]) for funding in asked) == Decimal(yuan)
    assert sum(Decimal(funding["total"].replace(",", "")) for funding in asked) == Decimal(yuan)


def test_site_data_adds_up_to_the_money_spent(site: Path, content: Content) -> None:
    budgets = [found["budget"] for found in records_json(site, content) if found["kind"] == "evaluation"]
    assert sum(Decimal(budget["total"]["revised"]) for budget in budgets) == Decimal("1055.00")
    assert sum(Decimal(budget["total"]["spent"]) for budget in budgets) == Decimal("1018.30")


def test_record_json_speaks_of_its_record(site: Path) -> None:
    facts = json.loads((site / "sstec/2024/targets/01/record.json").read_text("utf-8"))
    assert facts["id"] == "sstec/2024/targets/01"
    assert facts["url"] == "sstec/2024/targets/01/"
    assert (facts["centre"], facts["year"], facts["kind"]) == ("上海科学技术交流中心", 2024, "declaration")
    assert facts["indicators"][1]["target"] == {"printed": "≥6.00(条)", "comparison": "≥", "value": 6, "unit": "条"}


def test_source_text_is_published_as_received(site: Path, content: Content) -> None:
    for disclosure in content.disclosures:
        published = site / disclosure.centre / str(disclosure.year) / disclosure.kind / "source.txt"
        assert published.read_bytes() == disclosure.source.data


def test_unknown_dates_are_said_to_be_unknown(site: Path) -> None:
    (shown, *_) = (
        dom.text(value)
        for value in dom.find(dom.parse(site / "sspec/2026/targets/index.html"), "facts-list__value")
        if "未注明" in dom.text(value)
    )
    assert shown == "来源文件未注明"


def test_title_of_our_own_is_marked(site: Path) -> None:
    assert "标题为本站拟定" in (site / "sstec/2023/evaluations/index.html").read_text("utf-8")
    assert "标题为本站拟定" not in (site / "sstec/2024/targets/index.html").read_text("utf-8")


def test_centre_and_document_without_a_form_are_told_in_whole_sentences(tmp_path: Path) -> None:
    """A centre that begins; a document of which every form was withdrawn."""
    root = small_project(tmp_path)
    (root / "content/other").mkdir()
    centre = (root / "content/unit/centre.yml").read_text("utf-8")
    (root / "content/other/centre.yml").write_text(centre.replace("name: 示例中心", "name: 另一中心"), "utf-8")
    (root / SAME_YEAR / "01.yml").unlink()
    facts = root / SAME_YEAR / "disclosure.yml"
    text = facts.read_text("utf-8").replace("records: 1", "records: 0").replace("indicators: 4", "indicators: 0")
    text = text.replace('revised: "56.00"', 'revised: "0.00"').replace('spent: "55.26"', 'spent: "0.00"')
    facts.write_text(text + 'withdrawn:\n  - number: "01"\n    on: 2025-06-01\n    reason: 有个人信息\n', "utf-8")
    content = check_content(Settings(root, "示例", None)).or_raise()
    pages = {file.path: file.data.decode() for file in render_pages(make_plan(content))}
    other, year = pages["other/index.md"], pages["unit/2024/index.md"]
    assert 'description: "还没有收录另一中心的文件。"' in other
    assert "还没有收录这家单位的文件。" in other
    assert "全部 0 个项目" in year
    assert not re.search("[：>]。", other + year)


def test_points_that_a_form_gives_too_many_of_are_not_marked_as_lost(tmp_path: Path) -> None:
    """It may be printed so, and published with a waiver: a mark would say that points were taken off."""
    record = small_project(tmp_path) / EVALUATIONS / "01.yml"
    text = record.read_text("utf-8")
    assert 'score: "9.86"' in text
    record.write_text(text.replace('score: "9.86"', 'score: "10.86"'), "utf-8")
    content = check_content(Settings(tmp_path, "示例", None)).content
    assert content is not None
    (page,) = (each for each in render_pages(make_plan(content)) if each.path == "unit/2023/evaluations/01/index.md")
    body = page.data.decode()
    assert '<td class="number">-0.86</td>' in body
    assert body.count("-0.86") == 1


def test_same_project_of_two_years_is_linked_both_ways(site: Path) -> None:
    earlier = (site / "sstec/2023/evaluations/01/index.html").read_text("utf-8")
    later = (site / "sstec/2024/targets/06/index.html").read_text("utf-8")
    assert 'href="../../../2024/targets/06/"' in earlier
    assert 'href="../../../2023/evaluations/01/"' in later


def test_centre_leaves_nothing_to_the_collector_when_its_pages_are_made(content: Content) -> None:
    words = site_words(content, make_plan(content).outlines, None)
    make = page_maker(words, None)

    def made() -> int:
        for centre in content.centres:
            centre_files(centre, None)
            search_part(centre)
        return sum(len(make(page).body) for page in make_plan(content).pages)

    made()  # templates are compiled once
    with uncollected():
        gc.collect()
        assert made() > 1_000_000
        assert gc.collect() == 0
