"""What is disclosed: centres, their disclosures, their records, the hand-written pages; and sums over them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from generator.reading.find import SourceFile
from generator.reading.model import CentreFacts, Declaration, DisclosureFacts, Evaluation, Form, SiteFacts
from generator.reading.validate import label
from generator.words.problems import Entry, Problem
from generator.words.tree import Tree
from generator.words.urls import Kind, document_id, record_id


@dataclass(frozen=True, slots=True)
class Origin:
    """The YAML file that a part of the content was read from; it knows where each word stands."""

    tree: Tree
    model: type[BaseModel]

    @property
    def file(self) -> str:
        return self.tree.file

    @property
    def text(self) -> str:
        return self.tree.text

    def problem(self, entry: Entry, *path: str | int, **facts: str) -> Problem:
        """A problem at the field `path`; a field that is not written is spoken of at its parent."""
        return Problem(entry, self.tree.place(path), path, label(self.model, path), facts)

    def words(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Every scalar with its path, in the file's order."""
        return self.tree.words()


@dataclass(frozen=True, slots=True)
class Record:
    """One form, declaration or evaluation; `number` is its place in the document as printed ("01")."""

    id: str
    number: str
    form: Form
    origin: Origin


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text file: the document's text as received, or a hand-written page. Empty when not `readable`."""

    file: SourceFile
    data: bytes
    text: str
    readable: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One centre's document of one year: 绩效目标汇总表 or 自评表.

    `whole` is False when a record of it could not be read; then nothing is reckoned over it.
    """

    centre: str
    year: int
    kind: Kind
    facts: DisclosureFacts
    records: tuple[Record, ...]
    source: SourceText
    origin: Origin
    whole: bool

    @property
    def id(self) -> str:
        return document_id(self.centre, self.year, self.kind)

    @property
    def indicators(self) -> int:
        return sum(len(record.form.indicators) for record in self.records)


@dataclass(frozen=True, slots=True)
class Centre:
    id: str
    facts: CentreFacts
    disclosures: tuple[Disclosure, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class HandPage:
    """A hand-written Markdown page: `content/pages/reading.md` has the name `reading`."""

    name: str
    title: str
    body: str
    file: str


@dataclass(frozen=True, slots=True)
class Content:
    site: SiteFacts
    site_origin: Origin
    centres: tuple[Centre, ...]
    pages: tuple[HandPage, ...]

    @property
    def disclosures(self) -> tuple[Disclosure, ...]:
        return tuple(disclosure for centre in self.centres for disclosure in centre.disclosures)

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(record for disclosure in self.disclosures for record in disclosure.records)


def latest_day(centres: Iterable[Centre]) -> date | None:
    """The latest day of approval, publication or alteration that is known of some centres.

    How far the data reach; deadlines are judged on it by default. Planned days do not count: they lie ahead.
    """
    disclosures = [disclosure for centre in centres for disclosure in centre.disclosures]
    days = (day for found in disclosures for day in (found.facts.approved, found.facts.published) if day)
    holders: list[DisclosureFacts | Form] = [found.facts for found in disclosures]
    holders += [record.form for found in disclosures for record in found.records]
    altered = (each.date for holder in holders for kind in (holder.amendments, holder.corrections) for each in kind)
    return max((*days, *altered), default=None)


def declarations(disclosure: Disclosure) -> Iterator[tuple[Record, Declaration]]:
    for record in disclosure.records:
        if isinstance(record.form, Declaration):
            yield record, record.form


def evaluations(disclosure: Disclosure) -> Iterator[tuple[Record, Evaluation]]:
    for record in disclosure.records:
        if isinstance(record.form, Evaluation):
            yield record, record.form


def requested(disclosure: Disclosure) -> Decimal:
    """Money asked for in a 绩效目标汇总表, yuan."""
    return sum((form.funding.total.in_yuan(form.funding.unit) for _, form in declarations(disclosure)), Decimal(0))


def budgeted(disclosure: Disclosure, column: str) -> Decimal:
    """A column of the row 年度资金总额 over all evaluations of a disclosure, yuan."""
    return sum(
        (getattr(form.budget.total, column).in_yuan(form.budget.unit) for _, form in evaluations(disclosure)),
        Decimal(0),
    )


def withdrawn_ids(disclosure: Disclosure) -> Iterator[str]:
    """The ids of a document's withdrawn forms, in the order of its entries."""
    for each in disclosure.facts.withdrawn:
        yield record_id(disclosure.id, each.number)
