"""Where every pair of neighbouring characters stands: values → shards of postings.

A posting is a place of a pair: the cell it stands in, its offset there, and whether it ends the value.
With places a browser intersects the pairs of a term and knows every match without seeing the text.
The last character of a value makes a pair with nothing (code 0), so that a single character is found
as the first of its pairs, which lie together. Characters are UTF-16 code units, as in JavaScript.
docs/search.md has the format in full.
"""

import gc
import os
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BATCH = 1 << 16  # values turned into arrays at a time
_PORTION = 1 << 20  # postings sorted at a time: 60 MB of arrays
_SHARDS = 2048  # aimed at for large sites, …
_LEAST, _MOST = 16 << 10, 64 << 10  # … between these sizes before compression

Codes = NDArray[np.uint16]
Words = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tape:
    """All values one after the other, a 0 after each and one more at the end.

    `values` tells which value each code unit is of; `starts` and `cells` where each value begins, and its cell.
    """

    codes: Codes
    values: Words
    starts: Numbers
    cells: Numbers


@dataclass(frozen=True, slots=True)
class Shard:
    """Compressed postings of neighbouring pairs; `first` is the first of them, two code units."""

    first: str
    data: bytes


def record_tape(values: Iterable[tuple[int, str]]) -> Tape:
    """Cell numbers, ascending, and the folded values in them, none empty."""
    pieces, lengths, cells = [], [], []
    values = iter(values)
    while batch := list(islice(values, _BATCH)):
        texts = [value for _, value in batch]
        cells.append(np.array([cell for cell, _ in batch], np.int64))
        pieces.append(_codes(texts))
        lengths.append(_lengths(texts))
    pieces.append(np.zeros(2, np.uint16))
    if not cells:
        return Tape(pieces[0], np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.int64))
    length = np.concatenate(lengths)
    of = np.repeat(np.arange(len(length), dtype=np.uint32), length)
    return Tape(np.concatenate(pieces), of, np.cumsum(length) - length, np.concatenate(cells))


def _codes(batch: list[str]) -> Codes:
    return np.frombuffer("".join(f"{value}\0" for value in batch).encode("utf-16-le"), "<u2")


def _lengths(batch: list[str]) -> Numbers:
    return np.array([len(value.encode("utf-16-le")) // 2 + 1 for value in batch], np.int64)


def make_shards(tape: Tape) -> Iterator[Shard]:
    """The shards in the order of their pairs; the same whatever the number of processors."""
    size = min(max(3 * len(tape.codes) // _SHARDS, _LEAST), _MOST)
    portions = [(tape, low, high, size) for low, high in _portions(tape)]
    if len(portions) <= 1:  # starting processes would cost more than they save
        for portion in portions:
            yield from _shards(*portion)
        return
    with ProcessPoolExecutor(os.cpu_count(), initializer=_take, initargs=(tape,)) as pool:
        for shards in pool.map(_shards_of_taken, *zip(*[portion[1:] for portion in portions], strict=True)):
            yield from shards


def _portions(tape: Tape) -> Iterator[tuple[int, int]]:
    """Ranges of pairs, as numbers of 32 bits, that have about `_PORTION` postings each."""
    counts = np.bincount(tape.codes, minlength=1 << 16)
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


_taken: list[Tape] = []


def _take(tape: Tape) -> None:
    """A worker keeps the tape: forked ones share it, and only ranges are sent.

    Looking for garbage would touch, and so copy, everything else that they share.
    """
    gc.disable()
    _taken[:] = [tape]


def _shards_of_taken(low: int, high: int, size: int) -> list[Shard]:
    return _shards(_taken[0], low, high, size)


def _shards(tape: Tape, low: int, high: int, size: int) -> list[Shard]:
    """Shards of about `size` bytes before compression, of the pairs in [low, high)."""
    codes = tape.codes
    at = np.flatnonzero((codes >= max(1, low >> 16)) & (codes <= (high - 1) >> 16))
    pair = codes[at].astype(np.uint64) << np.uint64(16) | codes[at + 1]
    within = (pair >= np.uint64(low)) & (pair < np.uint64(high))
    key = pair[within] << np.uint64(32) | at[within].astype(np.uint64)
    del pair, within
    key.sort()
    at = (key & np.uint64(0xFFFFFFFF)).astype(np.int64)
    pair = (key >> np.uint64(32)).astype(np.int64)
    del key
    value = tape.values[at]
    cell, offset = tape.cells[value], at - tape.starts[value]
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    steps = np.diff(cell, prepend=0)
    steps[begins] = cell[begins]
    step_bytes, step_ends = _varints(steps)
    offset_bytes, offset_ends = _varints(offset * 2 + (codes[at + 2] == 0))
    # where each pair begins and the last ends: in postings, in bytes of steps, in bytes of offsets
    marks = np.append(begins, len(pair))
    step_marks, offset_marks = (np.append(0, ends)[marks] for ends in (step_ends, offset_ends))
    pairs = pair[begins]
    table = np.stack([pairs >> 16, pairs & 0xFFFF, np.diff(marks)], axis=1)
    shards = []
    for start, end in _cuts(step_marks + offset_marks, size):
        head, _ = _varints(np.concatenate([[end - start], table[start:end].ravel()]))
        body = (
            head,
            step_bytes[step_marks[start] : step_marks[end]],
            offset_bytes[offset_marks[start] : offset_marks[end]],
        )
        first = chr(table[start, 0]) + chr(table[start, 1])
        shards.append(Shard(first, zlib.compress(b"".join(part.tobytes() for part in body), 6)))
    return shards


def _cuts(marks: Numbers, size: int) -> Iterator[tuple[int, int]]:
    """Runs of pairs of at most `size` bytes; a larger pair is a run of its own."""
    start = 0
    while start < len(marks) - 1:
        end = max(start + 1, int(np.searchsorted(marks, marks[start] + size, "right")) - 1)
        yield start, end
        start = end


def _varints(numbers: NDArray[Any]) -> tuple[Bytes, Numbers]:
    """Numbers below 2^32 as bytes, 7 bits each from the lowest, the top bit where more follow; and where each ends."""
    left = numbers.astype(np.uint32)
    length = np.ones(len(left), np.uint8)
    for bits in (7, 14, 21, 28):
        length += left >> np.uint32(bits) != 0
    ends = np.cumsum(length, dtype=np.int64)
    data = np.zeros(int(ends[-1]), np.uint8)
    at = ends - length
    while len(left):
        more = left > np.uint32(127)
        data[at] = left.astype(np.uint8) & 127 | more.view(np.uint8) << 7
        left, at = left[more] >> np.uint32(7), at[more] + 1
    return data, ends
