"""What the public can read at one time: documents, records and addresses, ready to be compared with another time."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.changes.history import printed_now
from generator.changes.printed import Printed
from generator.changes.told import Alterations, all_told
from generator.reading.content import Content, Disclosure, Record
from generator.reading.model import Form


@dataclass(frozen=True, slots=True)
class RecordState:
    """One form: what it prints, and how it says it was altered."""

    id: str
    model: type[Form]
    printed: Printed
    altered: Alterations

    @property
    def name(self) -> str:
        """The project's name."""
        return self.printed.fields.get(("name",), "")


@dataclass(frozen=True, slots=True)
class DisclosureState:
    """One document: its facts (title, days, source), its records by id in printed order."""

    id: str
    printed: Printed
    altered: Alterations
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


def record_state(record: Record) -> RecordState:
    form = record.form
    return RecordState(record.id, type(form), printed_now(form), all_told(form))


def disclosure_state(disclosure: Disclosure) -> DisclosureState:
    facts = disclosure.facts
    return DisclosureState(
        disclosure.id,
        printed_now(facts),
        all_told(facts),
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
