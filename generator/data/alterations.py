"""What was altered after publication, one altered place a row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.changes.told import KINDS_OF_ALTERATION, KindOfAlteration, told
from generator.data.column import Column, Share, Table
from generator.data.identity import REFERS, Document, documents, of_document
from generator.facts.altered import ALTERATION_NAMES


@dataclass(frozen=True, slots=True)
class _Spot:
    """One place of an alteration; `facts` and `spot` are its words as `record.json` has them."""

    holder: str
    kind: KindOfAlteration
    number: int
    place: int
    facts: dict[str, Any]
    spot: dict[str, Any]
    document: Document

    @property
    def dropped(self) -> str | None:
        return json.dumps(self.spot["dropped"], ensure_ascii=False) if "dropped" in self.spot else None


def _spots(share: Share) -> Iterator[_Spot]:
    for document in documents(share):
        holders = [
            (document.id, document.disclosure.facts),
            *((record.id, record.form) for record in document.disclosure.records),
        ]
        for identity, holder in holders:
            for kind in KINDS_OF_ALTERATION:
                for number, alteration in enumerate(getattr(holder, kind), 1):
                    facts = told(alteration)
                    for place, spot in enumerate(facts["fields"], 1):
                        yield _Spot(identity, kind, number, place, facts, spot, document)


ALTERATIONS = Table(
    "alterations",
    "变更与勘误",
    "公开以后的改动，一处一行。变更：单位改了公开的内容；勘误：本站当初录错，照原件改正。",
    _spots,
    (
        Column("holder", "对象编号", "改的是哪张表，或哪份公开文件", lambda row: row.holder, required=True),
        *of_document(lambda row: row.document),
        Column(
            "alteration",
            "改动种类",
            "变更或勘误",
            lambda row: ALTERATION_NAMES[row.kind],
            required=True,
            choices=tuple(ALTERATION_NAMES[kind] for kind in KINDS_OF_ALTERATION),
        ),
        Column("number", "第几次", "这种改动的第几次", lambda row: row.number, "integer", required=True),
        Column("place", "第几处", "一次改动里的第几处", lambda row: row.place, "integer", required=True),
        Column("date", "日期", "改动的日期", lambda row: row.facts["date"], "date", required=True),
        Column("what", "内容", "改了什么", lambda row: row.facts["what"], required=True),
        Column("why", "变更原因", "勘误没有这一项", lambda row: row.facts.get("why")),
        Column("approved_by", "批准单位", "勘误没有这一项", lambda row: row.facts.get("approved_by")),
        Column("source", "原件依据", "变更没有这一项", lambda row: row.facts.get("source")),
        Column(
            "field",
            "哪一格",
            "改的是哪一格，如 indicators[3].target 是第 3 项的指标值",
            lambda row: row.spot["field"],
            required=True,
        ),
        Column("was", "原来的文字", "原来空白的为空", lambda row: row.spot.get("was")),
        Column("withheld", "不再显示的依据", "原来的文字不再显示，依据的是什么", lambda row: row.spot.get("withheld")),
        Column("dropped", "删去的一行", "删去的一行指标，JSON 文字", lambda row: row.dropped),
    ),
    ("holder", "alteration", "number", "place"),
    REFERS,
)
