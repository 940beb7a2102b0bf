"""All that is disclosed, read: centres, their disclosures, their records, the hand-written pages."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from generator.find import CentreFiles, ContentFiles, DisclosureFiles, SourceFile
from generator.load import load_file
from generator.model import (
    CentreFacts,
    Declaration,
    DisclosureFacts,
    Evaluation,
    EvaluationsFacts,
    Form,
    SiteFacts,
    TargetsFacts,
)
from generator.place import Place
from generator.problems import Entry, Problem, Words
from generator.text import MAX_BYTES, decode
from generator.tree import Tree
from generator.urls import Kind, record_id
from generator.validate import M, label, validate

PAGE_TITLE = Entry(
    "page-title",
    Words("手写页面没有标题", "a hand-written page without a title"),
    Words("手写页面的第一行应为“# 标题”", "a hand-written page begins with “# title”"),
    Words("现为“{found}”", "found “{found}”"),
    Words("第一行写 #、空格和标题。", "write #, a blank and the title in the first line."),
)


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


def latest_day(content: Content) -> date | None:
    """The latest day of approval, publication or alteration that the content knows.

    How far the data reach; deadlines are judged on it by default. Planned days do not count: they lie ahead.
    """
    days = (day for found in content.disclosures for day in (found.facts.approved, found.facts.published) if day)
    holders: list[DisclosureFacts | Form] = [found.facts for found in content.disclosures]
    holders += [record.form for record in content.records]
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


def requested(disclosure: Disclosure, part: str = "total") -> Decimal:
    """Money asked for in a 绩效目标汇总表, yuan; `part` is a key of `funding`."""
    return sum(
        (getattr(form.funding, part).in_yuan(form.funding.unit) for _, form in declarations(disclosure)), Decimal(0)
    )


def budgeted(disclosure: Disclosure, column: str) -> Decimal:
    """A column of the row 年度资金总额 over all evaluations of a disclosure, yuan."""
    return sum(
        (getattr(form.budget.total, column).in_yuan(form.budget.unit) for _, form in evaluations(disclosure)),
        Decimal(0),
    )


class _Reader:
    """Reads files and gathers every problem of every file."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def model(self, model: type[M], source: SourceFile) -> tuple[M, Origin] | None:
        """One YAML file as a model; None when it has problems, which are noted."""
        if not source.is_there:
            return None
        loaded = load_file(source.path, source.file)
        self.problems.extend(loaded.problems)
        if loaded.tree is None:
            return None
        found = validate(model, loaded.tree)
        if isinstance(found, list):
            self.problems.extend(found)
            return None
        return found, Origin(loaded.tree, model)

    def text(self, source: SourceFile, *, clean: bool) -> SourceText:
        """A text file; empty when it has problems, which are noted."""
        if not source.is_there:
            return SourceText(source, b"", "", readable=False)
        with source.path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        text, problem = decode(data, source.file, clean=clean)
        if problem:
            self.problems.append(problem)
            return SourceText(source, b"", "", readable=False)
        return SourceText(source, data, text, readable=True)

    def hand_page(self, source: SourceFile) -> HandPage:
        read = self.text(source, clean=True)
        text = read.text.replace("\r\n", "\n")
        first, _, body = text.partition("\n")
        title = first.removeprefix("# ").strip()
        if read.readable and (not first.startswith("# ") or not title):
            self.problems.append(Problem(PAGE_TITLE, Place(source.file, 1, 1), facts={"found": first}))
        return HandPage(source.path.stem, title, body, source.file)

    def disclosure(self, files: DisclosureFiles) -> Disclosure | None:
        records: list[Record] = []
        for number, file in files.records:
            form: tuple[Form, Origin] | None = (
                self.model(Declaration, file) if files.kind == "targets" else self.model(Evaluation, file)
            )
            if form:
                identity = record_id(files.centre, files.year, files.kind, number)
                records.append(Record(identity, number, *form))
        facts: tuple[DisclosureFacts, Origin] | None = (
            self.model(TargetsFacts, files.meta)
            if files.kind == "targets"
            else self.model(EvaluationsFacts, files.meta)
        )
        source = self.text(files.source, clean=False)
        if not facts:
            return None
        whole = len(records) == len(files.records)
        return Disclosure(
            files.centre, files.year, files.kind, facts[0], tuple(records), source, facts[1], whole
        )  # fmt: skip

    def centre(self, files: CentreFiles) -> Centre | None:
        facts = self.model(CentreFacts, files.meta)
        disclosures = [found for each in files.disclosures if (found := self.disclosure(each))]
        return Centre(files.id, facts[0], tuple(disclosures), facts[1]) if facts else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Python looks for no garbage meanwhile: all that was read stays, and going through it took a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@uncollected()
def read_content(files: ContentFiles) -> tuple[Content | None, tuple[Problem, ...]]:
    """Read every file of the content.

    Returns:
        What could be read (None when site.yml could not), and everything that is wrong.
    """
    reader = _Reader()
    site = reader.model(SiteFacts, files.site)
    centres = [found for each in files.centres if (found := reader.centre(each))]
    pages = [reader.hand_page(page) for page in files.pages]
    problems = tuple(reader.problems)
    if site is None:
        return None, problems
    return Content(site[0], site[1], tuple(centres), tuple(pages)), problems


def withdrawn_ids(disclosure: Disclosure) -> Iterator[str]:
    """The ids of a document's withdrawn forms, in the order of its entries."""
    for each in disclosure.facts.withdrawn:
        yield record_id(disclosure.centre, disclosure.year, disclosure.kind, each.number)
