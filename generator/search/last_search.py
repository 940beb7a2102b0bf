"""What a run of the search keeps for the next one, and whether that can be believed."""

import hashlib
import os
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.pages.render import DocsFile, Same
from generator.search.shards import Shards
from generator.search.streams import name_of
from generator.search.tape import Tape
from generator.words.urls import search_column_file, search_shard_file


@dataclass(frozen=True, slots=True)
class LastSearch:
    """Where the last run left things: `folder` is for `Known` alone, `site` the last built site, whose shards are read.

    Both may be missing, old, damaged or another's: then everything is made anew. So it is where `programs`, a digest of
    all that makes a site, is another: the same inputs may then come out otherwise.
    """

    folder: Path
    site: Path
    programs: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A centre: the number that its cells begin at, the size of its tape in code units and values, its digest."""

    centre: str
    first: int
    codes: int
    values: int
    digest: str


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What was known at the end of a run; `columns` are the digest of what each was made of, and its name."""

    centres: tuple[Numbered, ...]
    shards: Shards
    columns: Mapping[str, tuple[str, str]]


DAMAGED = (OSError, ValueError)
_DIGEST = 32  # bytes


def file_after(last: LastSearch | None, path: str, data: bytes) -> DocsFile | Same:
    """A file of the new site: the `Same` where the last site has it."""
    try:
        return Same(path) if last and (last.site / path).read_bytes() == data else DocsFile(path, data)
    except FileNotFoundError:
        return DocsFile(path, data)


def read_known(last: LastSearch) -> Known | None:
    """What the last run knew; None when there is nothing to believe, or the last site has not all of its files."""
    try:
        known: Known = _read(last.folder / "known", last.programs)
        files = {search_column_file(column, name) for column, (_, name) in known.columns.items()}
        files |= set(map(search_shard_file, known.shards.names))
        folders = {file.rpartition("/")[0] for file in files}
        there = {f"{folder}/{entry.name}" for folder in folders for entry in os.scandir(last.site / folder)}
    except DAMAGED:
        return None
    return known if files <= there else None


def read_old_shard(last: LastSearch, name: str) -> bytes:
    """A shard of the last site.

    Raises:
        OSError, ValueError: it is not there, or not what its name says.
    """
    stream = (last.site / search_shard_file(name)).read_bytes()
    if name_of(stream) != name:
        raise ValueError(f"{name} is damaged")
    return stream


def read_tape(last: LastSearch, digest: str) -> Tape:
    """A tape that a run wrote.

    Raises:
        OSError, ValueError: it is not there, or damaged.
    """
    tape: Tape = _read(_tape(last, digest), last.programs + digest)
    return tape


def write_tape(last: LastSearch, digest: str, tape: Tape) -> None:
    _write(_tape(last, digest), last.programs + digest, tape)


def write_known(last: LastSearch, known: Known) -> None:
    """Put this run's facts in the place of the last one's, and drop tapes that are no centre's any more."""
    _write(last.folder / "known", last.programs, known)
    _drop(last, {each.digest for each in known.centres})


def _tape(last: LastSearch, digest: str) -> Path:
    return last.folder / "tapes" / digest


def _read(path: Path, key: str) -> Any:
    """The thing that was written with this key: the program's version is part of it, as others have other classes.

    Raises:
        OSError, ValueError: it is not there, damaged, or of another key.
    """
    data = memoryview(path.read_bytes())
    if data[:_DIGEST] != _digest(key, data[_DIGEST:]):
        raise ValueError(f"{path.name} is damaged, or another's")
    return pickle.loads(data[_DIGEST:])  # noqa: S301 - our own, and whole


def _write(path: Path, key: str, thing: object) -> None:
    """Write a thing whole, then name it: an interruption leaves nothing half written under the name."""
    data = memoryview(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("wb") as stream:
        stream.writelines((_digest(key, data), data))
    new.replace(path)


def _digest(key: str, data: memoryview) -> bytes:
    found = hashlib.sha256(key.encode())
    found.update(data)
    return found.digest()


def _drop(last: LastSearch, digests: Iterable[str]) -> None:
    names = {_tape(last, digest).name for digest in digests}
    for path in (last.folder / "tapes").glob("*"):
        if path.name not in names:
            path.unlink()
