"""A record as peers print it: merged cells, quantities in pieces and amounts in their other unit are ready."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bench.build_peers.terms import term
from generator.figures.amounts import MoneyUnit, in_other_unit, parse_amount
from generator.figures.targets import parse_target
from generator.words.prose import paragraphs
from generator.words.urls import Kind, indicator_anchor

Json = dict[str, Any]

_SOURCES = ("total", "appropriation", "carryover", "other")
_SPENDING = ("initial", "revised", "spent")


def printed(kind: Kind, unit: MoneyUnit, form: Json) -> Json:
    """A record with its prose in paragraphs and, beside each amount, the same in the other unit."""
    told: Json = {key: value for key, value in form.items() if isinstance(value, str)}
    if kind == "targets":
        told["annual"] = paragraphs(form["objectives"]["annual"])
        told["funding"] = {key: _amount(form["funding"][key], unit) for key in _SOURCES}
        return told
    told |= {key: paragraphs(form[key]) for key in ("expected", "achieved")}
    told["budget"] = [
        form["budget"][source]
        | {key: _amount(form["budget"][source][key], unit) for key in _SPENDING}
        | {"lost": _lost(form["budget"][source]), "before": before, "label": label, "class": style, "term": term}
        for source, before, label, style, term in (
            ("total", "", "年度资金总额", "money__total", "budget-total"),
            ("appropriation", "其中：", "当年财政拨款", "money__first", "funding-appropriation"),
            ("carryover", "", "上年结转资金", "money__part", "funding-carryover"),
            ("other", "", "其他资金", "money__part", "funding-other"),
        )
    ]
    return told


def _amount(printed: str, unit: MoneyUnit) -> Json:
    return {"printed": printed, "other": in_other_unit(parse_amount(printed), unit)}


def _lost(row: Json) -> bool:
    return row["score"] != "-" and Decimal(row["score"]) < Decimal(row["points"])


def groups(kind: Kind, rows: list[Json]) -> Iterator[Json]:
    """Neighbouring rows of one level 1 and level 2; `goes_on` where level 1 is the one above."""
    group: Json = {}
    above = None
    for number, row in enumerate(rows, 1):
        if (row["level1"], row["level2"]) != (group.get("level1"), group.get("level2")):
            if group:
                yield group
            group = {key: row[key] for key in ("level1", "level2")} | {"goes_on": row["level1"] == above, "rows": []}
            group |= {f"term{level}": term(row[f"level{level}"]) for level in (1, 2)}
            above = row["level1"]
        told = {"number": number, "anchor": indicator_anchor(number), "name": row["name"]}
        told["target"] = _value(row["target"])
        if kind == "evaluations":
            told |= {key: row[key] for key in ("points", "score")}
            told |= {"actual": _value(row["actual"]), "lost": _lost(row), "deviation": row.get("deviation", "")}
        group["rows"].append(told)
    yield group


def _value(printed: str) -> Json:
    sign, number, unit = parse_target(printed).pieces or ("", "", "")
    return {"printed": printed, "sign": sign, "number": number, "unit": unit}


def parts(rows: list[Json]) -> Iterator[Json]:
    """The runs of level 1, of which the table of contents is made."""
    part: Json = {}
    for number, row in enumerate(rows, 1):
        if row["level1"] != part.get("level1"):
            if part:
                yield part
            part = {"level1": row["level1"], "anchor": indicator_anchor(number), "count": 0}
        part["count"] += 1
    yield part
