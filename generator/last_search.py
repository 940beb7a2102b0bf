"""What a run of the search keeps for the next one, and whether that can be believed."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from generator.shards import Shards
from generator.streams import name_of
from generator.tape import Tape
from generator.urls import SEARCH, search_column_file, search_shard_file

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class LastSearch:
    """Where the last run left things: `folder` is for `Kept` alone, `site` the last built site, whose shards are read.

    Both may be missing, old, damaged or another's: then everything is made anew.
    """

    folder: Path
    site: Path


@dataclass(frozen=True, slots=True)
class Numbered:
    """A centre: the number that its cells begin at, the size of its tape in code units and values, its digest."""

    centre: str
    first: int
    codes: int
    values: int
    digest: str


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What was known at the end of a run; `columns` are the digest of what each was made of, and its name."""

    centres: tuple[Numbered, ...]
    shards: Shards
    columns: Mapping[str, tuple[str, str]]


DAMAGED = (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile)


def files_there(last: LastSearch) -> frozenset[str]:
    """The paths of the search's files in the last site."""
    folder = last.site / SEARCH
    return frozenset(path.relative_to(last.site).as_posix() for path in folder.rglob("*.bin"))


def read_kept(last: LastSearch, there: frozenset[str]) -> Kept | None:
    """What the last run kept; None when there is nothing to believe, or not all of its files are `there`."""
    try:
        with np.load(last.folder / "kept.npz", allow_pickle=False) as arrays:
            facts = json.loads(arrays["facts"].tobytes())
            shards = Shards(arrays["pairs"], arrays["sizes"], arrays["cuts"], tuple(facts["names"]))
        if facts["format"] != _FORMAT:
            return None
        kept = Kept(
            tuple(Numbered(*each) for each in facts["centres"]),
            shards,
            {name: (digest, file) for name, (digest, file) in facts["columns"].items()},
        )
    except DAMAGED:
        return None
    files = {search_column_file(column, name) for column, (_, name) in kept.columns.items()}
    files |= set(map(search_shard_file, shards.names))
    return kept if files <= there else None


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
    """The tape that a run kept.

    Raises:
        OSError, ValueError, KeyError, BadZipFile: it is not there, or damaged.
    """
    with np.load(_tape(last, digest), allow_pickle=False) as arrays:
        return Tape(arrays["codes"], arrays["starts"], arrays["cells"])


def keep_tape(last: LastSearch, digest: str, tape: Tape) -> None:
    if not _tape(last, digest).exists():
        _written(_tape(last, digest), {"codes": tape.codes, "starts": tape.starts, "cells": tape.cells})


def keep(last: LastSearch, kept: Kept) -> None:
    """Put this run's facts in the place of the last one's, and drop tapes that are no centre's any more."""
    shards = kept.shards
    facts = {
        "format": _FORMAT,
        "centres": [astuple(each) for each in kept.centres],
        "names": shards.names,
        "columns": kept.columns,
    }
    said = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    arrays = {"facts": said, "pairs": shards.pairs, "sizes": shards.sizes, "cuts": shards.cuts}
    _written(last.folder / "kept.npz", arrays)
    _drop(last, {each.digest for each in kept.centres})


def _tape(last: LastSearch, digest: str) -> Path:
    return last.folder / "tapes" / f"{digest}.npz"


def _written(path: Path, arrays: Mapping[str, Any]) -> None:
    """Written whole, then named: an interruption leaves nothing half written under the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("wb") as stream:
        np.savez(stream, **arrays)
    new.replace(path)


def _drop(last: LastSearch, digests: Iterable[str]) -> None:
    names = {_tape(last, digest).name for digest in digests}
    for path in (last.folder / "tapes").iterdir():
        if path.name not in names:
            path.unlink()
