"""A centre → what it gives to the search: its own text files, and a part for the files of the whole site."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.facts.summary import FORM_NAMES
from generator.figures.targets import Target
from generator.pages.render import DocsFile
from generator.reading.content import Centre, latest_day
from generator.reading.model import Declaration
from generator.search.cells import BANDS, FACETS, HEAD, LEVELS, ROW, Searchable, searchables
from generator.search.hits import SIGNS, gb
from generator.search.streams import name_of, packed
from generator.search.tape import Tape, record_tape
from generator.words.normal import fold
from generator.words.urls import search_text_file

BLOCK = 4  # records of one text file: a page of hits fetches ten
STEP = 128  # the numbers of a record's cells are a multiple: a row more seldom moves those of the next record


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A value for each of some items: the distinct `known` values, and of each item which it has, -1 for none."""

    known: tuple[Any, ...]
    codes: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class SearchPart:
    """What the files of the whole site need of a centre; small beside the centre, and quick to send and to keep.

    `rows` is the number of rows of each record, `cells` how many numbers all their cells take, `texts` are the names of
    its text files, `day` how far its data reach. `codes` and `values` are the size of its tape. `figures` are amount
    (yuan) and score of each record. `facets` are columns of records: value, what it is called, how it is printed;
    `sets` one of all pairs of levels of a record's rows. `levels`, `signs` (places in `SIGNS`), `units`, `numbers` and
    `names` are columns of rows. `digests` tell of what each file of columns is made, and of the tape.
    """

    centre: str
    day: date | None
    rows: tuple[int, ...]
    cells: int
    texts: tuple[str, ...]
    codes: int
    values: int
    figures: tuple[tuple[int | float, int | float | None], ...]
    facets: Mapping[str, Column]
    sets: Column
    levels: Column
    signs: Column
    units: Column
    numbers: Column
    names: Column
    digests: Mapping[str, str]


def search_part(centre: Centre) -> tuple[SearchPart, Tape, list[DocsFile]]:
    """A centre's part, its tape, and its text files: the printed cells of a few neighbouring records each.

    The tape has the values for the postings, by cells that are numbered from 0. It is most of what a centre gives, and
    asked for only when it is another one.
    """
    found = list(searchables([centre]))
    blocks = [packed([_text(each) for each in found[at : at + BLOCK]]) for at in range(0, len(found), BLOCK)]
    texts = tuple(map(name_of, blocks))
    rows = [row for each in found for row in each.rows]
    targets = [indicator.target for each in found for indicator in each.record.form.indicators]
    counts = tuple(len(each.rows) for each in found)
    tape = record_tape(_values(found))
    figures = tuple((_number(each.amount), None if each.score is None else _number(each.score)) for each in found)
    facets = {key: _column(_facet(each, key) for each in found) for key in FACETS if key not in LEVELS}
    sets = _column(tuple(sorted({row[:2] for row in each.rows}, key=repr)) for each in found)
    levels = _column(row[:2] for row in rows)
    signs = _column(SIGNS.index((target and target.comparison) or "") for target in targets)
    units = _column((target and target.unit) or None for target in targets)
    numbers = _column(target and target.value for target in targets)
    names = _ordered(_column(gb(row[2]) if row[2] is not None else None for row in rows))
    digests = {
        "tape": tape.digest,
        "records": _digest(counts, *facets.values(), sets, levels),
        "figures": _digest(figures),
        "rows": _digest(levels, signs, units),
        "numbers": _digest(numbers),
        "names": _digest(names),
    }
    part = SearchPart(
        centre.id,
        latest_day([centre]),
        counts,
        sum(map(cells_of, counts)),
        texts,
        len(tape.codes),
        len(tape.cells),
        figures,
        facets,
        sets,
        levels,
        signs,
        units,
        numbers,
        names,
        digests,
    )
    return part, tape, [DocsFile(search_text_file(centre.id, name_of(block)), block) for block in blocks]


def cells_of(rows: int) -> int:
    """How many numbers a record of so many rows takes for its cells."""
    return -(-(len(HEAD) + rows * len(ROW)) // STEP) * STEP


def _values(records: Iterable[Searchable]) -> Iterable[tuple[int, str]]:
    """The folded values with the numbers of their cells, but for those that the columns have.

    A record takes `len(HEAD)` numbers and `len(ROW)` for each of its rows, printed or not, and some that stay free.
    """
    first = 0
    for found in records:
        start = first
        for fields, cells in ((HEAD, found.head), *((ROW, row) for row in found.rows)):
            for place, (field, text) in enumerate(zip(fields, cells, strict=True)):
                if text and not field.shared and (folded := fold(text)):
                    yield start + place, folded
            start += len(fields)
        first += cells_of(len(found.rows))


def _text(found: Searchable) -> dict[str, Any]:
    form = found.record.form
    money = form.funding if isinstance(form, Declaration) else form.budget
    targets = [_target(indicator.target) for indicator in form.indicators]
    return {"id": found.record.id, "unit": money.unit, "head": found.head, "rows": found.rows, "targets": targets}


def _target(target: Target | None) -> tuple[str | None, str | None, str | None]:
    """Sign, number and unit of a target that is a quantity."""
    if target is None or target.value is None:
        return None, None, None
    return target.comparison, f"{target.value:f}", target.unit


def _column(values: Iterable[Any]) -> Column:
    """A column of values; None is no value."""
    places: dict[Any, int] = {}
    codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return Column(tuple(places), np.array(codes, np.int32))


def _ordered(column: Column) -> Column:
    """With what is known in order: where there is much of it, putting runs in order together is quick."""
    order = sorted(range(len(column.known)), key=column.known.__getitem__)
    places = np.full(len(order) + 1, -1, np.int32)  # the code of nothing, -1, takes the last
    places[order] = np.arange(len(order))
    return Column(tuple(column.known[place] for place in order), places[column.codes])


_PRINTED = {field.key: place for place, field in enumerate(HEAD) if field.shared}


def _facet(found: Searchable, key: str) -> tuple[str, str, str | None] | None:
    """A record's value of a facet, how it is said, and how it is printed where it is a cell."""
    if key not in found.facets:
        return None
    (value,) = found.facets[key]
    printed = found.head[_PRINTED[key]] if key in _PRINTED else None
    return value, _label(found, key, value), printed


def _label(found: Searchable, key: str, value: str) -> str:
    match key:
        case "centre":
            return found.centre.facts.name
        case "form":
            return FORM_NAMES[found.disclosure.kind]
        case "amount":
            return BANDS[value]
        case "year":
            return f"{value} 年度"
        case _:
            return value


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _digest(*inputs: Column | Sequence[Any]) -> str:
    found = hashlib.sha256()
    for each in inputs:
        if isinstance(each, Column):
            found.update(repr(each.known).encode())
            found.update(each.codes.tobytes())
        else:
            found.update(repr(each).encode())
    return found.hexdigest()
