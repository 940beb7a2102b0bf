"""Rows → CSV that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, no cell that runs.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@`, or with these behind a tab or a line's end, for a
formula; one in East Asian use may take their full-width forms for it too. Such a cell gets a `'` before it, and so
does one that begins with `'`: taking one `'` away always gives the printed words. The downloads of the search page
follow the same rule (`download.js`).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from generator.data.column import Row, Value

GUARDED = frozenset("=+-@＝＋－＠\t\r\n'")
_QUOTED = frozenset('",\r\n')


def guarded(words: str) -> str:
    """Words as a cell of a CSV file."""
    return f"'{words}" if words[:1] in GUARDED else words


def unguarded(cell: str) -> str:
    """The words of a cell of a CSV file."""
    return cell.removeprefix("'")


def csv_line(row: Row) -> str:
    """A row as a line, its end included; an empty cell where there is no value."""
    return next(csv_lines((row,)))


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as lines."""
    cells = _Cells()
    for row in rows:
        words = [cells[value] if isinstance(value, str) else "" if value is None else _number(value) for value in row]
        yield f"{','.join(words)}\r\n"


def csv_file(headings: Row, lines: Iterable[str]) -> bytes:
    """A file of lines below their headings."""
    return f"{_heading(headings)}{''.join(lines)}".encode()


@cache
def _heading(headings: Row) -> str:
    """The first line with the mark; there are a few, and one stands above each form's indicators."""
    return f"\ufeff{csv_line(headings)}"


class _Cells(dict[str, str]):
    """Cells by their words; rows of one document say the same again and again."""

    def __missing__(self, words: str) -> str:
        cell = guarded(words)
        self[words] = cell if _QUOTED.isdisjoint(cell) else '"{}"'.format(cell.replace('"', '""'))
        return self[words]


def _number(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
