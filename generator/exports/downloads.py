"""A centre → the files that readers take away: beside each form, for each of its years; and its part of the site's.

Rows are made once and go from there into every format. Nothing here looks beyond a centre.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from generator.data.centres import CENTRES
from generator.data.column import Row, Share, Table
from generator.data.indicators import INDICATORS
from generator.data.offers import YEAR_TABLES
from generator.data.register import REGISTER
from generator.data.tables import TABLES
from generator.exports.compress import SUFFIX, piece
from generator.exports.csv_text import csv_file, csv_lines
from generator.exports.data_part import part_file
from generator.exports.database import rows_piece
from generator.exports.gathered import BEGINNINGS
from generator.exports.plain import plain_form
from generator.exports.record_json import disclosure_json, record_json, written
from generator.exports.record_schema import record_schema
from generator.exports.workbook import workbook
from generator.pages.render import DocsFile
from generator.reading.content import Centre
from generator.words.urls import (
    DATABASE,
    RECORD_SCHEMA,
    disclosure_json_url,
    lines_url,
    record_csv_url,
    record_json_url,
    record_markdown_url,
    source_url,
    table_url,
    year_table_url,
    year_workbook_url,
)


@dataclass(frozen=True, slots=True)
class Downloads:
    """All that is made of a centre: its files, and the file of its part of the whole site's (see `data_part`)."""

    files: tuple[DocsFile, ...]
    part: bytes


def schema_file(site_url: str | None) -> DocsFile:
    """The JSON Schema of `record.json`."""
    schema = json.dumps(record_schema(site_url), ensure_ascii=False, indent=2)
    return DocsFile(RECORD_SCHEMA, f"{schema}\n".encode())


def form_files(centre: Centre, site_url: str | None) -> Iterator[DocsFile]:
    """The files beside a centre's documents and forms; no other, as the preview makes all anew on every save."""
    for share in _years(centre, site_url):
        yield from _forms(share, list(csv_lines(INDICATORS.rows(share))), site_url, _Said())


def centre_files(centre: Centre, site_url: str | None) -> Downloads:
    """Every file of the open data below a centre, and what it gives to the files of the whole site.

    Args:
        centre: The centre.
        site_url: The site's address; when None, the URLs in rows begin at the site's home page.
    """
    files: list[DocsFile] = []
    said = _Said()
    own = Share(centre, centre.disclosures, site_url or "")
    for table in (CENTRES, REGISTER):
        rows = list(table.rows(own))
        said.add(table, rows, csv_lines(rows))
    for share in _years(centre, site_url):
        year = share.disclosures[0].year
        rows_of = {table.key: list(table.rows(share)) for table in TABLES}
        lines = {key: list(csv_lines(rows)) for key, rows in rows_of.items()}
        title = f"{centre.facts.name}{year}年度预算绩效公开数据"
        files.append(DocsFile(year_workbook_url(centre.id, year), workbook(title, rows_of)))
        files += _forms(share, lines[INDICATORS.key], site_url, said)
        files += (
            DocsFile(year_table_url(centre.id, year, table.key), csv_file(table.headings, lines[table.key]))
            for table in YEAR_TABLES
            if rows_of[table.key]
        )
        for table in TABLES:
            if table is not CENTRES:  # which stands in the workbook of each year
                said.add(table, rows_of[table.key], lines[table.key])
    return Downloads(tuple(files), said.part())


def _years(centre: Centre, site_url: str | None) -> Iterator[Share]:
    for _, disclosures in groupby(centre.disclosures, lambda found: found.year):
        yield Share(centre, tuple(disclosures), site_url or "")


class _Said:
    """What a centre gives to the files of the whole site, in the making."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table.key: [] for table in (*TABLES, REGISTER)}
        self.texts: dict[str, list[str]] = {path: [] for path in BEGINNINGS}

    def add(self, table: Table[Any], rows: Sequence[Row], lines: Iterable[str]) -> None:
        """Rows of a table, and the same as lines of CSV."""
        self.rows[table.key] += rows
        self.texts[table_url(table.key)] += lines

    def add_json(self, what: str, line: str) -> None:
        """A document or a record as a line of JSON."""
        self.texts[lines_url(what)].append(line)

    def part(self) -> bytes:
        pieces: dict[str, bytes] = {}
        for path, texts in self.texts.items():
            if texts:
                pieces[path] = "".join(texts).encode()
                pieces[path + SUFFIX] = piece(pieces[path])
        pieces[DATABASE] = rows_piece(self.rows)
        return part_file(pieces)


def _forms(share: Share, lines: Sequence[str], site_url: str | None, said: _Said) -> Iterator[DocsFile]:
    """The files beside the pages of documents and forms; `lines` are the indicators of all of them."""
    left = iter(lines)
    for disclosure in share.disclosures:
        facts = disclosure_json(disclosure, share.centre)
        text, line = written(facts)
        said.add_json("documents", line)
        yield DocsFile(source_url(disclosure.id), disclosure.source.data)
        yield DocsFile(disclosure_json_url(disclosure.id), text.encode())
        for record in disclosure.records:
            text, line = written(record_json(record, disclosure, share.centre))
            markdown = plain_form(record, disclosure, share.centre, site_url)
            own = islice(left, len(record.form.indicators))
            said.add_json("records", line)
            yield DocsFile(record_json_url(record.id), text.encode())
            yield DocsFile(record_csv_url(record.id), csv_file(INDICATORS.headings, own))
            yield DocsFile(record_markdown_url(record.id), markdown.encode())
