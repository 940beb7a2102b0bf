"""The centres' parts → the files that the site's search reads; docs/search.md has the format.

`search/index.json` names the others, which carry a part of their SHA-256 in their names: what did not change
is not fetched anew, and a search that was opened before the site changed still reads its own set.
"""

import hashlib
import json
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

from generator.pages.render import DocsFile, Same
from generator.search.cells import FACETS, HEAD, ROW
from generator.search.columns import COLUMNS, STRATEGIES
from generator.search.hits import SIGNS
from generator.search.last_search import Known, LastSearch, Numbered, file_after, read_known, write_known
from generator.search.search_part import BLOCK, STEP, SearchPart
from generator.search.shard_files import shard_files
from generator.search.streams import name_of, packed
from generator.search.tape import Tape
from generator.words.urls import SEARCH_INDEX, search_column_file

FORMAT = 2

Json = dict[str, Any]
Files = Iterator[DocsFile | Same]


def search_files(parts: Sequence[SearchPart], tapes: Sequence[Tape], last: LastSearch | None) -> Files:
    """Everything below `search/`; the index that names the rest comes last.

    The outcome depends on the parts alone. What the last run left only spares work.

    Args:
        parts: The part of each centre, in the site's order.
        tapes: Their tapes. They are asked for one after the other, after an edit those that changed.
        last: Where the last run left what it knew, and where this one will; None to make everything anew.
    """
    known = read_known(last) if last else None
    every = list(parts)
    centres = _numbered(every)
    shards = yield from shard_files(tapes, centres, last, known)
    names: dict[str, str] = {}
    columns: dict[str, tuple[str, str]] = {}
    for column, make in COLUMNS.items():
        digest = _together(part.digests[column] for part in every)
        if known and column in known.columns and known.columns[column][0] == digest:
            names[column] = known.columns[column][1]
            yield Same(search_column_file(column, names[column]))
        else:
            names[column] = yield from _file(column, make(every), last)
        columns[column] = digest, names[column]
    firsts = [chr(first >> 16) + chr(first & 0xFFFF) for first in shards.firsts.tolist()]
    names["shards"] = yield from _file("shards", {"firsts": firsts, "names": shards.names}, last)
    names["texts"] = yield from _file("texts", _texts(every), last)
    index = json.dumps(_index(every, names), ensure_ascii=False, separators=(",", ":"))
    yield file_after(last, SEARCH_INDEX, f"{index}\n".encode())
    if last:
        write_known(last, Known(centres, shards, columns))


def _numbered(parts: Iterable[SearchPart]) -> tuple[Numbered, ...]:
    """Where in the site's numbering each centre stands."""
    centres, first = [], 0
    for part in parts:
        centres.append(Numbered(part.centre, first, part.codes, part.values, part.digests["tape"]))
        first += part.cells
    return tuple(centres)


def _file(column: str, value: Json, last: LastSearch | None) -> Generator[DocsFile | Same, None, str]:
    """A column's file; returns its name."""
    stream = packed(value, STRATEGIES.get(column, zlib.Z_DEFAULT_STRATEGY))
    name = name_of(stream)
    yield file_after(last, search_column_file(column, name), stream)
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
