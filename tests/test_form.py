"""Inside `[data-form]` stand the record's printed words and the form's own labels, in order, and nothing else.

What helps the reader there (links, marks, what is said of blanks, labels repeated for a row that goes on) is
an aid: an element with `data-aid`, whose words are not the form's.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from generator.reading.content import Content, Record
from generator.reading.model import Declaration, Evaluation, Indicator, ScoredIndicator
from generator.words.urls import record_url
from tests import dom
from tests.conftest import Built
from tests.headers import cells_of, headers_of

DECLARATION_COLUMNS = ("一级指标", "二级指标", "三级指标", "年度(/项目)指标值")
EVALUATION_COLUMNS = (*DECLARATION_COLUMNS[:3], "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
BUDGET_COLUMNS = ("年初预算数", "全年预算数", "全年执行数", "分数", "执行率(%)", "得分")
BUDGET_ROWS = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")


def page_of(site: Path, record: Record) -> LexborNode:
    return dom.parse(site / record_url(record.id) / "index.html")


def words_of_form(record: Record, year: int) -> Iterator[object]:
    """Labels and printed words in the order of the official form; None where it is blank."""
    form = record.form
    if isinstance(form, Declaration):
        yield from ("财政项目支出绩效目标申报表", f"（{year}年度）")
        yield from ("项目名称", form.name, "项目性质", form.nature, "项目类别", form.category)
        yield from ("主管部门", form.department, "实施单位", form.implementer)
        yield from ("计划开始日期", form.start, "计划完成日期", form.end)
        whole, year_money = form.project_funding, form.funding
        yield from ("项目资金", f"（{year_money.unit}）")
        yield from ("项目资金总额", whole and whole.total, "年度资金申请总额", year_money.total)
        yield from ("其中：财政资金", whole and whole.fiscal, "其中：当年财政拨款", year_money.appropriation)
        yield from ("上年结转资金", year_money.carryover)
        yield from ("其他资金", whole and whole.other, "其他资金", year_money.other)
        yield from ("项目总目标", *(form.objectives.overall or ()), "年度总体目标", *form.objectives.annual)
        yield from ("绩效指标", *DECLARATION_COLUMNS, *rows_of(form.indicators))
    if isinstance(form, Evaluation):
        yield from ("财政项目支出绩效自评表", f"（{year}年度）")
        yield from ("项目名称", form.name, "主管部门", form.department, "实施单位", form.implementer)
        budget = form.budget
        yield from ("项目资金", f"（{budget.unit}）", *BUDGET_COLUMNS)
        lines = (budget.total, budget.appropriation, budget.carryover, budget.other)
        for label, row in zip(BUDGET_ROWS, lines, strict=True):
            yield from (label, row.initial, row.revised, row.spent, row.points, row.execution_rate, row.score)
        yield from ("年度总体目标", "预期目标", *form.expected, "实际完成情况", *form.achieved)
        yield from ("绩效指标", *EVALUATION_COLUMNS, *rows_of(form.indicators))
        yield from ("总分", form.total_points, form.total_score, "评分等级", form.grade)


def rows_of(indicators: tuple[Indicator, ...]) -> Iterator[object]:
    """A merged cell's label stands once, at its first row."""
    level1: object = ""
    levels: object = ""
    for row in indicators:
        if levels != (row.level1, row.level2):
            if level1 != row.level1:
                yield row.level1
            yield row.level2
        level1, levels = row.level1, (row.level1, row.level2)
        yield from (row.name, row.target)
        if isinstance(row, ScoredIndicator):
            yield from (row.actual, row.points, row.score, row.deviation)


def words_on_page(tree: LexborNode) -> str:
    (form,) = tree.css("[data-form]")
    for aid in form.css("[data-aid]"):
        aid.decompose()
    return form.text()


def without_blanks(words: str) -> str:
    return re.sub(r"\s", "", words)


def test_form_holds_the_printed_words_and_its_labels_and_nothing_else(site: Path, content: Content) -> None:
    looked_at = 0
    for disclosure in content.disclosures:
        for record in disclosure.records:
            expected = [str(words) for words in words_of_form(record, disclosure.year) if words is not None]
            found = words_on_page(page_of(site, record))
            assert without_blanks(found) == without_blanks("".join(expected)), record.id
            looked_at += len(expected)
    assert looked_at > 3000


def test_altered_form_holds_the_words_of_today_and_nothing_else(altered: Built) -> None:
    """Marks of alterations are aids; what stood before is told after the form."""
    looked_at = 0
    for disclosure in altered.plan.content.disclosures:
        for record in disclosure.records:
            if not (record.form.amendments or record.form.corrections):
                continue
            tree = page_of(altered.folder, record)
            assert tree.css("[data-form] .altered-mark"), record.id
            expected = [str(words) for words in words_of_form(record, disclosure.year) if words is not None]
            assert without_blanks(words_on_page(tree)) == without_blanks("".join(expected)), record.id
            looked_at += 1
    assert looked_at == 2


def test_printed_blanks_inside_words_are_kept(site: Path, content: Content) -> None:
    """The comparison above overlooks blanks: here each name and paragraph with one is looked for as printed."""
    looked_at = 0
    for record in content.records:
        shown = words_on_page(page_of(site, record))
        for words in (each for each in words_of_form(record, 0) if isinstance(each, str) and " " in each):
            assert words in shown, record.id
            looked_at += 1
    assert looked_at > 20


def test_aids_are_what_they_say(site: Path, content: Content) -> None:
    """No printed word hides in an aid: an aid holds a row's number, a count, a blank's name or a repeated label."""
    seen: set[str] = set()
    for record in content.records:
        labels = {str(each) for row in record.form.indicators for each in (row.level1, row.level2)}
        for aid in page_of(site, record).css("[data-form] [data-aid]"):
            words = dom.text(aid)
            running = "rows__running" in (aid.attributes.get("class") or "")
            known = words in labels or re.fullmatch(r"\d+|，共 \d+ 项|原表空白|来源文本缺|项目资金（.*", words)
            assert known or running, (record.id, words)
            seen.add(re.sub(r"\d+", "0", words))
    assert {"0", "，共 0 项", "原表空白", "来源文本缺"} <= seen


@pytest.mark.parametrize("name", ["项目资金总额", "分值", "服务对象满意度指标"])
def test_labels_lead_to_what_they_mean(site: Path, content: Content, name: str) -> None:
    found = 0
    for record in content.records:
        tree = page_of(site, record)
        for label in tree.css("[data-form] a.term"):
            if dom.text(label) == name:
                (term,) = tree.css(label.attributes["href"] or "")
                assert dom.text(term) == name
                assert term.next is not None
                found += 1
    assert found


def data_cells(tree: LexborNode, css: str) -> list[tuple[str, list[str]]]:
    """The words of every data cell of a table, and its headers; the numbers of rows are left out."""
    (table,) = tree.css(css)
    for number in table.css(".rows__index"):
        number.decompose()
    cells = cells_of(table)
    return [(cell.words, headers_of(cell, cells)) for cell in cells if cell.node.tag == "td"]


def test_every_cell_of_a_row_has_the_headers_of_its_column_and_its_merged_labels(site: Path, content: Content) -> None:
    looked_at = 0
    for record in content.records:
        found = data_cells(page_of(site, record), ".rows")
        columns = EVALUATION_COLUMNS if isinstance(record.form, Evaluation) else DECLARATION_COLUMNS
        expected = [
            [row.level1 or "来源文本缺", row.level2 or "来源文本缺", " ".join(row.name.split()), column]
            for row in record.form.indicators
            for column in columns[3:]
        ]
        assert [heads for _, heads in found][: len(expected)] == expected, record.id
        looked_at += len(expected)
    assert looked_at > 800


def test_every_amount_of_a_declaration_has_its_headers(site: Path, content: Content) -> None:
    (record,) = (each for each in content.records if each.id == "sstec/2024/targets/01")
    assert [heads for _, heads in data_cells(page_of(site, record), ".money")] == [
        ["项目资金（元）", "项目资金总额"],
        ["项目资金（元）", "年度资金申请总额"],
        ["项目资金（元）", "其中：财政资金"],
        ["项目资金（元）", "其中：当年财政拨款"],
        ["项目资金（元）", "上年结转资金"],
        ["项目资金（元）", "其他资金"],
        ["项目资金（元）", "其他资金"],
    ]


def test_every_amount_of_an_evaluation_has_its_headers(site: Path, content: Content) -> None:
    (record,) = (each for each in content.records if each.id == "sstec/2023/evaluations/05")
    _, *found = data_cells(page_of(site, record), ".budget")  # the first is the empty corner
    assert found[0] == ("439.02", ["项目资金（万元）", "年度资金总额", "年初预算数"])
    assert found[5] == ("9.45", ["项目资金（万元）", "年度资金总额", "得分"])
    assert [heads for _, heads in found] == [
        ["项目资金（万元）", row, column] for row in BUDGET_ROWS for column in BUDGET_COLUMNS
    ]
