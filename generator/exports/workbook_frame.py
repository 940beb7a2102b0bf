"""A workbook without its rows, as XlsxWriter makes it: sheets, styles, the sheet that explains, headings, filters.

It is made once for each set of tables; `workbook` pours rows into it. How XlsxWriter writes a cell of a column is read
off a row that it wrote, and so is everything that depends on how many rows there are.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from generator.data.column import Row, Table, Type
from generator.data.tables import TABLES

Rows = Mapping[str, Sequence[Row]]

MOST = 32_767
"""UTF-16 code units that a cell holds."""
REST = "续文"
REST_HEADINGS = ("工作表", "行", "列", "第几段", "文字")
TITLE, LAST = "workbook0title0", "workbook0last0"
"""What stands in a frame for the workbook's title; for the last row of a sheet, with the sheet's name behind it."""
BOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"

_GUIDE = "说明"
_GUIDE_HEADINGS = ("工作表", "列", "含义", "单位")
_MADE = datetime(2000, 1, 1)
_WIDTHS = {"string": 20, "integer": 8, "number": 16, "date": 12}
_WORDS = ("string", "date")
_FORMS = {"string": "@", "date": "@", "integer": "0", "number": "#,##0.00####"}
_REST_TYPES: Sequence[Type] = ("string", "integer", "integer", "integer", "string")
_ROW = re.compile(r'<row r="2".*?</row>')
_CELL = re.compile(r'(<c r="([A-Z]+))2("[^>]*><v>)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to pour into.

    Attributes:
        part: The part of the file that it is.
        before: The part up to its first row of values.
        behind: The part from behind its last row.
        cells: For each column, a cell up to the number of its row, and from there up to its value.
        words: The places of the columns that hold words; all others hold numbers.
    """

    part: str
    name: str
    before: str
    behind: str
    cells: tuple[tuple[str, str], ...]
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A workbook without its rows: all parts in their order, the sheets to pour into.

    `texts` are the words of its cells so far, each once, in the order of their numbers; `count` cells hold them.
    """

    parts: dict[str, str]
    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    count: int


class Written:
    """A workbook written by XlsxWriter, cell by cell: slow, and what `workbook` must come to.

    `texts` are the words of its cells, each once, as XlsxWriter numbers them; `count` cells hold them.
    """

    def __init__(self, title: str, tables: Sequence[Table[Any]], rows: Rows, rest: Sequence[Row]) -> None:
        """A sheet for each table, and one for what cells cannot hold, when there is any."""
        self.data = io.BytesIO()
        self.texts: dict[str, None] = {}
        self.count = 0
        self.book = xlsxwriter.Workbook(self.data, {"in_memory": True})
        self.book.set_properties({"title": title, "created": _MADE})
        self.bold = self.book.add_format({"bold": True, "num_format": "@"})
        # a cell of words stays words when it is edited
        looks = {kind: self.book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        guide = self._sheet(_GUIDE, _GUIDE_HEADINGS, list(_guide(title, tables)))
        guide.set_column(0, 3, 24, looks["string"])
        for table in tables:
            own = rows[table.key]
            sheet = self._sheet(table.title, table.headings, own)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, _WIDTHS[column.type], looks[column.type])
            sheet.autofilter(0, 0, len(own), len(table.columns) - 1)
        if rest:
            self._sheet(REST, REST_HEADINGS, rest)
        self.book.close()

    def _sheet(self, name: str, headings: Row, rows: Sequence[Row]) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate((headings, *rows)):
            look = None if number else self.bold
            for place, value in enumerate(row):
                if isinstance(value, str):
                    self.texts[value] = None
                    self.count += 1
                    sheet.write_string(number, place, value, look)
                elif value is not None:
                    sheet.write_number(number, place, float(value))
        return sheet


@cache
def frame_of(keys: tuple[str, ...], *, rest: bool) -> Frame:
    """The frame of a workbook of the tables with these keys; with the sheet 续文 or without."""
    by_key = {table.key: table for table in TABLES}
    tables = [by_key[key] for key in keys]
    types: list[tuple[str, Sequence[Type]]] = [
        (table.title, [column.type for column in table.columns]) for table in tables
    ]
    samples = {table.key: [_sample(kinds)] for table, (_, kinds) in zip(tables, types, strict=True)}
    written = Written(TITLE, tables, samples, [_sample(_REST_TYPES)] if rest else [])
    if rest:
        types.append((REST, _REST_TYPES))
    with ZipFile(written.data) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    sheets = tuple(_cut(parts, number, name, kinds) for number, (name, kinds) in enumerate(types, 2))
    of_samples = sum(len(sheet.words) for sheet in sheets)
    return Frame(parts, sheets, tuple(written.texts), written.count - of_samples)


def _guide(title: str, tables: Sequence[Table[Any]]) -> Iterator[Row]:
    yield (None, None, title, None)
    yield (None, None, f"一格放不下的长文字，{MOST:,} 字以后的部分在工作表“{REST}”。", None)
    for table in tables:
        yield (table.title, None, table.description, None)
        for column in table.columns:
            yield (table.title, column.title, column.description, column.unit or None)


def _sample(types: Sequence[Type]) -> Row:
    """A row that shows how cells are written; its words are some that are there."""
    return tuple(TITLE if kind in _WORDS else 0 for kind in types)


def words_in(table: Table[Any]) -> tuple[int, ...]:
    """The places of a table's columns that hold words; all others hold numbers."""
    return _places([column.type for column in table.columns])


def _places(types: Sequence[Type]) -> tuple[int, ...]:
    return tuple(place for place, kind in enumerate(types) if kind in _WORDS)


def _cut(parts: dict[str, str], number: int, name: str, types: Sequence[Type]) -> Sheet:
    """Cut the sample row out of a sheet; where its number stands elsewhere, the last row's will stand."""
    part = f"xl/worksheets/sheet{number}.xml"
    last = f"{LAST}{name}"
    found = _ROW.search(parts[part])
    cells = _CELL.findall(found[0]) if found else []
    if found is None or len(cells) != len(types):
        raise ValueError(f"XlsxWriter writes rows in another way: {parts[part][:400]}")
    column = cells[-1][1]
    around = (parts[part][: found.start()], parts[part][found.end() :])
    before, behind = (each.replace(f'ref="A1:{column}2"', f'ref="A1:{column}{last}"') for each in around)
    filtered = re.compile(rf'(localSheetId="{number - 1}"[^>]*>[^<]*:\${column}\$)2<')
    parts[BOOK] = filtered.sub(rf"\g<1>{last}<", parts[BOOK])
    return Sheet(part, name, before, behind, tuple((start, middle) for start, _, middle in cells), _places(types))
