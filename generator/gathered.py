"""The files of the whole site, put together from what the centres gave to them.

They grow on disk: no more than a centre's piece of one is held in memory. The file that servers send compressed is
put together too, and not compressed anew. A file whose pieces are those of the last time stays as it is.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from generator.compress import SUFFIX, is_due, joined, piece
from generator.csv_text import csv_file
from generator.data_part import DataPart
from generator.database import made_with, write_database
from generator.made import Made
from generator.register import REGISTER
from generator.tables import TABLES
from generator.urls import DATABASE, REGISTER_CSV, lines_url, table_url

# The text files by their paths, with what each begins with: the headings of its table.
BEGINNINGS = {
    **{table_url(table.key): csv_file(table.headings, ()) for table in TABLES},
    lines_url("documents"): b"",
    lines_url("records"): b"",
    REGISTER_CSV: csv_file(REGISTER.headings, ()),
}
_NOTE = "gathered.json"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A finished file: what the site says of it, and where it lies. `kept` says that it is that of the last time."""

    made: Made
    file: Path
    kept: bool


@dataclass(frozen=True, slots=True)
class _Noted:
    """A file and the compressed one beside it, as they were made; `of` is a digest of all that went into them."""

    of: str
    made: tuple[Made, ...]


def gathered_files(
    parts: Iterable[DataPart], folder: Path, digest_of: Callable[[Path], str] | None = None
) -> Iterator[Gathered]:
    """Make the files that gather all centres; each is handed over when it is finished.

    Args:
        parts: What the centres gave, in the site's order.
        folder: Where the files lie, now and the next time, and nothing else does. A file there is replaced, never
            written into, as others may share it.
        digest_of: The SHA-256 of a file that is there; read anew when None.

    Raises:
        DamagedPart: a part has to be made again.
    """
    parts = tuple(parts)
    folder.mkdir(parents=True, exist_ok=True)
    stamps = {path: _stamp(parts, path, beginning.hex()) for path, beginning in BEGINNINGS.items()}
    stamps[DATABASE] = _stamp(parts, DATABASE, *made_with())
    note = {
        path: noted
        for path, noted in _read_note(folder).items()
        if noted.of == stamps.get(path) and _is_whole(folder, digest_of or _digest_of, noted)
    }
    kept = frozenset(note)
    _write_note(folder, note)  # what is made now is not noted before it is whole
    with ThreadPoolExecutor(1) as beside:
        database = None if DATABASE in kept else beside.submit(_database, parts, folder)
        for path, stamp in stamps.items():
            if path not in kept:
                made = database.result() if database and path == DATABASE else _text(parts, path, folder)
                note[path] = _Noted(stamp, tuple(made))
            yield from (Gathered(each, _place(folder, each.path), path in kept) for each in note[path].made)
    _write_note(folder, note)


def _stamp(parts: Sequence[DataPart], path: str, *said: str) -> str:
    """A digest of all that goes into a file."""
    names = (path, path + SUFFIX)
    digests = (part.pieces[name].sha256 for part in parts for name in names if name in part.pieces)
    return hashlib.sha256("\n".join(chain(said, digests)).encode()).hexdigest()


def _is_whole(folder: Path, digest_of: Callable[[Path], str], noted: _Noted) -> bool:
    """Whether a file and its compressed form are there as they were made."""
    files = ((_place(folder, made.path), made.sha256) for made in noted.made)
    return all(file.is_file() and digest_of(file) == sha256 for file, sha256 in files)


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _place(folder: Path, path: str) -> Path:
    return folder / path.rpartition("/")[2]


def _text(parts: Sequence[DataPart], path: str, folder: Path) -> Iterator[Made]:
    crc = 0

    def counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal crc
        for data in pieces:
            crc = zlib.crc32(data, crc)
            yield data

    beginning = BEGINNINGS[path]
    made = _written(counted(chain((beginning,), (part.read(path) for part in parts))), path, folder)
    yield made
    if is_due(path, made.size):
        packed = path + SUFFIX
        pieces = chain((piece(beginning),), (part.read(packed) for part in parts))
        yield _written(joined(pieces, crc, made.size), packed, folder)


def _written(pieces: Iterable[bytes], path: str, folder: Path) -> Made:
    file = _place(folder, path)
    new = file.with_name(f"{file.name}.new")
    digest, size = hashlib.sha256(), 0
    with new.open("wb") as stream:
        for data in pieces:
            stream.write(data)
            digest.update(data)
            size += len(data)
    new.replace(file)
    return Made(path, size, digest.hexdigest())


def _database(parts: Sequence[DataPart], folder: Path) -> list[Made]:
    file = _place(folder, DATABASE)
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    write_database((part.read(DATABASE) for part in parts), new)
    digest = _digest_of(new)
    new.replace(file)
    return [Made(DATABASE, file.stat().st_size, digest)]


def _read_note(folder: Path) -> dict[str, _Noted]:
    """What was made the last time; nothing where that cannot be told."""
    try:
        said = json.loads((folder / _NOTE).read_bytes())
        return {path: _Noted(facts["of"], tuple(Made(*each) for each in facts["made"])) for path, facts in said.items()}
    except (FileNotFoundError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _write_note(folder: Path, note: dict[str, _Noted]) -> None:
    said = {
        path: {"of": noted.of, "made": [[each.path, each.size, each.sha256] for each in noted.made]}
        for path, noted in note.items()
    }
    new = folder / f"{_NOTE}.new"
    new.write_text(json.dumps(said), "utf-8")
    new.replace(folder / _NOTE)
