"""A record, or a document, as data: printed strings as printed; amounts also in yuan; targets also in their parts."""

import json
from decimal import Decimal
from typing import Any

from generator.changes.told import KINDS_OF_ALTERATION, told
from generator.figures.amounts import Amount, MoneyUnit
from generator.figures.targets import Target
from generator.reading.content import Centre, Disclosure, Record
from generator.reading.model import (
    Budget,
    BudgetRow,
    Declaration,
    DisclosureFacts,
    Evaluation,
    Form,
    Funding,
    Indicator,
    ProjectFunding,
    ScoredIndicator,
)
from generator.words.urls import disclosure_url, record_url, source_url

Json = dict[str, Any]

LINES = ("total", "appropriation", "carryover", "other")
"""The lines of a form's money, by their keys."""


def written(facts: Json) -> tuple[str, str]:
    """Data as a file for people too, with a line for each fact and for each item of a list of facts; and in one line.

    Each fact is spelt once, for both. `json.dumps` with its indents takes five times as long, as it leaves its C
    parts idle.
    """
    long, short = [], []
    for key, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = [_spelt(item) for item in value]
            long.append(f' "{key}": [\n  {_NEXT_ITEM.join(items)}\n ]')
            short.append(f'"{key}": [{", ".join(items)}]')
        else:
            spelt = f'"{key}": {_spelt(value)}'
            long.append(f" {spelt}")
            short.append(spelt)
    return f"{{\n{_NEXT_FACT.join(long)}\n}}\n", f"{{{', '.join(short)}}}\n"


_spelt = json.JSONEncoder(ensure_ascii=False).encode
_NEXT_FACT, _NEXT_ITEM = ",\n", ",\n  "


def disclosure_json(disclosure: Disclosure, centre: Centre) -> Json:
    """A document as data: its facts, its records' ids; a day that is not known is null."""
    facts = disclosure.facts
    return {
        "id": disclosure.id,
        "url": disclosure_url(disclosure.id),
        "centre": centre.facts.name,
        "centre_former_names": list(centre.facts.former_names),
        "centre_department": centre.facts.department,
        "year": disclosure.year,
        "kind": disclosure.kind,
        "title": facts.title,
        "title_origin": facts.title_origin,
        "approved": facts.approved.isoformat() if facts.approved else None,
        "published": facts.published.isoformat() if facts.published else None,
        "source": {"url": source_url(disclosure.id), "sha256": facts.source.sha256},
        "note": facts.note,
        "records": [record.id for record in disclosure.records],
    } | _altered(facts)


def _altered(holder: Form | DisclosureFacts) -> Json:
    """How a record or a document was altered since it was published."""
    return {kind: [told(found) for found in getattr(holder, kind)] for kind in KINDS_OF_ALTERATION}


def record_json(record: Record, disclosure: Disclosure, centre: Centre) -> Json:
    """A record as data; what the form does not print is null."""
    form = record.form
    facts: Json = {
        "id": record.id,
        "url": record_url(record.id),
        "centre": centre.facts.name,
        "year": disclosure.year,
        "kind": "declaration" if isinstance(form, Declaration) else "evaluation",
        "disclosure": disclosure.facts.title,
        "name": form.name,
    }
    return facts | (_declaration(form) if isinstance(form, Declaration) else _evaluation(form)) | _altered(form)


def _declaration(form: Declaration) -> Json:
    return {
        "nature": form.nature,
        "category": form.category,
        "department": form.department,
        "implementer": form.implementer,
        "start": form.start.isoformat(),
        "end": form.end.isoformat(),
        "project_funding": _project_funding(form.project_funding, form.funding.unit),
        "funding": _funding(form.funding),
        "objectives": {
            "overall": _prose(form.objectives.overall) if form.objectives.overall else None,
            "annual": _prose(form.objectives.annual),
        },
        "indicators": [_indicator(indicator) for indicator in form.indicators],
        "note": form.note,
    }


def _evaluation(form: Evaluation) -> Json:
    return {
        "department": form.department,
        "implementer": form.implementer,
        "budget": _budget(form.budget),
        "expected": _prose(form.expected),
        "achieved": _prose(form.achieved),
        "indicators": [_indicator(indicator) for indicator in form.indicators],
        "total_points": form.total_points.printed,
        "total_score": form.total_score.printed,
        "grade": form.grade,
        "note": form.note,
    }


def _prose(text: tuple[str, ...]) -> str:
    return "\n\n".join(text)


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _amounts(amounts: dict[str, Amount | None], unit: MoneyUnit) -> Json:
    """Printed amounts by key, the unit they are printed in, and the same in yuan."""
    yuan = {key: _plain(amount.in_yuan(unit)) if amount else None for key, amount in amounts.items()}
    return {key: amount.printed if amount else None for key, amount in amounts.items()} | {"unit": unit, "yuan": yuan}


def _funding(funding: Funding) -> Json:
    return _amounts({line: getattr(funding, line) for line in LINES}, funding.unit)


def _project_funding(funding: ProjectFunding | None, unit: MoneyUnit) -> Json | None:
    return _amounts({part: getattr(funding, part) for part in ("total", "fiscal", "other")}, unit) if funding else None


def _budget(budget: Budget) -> Json:
    return {"unit": budget.unit} | {line: _budget_row(getattr(budget, line), budget.unit) for line in LINES}


def _budget_row(row: BudgetRow, unit: MoneyUnit) -> Json:
    amounts = _amounts({"initial": row.initial, "revised": row.revised, "spent": row.spent}, unit)
    del amounts["unit"]
    return amounts | {
        "points": row.points.printed,
        "execution_rate": row.execution_rate.printed,
        "score": row.score.printed,
    }


def _target(target: Target | None) -> Json | None:
    if target is None:
        return None
    number = target.value
    value = None if number is None else int(number) if number == number.to_integral_value() else float(number)
    return {"printed": target.printed, "comparison": target.comparison, "value": value, "unit": target.unit}


def _indicator(indicator: Indicator) -> Json:
    facts: Json = {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "target": _target(indicator.target),
    }
    if isinstance(indicator, ScoredIndicator):
        facts |= {
            "actual": _target(indicator.actual),
            "points": indicator.points.printed,
            "score": indicator.score.printed,
            "deviation": indicator.deviation,
        }
    return facts
