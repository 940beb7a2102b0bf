"""Tables → an XLSX workbook: a sheet that explains, and a sheet for each table.

Words are strings whatever they begin with, numbers are numbers. A cell holds 32,767 characters at most;
what is longer goes on in the sheet 续文, so that nothing is lost. The rows are poured into a frame that XlsxWriter
made: cell by cell it took five times as long.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.data.column import Row, Table, Value
from generator.data.tables import TABLES
from generator.exports.workbook_frame import BOOK, LAST, MOST, STRINGS, TITLE, Rows, Sheet, frame_of, words_in

_ROWS = 1_048_576  # of a sheet
_PLAIN = MOST // 2  # so many characters have room whatever they are
_FIRST_HALVES = range(0xD8, 0xDC)  # upper bytes of a unit that another one belongs to
_BLOCK = 16  # rows that say together how many columns they use
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that ZIP knows
_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")  # what would be read as an escape
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what XML has no words for


def workbook(title: str, rows: Rows) -> bytes:
    """A workbook of the tables that have rows; the same bytes for the same rows.

    Args:
        title: What the workbook is, for its properties and its first line.
        rows: The rows of each table by its key.

    Raises:
        ValueError: more rows than a sheet holds.
    """
    tables = [table for table in TABLES if rows[table.key]]
    poured = [rows[table.key] for table in tables]
    if max(map(len, poured)) >= _ROWS:
        raise ValueError(f"a sheet holds {_ROWS - 1} rows below its headings")
    words = [_words(own, words_in(table)) for table, own in zip(tables, poured, strict=True)]
    long = {each: cut for each in {*chain(*words)} if len(each) > _PLAIN and len(cut := pieces(each)) > 1}
    frame = frame_of(tuple(table.key for table in tables), rest=bool(long))
    if long:
        poured.append(list(_rest(tables, rows, long)))
        words.append(_words(poured[-1], frame.sheets[-1].words))
    texts = dict.fromkeys(chain((text.replace(TITLE, title) for text in frame.texts), *words))
    index = {text: number for number, text in enumerate(texts)}
    count = frame.count + sum(map(len, words))
    parts = {name: part.replace(TITLE, escape(title)) for name, part in frame.parts.items()}
    for sheet, own in zip(frame.sheets, poured, strict=True):
        last = str(len(own) + 1)
        parts[BOOK] = parts[BOOK].replace(f"{LAST}{sheet.name}<", f"{last}<")
        around = [part.replace(f"{LAST}{sheet.name}", last) for part in (sheet.before, sheet.behind)]
        parts[sheet.part] = "".join(_lines(sheet, own, index)).join(around)
    held = (long[text][0] if text in long else text for text in texts)
    beginning = parts[STRINGS].partition(" count=")[0]
    counts = f'count="{count}" uniqueCount="{len(texts)}"'
    parts[STRINGS] = f"{beginning} {counts}>{''.join(map(_text, held))}</sst>"
    return _file(parts)


def _words(rows: Sequence[Row], places: Sequence[int]) -> list[Any]:
    """The words of rows, in their order."""
    return [value for value in chain.from_iterable(map(itemgetter(*places), rows)) if value is not None]


def _rest(tables: Sequence[Table[Any]], rows: Rows, long: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """What cells cannot hold, piece by piece."""
    for table in tables:
        for number, row in enumerate(rows[table.key], 2):
            for place, value in enumerate(row, 1):
                if isinstance(value, str) and value in long:
                    for which, piece in enumerate(long[value][1:], 2):
                        yield (table.title, number, place, which, piece)


def _lines(sheet: Sheet, rows: Sequence[Row], index: Mapping[str, int]) -> Iterator[str]:
    """Rows as XlsxWriter writes them; the headings are the first row of the first block."""
    first = _BLOCK - 1
    number = 2
    for start in (0, *range(first, len(rows), _BLOCK)):
        block = rows[start : start + _BLOCK] if start else rows[:first]
        used = max(map(_used, block)) if start else len(sheet.cells)
        for row in block:
            cells = [
                f"{before}{number}{middle}{index[value] if isinstance(value, str) else _number(value)}</v></c>"
                for (before, middle), value in zip(sheet.cells, row, strict=True)
                if value is not None
            ]
            yield f'<row r="{number}" spans="1:{used}">{"".join(cells)}</row>'
            number += 1


def _used(row: Row) -> int:
    """The number of the last column that has a value."""
    return next(place for place in range(len(row), 0, -1) if row[place - 1] is not None)


def _number(value: Value) -> str:
    return f"{float(value or 0):.16G}"


def _text(words: str) -> str:
    """Words as an item of the shared strings."""
    if "_x" in words:
        words = _ESCAPE.sub("_x005F_", words)
    words = escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", words))
    kept = words[:1].isspace() or words[-1:].isspace()
    return f'<si><t xml:space="preserve">{words}</t></si>' if kept else f"<si><t>{words}</t></si>"


def _file(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as file:
        for name, part in parts.items():
            entry = ZipInfo(name, _DAY)
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, part.encode())
    return data.getvalue()


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
