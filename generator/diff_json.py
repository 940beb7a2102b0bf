"""Changes, said as JSON for programs."""

from typing import Any

from generator.changes import Changes, DisclosureChange, FieldChange, FormChange, RecordChange, RowChange
from generator.model import DisclosureFacts, Model
from generator.printed import spoken
from generator.problems import dotted

Json = dict[str, Any]


def as_json(changes: Changes, base: str, head: str) -> Json:
    """Changes as data; see docs/diff-format.md. Rows are counted from 1, money is in yuan."""
    return {
        "base": base,
        "head": head,
        "same": not changes,
        "documents": [_document_json(found) for found in changes.disclosures],
        "documents_added": [{"id": found.id, "title": found.title} for found in changes.added],
        "documents_vanished": [{"id": found.id, "title": found.title} for found in changes.vanished],
        "centres": [
            {"id": found.keys[0], "field": found.keys[1], "before": found.before, "after": found.after}
            for found in changes.centres
        ],
        "urls_added": list(changes.urls_added),
        "urls_vanished": list(changes.urls_vanished),
    }


def _document_json(change: DisclosureChange) -> Json:
    return {
        "id": change.disclosure.id,
        "title": change.disclosure.title,
        **_form_json(DisclosureFacts, change.facts),
        **_altered_json(change),
        "records": [
            {
                "id": found.record.id,
                "name": found.record.name,
                **_form_json(found.record.model, found.form),
                **_altered_json(found),
            }
            for found in change.records
        ],
        "records_added": [{"id": found.id, "name": found.name} for found in change.added],
        "records_vanished": [{"id": found.id, "name": found.name} for found in change.vanished],
    }


def _altered_json(change: DisclosureChange | RecordChange) -> Json:
    return {
        "alterations_added": [{"kind": kind, **told} for kind, told in change.said],
        "alterations_removed": [{"kind": kind, **told} for kind, told in change.unsaid],
    }


def _form_json(model: type[Model], change: FormChange) -> Json:
    return {
        "fields": [_field_json(model, found) for found in change.fields],
        "rows_added": [_row_json(found) for found in change.added],
        "rows_dropped": [_row_json(found) for found in change.dropped],
        "rows_moved": [_row_json(found) for found in change.moved],
    }


def _row_json(change: RowChange) -> Json:
    places = {"before": change.before, "after": change.after}
    return {key: place + 1 for key, place in places.items() if place is not None} | {"row": dict(change.row)}


def _field_json(model: type[Model], change: FieldChange) -> Json:
    facts: Json = {
        "field": dotted(change.keys),
        "label": spoken(model, change.keys),
        "before": change.before,
        "after": change.after,
    }
    if change.money:
        percent = change.money.percent
        facts["yuan"] = {
            "before": f"{change.money.before:f}",
            "after": f"{change.money.after:f}",
            "difference": f"{change.money.difference:f}",
            "percent": None if percent is None else f"{percent:f}",
        }
    return facts | ({"trend": change.trend} if change.trend else {})
