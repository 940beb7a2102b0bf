"""Times a check of generated records; and what a build does of it, reading and rules apart, as it keeps what it reads.

On the clock, and in CPU seconds of all processes. Prints milliseconds a record and writes
build/bench-check-N.json. Machines differ, and drift: the shares are worth quoting, and the growth
from one number of records to a larger one.
"""

import argparse
import json
import os
import time
from pathlib import Path
from statistics import median

from bench.records import write_project
from generator.line.check import check_records
from generator.line.panel import judge
from generator.profiles.profile import read_profile
from generator.reading.content import latest_day
from generator.reading.find import find_content
from generator.reading.reader import read_content, uncollected
from generator.reading.settings import read_settings

ROOT = Path(__file__).parent.parent


def spent() -> tuple[float, float]:
    """The clock, and the CPU seconds of this process and of those that it has ended."""
    times = os.times()
    return time.perf_counter(), times.user + times.system + times.children_user + times.children_system


def run(project: Path) -> dict[str, float]:
    """Seconds of each part, by the clock and of CPU, and how many records and findings there were."""
    settings = read_settings(project)
    start, start_cpu = spent()
    found = check_records(settings)
    checked, checked_cpu = spent()
    files, _ = find_content(project, project / "content")
    content, problems = read_content(files)
    if content is None or problems:
        raise SystemExit(f"generated records should be read without a problem: {problems[:3]}")
    read, read_cpu = spent()
    with uncollected():  # as a check does
        for _ in judge(content, read_profile(content.site.profile), latest_day(content.centres)):
            pass
    judged, judged_cpu = spent()
    return {
        "records": len(content.records),
        "found": len(found.problems),
        "check": checked - start,
        "check CPU": checked_cpu - start_cpu,
        "read": read - checked,
        "read CPU": read_cpu - checked_cpu,
        "rules": judged - read,
        "rules CPU": judged_cpu - read_cpu,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    parser.add_argument("--runs", type=int, default=3, help="runs (default 3)")
    options = parser.parse_args()
    project = write_project(ROOT / "build" / "bench-check", ROOT, options.count)
    runs = [run(project) for _ in range(options.runs)]
    report = {key: median(each[key] for each in runs) for key in runs[0]}
    print(f"{report['records']:.0f} records, {report['found']:.0f} findings")
    for part in ("check", "check CPU", "read", "read CPU", "rules", "rules CPU"):
        print(f"{part:10}{report[part]:8.2f} s{report[part] * 1000 / report['records']:8.3f} ms a record")
    file = ROOT / "build" / f"bench-check-{options.count}.json"
    file.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
