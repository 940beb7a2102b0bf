"""The declarations, one a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.data.column import Column, Share, Table, money_unit, printed_amount
from generator.data.identity import REFERS, Document, day, documents, of_record, prose
from generator.reading.content import Record, declarations
from generator.reading.model import Declaration, Funding, ProjectFunding
from generator.words.urls import record_url


@dataclass(frozen=True, slots=True)
class _Declaration:
    record: Record
    form: Declaration
    document: Document


def _declarations(share: Share) -> Iterator[_Declaration]:
    for document in documents(share):
        for record, form in declarations(document.disclosure):
            yield _Declaration(record, form, document)


def _funding(part: str) -> tuple[Column[_Declaration], ...]:
    title = str(Funding.model_fields[part].title)
    return printed_amount(
        f"funding_{part}",
        title,
        lambda row: getattr(row.form.funding, part),
        lambda row: row.form.funding.unit,
        required=True,
    )


def _project_funding(part: str) -> tuple[Column[_Declaration], ...]:
    title = str(ProjectFunding.model_fields[part].title)
    return printed_amount(
        f"project_funding_{part}",
        title if part == "total" else f"项目资金：{title}",
        lambda row: getattr(row.form.project_funding, part, None),
        lambda row: row.form.funding.unit,
        required=False,
    )


DECLARATIONS = Table(
    "declarations",
    "申报表",
    "财政项目支出绩效目标申报表，一张一行；指标在“指标”表。",
    _declarations,
    (
        *of_record("id", "编号", lambda row: row.record, lambda row: row.document),
        Column("url", "网址", "表的页面", lambda row: row.document.base + record_url(row.record.id), required=True),
        Column("name", "项目名称", "项目名称", lambda row: row.form.name, required=True),
        Column("nature", "项目性质", "项目性质", lambda row: row.form.nature, required=True),
        Column("category", "项目类别", "项目类别", lambda row: row.form.category, required=True),
        Column("department", "主管部门", "主管部门", lambda row: row.form.department, required=True),
        Column("implementer", "实施单位", "实施单位", lambda row: row.form.implementer, required=True),
        Column("start", "计划开始日期", "年-月-日", lambda row: day(row.form.start), "date", required=True),
        Column("end", "计划完成日期", "年-月-日", lambda row: day(row.form.end), "date", required=True),
        money_unit(lambda row: row.form.funding.unit),
        *_project_funding("total"),
        *_project_funding("fiscal"),
        *_project_funding("other"),
        *_funding("total"),
        *_funding("appropriation"),
        *_funding("carryover"),
        *_funding("other"),
        Column(
            "objectives_overall",
            "项目总目标",
            "段落之间空一行；原表空白的为空",
            lambda row: prose(row.form.objectives.overall),
        ),
        Column(
            "objectives_annual",
            "年度总体目标",
            "段落之间空一行",
            lambda row: prose(row.form.objectives.annual),
            required=True,
        ),
        Column(
            "indicators", "指标数", "有几项指标", lambda row: len(row.form.indicators), "integer", "项", required=True
        ),
        Column("note", "整理说明", "本站的说明", lambda row: row.form.note),
    ),
    ("id",),
    REFERS,
)
