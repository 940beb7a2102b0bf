"""Times the open data of generated records: their share of a whole build.

The whole build runs in a process of its own; then its downloads are made and written once more, here. CPU is
that of the process with its children. Prints a table and writes build/bench-data-N.json. Machines differ,
and drift: the shares are worth quoting.
"""

import argparse
import json
import resource
import shutil
import sys
import time
from pathlib import Path

from bench.measure import Run, measured
from bench.records import write_project
from generator.downloads import download_files
from generator.find import find_content
from generator.plan import make_plan
from generator.reader import read_content
from generator.write import write_tree

ROOT = Path(__file__).parent.parent


def cpu() -> float:
    """Seconds of CPU of this process and its finished children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def downloads(project: Path) -> tuple[Run, dict[str, float]]:
    """Makes and writes the downloads; also their sizes in MB by their kind."""
    content, problems = read_content(find_content(project, project / "content")[0])
    if content is None or problems:
        raise SystemExit(f"generated records should be read without a problem: {problems[:3]}")
    plan = make_plan(content)
    folder = project / "build" / "downloads"
    shutil.rmtree(folder, ignore_errors=True)
    wall, used = time.monotonic(), cpu()
    write_tree(download_files(plan, None), folder)
    wall, used = time.monotonic() - wall, cpu() - used
    sizes: dict[str, float] = {}
    for file in sorted(folder.rglob("*.*")):
        kind = file.name.partition(".")[2] + (" of the site" if file.parent.name == "data" else "")
        sizes[kind] = sizes.get(kind, 0) + file.stat().st_size / 1e6
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Run(round(wall, 2), round(used, 2), round(peak / 1024, 1)), sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    options = parser.parse_args()
    project = write_project(ROOT / "build" / "bench-data", ROOT, options.count)
    whole = measured([sys.executable, "-m", "generator", "build", "--root", str(project)]).run
    own, sizes = downloads(project)
    print(f"{options.count} records       wall s    CPU s  peak MB")
    for name, found in (("whole build", whole), ("its downloads", own)):
        print(f"{name:18}{found.wall:10.2f}{found.cpu:9.2f}{found.memory:9.1f}")
    print(f"{'share':18}{own.wall / whole.wall:10.0%}{own.cpu / whole.cpu:9.0%}")
    for kind, size in sizes.items():
        print(f"{kind:24}{size:10.1f} MB")
    report = {
        "records": options.count,
        "wall": [whole.wall, own.wall],
        "cpu": [whole.cpu, own.cpu],
        "MB": {kind: round(size, 2) for kind, size in sizes.items()},
    }
    (ROOT / "build" / f"bench-data-{options.count}.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
