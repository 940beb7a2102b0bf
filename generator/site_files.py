"""The files of the whole site, which grow while the line walks through the centres.

They grow on disk: no more than one of them is held in memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, TextIO

from generator.csv_text import csv_file, csv_line
from generator.database import Database
from generator.record_json import Json, as_line
from generator.render import DocsFile
from generator.tables import TABLES
from generator.tables.column import Row, Table
from generator.urls import DATABASE, lines_url, table_url

_LINES = ("documents", "records")


class SiteFiles:
    """The site-wide files in the making. `folder` is empty and theirs alone."""

    def __init__(self, folder: Path) -> None:
        self.opened = ExitStack()
        self.csv = {
            table.key: self._file(folder / f"{table.key}.csv", csv_file(table.headings, ())) for table in TABLES
        }
        self.json = {what: self._file(folder / f"{what}.jsonl", b"") for what in _LINES}
        self.database = Database(folder / "data.sqlite")

    def _file(self, path: Path, beginning: bytes) -> TextIO:
        path.write_bytes(beginning)
        return self.opened.enter_context(path.open("a", encoding="utf-8", newline=""))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    def add(self, table: Table[Any], rows: Sequence[Row], lines: Iterable[str] | None = None) -> None:
        """Rows of a table; `lines` are the same as lines of CSV."""
        self.csv[table.key].writelines(map(csv_line, rows) if lines is None else lines)
        self.database.add(table, rows)

    def add_json(self, what: str, facts: Json) -> None:
        """A document or a record as data."""
        self.json[what].write(as_line(facts))

    def files(self) -> Iterator[DocsFile]:
        """The finished files, one at a time."""
        self.opened.close()
        for key, file in self.csv.items():
            yield DocsFile(table_url(key), Path(file.name).read_bytes())
        for what, file in self.json.items():
            yield DocsFile(lines_url(what), Path(file.name).read_bytes())
        yield DocsFile(DATABASE, self.database.finished())
