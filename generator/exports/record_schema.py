"""The JSON Schema of `record.json`: what a program that reads one may rely on.

Titles are those of the model. Every key is always there; what a form does not print is null. A later
edition may add keys, so others than these are allowed.
"""

from typing import Any

from pydantic import BaseModel

from generator.exports.record_json import LINES
from generator.reading.model import (
    Altered,
    Amendment,
    Budget,
    BudgetRow,
    Correction,
    Declaration,
    Evaluation,
    Form,
    Funding,
    Objectives,
    ProjectFunding,
    ScoredIndicator,
)
from generator.words.urls import RECORD_SCHEMA

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_DAY: Json = {"type": "string", "format": "date"}
_MONEY_UNIT: Json = {"enum": ["元", "万元"]}
_YUAN: Json = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}
_HEAD: Json = {
    "id": _TEXT | {"title": "编号", "description": "表在网址里的路径"},
    "url": _TEXT | {"title": "网址", "description": "表的页面，从站点首页算起"},
    "centre": _TEXT | {"title": "单位"},
    "year": {"type": "integer", "title": "年度"},
    "disclosure": _TEXT | {"title": "文件标题"},
}


def record_schema(site_url: str | None) -> Json:
    """The schema; it is named by its address where the site's is known."""
    schema: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "财政项目支出绩效目标申报表或绩效自评表",
        "description": "一张表的全部内容。金额、分值、得分是原表所印的文字；金额另有换算成元的数（yuan）。",
        "oneOf": [_declaration(), _evaluation()],
        "$defs": {
            "target": _target(),
            "row": _row(),
            "amendment": _alteration(Amendment, "what", "why", "approved_by"),
            "correction": _alteration(Correction, "what", "source"),
        },
    }
    return {"$id": site_url + RECORD_SCHEMA} | schema if site_url else schema


def _object(properties: Json, **more: object) -> Json:
    return {"type": "object", **more, "properties": properties, "required": list(properties)}


def _or_null(schema: Json) -> Json:
    titles = {key: schema[key] for key in ("title", "description") if key in schema}
    return titles | {"anyOf": [{key: schema[key] for key in schema if key not in titles}, {"type": "null"}]}


def _field(model: type[BaseModel], key: str, schema: Json = _TEXT) -> Json:
    """One key of a model, with the title that the form gives it; null where the form may be blank."""
    field = model.model_fields[key]
    titled = {"title": field.title, **schema}
    return titled if field.is_required() else _or_null(titled)


def _fields(model: type[BaseModel], *keys: str) -> Json:
    return {key: _field(model, key) for key in keys}


def _listed(model: type[BaseModel], key: str, name: str) -> Json:
    return {"title": model.model_fields[key].title, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _money(model: type[BaseModel], keys: tuple[str, ...], *, unit: bool) -> Json:
    """Printed amounts, their unit, and the same in yuan."""
    required = all(model.model_fields[key].is_required() for key in keys)
    yuan = _object(dict.fromkeys(keys, _YUAN if required else _or_null(_YUAN)), description="换算成元的数")
    return _fields(model, *keys) | ({"unit": _MONEY_UNIT} if unit else {}) | {"yuan": yuan}


def _beside(form: type[Form]) -> Json:
    """What both kinds of form have."""
    return {
        "indicators": _listed(form, "indicators", "row"),
        "note": _field(form, "note"),
        "amendments": _listed(form, "amendments", "amendment"),
        "corrections": _listed(form, "corrections", "correction"),
    }


def _declaration() -> Json:
    own = _fields(Declaration, "name", "nature", "category", "department", "implementer")
    own |= {key: _field(Declaration, key, _DAY) for key in ("start", "end")}
    whole = _object(_money(ProjectFunding, ("total", "fiscal", "other"), unit=True))
    own["project_funding"] = _field(Declaration, "project_funding", whole)
    own["funding"] = _field(Declaration, "funding", _object(_money(Funding, LINES, unit=True)))
    own["objectives"] = _field(Declaration, "objectives", _object(_fields(Objectives, "overall", "annual")))
    return _object(_HEAD | {"kind": {"const": "declaration"}} | own | _beside(Declaration), title="绩效目标申报表")


def _evaluation() -> Json:
    row = _object(
        _money(BudgetRow, ("initial", "revised", "spent"), unit=False)
        | _fields(BudgetRow, "points", "execution_rate", "score")
    )
    own = _fields(Evaluation, "name", "department", "implementer")
    lines = {line: _field(Budget, line, row) for line in LINES}
    own["budget"] = _field(Evaluation, "budget", _object({"unit": _MONEY_UNIT} | lines))
    own |= _fields(Evaluation, "expected", "achieved", "total_points", "total_score", "grade")
    return _object(_HEAD | {"kind": {"const": "evaluation"}} | own | _beside(Evaluation), title="绩效自评表")


def _target() -> Json:
    return _object(
        {
            "printed": _TEXT | {"description": "原表所印的文字"},
            "comparison": {"enum": ["≥", "≤", ">", "<", "=", None]},
            "value": {"type": ["number", "null"], "description": "数值；文字描述的为 null"},
            "unit": {"type": ["string", "null"]},
        }
    )


def _row() -> Json:
    """A row of either form; only an evaluation's has what follows the target."""
    target = {"$ref": "#/$defs/target"}
    schema = _object(
        _fields(ScoredIndicator, "level1", "level2", "name") | {"target": _field(ScoredIndicator, "target", target)}
    )
    schema["properties"] |= _fields(ScoredIndicator, "points", "score", "deviation")
    schema["properties"]["actual"] = _field(ScoredIndicator, "actual", target)
    return schema


def _alteration(kind: type[BaseModel], *words: str) -> Json:
    return _object(_fields(kind, *words) | {"date": _field(kind, "date", _DAY), "fields": _places()})


def _places() -> Json:
    place = _object(_fields(Altered, "field"))
    for key in ("was", "withheld"):
        place["properties"][key] = {"title": Altered.model_fields[key].title, "type": "string"}
    place["properties"]["dropped"] = {
        "title": Altered.model_fields["dropped"].title,
        "type": "object",
        "additionalProperties": _TEXT,
    }
    return {"title": "改动之处", "type": "array", "items": place, "minItems": 1}
