"""Times a check of generated records in one process, in seconds of its CPU: reading, and the rules apart.

Prints milliseconds a record and writes build/bench-check-N.json. Machines differ, and drift: the
shares are worth quoting, and the growth from one number of records to a larger one.
"""

import argparse
import json
import time
from pathlib import Path
from statistics import median

from bench.records import write_project
from generator.content import read_content
from generator.find import find_content
from generator.judge import judge, latest_day
from generator.profile import read_profile

ROOT = Path(__file__).parent.parent


def run(project: Path) -> dict[str, float]:
    """CPU seconds of each part, and how many records and findings there were."""
    start = time.process_time()
    files, _ = find_content(project, project / "content")
    content, problems = read_content(files)
    if content is None or problems:
        raise SystemExit(f"generated records should be read without a problem: {problems[:3]}")
    read = time.process_time()
    outcomes = list(judge(content, read_profile(content.site.profile), latest_day(content)))
    judged = time.process_time()
    found = sum(len(outcome.problems) for outcome in outcomes)
    return {"records": len(content.records), "read": read - start, "rules": judged - read, "found": found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    parser.add_argument("--runs", type=int, default=3, help="runs (default 3)")
    options = parser.parse_args()
    project = write_project(ROOT / "build" / "bench-check", ROOT, options.count)
    runs = [run(project) for _ in range(options.runs)]
    report = {key: median(each[key] for each in runs) for key in runs[0]}
    print(f"{report['records']:.0f} records, {report['found']:.0f} findings")
    for part in ("read", "rules"):
        print(f"{part:6}{report[part]:8.2f} s{report[part] * 1000 / report['records']:8.3f} ms a record")
    file = ROOT / "build" / f"bench-check-{options.count}.json"
    file.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
