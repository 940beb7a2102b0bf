"""What LibreOffice holds of a file that it has opened: its flat XML, read cell by cell."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FAR = 1000  # what is repeated this often is the empty rest of a sheet


@dataclass(frozen=True)
class Cell:
    """A cell: its text, its number when it is one, its formula when it has one."""

    text: str = ""
    number: float | None = None
    formula: str = ""


Sheets = dict[str, list[list[Cell]]]


def sheets_of(file: Path) -> Sheets:
    """The cells of each sheet of a flat XML file, by the sheet's name."""
    root = ElementTree.parse(file).getroot()
    sheets = {}
    for sheet in root.iter(f"{_TABLE}table"):
        rows = [
            [cell for each in row.iterfind(f"{_TABLE}table-cell") for cell in _cells(each)]
            for row in sheet.iter(f"{_TABLE}table-row")
            for _ in range(_times(row, "rows"))
        ]
        sheets[sheet.get(f"{_TABLE}name", "")] = [row for row in rows if any(cell != Cell() for cell in row)]
    return sheets


def _times(element: ElementTree.Element, what: str) -> int:
    times = int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    return times if times < _FAR else 0


def _cells(element: ElementTree.Element) -> list[Cell]:
    number = element.get(f"{_OFFICE}value")
    if number is None and element.get(f"{_OFFICE}value-type", "string") != "string":
        number = "nan"  # a day, a time, a truth: no words
    text = "\n".join(_said(paragraph) for paragraph in element.iterfind(f"{_TEXT}p"))
    cell = Cell(text, None if number is None else float(number), element.get(f"{_TABLE}formula", ""))
    return [cell] * _times(element, "columns")


def _said(element: ElementTree.Element) -> str:
    words = element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            words += " " * int(part.get(f"{_TEXT}c", "1"))
        elif part.tag == f"{_TEXT}tab":
            words += "\t"
        elif part.tag == f"{_TEXT}line-break":
            words += "\n"
        else:
            words += _said(part)
        words += part.tail or ""
    return words
