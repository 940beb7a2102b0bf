"""The files of the whole site, put together from what the centres gave to them.

They grow on disk: no more than a centre's piece of one is held in memory. The file that servers send compressed is
put together too, and not compressed anew. A file whose pieces are those of the last time stays as it is; of one that
has other pieces somewhere, all before and after these is copied from the last one.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from generator.data.made import Made
from generator.data.register import REGISTER
from generator.data.tables import TABLES
from generator.exports.compress import SUFFIX, end, head, is_due
from generator.exports.csv_text import csv_file
from generator.exports.data_part import DamagedPart, DataPart
from generator.exports.database import Base, made_with, write_database
from generator.words.urls import DATABASE, REGISTER_CSV, lines_url, table_url

# The text files by their paths, with what each begins with: the headings of its table.
BEGINNINGS = {
    **{table_url(table.key): csv_file(table.headings, ()) for table in TABLES},
    lines_url("documents"): b"",
    lines_url("records"): b"",
    REGISTER_CSV: csv_file(REGISTER.headings, ()),
}
_NOTE = "gathered.json"
_BLOCK = 1 << 20  # bytes that are copied at once; more leave the processor's caches

# A centre's piece of a file: the centre, the size, the SHA-256.
Given = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A finished file: what the site says of it, and where it lies. `kept` says that it is that of the last time."""

    made: Made
    file: Path
    kept: bool


@dataclass(frozen=True, slots=True)
class _Noted:
    """A file as it was made: a digest of what is the same whichever centres there are, what these gave, what it is."""

    of: str
    given: tuple[Given, ...]
    made: Made


def gathered_files(
    parts: Mapping[str, DataPart], folder: Path, digest_of: Callable[[Path], str] | None = None
) -> Iterator[Gathered]:
    """Make the files that gather all centres; each is handed over when it is finished.

    Args:
        parts: What the centres gave, by centre in the site's order.
        folder: Where the files lie, now and the next time, and nothing else does. A file there is replaced, never
            written into, as others may share it.
        digest_of: The SHA-256 of a file that is there; read anew when None.

    Raises:
        DamagedPart: a part has to be made again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    gathering = _Gathering(parts, folder, digest_of or _digest_of)
    with ThreadPoolExecutor(1) as beside:  # the database is made outside the interpreter's lock
        database = beside.submit(gathering.database)
        for path, beginning in BEGINNINGS.items():
            yield from gathering.text(path, beginning)
        yield database.result()
    _write_note(folder, gathering.now)


class _Gathering:
    """Makes the files of one time; `now` has what they are, of the last time's it has those that are whole."""

    def __init__(self, parts: Mapping[str, DataPart], folder: Path, digest_of: Callable[[Path], str]) -> None:
        self.parts = parts
        self.folder = folder
        self.digest_of = digest_of
        self.last = _read_note(folder)
        self.now: dict[str, _Noted] = {}
        _write_note(folder, {})  # what is made now is not noted before all of it is whole

    def text(self, path: str, beginning: bytes) -> Iterator[Gathered]:
        """A text file, and the compressed one beside it where that is due."""
        crc = 0

        def counted(blocks: Iterable[bytes]) -> Iterator[bytes]:
            nonlocal crc
            for data in blocks:
                crc = zlib.crc32(data, crc)
                yield data

        of = hashlib.sha256(beginning).hexdigest()
        packed = path + SUFFIX
        lasts = {name: self._last(name, of) for name in (path, packed)}
        text = lasts[path]
        due = (path, packed) if text and is_due(path, text.made.size) else (path,)
        if all(self._stays(name, lasts[name]) for name in due):
            yield from (self._kept(name) for name in due)
            return
        made = self._written(path, of, counted(self._blocks(path, beginning, b"", lasts[path])))
        yield made
        if is_due(path, made.made.size):
            first, final = head(beginning), end(crc, made.made.size)
            yield self._written(packed, of, self._blocks(packed, first, final, lasts[packed]))

    def database(self) -> Gathered:
        """The database: the last one without the rows of centres that gave other ones, and with these."""
        of = hashlib.sha256("\n".join(made_with()).encode()).hexdigest()
        last = self._last(DATABASE, of)
        if self._stays(DATABASE, last):
            return self._kept(DATABASE)
        given = self._given(DATABASE)
        had = frozenset(last.given if last else ())
        gone = [each[0] for each in had.difference(given)]
        come = (self.parts[each[0]].read(DATABASE) for each in given if each not in had)
        new = self._new(DATABASE)
        new.unlink(missing_ok=True)
        write_database(come, new, Base(_place(self.folder, DATABASE), gone) if last else None)
        return self._named(new, _Noted(of, given, Made(DATABASE, new.stat().st_size, _digest_of(new))))

    def _given(self, path: str) -> tuple[Given, ...]:
        """What the centres give to a file."""
        return tuple(
            (centre, piece.size, piece.sha256)
            for centre, part in self.parts.items()
            if (piece := part.pieces.get(path))
        )

    def _last(self, path: str, of: str) -> _Noted | None:
        """The file of the last time, if it is there, whole, and the same but for what centres gave."""
        noted, file = self.last.get(path), _place(self.folder, path)
        whole = noted and noted.of == of and file.is_file() and self.digest_of(file) == noted.made.sha256
        return noted if whole else None

    def _stays(self, path: str, last: _Noted | None) -> bool:
        return last is not None and last.given == self._given(path)

    def _kept(self, path: str) -> Gathered:
        noted = self.now[path] = self.last[path]
        return Gathered(noted.made, _place(self.folder, path), kept=True)

    def _blocks(self, path: str, first: bytes, final: bytes, last: _Noted | None) -> Iterator[bytes]:
        """The bytes of a file, in order: those that the last one has too are copied from it.

        Args:
            path: Its path.
            first: What it begins with, as the last one did.
            final: What it ends with.
            last: The last one.
        """
        given, had = self._given(path), last.given if last else ()
        before = _alike(given, had)
        after = _alike(given[before:][::-1], had[before:][::-1])
        middle = given[before : len(given) - after]
        start = len(first) + _size(had[:before])
        again = len(first) + _size(had[: len(had) - after])
        if last:
            yield from _stretch(_place(self.folder, path), 0, start)
        else:
            yield first
        yield from (self.parts[centre].read(path) for centre, _, _ in middle)
        if last:
            yield from _stretch(_place(self.folder, path), again, again + _size(had[len(had) - after :]))
        yield final

    def _written(self, path: str, of: str, blocks: Iterable[bytes]) -> Gathered:
        new = self._new(path)
        digest, size = hashlib.sha256(), 0
        with new.open("wb") as stream:
            for data in blocks:
                stream.write(data)
                digest.update(data)
                size += len(data)
        return self._named(new, _Noted(of, self._given(path), Made(path, size, digest.hexdigest())))

    def _new(self, path: str) -> Path:
        """Where a file is made before it has its name."""
        file = _place(self.folder, path)
        return file.with_name(f"{file.name}.new")

    def _named(self, new: Path, noted: _Noted) -> Gathered:
        self.now[noted.made.path] = noted
        return Gathered(noted.made, new.replace(_place(self.folder, noted.made.path)), kept=False)


def _alike(one: Sequence[Given], other: Sequence[Given]) -> int:
    """How many of the first pieces are the same."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False)))


def _size(given: Sequence[Given]) -> int:
    return sum(size for _, size, _ in given)


def _stretch(file: Path, start: int, stop: int) -> Iterator[bytes]:
    """The bytes of a file from one place to another.

    Raises:
        DamagedPart: it ends before.
    """
    with file.open("rb") as stream:
        stream.seek(start)
        while start < stop:
            data = stream.read(min(_BLOCK, stop - start))
            if not data:
                raise DamagedPart(file)
            start += len(data)
            yield data


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _place(folder: Path, path: str) -> Path:
    return folder / path.rpartition("/")[2]


def _read_note(folder: Path) -> dict[str, _Noted]:
    """What was made the last time; nothing where that cannot be told."""
    try:
        said = json.loads((folder / _NOTE).read_bytes())
        return {
            path: _Noted(
                each["of"], tuple((centre, size, sha256) for centre, size, sha256 in each["given"]), Made(*each["made"])
            )
            for path, each in said.items()
        }
    except (FileNotFoundError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _write_note(folder: Path, note: Mapping[str, _Noted]) -> None:
    said = {
        path: {"of": noted.of, "given": noted.given, "made": [noted.made.path, noted.made.size, noted.made.sha256]}
        for path, noted in note.items()
    }
    new = folder / f"{_NOTE}.new"
    new.write_text(json.dumps(said), "utf-8")
    new.replace(folder / _NOTE)
