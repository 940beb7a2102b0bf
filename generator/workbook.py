"""Tables → an XLSX workbook: a sheet that explains, and a sheet for each table.

Words are strings whatever they begin with, numbers are numbers. A cell holds 32,767 characters at most;
what is longer goes on in the sheet 续文, so that nothing is lost.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.tables import TABLES
from generator.tables.column import Row, Table

Rows = Mapping[str, Sequence[Row]]

MOST = 32_767  # UTF-16 code units of a cell
_PLAIN = MOST // 2  # so many characters have room whatever they are
_WITHIN = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")  # no run holds a whole escape
_OVERLAP = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
_FIRST_HALVES = range(0xD8, 0xDC)  # upper bytes of a unit that another one belongs to
REST = "续文"
REST_HEADINGS = ("工作表", "行", "列", "第几段", "文字")
_GUIDE = "说明"
_GUIDE_HEADINGS = ("工作表", "列", "含义", "单位")
_MADE = datetime(2000, 1, 1)
_WIDTHS = {"string": 20, "integer": 8, "number": 16, "date": 12}


class _Sheet:
    """A sheet that is written row after row; what a cell cannot hold is kept in `rest`."""

    def __init__(self, book: "_Book", name: str, headings: Sequence[str]) -> None:
        self.name = name
        self.sheet: Worksheet = book.workbook.add_worksheet(name)
        self.rest = book.rest
        self.look = book.looks["string"]
        self.count = 0
        self.sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            self.words(place, heading, book.bold)

    def add(self, row: Row) -> None:
        self.count += 1
        for place, value in enumerate(row):
            if isinstance(value, str):
                self.words(place, value)
            elif value is not None:
                self.prove(self.sheet.write_number(self.count, place, float(value)))

    def words(self, place: int, words: str, look: Format | None = None) -> None:
        # nearly all words are plain, and looking closer costs a fifth of the workbook's time
        if len(words) <= _PLAIN and "_x" not in words and words[:3] != "<r>":
            self.prove(self.sheet.write_string(self.count, place, words, look))
            return
        first, *others = pieces(words)
        runs = _runs(first)
        if len(runs) == 1:
            self.prove(self.sheet.write_string(self.count, place, first, look))
        else:
            between = (part for run in runs[1:] for part in (self.look, run))
            self.prove(self.sheet.write_rich_string(self.count, place, runs[0], *between))
        for number, piece in enumerate(others, 2):
            self.rest.append((self.name, self.count + 1, place + 1, number, piece))

    def prove(self, status: int) -> None:
        """XlsxWriter says by a number that a cell was left out: too many rows, or too long."""
        if status:
            raise ValueError(f"a cell of {self.name}, row {self.count + 1}, was not written: {status}")


class _Book:
    def __init__(self) -> None:
        self.data = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self.data, {"in_memory": True})
        self.bold = self.workbook.add_format({"bold": True, "num_format": "@"})
        # a cell of words stays words when it is edited
        self.looks = {
            "string": self.workbook.add_format({"num_format": "@"}),
            "date": self.workbook.add_format({"num_format": "@"}),
            "integer": self.workbook.add_format({"num_format": "0"}),
            "number": self.workbook.add_format({"num_format": "#,##0.00####"}),
        }
        self.rest: list[Row] = []


def workbook(title: str, tables: Sequence[Table[Any]], rows: Rows) -> bytes:
    """A workbook of tables; the same bytes for the same rows.

    Args:
        title: What the workbook is, for its properties and its first line.
        tables: Its sheets, in order.
        rows: The rows of each table by its key.
    """
    book = _Book()
    book.workbook.set_properties({"title": title, "created": _MADE})
    guide = _Sheet(book, _GUIDE, _GUIDE_HEADINGS)
    guide.sheet.set_column(0, 3, 24, book.looks["string"])
    for line in _guide(title, tables):
        guide.add(line)
    for table in tables:
        sheet = _Sheet(book, table.title, table.headings)
        for place, column in enumerate(table.columns):
            sheet.sheet.set_column(place, place, _WIDTHS[column.type], book.looks[column.type])
        for row in rows[table.key]:
            sheet.add(row)
        sheet.sheet.autofilter(0, 0, sheet.count, len(table.columns) - 1)
    if book.rest:
        rest = _Sheet(book, REST, REST_HEADINGS)
        for row in tuple(book.rest):
            rest.add(row)
    book.workbook.close()
    return book.data.getvalue()


def workbook_of(title: str, rows: Rows) -> bytes:
    """A workbook of the tables that have rows."""
    return workbook(title, [table for table in TABLES if rows[table.key]], rows)


def _guide(title: str, tables: Sequence[Table[Any]]) -> Iterator[Row]:
    yield (None, None, title, None)
    yield (None, None, f"一格放不下的长文字，{MOST:,} 字以后的部分在工作表“{REST}”。", None)
    for table in tables:
        yield (table.title, None, table.description, None)
        for column in table.columns:
            yield (table.title, column.title, column.description, column.unit or None)


def _runs(words: str) -> list[str]:
    """Words in the runs that XlsxWriter must be given; mostly one.

    It takes a text from `<r>` to `</r>` for its own marks of rich text, and does not escape it; and where two escapes
    of XLSX overlap in a text (`_x005F_x0041_`), it keeps only the first from being read as one.
    """
    marked = words.startswith("<r>") and words.endswith("</r>")
    if not marked and not _OVERLAP.search(words):
        return [words]
    runs = _WITHIN.split(words)
    return [words[:1], runs[0][1:], *runs[1:]] if marked else runs


def pieces(words: str) -> list[str]:
    """Words cut where a cell is full, never within a character; joined they are the words."""
    if len(words) <= _PLAIN:
        return [words]
    units = words.encode("utf-16-le")
    found, start = [], 0
    while start < len(units):
        end = min(start + 2 * MOST, len(units))
        if end < len(units) and units[end - 1] in _FIRST_HALVES:
            end -= 2
        found.append(units[start:end].decode("utf-16-le"))
        start = end
    return found
