"""Tables → one SQLite database: a table for each with keys for names, and a view in Chinese.

The statements that made them, which the database keeps, explain each column. Rows lie in the order of their identity,
so the same rows give the same bytes, in whatever order they come.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.data.column import Row, Table
from generator.data.tables import TABLES

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
# A page of 16 KiB holds whole forms; nothing of a file that may be lost need be safe.
_SETTINGS = (
    "PRAGMA page_size = 16384",
    "PRAGMA encoding = 'UTF-8'",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA auto_vacuum = NONE",
)


def rows_piece(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """The rows of each table by its key, as `write_database` takes them: themselves a small database."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table in TABLES:
            columns = ", ".join(_name(column.key) for column in table.columns)
            connection.execute(f"CREATE TABLE {table.key} ({columns})")
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {table.key} VALUES ({marks})", _plain(table, rows[table.key]))  # noqa: S608 - our keys
        connection.execute("COMMIT")
        return connection.serialize()


@dataclass(frozen=True, slots=True)
class Base:
    """A finished database, and the centres of which the rows do not count."""

    file: Path
    without: Collection[str]


def made_with() -> Iterator[str]:
    """What a database is made of besides its rows: SQLite's version, our statements."""
    yield sqlite3.sqlite_version
    yield from _SETTINGS
    yield from _tables()


def _tables() -> Iterator[str]:
    yield from map(_table, TABLES)
    yield from map(_view, TABLES)


def write_database(pieces: Iterable[bytes], file: Path, base: Base | None = None) -> None:
    """Write a database of rows; no more than one piece of them is held in memory.

    The same rows give the same bytes, whether they come from pieces or stood in `base`.

    Args:
        pieces: Rows, as `rows_piece` gives them.
        file: The database; it is not there yet.
        base: What it holds besides.
    """
    loose = file.with_name(f"{file.name}.loose")
    loose.unlink(missing_ok=True)  # of an interrupted run
    try:
        if base:
            shutil.copyfile(base.file, loose)
        with closing(sqlite3.connect(loose, isolation_level=None, cached_statements=0)) as connection:
            for statement in _SETTINGS:
                connection.execute(statement)
            if base:
                _take_out(connection, base.without)
            else:
                for statement in _tables():
                    connection.execute(statement)
            # each piece is another database: a statement that was prepared for the last one (and cached) would read
            # this one at the wrong pages
            connection.execute("ATTACH ':memory:' AS piece")
            for piece in pieces:
                connection.deserialize(piece, name="piece")
                connection.execute("BEGIN")
                for table in TABLES:  # inside SQLite, outside the interpreter's lock
                    connection.execute(f"INSERT INTO main.{table.key} SELECT * FROM piece.{table.key}")  # noqa: S608 - our keys
                connection.execute("COMMIT")
            connection.execute("PRAGMA schema_version = 1")  # else it would count how often the file was made anew
            connection.execute("VACUUM INTO ?", (str(file),))
    finally:
        loose.unlink(missing_ok=True)


def _take_out(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take out the rows of some centres or records, with all that is below them: a row is known by what it is of."""
    connection.execute("BEGIN")
    for each in ids:
        for table in TABLES:
            first = _name(table.identity[0])
            statement = f"DELETE FROM {table.key} WHERE {first} = ? OR {first} > ? AND {first} < ?"  # noqa: S608 - our keys
            connection.execute(statement, (each, f"{each}/", f"{each}0"))  # "0" comes after "/"
    connection.execute("COMMIT")


def _plain(table: Table[Any], rows: Iterable[Row]) -> Iterator[Sequence[object]]:
    """Rows with the numbers that a database holds."""
    numbers = [place for place, column in enumerate(table.columns) if column.type == "number"]
    for row in rows:
        plain: list[object] = list(row)
        for place in numbers:
            value = row[place]
            if value is not None:
                plain[place] = float(value)
        yield plain


def _table(table: Table[Any]) -> str:
    lines = [*_columns(table), f"  PRIMARY KEY ({', '.join(table.identity)})"]
    lines += [f"  FOREIGN KEY ({key}) REFERENCES {other} (id)" for key, other in table.refers]
    *most, last = lines
    body = "\n".join(line if line.startswith("  --") else f"{line}," for line in most)
    return f"CREATE TABLE {table.key} (\n  -- {table.title}：{table.description}\n{body}\n{last}\n) WITHOUT ROWID"


def _columns(table: Table[Any]) -> Iterator[str]:
    for column in table.columns:
        yield f"  -- {column.title}：{column.description}"
        yield f"  {_name(column.key)} {_TYPES[column.type]}{' NOT NULL' if column.required else ''}"


def _view(table: Table[Any]) -> str:
    columns = ",\n".join(f"  {_name(column.key)} AS {_name(column.title)}" for column in table.columns)
    return f"CREATE VIEW {_name(table.title)} AS SELECT\n{columns}\nFROM {table.key}"


def _name(name: str) -> str:
    return f'"{name}"'


def without_record(data: bytes, identity: str) -> bytes:
    """A finished database without the rows of one record; nothing of them is left in its free pages."""
    with tempfile.TemporaryDirectory() as folder:
        file, fresh = Path(folder) / "old.sqlite", Path(folder) / "new.sqlite"
        file.write_bytes(data)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            _take_out(connection, [identity])
            connection.execute("VACUUM INTO ?", (str(fresh),))
        return fresh.read_bytes()
