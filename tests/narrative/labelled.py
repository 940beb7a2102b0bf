"""The hand labels of the real forms' goals and achievements, and the forms as the narrative check sees them.

A label is a quantity with the indicators it speaks of and how it stands to them, or a numeral that
is none (`not`). Labels are written by reading the forms; none is made by a program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from generator.reading.content import Record

LABELS = Path(__file__).parent / "labels"


@dataclass(frozen=True)
class Label:
    """One label, at `start` to `end` of a paragraph (from 0) of a field; rows from 0.

    `kind` is empty for a quantity, else what the numeral is (`year`, `name` …).
    """

    record: str
    field: str
    paragraph: int
    start: int
    end: int
    kind: str
    number: Decimal | None
    upper: Decimal | None
    unit: str | None
    comparison: str | None
    period: str | None
    rows: frozenset[int]
    together: str | None
    verdict: str
    unsure: bool


def documents() -> list[str]:
    """`sstec-2024-targets` and so on: the documents that are labelled."""
    return sorted(path.stem for path in LABELS.glob("*.yml"))


def proses(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of a form that the labels cover, with their paragraphs."""
    for field in ("objectives.overall", "objectives.annual", "expected", "achieved"):
        value: Any = record.form
        for key in field.split("."):
            value = getattr(value, key, None)
        if value:
            yield field, value


def labels(document: str, records: Sequence[Record]) -> list[Label]:
    """The labels of one document, each at its place.

    Raises:
        AssertionError: a label whose words are not there.
    """
    by_id = {record.id: record for record in records}
    written: dict[str, list[dict[str, Any]]] = yaml.safe_load((LABELS / f"{document}.yml").read_text("utf-8"))
    return [_label(by_id[identity], facts) for identity, listed in written.items() for facts in listed or ()]


def _label(record: Record, facts: dict[str, Any]) -> Label:
    paragraph = dict(proses(record))[facts["field"]][facts["paragraph"] - 1]
    start = -1
    for _ in range(facts.get("nth", 1)):
        start = paragraph.find(facts["text"], start + 1)
        assert start >= 0, f"{record.id}: {facts['text']}"
    return Label(
        record.id,
        facts["field"],
        facts["paragraph"] - 1,
        start,
        start + len(facts["text"]),
        facts.get("not", ""),
        Decimal(facts["number"]) if facts.get("number") else None,
        Decimal(facts["upper"]) if facts.get("upper") else None,
        facts.get("unit"),
        facts.get("comparison"),
        facts.get("period"),
        frozenset(row - 1 for row in facts.get("indicators", ())),
        facts.get("together"),
        facts.get("verdict", "none"),
        facts.get("unsure", False),
    )
