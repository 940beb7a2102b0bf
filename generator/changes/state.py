"""What the public can read at one time: documents, records and addresses, ready to be compared with another time."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.changes.history import printed_now
from generator.changes.printed import Printed
from generator.changes.told import KINDS_OF_ALTERATION, Holder, KindOfAlteration, Told, told
from generator.reading.content import Content, Disclosure, Record
from generator.reading.model import Form
from generator.words.urls import document_id

Altered = tuple[tuple[KindOfAlteration, Told], ...]


@dataclass(frozen=True, slots=True)
class RecordState:
    """One form: what it prints, and how it says it was altered."""

    id: str
    model: type[Form]
    printed: Printed
    altered: Altered

    @property
    def name(self) -> str:
        """The project's name."""
        return self.printed.fields.get(("name",), "")


@dataclass(frozen=True, slots=True)
class DisclosureState:
    """One document: its facts (title, days, source), its records by id in printed order."""

    id: str
    printed: Printed
    altered: Altered
    records: Mapping[str, RecordState]

    @property
    def title(self) -> str:
        return self.printed.fields.get(("title",), "")


@dataclass(frozen=True, slots=True)
class CentreState:
    """What a centre's page says of it; `department` is None where the data, of an older version, do not say it."""

    name: str
    former_names: tuple[str, ...]
    department: str | None


@dataclass(frozen=True, slots=True)
class State:
    """Every document by id, every centre by id, every page's URL."""

    centres: Mapping[str, CentreState]
    disclosures: Mapping[str, DisclosureState]
    urls: frozenset[str]


def altered_of(holder: Holder) -> Altered:
    return tuple((kind, told(found)) for kind in KINDS_OF_ALTERATION for found in getattr(holder, kind))


def is_kept(published: tuple[KindOfAlteration, Told], now: tuple[KindOfAlteration, Told]) -> bool:
    """An alteration is told as it was; only earlier words may have been withheld since."""
    if published == now:
        return True
    (kind, was), (kind_now, told_now) = published, now
    places, places_now = was["fields"], told_now["fields"]
    return (
        kind == kind_now
        and was | {"fields": None} == told_now | {"fields": None}
        and len(places) == len(places_now)
        and all(
            old == new or (old["field"] == new["field"] and "withheld" in new and "withheld" not in old)
            for old, new in zip(places, places_now, strict=True)
        )
    )


def record_state(record: Record) -> RecordState:
    form = record.form
    return RecordState(record.id, type(form), printed_now(form), altered_of(form))


def disclosure_state(disclosure: Disclosure) -> DisclosureState:
    facts = disclosure.facts
    return DisclosureState(
        document_id(disclosure.centre, disclosure.year, disclosure.kind),
        printed_now(facts),
        altered_of(facts),
        {record.id: record_state(record) for record in disclosure.records},
    )


def state_of(content: Content, urls: frozenset[str]) -> State:
    """The state of content that was read; `urls` are those of its pages."""
    states = [disclosure_state(disclosure) for disclosure in content.disclosures]
    return State(
        {
            centre.id: CentreState(centre.facts.name, centre.facts.former_names, centre.facts.department)
            for centre in content.centres
        },
        {state.id: state for state in states},
        urls,
    )
