"""Tables → one SQLite database: a table for each with keys for names, and a view in Chinese.

The statements that made them, which the database keeps, explain each column.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.tables import TABLES
from generator.tables.column import Row, Table

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
# The same statements in the same order give the same bytes; nothing of a file that may be lost need be safe.
_SETTINGS = ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF", "auto_vacuum = NONE")


class Database:
    """A database in the making: rows are added table by table, centre by centre."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connection = sqlite3.connect(file, isolation_level=None)
        for setting in _SETTINGS:
            self.connection.execute(f"PRAGMA {setting}")
        self.connection.execute("BEGIN")
        for table in TABLES:
            self.connection.execute(_table(table))

    def add(self, table: Table[Any], rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self.connection.executemany(f"INSERT INTO {table.key} VALUES ({marks})", map(_plain, rows))  # noqa: S608 - our keys

    def finished(self) -> bytes:
        """The database with its views, as the bytes of a file."""
        with closing(self.connection):
            for table in TABLES:
                self.connection.execute(_view(table))
            self.connection.execute("COMMIT")
            self.connection.execute("VACUUM")
        return self.file.read_bytes()


def _plain(row: Row) -> tuple[str | int | float | None, ...]:
    return tuple([float(value) if isinstance(value, Decimal) else value for value in row])


def _table(table: Table[Any]) -> str:
    lines = [*_columns(table), f"  PRIMARY KEY ({', '.join(table.identity)})"]
    lines += [f"  FOREIGN KEY ({key}) REFERENCES {other} (id)" for key, other in table.refers]
    *most, last = lines
    body = "\n".join(line if line.startswith("  --") else f"{line}," for line in most)
    return f"CREATE TABLE {table.key} (\n  -- {table.title}：{table.description}\n{body}\n{last}\n)"


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
            for table in TABLES:
                first = _name(table.columns[0].key)  # of what the row is
                connection.execute(f"DELETE FROM {table.key} WHERE {first} = ?", (identity,))  # noqa: S608 - our keys
            connection.execute("VACUUM INTO ?", (str(fresh),))
        return fresh.read_bytes()
