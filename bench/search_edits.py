"""Measures what the search costs from the parts of centres: made anew, and after one edit.

    python -m bench.search_edits COUNT…

writes COUNT generated records below build/bench-search-edits, makes the parts of their centres, and prints a Markdown
table: wall and CPU seconds without those of reading the parts, the most memory of the process, and the files made.
"""

import multiprocessing
import pickle
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.records import write_project
from generator.figures.targets import Target
from generator.pages.render import DocsFile
from generator.reading.content import Centre, Record
from generator.reading.find import CentreFiles, find_content
from generator.reading.model import Evaluation
from generator.reading.reader import read_centre
from generator.reading.settings import read_settings
from generator.search.last_search import LastSearch
from generator.search.search_files import search_files
from generator.search.search_part import search_part
from generator.site.kept import Kept

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench-search-edits"


@dataclass(frozen=True)
class Step:
    """Seconds, MB, and how many files below `search/` were made."""

    wall: float
    cpu: float
    memory: float
    made: int


class Read(Sequence[Any]):
    """The parts or the tapes of a folder, each read when it is asked for; `wall` and `cpu` are what that took."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted(folder.iterdir())
        self.wall = self.cpu = 0.0

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        wall, cpu = time.monotonic(), time.process_time()
        part = pickle.loads(self.paths[place].read_bytes())  # noqa: S301 - written here
        self.wall += time.monotonic() - wall
        self.cpu += time.process_time() - cpu
        return part


def centre_of(files: CentreFiles) -> Centre:
    centre, problems = read_centre(files)
    if centre is None or problems:
        raise SystemExit(f"{files.id}: not as written")
    return centre


def write_part(folder: Path, centre: Centre) -> None:
    part, tape, texts = search_part(centre)
    for name, thing in (("parts", part), ("tapes", tape)):
        (folder / name / f"{centre.id}.pickle").write_bytes(pickle.dumps(thing))
    for text in texts:
        path = folder / "site" / text.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.data)


def made_part(folder: Path, files: CentreFiles) -> float:
    """Write the part and the texts of a centre; returns the CPU seconds without reading it."""
    centre = centre_of(files)
    start = time.process_time()
    write_part(folder, centre)
    return time.process_time() - start


def run(folder: Path) -> Step:
    """The search's files of the parts that are there, beside those of the last run."""
    parts, tapes = Read(folder / "parts"), Read(folder / "tapes")
    wall, cpu = time.monotonic(), time.process_time()
    made = 0
    for file in search_files(parts, tapes, LastSearch(Kept(folder / "cache"), folder / "site", "")):
        if isinstance(file, DocsFile):
            path = folder / "site" / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            made += 1
    wall, cpu = time.monotonic() - wall - parts.wall - tapes.wall, time.process_time() - cpu - parts.cpu - tapes.cpu
    return Step(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, made)


def alone(work: Callable[[Path], Step], folder: Path) -> Step:
    """A step in a process of its own, whose memory is nobody else's."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, folder).result()


def _row(record: Record, **facts: object) -> Record:
    first, *rest = record.form.indicators
    return _form(record, indicators=(first.model_copy(update=facts), *rest))


def _form(record: Record, **facts: object) -> Record:
    return replace(record, form=record.form.model_copy(update=facts))


def _longer_text(record: Record) -> Record:
    if not isinstance(record.form, Evaluation):
        raise SystemExit(f"{record.id}: no evaluation")
    first, *rest = record.form.expected
    return _form(record, expected=(f"{first[:40]}改动{first[40:]}", *rest))


EDITS: dict[str, Callable[[Record], Record]] = {
    "name of an indicator": lambda record: _row(record, name="改过的名字"),
    "target of an indicator": lambda record: _row(record, target=Target("≥7.00(次)", "≥", None, "次")),
    "name of the project": lambda record: _form(record, name=f"{record.form.name}改"),
    "two characters more in a long text": _longer_text,
    "one row more": lambda record: _form(record, indicators=(*record.form.indicators, record.form.indicators[0])),
}


def steps(count: int) -> Iterator[tuple[str, Step]]:
    """The search made anew, and after each edit of one and the same record."""
    folder = FOLDER / str(count)
    shutil.rmtree(folder, ignore_errors=True)
    settings = read_settings(write_project(folder / "project", ROOT, count))
    files, _ = find_content(settings.root, settings.content)
    for name in ("parts", "tapes"):
        (folder / name).mkdir()
    with ProcessPoolExecutor() as pool:
        taken = sum(pool.map(made_part, [folder] * len(files.centres), files.centres, chunksize=8))
    yield "parts and texts of all centres, read", Step(0, taken, 0, 0)
    yield "everything anew", alone(run, folder)
    yield "nothing changed", alone(run, folder)
    centre = centre_of(files.centres[len(files.centres) // 2])
    first, *others = centre.disclosures
    for name, edit in EDITS.items():
        records = (first.records[0], edit(first.records[1]), *first.records[2:])
        write_part(folder, replace(centre, disclosures=(replace(first, records=records), *others)))
        yield name, alone(run, folder)
        write_part(folder, centre)
        alone(run, folder)
    shutil.rmtree(folder)


def main(counts: Sequence[int]) -> None:
    for count in counts:
        print(f"\n| {count} records | wall, s | CPU, s | memory, MB | files made |\n|---|---:|---:|---:|---:|")
        for name, step in steps(count):
            print(f"| {name} | {step.wall:.2f} | {step.cpu:.2f} | {step.memory:.0f} | {step.made} |", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]])
