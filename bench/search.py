"""Measures the site's search against Pagefind extended and against lunr as Material has it.

Over the same generated records, and the real ones: what the index costs to make and to keep, what a
query takes in time and traffic in a real browser, and what it finds, held to the truth of plain
substrings. Indexes are built in turn, and each query is put to one search after the other, since
machines differ and drift: only the ratios are worth quoting. Prints Markdown tables and writes
build/bench-search-N.json.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tqdm import tqdm

from bench.install import install_python
from bench.measure import Run, measured, middle
from bench.queries import quality
from bench.reader import Reader, Search, Step, reader
from bench.records import write_project
from bench.search_peers import LOCKED, index_by_lunr, index_by_pagefind, lunr_search, pagefind_pages
from bench.table import tables

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench-search"
PEERS = ("pagefind", "lunr")
# What belongs to each index, without scripts; lunr's is one file that every reader fetches.
_INDEX = {
    "ours": ("ours/**/*",),
    "pagefind": ("pagefind/index/*", "pagefind/fragment/*", "pagefind/*.pf_meta", "pagefind/pagefind-entry.json"),
    "lunr": ("lunr/site/search/search_index.json",),
}


@dataclass(frozen=True)
class Asked:
    """What each query got: how the search was opened for it, the answer, the numbers of the records found."""

    openings: list[Step] = field(default_factory=list)
    answers: list[Step] = field(default_factory=list)
    found: list[list[int]] = field(default_factory=list)


def write_records(count: int) -> Path:
    """A project of `count` generated records and the real ones."""
    project = write_project(FOLDER / "project", ROOT, count)
    for centre in sorted((ROOT / "content").glob("*/centre.yml")):
        shutil.copytree(centre.parent, project / "content" / centre.parent.name)
    return project


def index_ours(project: Path, count: int) -> tuple[Run, dict[str, Any]]:
    """Build our search files; returns the run from records to files, and what bench.indexing says."""
    shutil.rmtree(FOLDER / "ours", ignore_errors=True)
    done = measured([sys.executable, "-m", "bench.indexing", str(project), str(FOLDER / "ours"), str(count)])
    said = json.loads(done.said)
    began, ended = said.pop("began"), said.pop("ended")
    said["memory_before"] = max((size for time, size in done.memory if time < began), default=0.0)
    memory = max((size for time, size in done.memory if began <= time <= ended), default=said["memory_before"])
    return Run(round(ended - began, 2), round(said.pop("cpu"), 2), round(memory, 1)), said


def index_all(names: Sequence[str], project: Path, runs: int, count: int) -> tuple[dict[str, Run], dict[str, Any]]:
    """Build every index in turn; returns the medians, and what the last of our runs says."""
    env = install_python(LOCKED, FOLDER / "peers") if len(names) > 1 else {}
    built = project / "build"
    taken: dict[str, list[Run]] = {name: [] for name in names}
    said: dict[str, Any] = {}
    for turn in range(runs):
        last = turn == runs - 1
        run, said = index_ours(project, count if last else 0)
        taken["ours"].append(run)
        if "pagefind" in names:
            taken["pagefind"].append(index_by_pagefind(built / "site", FOLDER / "pagefind", env))
        if "lunr" in names:
            taken["lunr"].append(index_by_lunr(built / "docs", said["ids"], FOLDER / "lunr", env))
        print(f"{turn + 1}/{runs} { ({name: found[-1] for name, found in taken.items()}) }", file=sys.stderr)
    return {name: middle(found) for name, found in taken.items()}, said


def ask_all(
    person: Reader, searches: Sequence[Search], queries: Sequence[str], numbers: Callable[[str, list[Any]], list[int]]
) -> dict[str, Asked]:
    """Put each query to each search, opened anew for it; but lunr, which takes too long to open, once for all."""
    asked = {search.name: Asked() for search in searches}
    with ExitStack() as kept:
        lunr = {search: kept.enter_context(person.opened(search)) for search in searches if search.name == "lunr"}
        for query in tqdm(queries, desc="queries", disable=None, leave=False):
            for search in searches:
                with ExitStack() as new:
                    page, opening = lunr.get(search) or new.enter_context(person.opened(search))
                    answer, found = person.ask(page, search, query)
                asked[search.name].openings.append(opening)
                asked[search.name].answers.append(answer)
                asked[search.name].found.append(numbers(search.name, found))
    return asked


def numbering(ids: Sequence[str], peers: Sequence[str]) -> Callable[[str, list[Any]], list[int]]:
    """A function from what a search found to the numbers of the records; other pages do not count."""
    place = {record: at for at, record in enumerate(ids)}
    fragments = pagefind_pages(FOLDER / "pagefind") if "pagefind" in peers else {}

    def numbers(name: str, found: list[Any]) -> list[int]:
        if name == "ours":
            return found
        pages = [fragments[each] if name == "pagefind" else each.partition("#")[0].strip("/") for each in found]
        return [place[page] for page in pages if page in place]

    return numbers


def _spread(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {"median": median(ordered), "most": ordered[len(ordered) * 95 // 100], "worst": ordered[-1]}


def _steps(steps: Sequence[Step]) -> dict[str, Any]:
    return {key: _spread([getattr(step, key) for step in steps]) for key in ("time", "requests", "sent")}


def _first(asked: Asked) -> dict[str, Any]:
    """Opening and query together: what a reader's first question costs."""
    pairs = zip(asked.openings, asked.answers, strict=True)
    return _steps([Step(a.time + b.time, a.requests + b.requests, a.sent + b.sent) for a, b in pairs])


def _index(name: str, run: Run, records: int) -> dict[str, Any]:
    files = [path for pattern in _INDEX[name] for path in FOLDER.glob(pattern) if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return asdict(run) | {"bytes": size, "files": len(files), "per_record": round(size / records)}


def _quality(asked: Asked, said: dict[str, Any]) -> dict[str, Any]:
    """Of all queries, and of each kind."""
    triples = list(zip((query["kind"] for query in said["queries"]), asked.found, said["truths"], strict=True))
    kinds = {"all": triples} | {kind: [each for each in triples if each[0] == kind] for kind, _, _ in triples}
    return {
        kind: quality([found for _, found, _ in some], [true for _, _, true in some]) for kind, some in kinds.items()
    }


def _real(asked: dict[str, Asked], said: dict[str, Any]) -> list[dict[str, Any]]:
    """Each real query: how many records hold it, and how many each search found, of which so many hold it."""
    rows = []
    for at, (query, true) in enumerate(zip(said["queries"], said["truths"], strict=True)):
        if query["kind"] == "real":
            found = {name: set(each.found[at]) for name, each in asked.items()}
            counts = {name: [len(some), len(some & set(true))] for name, some in found.items()}
            rows.append({"text": query["text"], "truth": len(true)} | counts)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="generated records (default 2000)")
    parser.add_argument("--runs", type=int, default=3, help="times that each index is built (default 3)")
    parser.add_argument("--queries", type=int, default=200, help="queries besides the real ones (default 200)")
    parser.add_argument("--peers", nargs="+", choices=("ours", *PEERS), default=PEERS, help="ours: no peer")
    options = parser.parse_args()
    peers = [name for name in PEERS if name in options.peers]
    project = write_records(options.count)
    if peers:
        measured([sys.executable, "-m", "generator", "build", "--root", str(project)])
    runs, said = index_all(["ours", *peers], project, options.runs, options.queries)
    records = len(said["ids"])
    found = {"ours": Search("ours", "/js/search/index.js"), "pagefind": Search("pagefind", "/pagefind/pagefind.js")}
    if "lunr" in peers:
        found["lunr"] = lunr_search(FOLDER / "lunr")
    folders = {name: FOLDER / name for name in ("ours", "pagefind")} | {
        "lunr": FOLDER / "lunr" / "site",
        "js": ROOT / "theme_overrides" / "assets" / "js",
        "bench": ROOT / "bench",
    }
    with reader(folders) as person:
        searches = [found[name] for name in runs]
        queries = [query["text"] for query in said["queries"]]
        asked = ask_all(person, searches, queries, numbering(said["ids"], peers))
    report = {
        "records": records,
        "queries": len(queries),
        "reading": round(said["reading"], 1),
        "memory_before": round(said["memory_before"], 1),
        "searches": {
            name: {
                "index": _index(name, run, records),
                "opening": _steps(asked[name].openings),
                "query": _steps(asked[name].answers),
                "first": _first(asked[name]),
                "quality": _quality(asked[name], said),
            }
            for name, run in runs.items()
        },
        "real": _real(asked, said),
    }
    (ROOT / "build" / f"bench-search-{options.count}.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    print(tables(report))


if __name__ == "__main__":
    main()
