"""The indicators of both kinds of form, one a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.data.column import Column, Share, Table, printed_figure, printed_target
from generator.data.identity import REFERS, Document, documents, of_record
from generator.reading.content import Record
from generator.reading.model import Indicator, ScoredIndicator
from generator.words.urls import indicator_anchor, record_url


@dataclass(frozen=True, slots=True)
class _Indicator:
    """A row of a form; `scored` is the same row where it is one of an evaluation."""

    number: int
    indicator: Indicator
    scored: ScoredIndicator | None
    record: Record
    document: Document

    @property
    def url(self) -> str:
        return f"{self.document.base}{record_url(self.record.id)}#{indicator_anchor(self.number)}"


def _indicators(share: Share) -> Iterator[_Indicator]:
    for document in documents(share):
        for record in document.disclosure.records:
            for number, indicator in enumerate(record.form.indicators, 1):
                scored = indicator if isinstance(indicator, ScoredIndicator) else None
                yield _Indicator(number, indicator, scored, record, document)


INDICATORS = Table(
    "indicators",
    "指标",
    "绩效指标，一项一行，照原表的次序。实际完成值、分值、得分只有自评表有。",
    _indicators,
    (
        *of_record("record", "表编号", lambda row: row.record, lambda row: row.document),
        Column("row", "指标序号", "指标在表里是第几项", lambda row: row.number, "integer", required=True),
        Column("url", "网址", "指标在页面上的位置", lambda row: row.url, required=True),
        Column("project", "项目名称", "项目名称", lambda row: row.record.form.name, required=True),
        Column("level1", "一级指标", "来源文本里看不出的为空", lambda row: row.indicator.level1),
        Column("level2", "二级指标", "来源文本里看不出的为空", lambda row: row.indicator.level2),
        Column("name", "三级指标", "指标的名称", lambda row: row.indicator.name, required=True),
        *printed_target("target", "年度指标值", lambda row: row.indicator.target),
        *printed_target("actual", "实际完成值", lambda row: row.scored.actual if row.scored else None),
        *printed_figure("points", "分值", lambda row: row.scored.points if row.scored else None, "分"),
        *printed_figure("score", "得分", lambda row: row.scored.score if row.scored else None, "分"),
        Column(
            "deviation",
            "偏差原因分析及改进措施",
            "没有写的为空",
            lambda row: row.scored.deviation if row.scored else None,
        ),
    ),
    ("record", "row"),
    REFERS,
)
