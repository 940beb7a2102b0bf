"""The parts of all centres → the columns of the search: a value for each record or row of the site, as JSON."""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.cells import BANDS
from generator.search.hits import gb
from generator.search.search_part import Column, SearchPart

Json = dict[str, Any]
Parts = Sequence[SearchPart]


def _records(parts: Parts) -> Json:
    """For each record: the number of its rows, the values it is narrowed by, the levels of its rows."""
    columns = {}
    for key in parts[0].facets if parts else ():
        known, codes = _merged((part.facets[key] for part in parts), _facet_order(key))
        columns[key] = {"values": known, "codes": codes.tolist()}
    pairs, _ = _merged((part.levels for part in parts), _pair_order)
    place = {pair: code for code, pair in enumerate(pairs)}
    sets, codes = _merged((part.sets for part in parts), lambda found: sorted(place[pair] for pair in found))
    return {
        "rows": [count for part in parts for count in part.rows],
        "columns": columns,
        "levels": {
            "pairs": pairs,
            "sets": [sorted(place[pair] for pair in found) for found in sets],
            "codes": codes.tolist(),
        },
    }


def _figures(parts: Parts) -> Json:
    """Amounts in yuan and total scores, for sorting and for ranges."""
    figures = [each for part in parts for each in part.figures]
    return {"amounts": [amount for amount, _ in figures], "scores": [score for _, score in figures]}


def _rows(parts: Parts) -> Json:
    """For each indicator: its pair of levels, its sign, its unit."""
    signs, places = _merged((part.signs for part in parts), int)
    units, codes = _merged((part.units for part in parts), gb)
    return {
        "pairs": _merged((part.levels for part in parts), _pair_order)[1].tolist(),
        "signs": np.array(signs, np.int64)[places].tolist(),
        "units": {"values": units, "codes": codes.tolist()},
    }


def _numbers(parts: Parts) -> Json:
    """For each indicator: the place of its target's number among all, for sorting."""
    return {"codes": _merged(part.numbers for part in parts)[1].tolist()}


def _names(parts: Parts) -> Json:
    """For each indicator: the place of its name among all, for sorting."""
    return {"codes": _merged(part.names for part in parts)[1].tolist()}


# The columns by the names of their files, which are those of their digests in a part.
COLUMNS: Mapping[str, Callable[[Parts], Json]] = {
    "records": _records,
    "figures": _figures,
    "rows": _rows,
    "numbers": _numbers,
    "names": _names,
}

# Places of many different names have no likeness to look for: in a tenth of the time, and smaller.
STRATEGIES = {"names": zlib.Z_HUFFMAN_ONLY}


def _merged(
    columns: Iterable[Column], order: Callable[[Any], Any] | None = None
) -> tuple[list[Any], NDArray[np.int64]]:
    """Several columns, one after the other: all that is known, in order, and of each item which it has."""
    columns = list(columns)
    known = list(dict.fromkeys(chain.from_iterable(column.known for column in columns)))
    known.sort(key=order)
    place = {value: code for code, value in enumerate(known)}
    codes = [_placed([place[value] for value in column.known], column.codes) for column in columns]
    return known, np.concatenate(codes) if codes else np.zeros(0, np.int64)


def _placed(places: list[int], codes: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.array([*places, -1], np.int64)[codes]  # the code of nothing, -1, takes the last


def _pair_order(pair: tuple[str | None, ...]) -> tuple[bytes, ...]:
    return tuple(gb(level or "") for level in pair)


def _facet_order(key: str) -> Callable[[tuple[str, str, str | None]], Any]:
    bands = list(BANDS)
    return lambda found: bands.index(found[0]) if key == "amount" else gb(found[0])
