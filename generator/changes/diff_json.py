"""Changes, said as JSON for programs."""

from typing import Any

from generator.changes.comparison import Changes, DisclosureChange, FieldChange, FormChange, RecordChange, RowChange
from generator.changes.printed import spoken
from generator.reading.fields import Model
from generator.reading.model import DisclosureFacts
from generator.words.problems import dotted
from generator.words.secrets import masked

Json = dict[str, Any]


def as_json(changes: Changes, base: str, head: str) -> Json:
    """Changes as data; see docs/diff-format.md. Rows are counted from 1, money is in yuan, personal data masked."""
    return {
        "base": base,
        "head": head,
        "same": not changes,
        "documents": [_document_json(found) for found in changes.disclosures],
        "documents_added": [{"id": found.id, "title": masked(found.title)} for found in changes.added],
        "documents_vanished": [{"id": found.id, "title": masked(found.title)} for found in changes.vanished],
        "centres": [
            {
                "id": found.keys[0],
                "field": found.keys[1],
                "before": _masked(found.before),
                "after": _masked(found.after),
            }
            for found in changes.centres
        ],
        "urls_added": list(changes.urls_added),
        "urls_vanished": list(changes.urls_vanished),
    }


def _masked(found: Any) -> Any:
    """Data without the numbers of persons, as messages show them."""
    if isinstance(found, dict):
        return {key: _masked(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_masked(value) for value in found]
    return masked(found) if isinstance(found, str) else found


def _document_json(change: DisclosureChange) -> Json:
    return {
        "id": change.disclosure.id,
        "title": masked(change.disclosure.title),
        **_form_json(DisclosureFacts, change.facts),
        **_altered_json(change),
        "records": [
            {
                "id": found.record.id,
                "name": masked(found.record.name),
                **_form_json(found.record.model, found.form),
                **_altered_json(found),
            }
            for found in change.records
        ],
        "records_added": [{"id": found.id, "name": masked(found.name)} for found in change.added],
        "records_vanished": [{"id": found.id, "name": masked(found.name)} for found in change.vanished],
    }


def _altered_json(change: DisclosureChange | RecordChange) -> Json:
    return {
        "alterations_added": [{"kind": kind, **_masked(told)} for kind, told in change.said],
        "alterations_removed": [{"kind": kind, **_masked(told)} for kind, told in change.unsaid],
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
    return {key: place + 1 for key, place in places.items() if place is not None} | {"row": _masked(dict(change.row))}


def _field_json(model: type[Model], change: FieldChange) -> Json:
    facts: Json = {
        "field": dotted(change.keys),
        "label": spoken(model, change.keys),
        "before": _masked(change.before),
        "after": _masked(change.after),
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
