"""Plan → the files that the site's search reads; docs/search.md has the format.

`search/index.json` names the others, which carry a part of their SHA-256 in their names: what did not change
is not fetched anew. In the built site the index has such a name too (`lasting`), which each page knows: a page
that was opened before the site changed still reads its own set.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from generator.cells import BANDS, FACETS, HEAD, ROW, Searchable, band_label, searchables
from generator.content import Content, latest_day
from generator.model import Declaration
from generator.normal import fold
from generator.plan import Plan
from generator.postings import make_shards, record_tape
from generator.render import DocsFile
from generator.search import SIGNS, gb
from generator.summary import FORM_NAMES
from generator.targets import Target
from generator.urls import SEARCH, SEARCH_INDEX

FORMAT = 1
_WAITING = 256  # text files made before they are taken
_BLOCK = 4  # records of one text file: a page of hits fetches ten
_DIGITS = 6  # of the SHA-256 in a name
_LEVELS = ("level1", "level2")

Json = dict[str, Any]
Rows = Sequence[tuple[Searchable, int]]  # each indicator: its record and its place there


def search_files(plan: Plan) -> Iterator[DocsFile]:
    """Texts, postings, columns, and last the index that names them."""
    content = plan.content
    records = list(searchables(content))
    rows = [(found, place) for found in records for place in range(len(found.rows))]
    parts: dict[str, Json] = {
        "records": _records(records, content),
        "figures": _figures(records),
        "rows": _rows(rows),
        "numbers": _numbers(rows),
        "names": _names(rows),
    }
    tape = record_tape(_values(records))
    texts: list[str] = []
    for block in _blocks(records):
        texts.append(_hash(block))
        yield _named("t/", block)
    del records, rows  # of many records they weigh as much as the postings, which come now
    shards: Json = {"firsts": [], "names": []}
    for shard in make_shards(tape):
        shards["firsts"].append(shard.first)
        shards["names"].append(_hash(shard.data))
        yield _named("p/", shard.data)
    parts |= {"shards": shards, "texts": {"names": texts}}
    names = {}
    for name, part in parts.items():
        data = _packed(part)
        names[name] = _hash(data)
        yield _named(f"{name}-", data)
    yield DocsFile(SEARCH_INDEX, (_json(_index(content, names)) + "\n").encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _packed(value: object) -> bytes:
    # surrogates: a shard may begin between the two units of one character
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 6)


def _hash(data: bytes) -> str:
    """The check sum that a zlib stream ends in, by which a browser knows the file again, and digits of its SHA-256."""
    return data[-4:].hex() + hashlib.sha256(data).hexdigest()[:_DIGITS]


def _named(prefix: str, data: bytes) -> DocsFile:
    return DocsFile(f"{SEARCH}{prefix}{_hash(data)}.bin", data)


def _index(content: Content, names: dict[str, str]) -> Json:
    day = latest_day(content.centres)
    return {
        "format": FORMAT,
        "date": day.isoformat() if day else None,
        "records": len(content.records),
        "rows": sum(found.indicators for found in content.disclosures),
        "block": _BLOCK,
        "head": [[field.key, field.label, field.rank] for field in HEAD],
        "row": [[field.key, field.label, field.rank] for field in ROW],
        "facets": [[key, label] for key, label in FACETS.items()],
        "signs": SIGNS,
        "files": names,
    }


def _values(records: Iterable[Searchable]) -> Iterator[tuple[int, str]]:
    """The folded values with the numbers of their cells, but for those that the columns have.

    A record takes `len(HEAD)` numbers and `len(ROW)` for each of its rows, printed or not.
    """
    start = 0
    for found in records:
        for fields, cells in ((HEAD, found.head), *((ROW, row) for row in found.rows)):
            for place, (field, text) in enumerate(zip(fields, cells, strict=True)):
                if text and not field.shared and (folded := fold(text)):
                    yield start + place, folded
            start += len(fields)


def _blocks(records: Sequence[Searchable]) -> Iterator[bytes]:
    """What the hits of a few neighbouring records show: the printed cells."""
    starts = range(0, len(records), _BLOCK)
    with ThreadPoolExecutor() as pool:  # zlib works outside the interpreter's lock
        for some in range(0, len(starts), _WAITING):
            yield from pool.map(
                lambda start: _packed([_text(found) for found in records[start : start + _BLOCK]]),
                starts[some : some + _WAITING],
            )


def _text(found: Searchable) -> Json:
    form = found.record.form
    money = form.funding if isinstance(form, Declaration) else form.budget
    targets = [_target(indicator.target) for indicator in form.indicators]
    return {"id": found.record.id, "unit": money.unit, "head": found.head, "rows": found.rows, "targets": targets}


def _target(target: Target | None) -> tuple[str | None, str | None, str | None]:
    """Sign, number and unit of a target that is a quantity."""
    if target is None or target.value is None:
        return None, None, None
    return target.comparison, f"{target.value:f}", target.unit


def _coded(values: Iterable[str | None], order: Callable[[str], Any]) -> Json:
    """A column: its distinct values in `order`, and for each place the number of its value, -1 for none."""
    column = list(values)
    known = sorted({value for value in column if value is not None}, key=order)
    codes = {value: code for code, value in enumerate(known)}
    return {"values": known, "codes": [-1 if value is None else codes[value] for value in column]}


def _records(found: Sequence[Searchable], content: Content) -> Json:
    """For each record: the number of its rows, the values it is narrowed by, the levels of its rows."""
    columns: Json = {}
    printed = {field.key: place for place, field in enumerate(HEAD) if field.shared}
    for key in FACETS:
        if key in _LEVELS:
            continue
        column = _coded((next(iter(each.facets.get(key, ())), None) for each in found), _facet_order(key))
        words = {
            each.facets[key][0]: each.head[printed[key]] for each in found if key in printed and key in each.facets
        }
        label = _labels(key, content)
        column["values"] = [[value, label(value), words.get(value)] for value in column["values"]]
        columns[key] = column
    pairs = sorted({row[:2] for each in found for row in each.rows}, key=_pair_order)
    codes = {pair: code for code, pair in enumerate(pairs)}
    sets = [tuple(sorted({codes[row[:2]] for row in each.rows})) for each in found]
    known = {each: code for code, each in enumerate(sorted(set(sets)))}
    return {
        "rows": [len(each.rows) for each in found],
        "columns": columns,
        "levels": {"pairs": pairs, "sets": list(known), "codes": [known[each] for each in sets]},
    }


def _pair_order(pair: tuple[str | None, ...]) -> tuple[bytes, ...]:
    return tuple(gb(level or "") for level in pair)


def _facet_order(key: str) -> Callable[[str], Any]:
    bands = [f"{least}-{below}" for least, below in BANDS]
    return bands.index if key == "amount" else gb


def _labels(key: str, content: Content) -> Callable[[str], str]:
    """How a facet's values are said."""
    known: dict[str, str] = {}
    if key == "centre":
        known = {centre.id: centre.facts.name for centre in content.centres}
    elif key == "form":
        known = {str(kind): name for kind, name in FORM_NAMES.items()}
    elif key == "amount":
        known = {f"{least}-{below}": band_label(least, below) for least, below in BANDS}
    elif key == "year":
        return "{} 年度".format
    return lambda value: known.get(value, value)


def _figures(found: Iterable[Searchable]) -> Json:
    """Amounts in yuan and total scores, for sorting and for ranges."""
    return {
        "amounts": [_number(each.amount) for each in found],
        "scores": [None if each.score is None else _number(each.score) for each in found],
    }


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _rows(rows: Rows) -> Json:
    """For each indicator: its pair of levels, its sign, its unit."""
    levels = [found.rows[place][:2] for found, place in rows]
    pairs = sorted(set(levels), key=_pair_order)
    codes = {pair: code for code, pair in enumerate(pairs)}
    targets = [found.record.form.indicators[place].target for found, place in rows]
    return {
        "pairs": [codes[pair] for pair in levels],
        "signs": [SIGNS.index(target.comparison or "") if target else 0 for target in targets],
        "units": _coded(((target.unit or None) if target else None for target in targets), gb),
    }


def _numbers(rows: Rows) -> Json:
    """For each indicator: the place of its target's number among all, for sorting."""
    values = [target.value if (target := found.record.form.indicators[place].target) else None for found, place in rows]
    known = {value: code for code, value in enumerate(sorted({value for value in values if value is not None}))}
    return {"codes": [-1 if value is None else known[value] for value in values]}


def _names(rows: Rows) -> Json:
    """For each indicator: the place of its name among all, for sorting."""
    return {"codes": _coded((found.rows[place][2] for found, place in rows), gb)["codes"]}
