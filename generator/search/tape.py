"""The folded values of many cells, one after the other: what the postings are made of."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Words = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """All values one after the other, a 0 after each.

    `codes` are UTF-16 code units, as in JavaScript; `starts` and `cells` tell where each value begins, and its cell.
    """

    codes: Codes
    starts: Words
    cells: Words

    @property
    def digest(self) -> str:
        found = hashlib.sha256()
        for array in (self.codes, self.starts, self.cells):
            found.update(len(array).to_bytes(8, "little"))
            found.update(np.ascontiguousarray(array).data)
        return found.hexdigest()

    def values(self) -> dict[int, bytes]:
        """Each cell's value: its code units, two bytes each, without the 0."""
        data, ends = self.codes.tobytes(), np.append(self.starts[1:], len(self.codes)).tolist()
        places = zip(self.cells.tolist(), self.starts.tolist(), ends, strict=True)
        return {cell: data[2 * start : 2 * end - 2] for cell, start, end in places}


def record_tape(values: Iterable[tuple[int, str]]) -> Tape:
    """Cell numbers, ascending, and the folded values in them, none empty."""
    cells, texts = [], []
    for cell, text in values:
        cells.append(cell)
        texts.append(f"{text}\0".encode("utf-16-le"))
    lengths = np.array([len(text) // 2 for text in texts], np.int64)
    codes = np.frombuffer(b"".join(texts), "<u2")
    return Tape(codes, (np.cumsum(lengths) - lengths).astype(np.uint32), np.array(cells, np.uint32))


def joined_tapes(tapes: Iterable[tuple[int, Tape]], codes: int, values: int) -> Tape:
    """Several tapes as one, with a 0 more at its end.

    Args:
        tapes: Each with the number that its cells begin at, ascending.
        codes: How many code units they have together.
        values: How many values they have together.
    """
    whole = Tape(np.zeros(codes + 1, np.uint16), np.zeros(values, np.uint32), np.zeros(values, np.uint32))
    at = place = 0
    for first, tape in tapes:
        end, last = at + len(tape.codes), place + len(tape.starts)
        whole.codes[at:end] = tape.codes
        whole.starts[place:last] = tape.starts + np.uint32(at)
        whole.cells[place:last] = tape.cells + np.uint32(first)
        at, place = end, last
    return whole


Posting = tuple[int, int, int]


def postings_of(values: Iterable[tuple[int, bytes]]) -> set[Posting]:
    """Every pair of neighbours in some values: the pair (first << 16 | second), the cell, the mark.

    The mark is twice the offset of the first, plus one where the second is the last of the value.
    """
    found: set[Posting] = set()
    for cell, value in values:
        units: Sequence[int] = [*memoryview(value).cast("H"), 0]
        last = len(units) - 2
        for offset, (first, second) in enumerate(pairwise(units)):
            found.add((first << 16 | second, cell, 2 * offset + (offset == last - 1)))
    return found
