"""Where pairs of neighbouring characters stand, as bytes; docs/search.md has the format.

A posting is a place of a pair: the cell it stands in, its offset there, and whether it ends the value.
With places a browser intersects the pairs of a term and knows every match without seeing the text.
The last character of a value makes a pair with nothing (code 0), so that a single character is found
as the first of its pairs, which lie together. Characters are UTF-16 code units, as in JavaScript.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.streams import LEVEL
from generator.search.tape import Tape, Words

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_REST = 127  # the bits of a number in a byte; the top one says that more follow


@dataclass(frozen=True, slots=True, eq=False)
class Strings:
    """Strings of bytes, one after the other: string i is `data[bounds[i]:bounds[i + 1]]`."""

    data: Bytes
    bounds: Numbers

    def part(self, start: int, end: int) -> "Strings":
        low, high = self.bounds[start], self.bounds[end]
        return Strings(self.data[low:high], self.bounds[start : end + 1] - low)

    def taken(self, places: Numbers) -> "Strings":
        starts, sizes = self.bounds[places], np.diff(self.bounds)[places]
        bounds = np.append(0, np.cumsum(sizes))
        at = np.arange(bounds[-1]) + np.repeat(starts - bounds[:-1], sizes)
        return Strings(self.data[at], bounds)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of some pairs in order: for each pair their number, and as bytes the cells and the marks.

    A mark is twice the offset, plus one where the pair ends its value.
    """

    pairs: Words
    counts: Numbers
    cells: Strings
    marks: Strings

    @property
    def sizes(self) -> Numbers:
        """Bytes of each pair's postings, before compression."""
        return np.diff(self.cells.bounds) + np.diff(self.marks.bounds)

    def part(self, start: int, end: int) -> "Postings":
        return Postings(
            self.pairs[start:end], self.counts[start:end], self.cells.part(start, end), self.marks.part(start, end)
        )

    def taken(self, places: Numbers) -> "Postings":
        return Postings(self.pairs[places], self.counts[places], self.cells.taken(places), self.marks.taken(places))


def joined(several: Sequence[Postings]) -> Postings:
    """Postings of some pairs and, after them, of others."""
    if len(several) == 1:
        return several[0]
    return Postings(
        np.concatenate([each.pairs for each in several]),
        np.concatenate([each.counts for each in several]),
        _strung([each.cells for each in several]),
        _strung([each.marks for each in several]),
    )


def _strung(several: Sequence[Strings]) -> Strings:
    sizes = np.concatenate([np.diff(each.bounds) for each in several])
    return Strings(np.concatenate([each.data for each in several]), np.append(0, np.cumsum(sizes)))


def postings_between(tape: Tape, low: int, high: int) -> Postings:
    """All postings of the pairs in [low, high), numbers of 32 bits; `tape` as `joined_tapes` makes it."""
    codes = tape.codes[:-1]
    least, most = max(1, low >> 16), (high - 1) >> 16
    at = np.flatnonzero(codes - np.uint16(least) <= np.uint16(most - least))
    pair = codes[at].astype(np.uint64) << np.uint64(16) | tape.codes[at + 1]
    within = (pair >= np.uint64(low)) & (pair < np.uint64(high))
    at, pair = at[within], pair[within]
    value = np.searchsorted(tape.starts, at, "right") - 1
    key = pair << np.uint64(32) | np.arange(len(at), dtype=np.uint64)
    key.sort()
    order = (key & np.uint64(0xFFFFFFFF)).astype(np.int64)
    at, value = at[order], value[order]
    last = tape.codes[np.minimum(at + 2, len(tape.codes) - 1)] == 0
    pairs = (key >> np.uint64(32)).astype(np.uint32)
    marks = (at - tape.starts[value]) * 2 + (last & (tape.codes[at + 1] != 0))
    return postings_from(pairs, tape.cells[value], marks)


def postings_from(pairs: Words, cells: NDArray[Any], marks: NDArray[Any]) -> Postings:
    """One posting at a place of the three arrays, in the order of pairs, cells and marks."""
    begins = np.flatnonzero(np.diff(pairs.astype(np.int64), prepend=-1))
    cells = cells.astype(np.int64)
    steps = np.diff(cells, prepend=0)
    steps[begins] = cells[begins]
    bounds = np.append(begins, len(pairs))
    return Postings(pairs[begins], np.diff(bounds), _coded(steps, bounds), _coded(marks, bounds))


def _coded(numbers: NDArray[Any], bounds: Numbers) -> Strings:
    data, ends = varints(numbers)
    return Strings(data, np.append(0, ends)[bounds])


def places_of(postings: Postings) -> tuple[Numbers, Numbers]:
    """The cells and the marks of all postings of one pair."""
    return np.cumsum(numbers_in(postings.cells.data)), numbers_in(postings.marks.data)


def shard_of(postings: Postings) -> bytes:
    """The file of some pairs' postings."""
    pairs = postings.pairs.astype(np.int64)
    table = np.stack([pairs >> 16, pairs & 0xFFFF, postings.counts], axis=1)
    head, _ = varints(np.append(len(pairs), table.ravel()))
    return zlib.compress(b"".join((head.data, postings.cells.data.data, postings.marks.data.data)), LEVEL)


def read_shard(stream: bytes) -> Postings:
    """What `shard_of` made a file of.

    Raises:
        ValueError, zlib.error: it is none.
    """
    data = np.frombuffer(zlib.decompress(stream), np.uint8)
    ends = np.flatnonzero(data <= _REST) + 1
    count = int(numbers_in(data[: ends[0]])[0])
    head = ends[3 * count]
    table = numbers_in(data[ends[0] : head]).reshape(count, 3)
    counts = table[:, 2]
    after = np.append(0, np.cumsum(counts)) + 3 * count
    if after[-1] + counts.sum() != len(ends) - 1:
        raise ValueError("postings are missing")
    bounds, marks = ends[after], ends[after + counts.sum()]
    return Postings(
        (table[:, 0] << 16 | table[:, 1]).astype(np.uint32),
        counts,
        Strings(data[head : bounds[-1]], bounds - head),
        Strings(data[bounds[-1] :], marks - bounds[-1]),
    )


def varints(numbers: NDArray[Any]) -> tuple[Bytes, Numbers]:
    """Numbers below 2^32 as bytes, 7 bits each from the lowest, the top bit where more follow; and where each ends."""
    left = numbers.astype(np.uint32)
    length = np.ones(len(left), np.uint8)
    for bits in (7, 14, 21, 28):
        length += left >> np.uint32(bits) != 0
    ends = np.cumsum(length, dtype=np.int64)
    data = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    at = ends - length
    while len(left):
        more = left > np.uint32(_REST)
        data[at] = left.astype(np.uint8) & _REST | more.view(np.uint8) << 7
        left, at = left[more] >> np.uint32(7), at[more] + 1
    return data, ends


def numbers_in(data: Bytes) -> Numbers:
    """The numbers that `varints` made bytes of."""
    ends = np.flatnonzero(data <= _REST)
    starts = np.append(0, ends[:-1] + 1) if len(ends) else ends
    lengths = ends - starts + 1
    found = (data[starts] & _REST).astype(np.int64)
    for byte in range(1, int(lengths.max(initial=1))):
        longer = np.flatnonzero(lengths > byte)
        found[longer] |= (data[starts[longer] + byte] & _REST).astype(np.int64) << 7 * byte
    return found
