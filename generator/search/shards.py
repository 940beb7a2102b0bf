"""All postings as shards of neighbouring pairs; where they are cut depends on the data alone.

A shard ends, where it would be of about the size aimed at, before the pair that is the first in an order as good as
random. So a pair that grows or goes moves the cuts beside it, and those further on stay where they are.
"""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generator.search.postings import Numbers, Postings, joined, postings_between, shard_of
from generator.search.tape import Tape, Words

_PORTION = 1 << 20  # postings sorted at a time: 60 MB of arrays
_SHARDS = 2048  # aimed at for large sites, …
_LEAST, _MOST = 16 << 10, 64 << 10  # … between these sizes before compression
_COUNTED = 1 << 22  # code units counted at a time


@dataclass(frozen=True, slots=True, eq=False)
class Shards:
    """Every pair and the size of its postings; shard i has the pairs from place `cuts[i]` on, and is `names[i]`."""

    pairs: Words
    sizes: Numbers
    cuts: Numbers
    names: tuple[str, ...]

    @property
    def firsts(self) -> Words:
        return self.pairs[self.cuts[:-1]]

    @property
    def lasts(self) -> Words:
        return self.pairs[self.cuts[1:] - 1]


def aim_of(codes: int) -> int:
    """The size that shards aim at, bytes before compression, for so many code units in all.

    Only its first three binary digits count: else every edit would move every cut.
    """
    size = min(max(3 * codes // _SHARDS, _LEAST), _MOST)
    rest = size.bit_length() - 3
    return size >> rest << rest


def cuts_of(pairs: Words, sizes: Numbers, aim: int, *, whole: bool) -> list[int]:
    """Where shards begin, from 0 on, the last of them the end of all if these pairs are the `whole`.

    Else it is the place up to which the cuts are certain, whatever pairs follow.
    """
    marks = np.append(0, np.cumsum(sizes, dtype=np.int64))
    order = pairs * np.uint32(0x9E3779B1)
    cuts, end, total = [0], len(pairs), int(marks[-1])
    while (start := int(marks[cuts[-1]])) + aim * 5 // 4 < total:
        least = int(np.searchsorted(marks, start + aim * 3 // 4))
        most = int(np.searchsorted(marks, start + aim * 5 // 4, "right")) - 1
        fits = least + int(order[least : most + 1].argmin()) if least <= most else max(most, cuts[-1] + 1)
        cuts.append(fits)
    return [*cuts, end] if whole and end > cuts[-1] else cuts


def make_shards(tape: Tape) -> Iterator[tuple[Postings, bytes]]:
    """The shards in the order of their pairs, with their files; sorted and packed by as many threads as processors.

    Args:
        tape: All values, as `joined_tapes` makes it.
    """
    aim = aim_of(len(tape.codes))
    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        packing: deque[tuple[Postings, Future[bytes]]] = deque()
        rest: list[Postings] = []
        portions = list(_portions(tape))
        sorting = deque(pool.submit(postings_between, tape, *portion) for portion in portions[:threads])
        for place in range(len(portions)):
            run = joined([*rest, sorting.popleft().result()])
            if place + threads < len(portions):
                sorting.append(pool.submit(postings_between, tape, *portions[place + threads]))
            cuts = cuts_of(run.pairs, run.sizes, aim, whole=place == len(portions) - 1)
            for start, end in pairwise(cuts):
                shard = run.part(start, end)
                packing.append((shard, pool.submit(shard_of, shard)))
            rest = [run.part(cuts[-1], len(run.pairs))]
            while packing and (packing[0][1].done() or place == len(portions) - 1):
                shard, stream = packing.popleft()
                yield shard, stream.result()


def _portions(tape: Tape) -> Iterator[tuple[int, int]]:
    """Ranges of pairs, as numbers of 32 bits, that have about `_PORTION` postings each."""
    counts = np.zeros(1 << 16, np.int64)
    for start in range(0, len(tape.codes), _COUNTED):
        counts += np.bincount(tape.codes[start : start + _COUNTED], minlength=1 << 16)
    counts[0] = 0
    low, total = 0, 0
    for first in np.flatnonzero(counts).tolist():
        for pair, count in _pairs(tape, first) if counts[first] > _PORTION else [(first << 16, int(counts[first]))]:
            if total and total + count > _PORTION:
                yield low, pair
                low, total = pair, 0
            total += count
    if total:
        yield low, 1 << 32


def _pairs(tape: Tape, first: int) -> list[tuple[int, int]]:
    """The pairs that begin with a character, and how many postings each has."""
    seconds = np.bincount(tape.codes[np.flatnonzero(tape.codes == first) + 1])
    return [(first << 16 | second, int(seconds[second])) for second in np.flatnonzero(seconds).tolist()]
