"""What the search is asked, and the truth: the records whose searchable text holds it.

Half of the seeded queries are parts of names, of projects or indicators; a quarter parts of
objectives; a quarter parts of amounts and targets. Each is 2 to 8 characters long.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.search.cells import HEAD, ROW, Field, Searchable
from generator.words.normal import fold, terms

# What one copies from a form, types from memory, or tries on a search: words, figures, marks, markup, 500 characters.
REAL = (
    *"色技术 “一带一路” 一带一路 2024年度 3+6 5073 5073780 5,073,780 100.00 =100.00(%) ≥90".split(),
    *"党建 孵化 长三角科创共同体 AABI aabi ＡＡＢＩ 7*24".split(),
    "<img src=x onerror=alert(1)>",
    "科技创新" * 125,
)
KINDS = ("name", "name", "objective", "figure")
_OBJECTIVES = {"objectives.overall", "objectives.annual", "expected", "achieved"}
_PARTING = frozenset('"\n\t\u3000 ')


@dataclass(frozen=True)
class Query:
    """What a reader types; `kind` is `real` or what it is a part of: `name`, `objective`, `figure`."""

    kind: str
    text: str


def make_queries(records: Sequence[Searchable], count: int, seed: int = 1) -> list[Query]:
    """The real queries, and `count` parts of the records' cells; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    queries = [Query("real", text) for text in REAL]
    while len(queries) < len(REAL) + count:
        kind = KINDS[(len(queries) - len(REAL)) % len(KINDS)]
        text = chance.choice(_cells(chance.choice(records), kind) or [""])
        length = chance.randint(2, 8)
        start = chance.randint(0, max(0, len(text) - length))
        part = text[start : start + length]
        # blanks and quotation marks part terms, which is asked of no peer
        if len(part) >= 2 and not _PARTING & set(part):
            queries.append(Query(kind, part))
    return queries


def _cells(record: Searchable, kind: str) -> list[str]:
    pairs = [*zip(HEAD, record.head, strict=True)]
    for row in record.rows:
        pairs += zip(ROW, row, strict=True)
    return [text for field, text in pairs if text and _kind(field) == kind]


def _kind(field: Field) -> str | None:
    if field.key == "name":
        return "name"
    if field.key in _OBJECTIVES:
        return "objective"
    if field.key in {"target", "actual"} or "funding." in field.key or field.key.startswith("budget."):
        return "figure"
    return None


def truths(records: Sequence[Searchable], queries: Sequence[Query]) -> list[list[int]]:
    """For each query the numbers of the records that hold all its terms, by plain substring."""
    # no folded text holds a 0, so that no match spans two cells
    texts = ["\0".join(fold(text) for text in _all_cells(record) if text) for record in records]
    found = []
    for query in queries:
        asked = terms(query.text)
        found.append(
            [at for at, text in enumerate(texts) if all((term.folded in text) != term.excluded for term in asked)]
        )
    return found


def _all_cells(record: Searchable) -> list[str | None]:
    return [*record.head, *(cell for row in record.rows for cell in row)]


def quality(found: Sequence[Sequence[int]], truth: Sequence[Sequence[int]]) -> Mapping[str, float]:
    """Means over the queries, in percent: recall where there is something to find, precision where
    something was found, and how many were answered exactly."""
    pairs = [(set(some), set(true)) for some, true in zip(found, truth, strict=True)]
    recalls = [len(some & true) / len(true) for some, true in pairs if true]
    precisions = [len(some & true) / len(some) for some, true in pairs if some]
    exact = [some == true for some, true in pairs]
    return {
        name: round(100 * sum(values) / len(values), 1)
        for name, values in (("recall", recalls), ("precision", precisions), ("exact", exact))
        if values
    }
