"""The measurements of bench/build.py as a report with ratios, and the report as Markdown tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from statistics import median
from typing import Any

from bench.markdown import head, row
from bench.measure import middle
from bench.ways import COLD, OURS, PAGES, RECORD, Taken

Json = dict[str, Any]
# What each run of each way took, or in words why it has no figures: tool, way, turns.
Results = dict[str, dict[str, list[Taken | str]]]

HUGO = "Hugo"
_KEYS = ("wall", "cpu")
# What is compared: words, our way, theirs, and how many times faster than Hugo ours should be.
_AIMS = (
    ("pages alone", PAGES, COLD, 2),
    ("complete build beside their pages alone", COLD, COLD, 1),
    ("one record changed", RECORD, RECORD, 15),
)


def report_of(results: Mapping[int, Results], page_bytes: Mapping[str, int], limit: float) -> Json:
    """What was measured, and the ratios: above 1, ours is that many times faster.

    Args:
        results: By the number of records; every way of the smallest, which is the first, and of others the cold ones.
        page_bytes: By tool, the size of a record's page.
        limit: Seconds that a peer could take.
    """
    sizes = {str(count): _medians(found) for count, found in results.items()}
    first = next(iter(sizes.values()))
    return {
        "records": next(iter(results)),
        "limit": limit,
        "page_bytes": dict(page_bytes),
        "sizes": sizes,
        "ratios": {
            words: {tool: found for tool in first if tool != OURS and (found := _ratio(first, ours, tool, theirs))}
            for words, ours, theirs, _ in _AIMS
        }
        | {
            "growth": _growth(sizes),
        },
    }


def _medians(results: Results) -> Json:
    return {tool: {way: _median(taken) for way, taken in ways.items()} for tool, ways in results.items()}


def _median(turns: Sequence[Taken | str]) -> Json | str:
    """The medians of the turns; the words of the last one when none has figures."""
    taken = [each for each in turns if isinstance(each, Taken)]
    if not taken:
        return str(turns[-1])
    run = middle([each.run for each in taken])
    figures = {key: median(getattr(each, key) for each in taken) for key in ("written", "files", "pages")}
    return asdict(run) | figures | {"pages_a_second": round(figures["pages"] / run.wall, 1), "runs": len(taken)}


def _figures(measured: Json, tool: str, way: str) -> Json | None:
    """What a way took; None where it was not measured or has no figures."""
    found = measured.get(tool, {}).get(way)
    return found if isinstance(found, dict) else None


def _ratio(measured: Json, ours: str, tool: str, theirs: str) -> Json | None:
    mine, other = _figures(measured, OURS, ours), _figures(measured, tool, theirs)
    return {key: round(other[key] / mine[key], 2) for key in _KEYS} if mine and other else None


def _growth(sizes: Json) -> Json:
    """By tool and cold way: how many times longer each larger number of records takes than the one before."""
    measured = list(sizes.values())
    growth = {
        tool: {way: steps for way in ways if (steps := [each for each in _steps(measured, tool, way) if each])}
        for tool, ways in measured[0].items()
    }
    return {tool: ways for tool, ways in growth.items() if ways}


def _steps(measured: Sequence[Json], tool: str, way: str) -> Iterator[Json | None]:
    """From each number of records to the next; None where one of the two has no figures."""
    for one, two in pairwise(measured):
        before, after = _figures(one, tool, way), _figures(two, tool, way)
        yield {key: round(after[key] / before[key], 2) for key in _KEYS} if before and after else None


def tables(report: Json) -> str:
    """All that was measured; what should be reached; growth."""
    first = report["sizes"][str(report["records"])]
    return "\n".join((*_all(report, first), "", *_reach(report, first), "", *_grown(report)))


def _all(report: Json, first: Json) -> Iterator[str]:
    title = f"{report['records']:,} records"
    yield from head(title, "wall, s", "CPU, s", "peak, MB", "pages/s", "written, MB", "files", "a record's page, KB")
    for tool, ways in first.items():
        size = report["page_bytes"].get(tool)
        for way, found in ways.items():
            if isinstance(found, str):
                yield row(f"{tool}: {way}", found, *[""] * 6)
                continue
            whole = way in (COLD, PAGES)
            yield row(
                f"{tool}: {way}",
                f"{found['wall']:.2f}",
                f"{found['cpu']:.2f}",
                f"{found['memory']:,.0f}",
                f"{found['pages_a_second']:,.0f}" if whole else "–",
                f"{found['written']:,.1f}",
                f"{found['files']:,.0f}",
                f"{size / 1000:.1f}" if whole and size else "–",
            )


def _reach(report: Json, first: Json) -> Iterator[str]:
    """How many times longer each peer takes, on the clock and in CPU."""
    peers = [tool for tool in first if tool != OURS]
    yield from head("times ours, wall / CPU", "ours, s", *peers, f"should be beside {HUGO}")
    for words, ours, _, aim in _AIMS:
        mine = _figures(first, OURS, ours)
        found = (report["ratios"][words].get(tool) for tool in peers)
        times = (f"{ratio['wall']:.2f} / {ratio['cpu']:.2f}" if ratio else "–" for ratio in found)
        yield row(words, f"{mine['wall']:.2f}" if mine else "–", *times, f"≥ {aim}")


def _grown(report: Json) -> Iterator[str]:
    sizes = report["sizes"]
    if len(sizes) < 2:
        return
    yield from head("wall / CPU, s (times the number before)", *(f"{int(count):,}" for count in sizes))
    measured = list(sizes.values())
    for tool, ways in measured[0].items():
        for way in ways:
            if way in (COLD, PAGES):
                steps = [None, *_steps(measured, tool, way)]
                cells = (
                    _cell(each.get(tool, {}).get(way, "–"), step) for each, step in zip(measured, steps, strict=True)
                )
                yield row(f"{tool}: {way}", *cells)


def _cell(found: Json | str, step: Json | None) -> str:
    if isinstance(found, str):
        return found
    times = f" (×{step['wall']:.2f} / ×{step['cpu']:.2f})" if step else ""
    return f"{found['wall']:.2f} / {found['cpu']:.2f}{times}"
