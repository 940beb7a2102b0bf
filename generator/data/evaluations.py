"""The evaluations, one a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.data.column import Column, Share, Table, money_unit, printed_amount, printed_figure
from generator.data.identity import REFERS, Document, documents, of_record, prose
from generator.reading.content import Record, evaluations
from generator.reading.model import Budget, BudgetRow, Evaluation
from generator.words.urls import record_url


@dataclass(frozen=True, slots=True)
class _Evaluation:
    record: Record
    form: Evaluation
    document: Document


def _evaluations(share: Share) -> Iterator[_Evaluation]:
    for document in documents(share):
        for record, form in evaluations(document.disclosure):
            yield _Evaluation(record, form, document)


def _amount(line: str, column: str) -> tuple[Column[_Evaluation], ...]:
    """An amount of the form's table of money, by its line and column there."""
    return printed_amount(
        f"budget_{line}_{column}",
        _title(line, column),
        lambda row: getattr(getattr(row.form.budget, line), column),
        lambda row: row.form.budget.unit,
        required=True,
    )


def _figure(line: str, column: str, unit: str) -> tuple[Column[_Evaluation], ...]:
    return printed_figure(
        f"budget_{line}_{column}",
        _title(line, column),
        lambda row: getattr(getattr(row.form.budget, line), column),
        unit,
    )


def _title(line: str, column: str) -> str:
    return f"{Budget.model_fields[line].title}：{BudgetRow.model_fields[column].title}"


def _budget(line: str) -> tuple[Column[_Evaluation], ...]:
    return (
        *_amount(line, "initial"),
        *_amount(line, "revised"),
        *_amount(line, "spent"),
        *_figure(line, "points", "分"),
        *_figure(line, "execution_rate", "%"),
        *_figure(line, "score", "分"),
    )


EVALUATIONS = Table(
    "evaluations",
    "自评表",
    "财政项目支出绩效自评表，一张一行；指标在“指标”表。",
    _evaluations,
    (
        *of_record("id", "编号", lambda row: row.record, lambda row: row.document),
        Column("url", "网址", "表的页面", lambda row: row.document.base + record_url(row.record.id), required=True),
        Column("name", "项目名称", "项目名称", lambda row: row.form.name, required=True),
        Column("department", "主管部门", "主管部门", lambda row: row.form.department, required=True),
        Column("implementer", "实施单位", "实施单位", lambda row: row.form.implementer, required=True),
        money_unit(lambda row: row.form.budget.unit),
        *_budget("total"),
        *_budget("appropriation"),
        *_budget("carryover"),
        *_budget("other"),
        Column("expected", "预期目标", "段落之间空一行", lambda row: prose(row.form.expected), required=True),
        Column("achieved", "实际完成情况", "段落之间空一行", lambda row: prose(row.form.achieved), required=True),
        *printed_figure("total_points", "总分（分值）", lambda row: row.form.total_points, "分"),
        *printed_figure("total_score", "总分（得分）", lambda row: row.form.total_score, "分"),
        Column("grade", "评分等级", "评分等级", lambda row: row.form.grade, required=True),
        Column(
            "indicators", "指标数", "有几项指标", lambda row: len(row.form.indicators), "integer", "项", required=True
        ),
        Column("note", "整理说明", "本站的说明", lambda row: row.form.note),
    ),
    ("id",),
    REFERS,
)
