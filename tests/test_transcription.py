"""Every record against the document it was copied from, both ways.

A source line is cut at its tabs and `<p>` tags into cells. Each printed cell must stand in the
record, each string of the record in the source, each indicator's cells in one row, in the printed
order. What the extraction damaged is excepted one by one, with its reason, in `transcription/`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest

from generator.reading.content import Content, Disclosure, Record
from generator.reading.load import load_file
from generator.reading.model import Declaration, Evaluation, Indicator, ScoredIndicator
from tests.conftest import ROOT

HEADS = ("财政项目支出绩效目标申报表", "财政项目支出绩效自评表")
# The form's own labels, without blanks.
LABELS = frozenset(
    """项目名称 项目性质 项目类别 主管部门 实施单位 计划开始日期 计划完成日期 项目资金(元) 项目资金（元）
    项目资金(万元) 项目资金（万元） 项目资金总额 项目资金总额： 其中：财政资金 其他资金 年度资金申请总额
    年度资金申请总额： 其中：当年财政拨款 上年结转资金 项目绩效目标 项目总目标 年度总体目标 年度
    总体目标 绩效指标 三级指标 年度(/项目)指标值 一级指标 二级指标 年初预算数 全年预算数 全年执行数 分数
    分值 执行率(%) 得分 年度资金总额: 年度资金总额： 其中:当年财政拨款 预期目标 实际完成情况 年度指标值
    实际完成值 偏差原因分析及改进措施 总分 评分等级""".split()
)
LEVELS = frozenset(
    """成本指标 产出指标 效益指标 满意度指标 数量指标 质量指标 时效指标 经济成本指标 社会成本指标
    生态环境成本指标 经济效益指标 社会效益指标 生态效益指标 可持续影响指标 服务对象满意度指标""".split()
)
DISCLOSURES = (
    "sgst/2024/targets",
    "sspec/2026/targets",
    "sstec/2023/evaluations",
    "sstec/2024/targets",
    "stic/2024/targets",
)
Row = list[str]


@dataclass(frozen=True)
class Exceptions:
    """What one form's record may show otherwise than the source: cells gone, strings new."""

    source: Counter[str]
    record: Counter[str]
    dropped: frozenset[str]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def is_label(cell: str) -> bool:
    return bare(cell) in LABELS or re.fullmatch(r"[(（]\d{4}年度[)）]", bare(cell)) is not None


def is_level(cell: str) -> bool:
    return bare(cell) in LEVELS


def is_name(cell: str) -> bool:
    return is_label(cell) or is_level(cell)


def cells(line: str) -> Row:
    pieces = (piece.strip().lstrip("#").strip() for cell in line.split("\t") for piece in re.split("</?p>", cell))
    return [piece for piece in pieces if piece]


def source_forms(text: str) -> list[list[Row]]:
    """The rows of each form of a document."""
    forms: list[list[Row]] = []
    for row in map(cells, text.splitlines()):
        if len(row) == 1 and row[0] in HEADS:
            forms.append([])
        elif forms and row:
            forms[-1].append(row)
    return forms


def exceptions(disclosure: Disclosure, number: int) -> Exceptions:
    name = f"{disclosure.centre}-{disclosure.year}-{disclosure.kind}.yml"
    path = ROOT / "tests" / "transcription" / name
    loaded = load_file(path, name)
    assert loaded.tree, loaded.problems
    source: Counter[str] = Counter()
    record: Counter[str] = Counter()
    dropped: set[str] = set()
    listed = cast(dict[str, Any], loaded.tree.plain)["exceptions"]
    for each in listed:
        assert set(each) == {"form", "reason", "source", "record"}, each
        assert len(each["reason"]) >= 8, f"a reason that says nothing: {each}"
        if int(each["form"]) == number:
            source.update(each["source"])
            record.update(each["record"])
            dropped.update(() if each["record"] else each["source"])
    return Exceptions(source, record, frozenset(dropped))


def row_of(indicator: Indicator) -> Row:
    printed = [indicator.name, indicator.target and indicator.target.printed]
    if isinstance(indicator, ScoredIndicator):
        actual = indicator.actual and indicator.actual.printed
        printed += [actual, indicator.points.printed, indicator.score.printed, indicator.deviation]
    return [cell for cell in printed if cell]


def strings(record: Record) -> Iterator[str]:
    """Every printed string of a record, level labels apart."""
    form = record.form
    yield from (form.name, form.department, form.implementer)
    if isinstance(form, Declaration):
        yield from (form.nature, form.category, form.start.isoformat(), form.end.isoformat())
        funding = form.funding
        yield from map(str, (funding.total, funding.appropriation, funding.carryover, funding.other))
        whole = form.project_funding
        yield from map(str, filter(None, (whole.total, whole.fiscal, whole.other) if whole else ()))
        yield from (*(form.objectives.overall or ()), *form.objectives.annual)
    elif isinstance(form, Evaluation):
        for row in (form.budget.total, form.budget.appropriation, form.budget.carryover, form.budget.other):
            yield from map(str, (row.initial, row.revised, row.spent, row.points, row.execution_rate, row.score))
        yield from (*form.expected, *form.achieved, str(form.total_points), str(form.total_score), form.grade)
    for indicator in form.indicators:
        yield from row_of(indicator)


def levels(record: Record) -> set[str]:
    found = {level for each in record.form.indicators for level in (each.level1, each.level2)}
    return {level for level in found if level}


def differences(form: list[Row], record: Record, excepted: Exceptions) -> Iterator[str]:
    """Where a form and its record say different things."""
    printed = Counter(cell for row in form for cell in row)
    own = Counter(strings(record))
    yield from (f"no such cell to except: {cell}" for cell in excepted.source - printed)
    yield from (f"no such string to except: {text}" for text in excepted.record - own if text not in levels(record))
    source = Counter({c: n for c, n in printed.items() if not is_name(c)}) - excepted.source
    copied = own - excepted.record
    yield from (f"in the source, not in the record: {cell}" for cell in source - copied)
    yield from (f"in the record, not in the source: {text}" for text in copied - source)
    labels = {bare(cell) for cell in printed if is_level(cell) and cell not in excepted.source}
    yield from (f"a level on one side only: {level}" for level in (labels ^ levels(record)) - set(excepted.record))
    yield from misplaced(form, record, excepted)


def misplaced(form: list[Row], record: Record, excepted: Exceptions) -> Iterator[str]:
    """Indicators whose cells do not stand in one source row, behind the row of the indicator before."""

    def is_value(cell: str) -> bool:
        labelled = is_name(cell) or all(map(is_name, cell.split()))
        return cell not in excepted.dropped and not labelled

    rows = [[cell for cell in row if is_value(cell)] for row in form]
    at = 0
    for number, indicator in enumerate(record.form.indicators, 1):
        row = row_of(indicator)
        if any(cell in excepted.record for cell in row):
            continue
        if row not in rows[at:]:
            yield f"indicator {number} is no row of the source here: {row}"
        else:
            at = rows.index(row, at) + 1


@pytest.mark.parametrize("folder", DISCLOSURES)
def test_transcription_says_what_the_source_says(content: Content, folder: str) -> None:
    disclosure = next(found for found in content.disclosures if found.records[0].id.startswith(f"{folder}/"))
    forms = source_forms(disclosure.source.text)
    assert len(forms) == len(disclosure.records)
    wrong = [
        f"form {number}: {difference}"
        for number, (form, record) in enumerate(zip(forms, disclosure.records, strict=True), 1)
        for difference in differences(form, record, exceptions(disclosure, number))
    ]
    assert wrong == []


def test_transcription_covers_every_disclosure(content: Content) -> None:
    folders = {f"{found.centre}/{found.year}/{found.kind}" for found in content.disclosures}
    assert folders == set(DISCLOSURES)


def test_transcription_check_sees_a_changed_character(content: Content) -> None:
    disclosure = content.disclosures[0]
    record = disclosure.records[0]
    form = source_forms(disclosure.source.text)[0]
    damaged = [[cell.replace("1", "7") for cell in row] for row in form]
    assert list(differences(damaged, record, exceptions(disclosure, 1)))


def test_titles_are_printed_unless_marked_as_ours(content: Content) -> None:
    for disclosure in content.disclosures:
        printed = disclosure.facts.title in disclosure.source.text
        assert printed == (disclosure.facts.title_origin == "原文"), disclosure.facts.title
