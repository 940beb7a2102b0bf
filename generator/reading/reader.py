"""Files → content: every file is read as its model, and everything that is wrong is gathered."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from generator.reading.content import Centre, Content, Disclosure, HandPage, Origin, Record, SourceText, latest_day
from generator.reading.find import CentreFiles, ContentFiles, DisclosureFiles, SourceFile
from generator.reading.load import load_file
from generator.reading.model import META_MODELS, RECORD_MODELS, CentreFacts, SiteFacts
from generator.reading.validate import M, validate
from generator.words.place import Place
from generator.words.problems import Entry, Problem, Words
from generator.words.text import MAX_BYTES, decode
from generator.words.urls import record_id

PAGE_TITLE = Entry(
    "page-title",
    Words("手写页面没有标题", "a hand-written page without a title"),
    Words("手写页面的第一行应为“# 标题”", "a hand-written page begins with “# title”"),
    Words("现为“{found}”", "found “{found}”"),
    Words("第一行写 #、空格和标题。", "write #, a blank and the title in the first line."),
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
            if form := self.model(RECORD_MODELS[files.kind], file):
                identity = record_id(files.id, number)
                records.append(Record(identity, number, *form))
        facts = self.model(META_MODELS[files.kind], files.meta)
        source = self.text(files.source, clean=False)
        if not facts:
            return None
        whole = len(records) == len(files.records)
        return Disclosure(files.centre, files.year, files.kind, facts[0], tuple(records), source, facts[1], whole)

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
    content, problems = read_front(files)
    reader = _Reader()
    centres = tuple(found for each in files.centres if (found := reader.centre(each)))
    return content and replace(content, centres=centres), (*problems, *reader.problems)


def read_front(files: ContentFiles) -> tuple[Content | None, tuple[Problem, ...]]:
    """Read what belongs to no centre: site.yml and the hand-written pages; see `read_content`."""
    reader = _Reader()
    site = reader.model(SiteFacts, files.site)
    pages = tuple(reader.hand_page(page) for page in files.pages)
    return Content(*site, (), pages) if site else None, tuple(reader.problems)


def read_centre(files: CentreFiles) -> tuple[Centre | None, tuple[Problem, ...]]:
    """Read every file of a centre; None when its centre.yml could not be read."""
    reader = _Reader()
    centre = reader.centre(files)
    return centre, tuple(reader.problems)


def latest_day_in(files: CentreFiles) -> date | None:
    """The `latest_day` of a centre that is not read yet: only files that may say such a day are."""
    disclosures = (
        replace(each, records=tuple(record for record in each.records if _may_be_altered(record[1])))
        for each in files.disclosures
    )
    centre, _ = read_centre(replace(files, disclosures=tuple(disclosures)))
    return latest_day([centre]) if centre else None


def _may_be_altered(source: SourceFile) -> bool:
    """Whether a record may have alterations: it has a key of theirs, or an escape that may spell one."""
    with source.path.open("rb") as stream:
        data = stream.read(MAX_BYTES)
    return any(word in data for word in (b"amendments", b"corrections", b"\\"))
