"""Reads the open data back, as its users would, and puts records together from the rows."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from generator.data.column import Row, Share, Table, Value
from generator.data.tables import TABLES
from generator.exports.csv_text import unguarded
from generator.exports.workbook_frame import REST
from generator.reading.content import Content

Json = dict[str, Any]
Rows = dict[str, list[Row]]
NUMBERS = ("integer", "number")


def rows_of(content: Content) -> Rows:
    """What every format should say."""
    shares = [Share(centre, centre.disclosures, "") for centre in content.centres]
    return {table.key: [row for share in shares for row in table.rows(share)] for table in TABLES}


def as_floats(rows: list[Row]) -> list[tuple[Value | float, ...]]:
    """The rows with the numbers that spreadsheets and databases hold."""
    return [tuple(float(value) if isinstance(value, Decimal) else value for value in row) for row in rows]


def from_csv(data: bytes, table: Table[Any]) -> list[Row]:
    """The rows of a CSV file, by the rule that docs/open-data.md gives."""
    assert data.startswith(b"\xef\xbb\xbf")
    heading, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert tuple(heading) == table.headings
    types = [column.type for column in table.columns]
    return [tuple(_value(cell, kind) for cell, kind in zip(line, types, strict=True)) for line in lines]


def _value(cell: str, kind: str) -> Value:
    if not cell:
        return None
    return Decimal(cell) if kind == "number" else int(cell) if kind == "integer" else unguarded(cell)


def from_database(file: Path, table: Table[Any]) -> list[Row]:
    """The rows of a table of the database, in the order in which they lie there: that of their identity."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(f"SELECT * FROM {table.key}").fetchall()  # noqa: S608
    finally:
        connection.close()


def by_identity(rows: list[Row], table: Table[Any]) -> list[Row]:
    """Rows in the order of the columns that tell them apart, texts by their bytes."""
    places = [_keys(table).index(key) for key in table.identity]
    return sorted(
        rows,
        key=lambda row: [str(row[place]).encode() if isinstance(row[place], str) else row[place] for place in places],
    )


def from_workbook(data: bytes) -> Rows:
    """The rows of each table of a workbook, cells that go on put together; nothing in it may be a formula."""
    book = load_workbook(io.BytesIO(data))
    sheets = {sheet.title: [[_cell(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    for name, row, column, _, words in sheets.get(REST, [[]])[1:]:
        sheets[name][row - 1][column - 1] += words
    tables = {table.title: table for table in TABLES}
    found = {tables[name].key: lines for name, lines in sheets.items() if name in tables}
    for key, (heading, *_) in found.items():
        assert tuple(heading) == next(table.headings for table in TABLES if table.key == key)
    return {key: [tuple(line) for line in lines[1:]] for key, lines in found.items()}


def _cell(cell: Any) -> Any:
    assert cell.data_type in ("s", "n", "inlineStr"), (cell.coordinate, cell.data_type)
    return cell.value


def records(rows: Rows) -> Iterator[Json]:
    """Every record as `record.json` has it, from nothing but the rows of the tables."""
    tables: dict[str, list[Json]] = {
        table.key: [dict(zip(_keys(table), row, strict=True)) for row in rows[table.key]] for table in TABLES
    }
    titles = {document["id"]: document["title"] for document in tables["documents"]}
    for kind in ("declarations", "evaluations"):
        for row in tables[kind]:
            own = [each for each in tables["indicators"] if each["record"] == row["id"]]
            altered = [each for each in tables["alterations"] if each["holder"] == row["id"]]
            facts = {
                key: row[key] for key in ("id", "url", "centre", "year", "name", "department", "implementer", "note")
            }
            facts |= {"kind": kind.removesuffix("s"), "disclosure": titles[row["document"]]}
            facts |= _declaration(row) if kind == "declarations" else _evaluation(row)
            facts["indicators"] = [_indicator(each, scored=kind == "evaluations") for each in own]
            facts |= {
                key: _alterations(altered, name) for key, name in (("corrections", "勘误"), ("amendments", "变更"))
            }
            yield facts


def _keys(table: Table[Any]) -> list[str]:
    return [column.key for column in table.columns]


def _money(row: Json, prefix: str, parts: tuple[str, ...]) -> Json:
    yuan = {part: row[f"{prefix}_{part}_yuan"] for part in parts}
    return {part: row[f"{prefix}_{part}"] for part in parts} | {
        "yuan": {part: None if value is None else f"{value:f}" for part, value in yuan.items()}
    }


def _declaration(row: Json) -> Json:
    whole = _money(row, "project_funding", ("total", "fiscal", "other")) | {"unit": row["unit"]}
    facts = {key: row[key] for key in ("nature", "category", "start", "end")}
    return facts | {
        "project_funding": whole if any(whole[part] for part in ("total", "fiscal", "other")) else None,
        "funding": _money(row, "funding", ("total", "appropriation", "carryover", "other")) | {"unit": row["unit"]},
        "objectives": {"overall": row["objectives_overall"], "annual": row["objectives_annual"]},
    }


def _evaluation(row: Json) -> Json:
    budget: Json = {"unit": row["unit"]}
    for line in ("total", "appropriation", "carryover", "other"):
        figures = {key: row[f"budget_{line}_{key}"] for key in ("points", "execution_rate", "score")}
        budget[line] = _money(row, f"budget_{line}", ("initial", "revised", "spent")) | figures
    facts = {key: row[key] for key in ("expected", "achieved", "total_points", "total_score", "grade")}
    return facts | {"budget": budget}


def _target(row: Json, key: str) -> Json | None:
    if row[key] is None:
        return None
    parts = {part: row[f"{key}_{part}"] for part in ("comparison", "unit")}
    return {"printed": row[key], "value": row[f"{key}_number"]} | parts


def _indicator(row: Json, *, scored: bool) -> Json:
    facts = {key: row[key] for key in ("level1", "level2", "name")} | {"target": _target(row, "target")}
    if scored:
        facts |= {"actual": _target(row, "actual")} | {key: row[key] for key in ("points", "score", "deviation")}
    return facts


def _alterations(rows: list[Json], name: str) -> list[Json]:
    found: dict[int, Json] = {}
    for row in rows:
        if row["alteration"] == name:
            said = {key: row[key] for key in ("date", "what", "why", "approved_by", "source") if row[key] is not None}
            place = {key: row[key] for key in ("field", "was", "withheld") if row[key] is not None}
            if row["dropped"] is not None:
                place["dropped"] = json.loads(row["dropped"])
            found.setdefault(row["number"], said | {"fields": []})["fields"].append(place)
    return [found[number] for number in sorted(found)]
