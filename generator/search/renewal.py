"""The shards after an edit, from those before it: only the ones that it concerns are read, and made anew.

The outcome is that of `make_shards`: cuts depend on pairs and sizes alone, and most of these are known.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from generator.search.postings import Numbers, Postings, joined, places_of, postings_from, read_shard, shard_of
from generator.search.shards import Shards, cuts_of
from generator.search.streams import name_of
from generator.search.tape import Posting, Words

_MARK_BITS = 24  # a file of 1 MiB folds to fewer than 2^23 units


def renewed(
    last: Shards, read: Callable[[str], bytes], gone: Collection[Posting], come: Collection[Posting], aim: int
) -> tuple[Shards, dict[str, bytes]] | None:
    """The shards without some postings and with others.

    Args:
        last: The shards before.
        read: Gives the file of a shard of these by its name.
        gone: The postings that they have and the new ones have not.
        come: Those that they have not; both by the numbers of cells that hold before and after.
        aim: The size that shards aim at.

    Returns:
        The new shards and the files that are new, by name; None where more than half would be.

    Raises:
        ValueError: the old shards do not hold what is gone.
    """
    if not gone and not come:
        return last, {}
    touched = np.array(sorted({pair for some in (gone, come) for pair, _, _ in some}), np.uint32)
    places = np.unique(np.searchsorted(last.firsts, touched, "right"))
    if 2 * len(places) > len(last.names):
        return None
    old = cache(lambda place: read_shard(read(last.names[place])))
    changed = _changed(last, old, touched, gone, come)
    pairs, sizes = _sized(last, touched, changed)
    cuts = np.array(cuts_of(pairs, sizes, aim, whole=True))
    new = Shards(pairs, sizes, cuts, ())
    same = _same(last, new, touched)
    if 2 * np.count_nonzero(same < 0) > len(same):
        return None

    def make(place: int) -> bytes:
        return shard_of(_between(last, old, int(new.firsts[place]), int(new.lasts[place]), touched, changed))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        streams = list(pool.map(make, np.flatnonzero(same < 0).tolist()))
    files = {name_of(stream): stream for stream in streams}
    made = iter([name_of(stream) for stream in streams])
    names = tuple(next(made) if place < 0 else last.names[place] for place in same.tolist())
    return Shards(pairs, sizes, cuts, names), files


def _changed(
    last: Shards,
    old: Callable[[int], Postings],
    touched: Words,
    gone: Iterable[Posting],
    come: Iterable[Posting],
) -> Postings:
    """The postings of the pairs that change, as they are then."""
    without, by = _by_pair(gone), _by_pair(come)
    found = []
    for pair in touched.tolist():
        keys = _keys(last, old, pair)
        at = np.searchsorted(keys, without[pair])
        if len(at) and (at[-1] >= len(keys) or (keys[at] != without[pair]).any()):
            raise ValueError("the shards before do not hold what is gone")
        keys = np.delete(keys, at)
        keys = np.insert(keys, np.searchsorted(keys, by[pair]), by[pair])
        pairs = np.full(len(keys), pair, np.uint32)
        found.append(postings_from(pairs, keys >> _MARK_BITS, keys & ((1 << _MARK_BITS) - 1)))
    return joined(found)


def _by_pair(postings: Iterable[Posting]) -> defaultdict[int, Numbers]:
    """Cells and marks of each pair as ascending numbers."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for pair, cell, mark in postings:
        found[pair].append(cell << _MARK_BITS | mark)
    arrays: defaultdict[int, Numbers] = defaultdict(lambda: np.zeros(0, np.int64))
    arrays |= {pair: np.array(sorted(keys), np.int64) for pair, keys in found.items()}
    return arrays


def _keys(last: Shards, old: Callable[[int], Postings], pair: int) -> Numbers:
    """Cells and marks of a pair as they were, as ascending numbers."""
    place = int(np.searchsorted(last.firsts, np.uint32(pair), "right")) - 1
    if place < 0:
        return np.zeros(0, np.int64)
    shard = old(place)
    at = int(np.searchsorted(shard.pairs, np.uint32(pair)))
    if at == len(shard.pairs) or shard.pairs[at] != pair:
        return np.zeros(0, np.int64)
    cells, marks = places_of(shard.part(at, at + 1))
    return cells << _MARK_BITS | marks


def _sized(last: Shards, touched: Words, changed: Postings) -> tuple[Words, Numbers]:
    """All pairs and their sizes."""
    at = np.searchsorted(last.pairs, touched)
    at = at[(at < len(last.pairs)) & (last.pairs[np.minimum(at, len(last.pairs) - 1)] == touched)]
    pairs, sizes = np.delete(last.pairs, at), np.delete(last.sizes, at)
    at = np.searchsorted(pairs, changed.pairs)
    return np.insert(pairs, at, changed.pairs), np.insert(sizes, at, changed.sizes)


def _same(last: Shards, new: Shards, touched: Words) -> Numbers:
    """For each new shard the place of the old one that is the same, or -1: the same range, and no change within."""
    place = np.minimum(np.searchsorted(last.firsts, new.firsts), len(last.names) - 1)
    known = (last.firsts[place] == new.firsts) & (last.lasts[place] == new.lasts)
    known &= np.searchsorted(touched, new.firsts) == np.searchsorted(touched, new.lasts, "right")
    return np.where(known, place, -1)


def _between(
    last: Shards, old: Callable[[int], Postings], first: int, final: int, touched: Words, changed: Postings
) -> Postings:
    """All postings of the pairs from the first to the final one: unchanged ones from old shards, and the changed."""
    low = max(int(np.searchsorted(last.firsts, np.uint32(first), "right")) - 1, 0)
    high = int(np.searchsorted(last.firsts, np.uint32(final), "right"))
    kept = [_within(old(place), first, final) for place in range(low, high)]
    stay = [each.taken(np.flatnonzero(~np.isin(each.pairs, touched))) for each in kept]
    whole = joined([*stay, _within(changed, first, final)])
    return whole.taken(np.argsort(whole.pairs))


def _within(postings: Postings, first: int, final: int) -> Postings:
    low = int(np.searchsorted(postings.pairs, np.uint32(first)))
    return postings.part(low, int(np.searchsorted(postings.pairs, np.uint32(final), "right")))
