"""Ask the records themselves: what the site's search must answer, in the same order.

The rank of a record is the sum, over the terms, of the best cell that holds each: names and titles
before indicators, objectives and the rest (`Field.rank`), whole values before parts. Newer years go
first among equals, then the site's order. An indicator is ranked alike, by its own cells.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from generator.facts.summary import WAN
from generator.figures.targets import Target
from generator.search.cells import FACETS, LEVELS, Field, Searchable
from generator.words.normal import Term, fold, terms

Order = Literal["relevance", "amount", "year", "score", "level", "name", "comparison", "number", "unit"]
RECORD_ORDERS: tuple[Order, ...] = ("relevance", "amount", "year", "score")
INDICATOR_ORDERS: tuple[Order, ...] = ("relevance", "year", "level", "name", "comparison", "number", "unit")
# Where nothing is said of the direction, these go down: the largest or newest first.
DOWNWARD = frozenset({"amount", "year", "score", "number"})


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: `facets` by the keys of `FACETS`, any of a key's values; amounts in 万元, both ends included."""

    query: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: Decimal | None = None
    most: Decimal | None = None
    order: Order = "relevance"
    descending: bool | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found, or the row `row` of it (from 0)."""

    found: Searchable
    row: int | None
    rank: int


def search_records(records: Iterable[Searchable], request: Request) -> list[Hit]:
    """The records that hold every term and lie within the facets, in the order asked for."""
    asked = terms(request.query)
    hits = []
    for record in records:
        rank = _rank(asked, record.cells())
        if rank is not None and _within(record, request):
            hits.append(Hit(record, None, rank))
    return _ordered(hits, request)


def search_indicators(records: Iterable[Searchable], request: Request) -> list[Hit]:
    """The indicators that hold every term in their own cells, of records within the facets."""
    asked = terms(request.query)
    hits = []
    for record in records:
        if not _within(record, request):
            continue
        for place, row in enumerate(record.rows):
            rank = _rank(asked, record.cells(place))
            chosen = all(row[at] in request.facets[key] for key, at in LEVELS.items() if request.facets.get(key))
            if rank is not None and chosen:
                hits.append(Hit(record, place, rank))
    return _ordered(hits, request)


def _rank(asked: Sequence[Term], cells: Iterable[tuple[Field, str]]) -> int | None:
    """None when a term is missing, or an excluded one is there."""
    folded = [(kind, fold(text)) for kind, text in cells]
    rank = 0
    for term in asked:
        ranks = [2 * kind.rank + (term.folded != text) for kind, text in folded if term.folded in text]
        if bool(ranks) == term.excluded:
            return None
        rank += min(ranks, default=0)
    return rank


def _within(record: Searchable, request: Request) -> bool:
    wan = record.amount / WAN
    return (
        all(set(record.facets.get(key, ())) & set(request.facets[key]) for key in FACETS if request.facets.get(key))
        and (request.least is None or wan >= request.least)
        and (request.most is None or wan <= request.most)
    )


def _ordered(hits: list[Hit], request: Request) -> list[Hit]:
    """Sorted by the order asked for; what has no value there goes last, and equals by rank, newest first."""
    hits.sort(key=lambda hit: (hit.rank, -hit.found.disclosure.year))
    if request.order != "relevance":
        keyed = [(_KEYS[request.order](hit), hit) for hit in hits]
        known = [(key, hit) for key, hit in keyed if key is not None]
        down = request.order in DOWNWARD if request.descending is None else request.descending
        known.sort(key=lambda pair: pair[0], reverse=down)
        return [hit for _, hit in known] + [hit for key, hit in keyed if key is None]
    return hits


def gb(text: str) -> bytes:
    """A sort key for Chinese: the national code has the common characters in the order of their sounds."""
    return text.encode("gb18030")


SIGNS = ("", "=", "≥", ">", "≤", "<")


def _target(hit: Hit) -> Target:
    return (hit.row is not None and hit.found.record.form.indicators[hit.row].target) or Target("")


def _cell(hit: Hit, place: int) -> bytes | None:
    text = hit.found.rows[hit.row][place] if hit.row is not None else None
    return gb(text) if text else None


# What a list is sorted by; None goes last.
_KEYS: Mapping[Order, Callable[[Hit], Any]] = {
    "amount": lambda hit: hit.found.amount,
    "year": lambda hit: hit.found.disclosure.year,
    "score": lambda hit: hit.found.score,
    "level": lambda hit: (level, _cell(hit, 1) or b"") if (level := _cell(hit, 0)) else None,
    "name": lambda hit: _cell(hit, 2),
    "comparison": lambda hit: SIGNS.index(_target(hit).comparison or "") or None,
    "number": lambda hit: _target(hit).value,
    "unit": lambda hit: gb(unit) if (unit := _target(hit).unit) else None,
}
