"""What the public can read at one time: documents, records and addresses, ready to be compared with another time."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.content import Content, Disclosure, Record
from generator.history import KINDS_OF_ALTERATION, KindOfAlteration, Told, printed_now, told
from generator.model import DisclosureFacts, Form
from generator.printed import Printed
from generator.urls import document_id

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
class State:
    """Every document by id, every centre's name by id, every page's URL."""

    centres: Mapping[str, str]
    disclosures: Mapping[str, DisclosureState]
    urls: frozenset[str]


def altered_of(holder: Form | DisclosureFacts) -> Altered:
    return tuple((kind, told(found)) for kind in KINDS_OF_ALTERATION for found in getattr(holder, kind))


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
        {centre.id: centre.facts.name for centre in content.centres},
        {state.id: state for state in states},
        urls,
    )
