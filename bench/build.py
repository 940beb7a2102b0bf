"""Times a build with stamped pages against one in which the engine renders every page.

Both run in turn over the same generated records; wall, CPU and peak memory are those of the whole
process with its children. Prints a table and writes build/bench-N.json. Only the ratios are worth
quoting: machines differ, and drift.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.measure import Run, measured, middle
from bench.records import write_project

ROOT = Path(__file__).parent.parent
WAYS: dict[str, list[str]] = {"stamped": [], "engine alone": ["--engine-alone"]}


def run(project: Path, options: list[str]) -> Run:
    """Build a project from nothing in a process of its own."""
    return measured([sys.executable, "-m", "generator", "build", "--root", str(project), *options]).run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each way (default 3)")
    options = parser.parse_args()
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    for turn in range(options.runs):
        for way, words in WAYS.items():
            project = write_project(ROOT / "build" / "bench", ROOT, options.count)
            runs[way].append(run(project, words))
            print(f"{turn + 1}/{options.runs} {way}: {runs[way][-1]}", file=sys.stderr)
    medians = {way: middle(found) for way, found in runs.items()}
    ours, theirs = medians["stamped"], medians["engine alone"]
    ratios = {key: round(getattr(theirs, key) / getattr(ours, key), 2) for key in ("wall", "cpu", "memory")}
    print(f"{options.count} records          wall s    CPU s  peak MB")
    for way, found in medians.items():
        print(f"{way:20}{found.wall:10.2f}{found.cpu:9.2f}{found.memory:9.1f}")
    print(f"{'engine alone / ours':20}{ratios['wall']:10.2f}{ratios['cpu']:9.2f}{ratios['memory']:9.2f}")
    report = {
        "records": options.count,
        "medians": {way: asdict(found) for way, found in medians.items()},
        "ratios": ratios,
    }
    (ROOT / "build" / f"bench-{options.count}.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
