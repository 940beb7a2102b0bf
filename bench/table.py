"""The measurements of bench/search.py as Markdown tables, theirs with the ratio to ours."""

from collections.abc import Callable
from typing import Any

from bench.markdown import head, row

NAMES = {"ours": "ours", "pagefind": "Pagefind extended", "lunr": "lunr (Material)"}
Json = dict[str, Any]

_MB, _KB = 1_000_000, 1_000
# What is shown of each search: words, where it stands in the report, what one unit of it is, its decimals.
_ROWS: tuple[tuple[str, tuple[str, ...], int, int], ...] = (
    ("index: wall, s", ("index", "wall"), 1, 2),
    ("index: CPU, s", ("index", "cpu"), 1, 2),
    ("index: peak memory, MB", ("index", "memory"), 1, 0),
    ("index: MB", ("index", "bytes"), _MB, 2),
    ("index: KB a record", ("index", "per_record"), _KB, 2),
    ("index: files", ("index", "files"), 1, 0),
    ("opening: KB", ("opening", "sent", "median"), _KB, 1),
    ("opening: requests", ("opening", "requests", "median"), 1, 0),
    ("opening: ms", ("opening", "time", "median"), 1, 0),
    ("query: KB, median", ("query", "sent", "median"), _KB, 1),
    ("query: KB, 95 %", ("query", "sent", "most"), _KB, 1),
    ("query: KB, worst", ("query", "sent", "worst"), _KB, 1),
    ("query: requests, median", ("query", "requests", "median"), 1, 0),
    ("query: ms, median", ("query", "time", "median"), 1, 1),
    ("query: ms, 95 %", ("query", "time", "most"), 1, 1),
    ("query: ms, worst", ("query", "time", "worst"), 1, 1),
    ("opening and query: KB, median", ("first", "sent", "median"), _KB, 1),
    ("opening and query: ms, median", ("first", "time", "median"), 1, 0),
)
_QUALITY = (
    ("recall, %", "all", "recall"),
    ("precision, %", "all", "precision"),
    ("answered exactly, %", "all", "exact"),
    ("recall of parts of names, %", "name", "recall"),
    ("recall of parts of objectives, %", "objective", "recall"),
    ("recall of amounts and targets, %", "figure", "recall"),
)


def _at(report: Json, path: tuple[str, ...]) -> float | None:
    value: Any = report
    for key in path:
        value = value.get(key, {})
    return None if value == {} else value


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 0.1 else f"{ratio:.1g}"


def _row(words: str, values: list[float | None], shown: Callable[[float, float | None], str]) -> str:
    cells = ["–" if value is None else shown(value, None if at == 0 else values[0]) for at, value in enumerate(values)]
    return row(words, *cells)


def tables(report: Json) -> str:
    """One table of costs and quality, one of the real queries: found, and right ones among them where they differ."""
    searches: Json = report["searches"]
    title = f"{report['records']:,} records, {report['queries']} queries"
    lines = head(title, *(NAMES[name] for name in searches))
    for words, path, unit, decimals in _ROWS:

        def shown(value: float, ours: float | None, unit: int = unit, decimals: int = decimals) -> str:
            said = f"{value / unit:,.{decimals}f}"
            return said if not ours or not value else f"{said} (×{_ratio(value / ours)})"

        lines.append(_row(words, [_at(each, path) for each in searches.values()], shown))
    for words, kind, key in _QUALITY:
        values = [_at(each, ("quality", kind, key)) for each in searches.values()]
        lines.append(_row(words, values, lambda value, _: f"{value:.1f}"))
    lines += [
        "",
        f"Reading and checking the records takes {report['reading']:,} s besides; "
        f"{report['memory_before']:,.0f} MB of our peak are the records themselves.",
        "",
        *head("query", "records that hold it", *(NAMES[name] for name in searches)),
    ]
    for query in report["real"]:
        text = query["text"] if len(query["text"]) < 40 else f"{query['text'][:8]}… ({len(query['text'])} characters)"
        cells = [_found(query[name], query["truth"]) for name in searches]
        lines.append(row(f"`{text}`", str(query["truth"]), *cells))
    return "\n".join(lines)


def _found(counts: list[int], truth: int) -> str:
    found, right = counts
    return str(found) if found == right == truth else f"{found}, {right} right"
