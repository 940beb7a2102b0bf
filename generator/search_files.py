"""The centres' parts → the files that the site's search reads; docs/search.md has the format.

`search/index.json` names the others, which carry a part of their SHA-256 in their names: what did not change
is not fetched anew, and a search that was opened before the site changed still reads its own set.
"""

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from generator.cells import FACETS, HEAD, ROW
from generator.columns import COLUMNS
from generator.content import Centre
from generator.last_search import (
    DAMAGED,
    Kept,
    LastSearch,
    Numbered,
    files_there,
    keep,
    keep_tape,
    read_kept,
    read_old_shard,
    read_tape,
)
from generator.render import DocsFile, Same
from generator.renewal import renewed
from generator.search import SIGNS
from generator.search_part import BLOCK, STEP, SearchPart, cells_of, search_part
from generator.shards import Shards, aim_of, make_shards
from generator.streams import name_of, packed
from generator.tape import NO_TAPE, Posting, joined_tapes, postings_of
from generator.urls import SEARCH_INDEX, search_column_file, search_shard_file

FORMAT = 2

Json = dict[str, Any]
Files = Iterator[DocsFile | Same]


def search_files(parts: Sequence[SearchPart], last: LastSearch | None) -> Files:
    """Everything below `search/`; the index that names the rest comes last.

    The outcome depends on the parts alone. What the last run left only spares work.

    Args:
        parts: The part of each centre, in the site's order. They are asked for one after the other, twice at most.
        last: Where the last run left what it knew, and where this one will; None to make everything anew.
    """
    there = files_there(last) if last else frozenset()
    kept = read_kept(last, there) if last else None
    slim, centres = _numbered(parts)
    renewal = _renewal(parts, centres, last, kept) if last and kept else None
    if renewal:
        shards, streams = renewal
        for name in shards.names:
            path = search_shard_file(name)
            yield DocsFile(path, streams[name]) if name in streams else Same(path)
    else:
        shards = yield from _all_shards(parts, centres, last, there)
    names: dict[str, str] = {}
    columns: dict[str, tuple[str, str]] = {}
    for column, make in COLUMNS.items():
        digest = _together(part.digests[column] for part in slim)
        if kept and column in kept.columns and kept.columns[column][0] == digest:
            names[column] = kept.columns[column][1]
            yield Same(search_column_file(column, names[column]))
        else:
            names[column] = yield from _file(column, make(slim), there)
        columns[column] = digest, names[column]
    firsts = [chr(first >> 16) + chr(first & 0xFFFF) for first in shards.firsts.tolist()]
    names["shards"] = yield from _file("shards", {"firsts": firsts, "names": shards.names}, there)
    names["texts"] = yield from _file("texts", _texts(slim), there)
    yield DocsFile(
        SEARCH_INDEX, (json.dumps(_index(slim, names), ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    )
    if last:
        keep(last, Kept(centres, shards, columns))


def whole_search(centres: Iterable[Centre]) -> Iterator[DocsFile]:
    """Every file of the search, the centres' own too, where all of the content is here and nothing of it was made."""
    parts = []
    for centre in centres:
        part, texts = search_part(centre)
        parts.append(part)
        yield from texts
    yield from (file for file in search_files(parts, None) if isinstance(file, DocsFile))


def _numbered(parts: Iterable[SearchPart]) -> tuple[list[SearchPart], tuple[Numbered, ...]]:
    """The parts without their tapes; and where in the site's numbering each centre stands."""
    slim, centres, first = [], [], 0
    for part in parts:
        slim.append(replace(part, tape=NO_TAPE))
        centres.append(Numbered(part.centre, first, len(part.tape.codes), len(part.tape.cells), part.digests["tape"]))
        first += sum(map(cells_of, part.rows))
    return slim, tuple(centres)


def _renewal(
    parts: Sequence[SearchPart], centres: Sequence[Numbered], last: LastSearch, kept: Kept
) -> tuple[Shards, dict[str, bytes]] | None:
    """All shards after an edit, and the files of those that are new; None where everything has to be made anew."""
    pairs = list(zip(kept.centres, centres, strict=False))
    if len(kept.centres) != len(centres) or any((a.centre, a.first) != (b.centre, b.first) for a, b in pairs):
        return None
    gone: set[Posting] = set()
    come: set[Posting] = set()
    try:
        for place, (before, now) in enumerate(pairs):
            if before.digest == now.digest:
                continue
            tape = parts[place].tape
            old = {cell + now.first: value for cell, value in read_tape(last, before.digest).values().items()}
            new = {cell + now.first: value for cell, value in tape.values().items()}
            gone |= postings_of(old.items() - new.items())
            come |= postings_of(new.items() - old.items())
            keep_tape(last, now.digest, tape)
        aim = aim_of(sum(each.codes for each in centres))
        return renewed(kept.shards, lambda name: read_old_shard(last, name), gone - come, come - gone, aim)
    except DAMAGED:
        return None


def _all_shards(
    parts: Iterable[SearchPart], centres: Sequence[Numbered], last: LastSearch | None, there: frozenset[str]
) -> Generator[DocsFile | Same, None, Shards]:
    def tapes() -> Iterator[tuple[int, Any]]:
        for part, now in zip(parts, centres, strict=True):
            if last:
                keep_tape(last, now.digest, part.tape)
            yield now.first, part.tape

    tape = joined_tapes(tapes(), sum(each.codes for each in centres), sum(each.values for each in centres))
    pairs, sizes, cuts, names = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)], [0], []
    for shard, stream in make_shards(tape):
        pairs.append(shard.pairs)
        sizes.append(shard.sizes)
        cuts.append(cuts[-1] + len(shard.pairs))
        names.append(name_of(stream))
        path = search_shard_file(names[-1])
        yield Same(path) if path in there else DocsFile(path, stream)
    return Shards(np.concatenate(pairs), np.concatenate(sizes), np.array(cuts), tuple(names))


def _file(column: str, value: Json, there: frozenset[str]) -> Generator[DocsFile | Same, None, str]:
    """A column's file; returns its name."""
    stream = packed(value)
    path = search_column_file(column, name := name_of(stream))
    yield Same(path) if path in there else DocsFile(path, stream)
    return name


def _together(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _texts(parts: Iterable[SearchPart]) -> Json:
    """Of each centre its records and the names of its text files."""
    centres = [(part.centre, len(part.rows), part.texts) for part in parts]
    return {
        "centres": [centre for centre, _, _ in centres],
        "records": [records for _, records, _ in centres],
        "names": [name for _, _, names in centres for name in names],
    }


def _index(parts: Sequence[SearchPart], names: dict[str, str]) -> Json:
    day = max((part.day for part in parts if part.day), default=None)
    return {
        "format": FORMAT,
        "date": day.isoformat() if day else None,
        "records": sum(len(part.rows) for part in parts),
        "rows": sum(sum(part.rows) for part in parts),
        "block": BLOCK,
        "step": STEP,
        "head": [[field.key, field.label, field.rank] for field in HEAD],
        "row": [[field.key, field.label, field.rank] for field in ROW],
        "facets": [[key, label] for key, label in FACETS.items()],
        "signs": SIGNS,
        "files": names,
    }
