"""Times the open data of generated records: what is made of each centre, and what is gathered from their parts.

CPU of this process; workbooks and the database also by themselves. The gathered files are made three times: from
nothing, with nothing changed, with one form changed. Prints a table and writes build/bench-data-N.json. Machines
differ, and drift.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from bench.records import write_project
from generator.data.column import Share
from generator.data.tables import TABLES
from generator.exports.data_part import DataPart, read_part
from generator.exports.database import write_database
from generator.exports.downloads import centre_files
from generator.exports.gathered import Gathered, gathered_files
from generator.exports.workbook import workbook
from generator.exports.workbook_frame import Rows
from generator.reading.content import Centre
from generator.reading.find import CentreFiles, find_content
from generator.reading.reader import read_centre
from generator.words.urls import DATABASE

ROOT = Path(__file__).parent.parent
T = TypeVar("T")


Seconds = dict[str, float]


def timed(seconds: Seconds, what: str, work: Callable[[], T]) -> T:
    """Do some work, and add its seconds of CPU to what this kind of work took so far."""
    start = time.process_time()
    done = work()
    seconds[what] = seconds.get(what, 0) + time.process_time() - start
    return done


def read(files: CentreFiles) -> Centre:
    centre, problems = read_centre(files)
    if centre is None or problems:
        raise SystemExit(f"generated records should be read without a problem: {problems[:3]}")
    return centre


def books(centre: Centre) -> list[Rows]:
    """The rows of each workbook of a centre."""
    years = groupby(centre.disclosures, lambda found: found.year)
    shares = [Share(centre, tuple(disclosures), "") for _, disclosures in years]
    return [{table.key: list(table.rows(share)) for table in TABLES} for share in shares]


def renamed(centre: Centre) -> Centre:
    """A centre of which one project has another name."""
    first, *others = centre.disclosures
    record, *rest = first.records
    form = record.form.model_copy(update={"name": "改了名的项目"})
    return replace(centre, disclosures=(replace(first, records=(replace(record, form=form), *rest)), *others))


def of_centres(centres: Iterable[CentreFiles], folder: Path, seconds: Seconds) -> dict[str, float]:
    """Makes every centre's files, and keeps its part in `folder`; gives the MB of each kind."""
    sizes: dict[str, float] = {}
    for files in centres:
        centre = read(files)
        made = timed(seconds, "files of the centres", partial(centre_files, centre, None))
        for rows in books(centre):
            timed(seconds, "of these, workbooks", partial(workbook, "…", rows))
        (folder / centre.id).write_bytes(made.part)
        for file in made.files:
            kind = Path(file.path).suffix
            sizes[kind] = sizes.get(kind, 0) + len(file.data) / 1e6
        sizes["parts"] = sizes.get("parts", 0) + len(made.part) / 1e6
    return sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    count = parser.parse_args().count
    project = write_project(ROOT / "build" / "bench-data", ROOT, count)
    centres = find_content(project, project / "content")[0].centres
    folder = project / "build"
    (folder / "parts").mkdir(parents=True)
    seconds: Seconds = {}
    sizes = of_centres(centres, folder / "parts", seconds)

    def parts() -> dict[str, DataPart]:
        return {files.id: read_part(folder / "parts" / files.id) for files in centres}

    def gather() -> list[Gathered]:
        return list(gathered_files(parts(), folder / "data"))

    gathered = timed(seconds, "gathered from nothing", gather)
    timed(seconds, "gathered, nothing changed", gather)
    middle = read(centres[len(centres) // 2])
    (folder / "parts" / middle.id).write_bytes(centre_files(renamed(middle), None).part)
    timed(seconds, "gathered, a form changed", gather)
    database = folder / "alone.sqlite"
    rows = (part.read(DATABASE) for part in parts().values())
    timed(seconds, "of these, the database", partial(write_database, rows, database))
    sizes |= {each.made.path: each.made.size / 1e6 for each in gathered}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} records               CPU s   ms a record")
    for what, took in seconds.items():
        print(f"{what:26}{took:10.2f}{took / count * 1000:10.3f}")
    for kind, size in sizes.items():
        print(f"{kind:26}{size:10.1f} MB")
    print(f"{'peak memory':26}{peak:10.1f} MB")
    report = {
        "records": count,
        "seconds": {what: round(took, 3) for what, took in seconds.items()},
        "MB": {kind: round(size, 2) for kind, size in sizes.items()},
        "peak MB": round(peak, 1),
    }
    (ROOT / "build" / f"bench-data-{count}.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
