"""Builds the search files of a project in a process of its own, and says how long each step took.

    python -m bench.indexing PROJECT FOLDER QUERIES

writes them below FOLDER, and as JSON to stdout: the seconds, when they were written (monotonic clock), the records'
ids, the queries and their truth, of which the records that were read here are the source.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.queries import make_queries, truths
from generator.line.check import check_content
from generator.pages.render import DocsFile
from generator.reading.content import Centre
from generator.reading.settings import read_settings
from generator.search.cells import searchables
from generator.search.search_files import search_files
from generator.search.search_part import search_part


def whole_search(centres: Iterable[Centre]) -> Iterator[DocsFile]:
    """Every file of the search, the centres' own too, where all of the content is here and nothing of it was made."""
    parts, tapes = [], []
    for centre in centres:
        part, tape, texts = search_part(centre)
        parts.append(part)
        tapes.append(tape)
        yield from texts
    yield from (file for file in search_files(parts, tapes, None) if isinstance(file, DocsFile))


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main(project: Path, folder: Path, count: int) -> None:
    start = time.monotonic()
    content = check_content(read_settings(project)).or_raise()
    reading = time.monotonic() - start
    began, cpu = time.monotonic(), _cpu()
    for file in whole_search(content.centres):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    ended, cpu = time.monotonic(), _cpu() - cpu
    records = list(searchables(content.centres))
    queries = make_queries(records, count) if count else []
    report = {
        "reading": reading,
        "began": began,
        "ended": ended,
        "cpu": cpu,
        "ids": [found.record.id for found in records],
        "queries": [asdict(query) for query in queries],
        "truths": truths(records, queries),
    }
    json.dump(report, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
