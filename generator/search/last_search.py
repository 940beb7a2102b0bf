"""What a run of the search keeps for the next one, and whether that can be believed."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from generator.pages.render import DocsFile, Same
from generator.search.shards import Shards
from generator.search.streams import name_of
from generator.search.tape import Tape
from generator.words.urls import search_column_file, search_shard_file


class Keeper(Protocol):
    """What keeps things by their names, each with the key of what it was made of: `site.kept`."""

    def get(self, name: str, key: str) -> Any: ...

    def put(self, name: str, key: str, thing: object) -> None: ...

    def keep_only(self, folder: str, names: Collection[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class LastSearch:
    """Where the last run left things: `kept` has `Known` and tapes, `site` is the last built site: its shards are read.

    Both may be missing, old, damaged or another's: then everything is made anew. So it is where `programs`, a digest of
    all that makes a site, is another: the same inputs may then come out otherwise.
    """

    kept: Keeper
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


_KNOWN = "search/known"
_TAPES = "search/tapes"


def file_after(last: LastSearch | None, path: str, data: bytes) -> DocsFile | Same:
    """A file of the new site: the `Same` where the last site has it."""
    try:
        return Same(path) if last and (last.site / path).read_bytes() == data else DocsFile(path, data)
    except FileNotFoundError:
        return DocsFile(path, data)


def read_known(last: LastSearch) -> Known | None:
    """What the last run knew; None when there is nothing to believe, or the last site has not all of its files."""
    known: Known | None = last.kept.get(_KNOWN, last.programs)
    if known is None:
        return None
    files = {search_column_file(column, name) for column, (_, name) in known.columns.items()}
    files |= set(map(search_shard_file, known.shards.names))
    folders = {file.rpartition("/")[0] for file in files}
    try:
        there = {f"{folder}/{entry.name}" for folder in folders for entry in os.scandir(last.site / folder)}
    except OSError:
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
        ValueError: it is not there, or damaged.
    """
    tape: Tape | None = last.kept.get(f"{_TAPES}/{digest}", last.programs)
    if tape is None:
        raise ValueError(f"no tape {digest}")
    return tape


def write_tape(last: LastSearch, digest: str, tape: Tape) -> None:
    last.kept.put(f"{_TAPES}/{digest}", last.programs, tape)


def write_known(last: LastSearch, known: Known) -> None:
    """Put this run's facts in the place of the last one's, and drop tapes that are no centre's any more."""
    last.kept.put(_KNOWN, last.programs, known)
    last.kept.keep_only(_TAPES, {each.digest for each in known.centres})
