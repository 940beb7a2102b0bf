"""What tells of a row where it belongs: its document, its form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.data.column import Column, S, Share
from generator.facts.summary import FORM_NAMES
from generator.reading.content import Centre, Disclosure, Record

REFERS = (("document", "documents"), ("centre_id", "centres"))


@dataclass(frozen=True, slots=True)
class Document:
    """A document, its centre, and what goes before the site's URLs."""

    disclosure: Disclosure
    centre: Centre
    base: str

    @property
    def id(self) -> str:
        return self.disclosure.id


def documents(share: Share) -> Iterator[Document]:
    for disclosure in share.disclosures:
        yield Document(disclosure, share.centre, share.base)


def of_document(document: Callable[[S], Document]) -> tuple[Column[S], ...]:
    """The columns that tell which document a row belongs to."""
    return (
        Column("document", "文件编号", "公开文件的编号", lambda row: document(row).id, required=True),
        Column("centre_id", "单位编号", "单位在网址里的名称", lambda row: document(row).centre.id, required=True),
        Column("centre", "单位", "单位名称", lambda row: document(row).centre.facts.name, required=True),
        Column("year", "年度", "预算年度", lambda row: document(row).disclosure.year, "integer", required=True),
        Column(
            "kind",
            "表",
            "哪一种表",
            lambda row: FORM_NAMES[document(row).disclosure.kind],
            required=True,
            choices=tuple(FORM_NAMES.values()),
        ),
    )


def of_record(
    key: str, title: str, record: Callable[[S], Record], document: Callable[[S], Document]
) -> tuple[Column[S], ...]:
    """The columns that tell which form a row is, or belongs to; `key` and `title` are those of its id."""
    return (
        Column(key, title, "表的编号，也是它在网址里的路径", lambda row: record(row).id, required=True),
        *of_document(document),
        Column("number", "序号", "表在文件里的序号，照原文件", lambda row: record(row).number, required=True),
    )


def day(known: date | None) -> str | None:
    return known.isoformat() if known else None


def prose(text: tuple[str, ...] | None) -> str | None:
    return "\n\n".join(text) if text else None
