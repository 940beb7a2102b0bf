"""The tapes of all centres → the files of the postings: only those that an edit concerns, where the last run tells."""

from collections.abc import Generator, Iterable, Iterator, Sequence

import numpy as np

from generator.pages.render import DocsFile, Same
from generator.search.last_search import (
    Known,
    LastSearch,
    Numbered,
    file_after,
    read_old_shard,
    read_tape,
    write_tape,
)
from generator.search.renewal import renewed
from generator.search.shards import Shards, aim_of, make_shards
from generator.search.streams import name_of
from generator.search.tape import Posting, Tape, joined_tapes, postings_of
from generator.words.urls import search_shard_file

Files = Generator[DocsFile | Same, None, Shards]


def shard_files(
    tapes: Sequence[Tape], centres: Sequence[Numbered], last: LastSearch | None, known: Known | None
) -> Files:
    """The files of all shards, in their order; returns their table.

    Args:
        tapes: The tapes of the centres. They are asked for one after the other, after an edit those that changed.
        centres: Where the centres stand among all cells.
        last: Where tapes are kept for the next run.
        known: What the last run knew, if it is to be believed.
    """
    renewal = _renewal(tapes, centres, last, known) if last and known else None
    if renewal is None:
        return (yield from _all_shards(tapes, centres, last))
    shards, streams = renewal
    for name in shards.names:
        path = search_shard_file(name)
        yield DocsFile(path, streams[name]) if name in streams else Same(path)
    return shards


def _renewal(
    tapes: Sequence[Tape], centres: Sequence[Numbered], last: LastSearch, known: Known
) -> tuple[Shards, dict[str, bytes]] | None:
    """All shards after an edit, and the files of those that are new; None where everything has to be made anew."""
    pairs = list(zip(known.centres, centres, strict=False))
    if len(known.centres) != len(centres) or any((a.centre, a.first) != (b.centre, b.first) for a, b in pairs):
        return None
    gone: set[Posting] = set()
    come: set[Posting] = set()
    try:
        for place, (before, now) in enumerate(pairs):
            if before.digest != now.digest:
                tape = tapes[place]
                old, new = _values(now, read_tape(last, before.digest)), _values(now, tape)
                gone |= postings_of(old.items() - new.items())
                come |= postings_of(new.items() - old.items())
                write_tape(last, now.digest, tape)
        aim = aim_of(sum(each.codes for each in centres))
        return renewed(known.shards, lambda name: read_old_shard(last, name), gone - come, come - gone, aim)
    except (OSError, ValueError):  # what the last run left is damaged
        return None


def _values(centre: Numbered, tape: Tape) -> dict[int, bytes]:
    """The values of a centre by their cells in the site's numbering."""
    return {cell + centre.first: value for cell, value in tape.values().items()}


def _all_shards(tapes: Iterable[Tape], centres: Sequence[Numbered], last: LastSearch | None) -> Files:
    def numbered() -> Iterator[tuple[int, Tape]]:
        for tape, now in zip(tapes, centres, strict=True):
            if last:
                write_tape(last, now.digest, tape)
            yield now.first, tape

    whole = joined_tapes(numbered(), sum(each.codes for each in centres), sum(each.values for each in centres))
    pairs, sizes, cuts = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)], [0]
    names = []
    for shard, stream in make_shards(whole):
        pairs.append(shard.pairs)
        sizes.append(shard.sizes)
        cuts.append(cuts[-1] + len(shard.pairs))
        names.append(name_of(stream))
        yield file_after(last, search_shard_file(names[-1]), stream)
    return Shards(np.concatenate(pairs), np.concatenate(sizes), np.array(cuts), tuple(names))
