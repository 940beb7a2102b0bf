"""Times what is done with every record before a rule looks at it: find, load, validate.

All steps run over the same generated records, in one process; times are of the processor, the best
of several runs, in milliseconds a record. Only ratios are worth quoting: machines differ, and drift.
"""

import argparse
import gc
import resource
import time
from collections.abc import Callable
from pathlib import Path

from bench.records import write_project
from generator.reading.find import find_content
from generator.reading.load import load_file
from generator.reading.model import Declaration, Evaluation
from generator.reading.reader import read_content
from generator.reading.validate import validate
from generator.words.text import decode

ROOT = Path(__file__).parent.parent


def best(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the processor that the fastest run takes; nothing is left over for the next."""
    found = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each step (default 5)")
    options = parser.parse_args()
    project = write_project(ROOT / "build" / "bench", ROOT, options.count)
    content = project / "content"
    files, _ = find_content(project, content)
    records = [
        (Declaration if disclosure.kind == "targets" else Evaluation, file)
        for centre in files.centres
        for disclosure in centre.disclosures
        for _, file in disclosure.records
    ]
    trees = [(model, load_file(file.path, file.file).tree) for model, file in records]

    # `all` keeps nothing, and would stop at a record with a problem
    steps: dict[str, Callable[[], object]] = {
        "find": lambda: find_content(project, content),
        "decode": lambda: all(decode(file.path.read_bytes(), file.file) for _, file in records),
        "load, with decode": lambda: all(load_file(file.path, file.file) for _, file in records),
        "validate": lambda: all(tree and validate(model, tree) for model, tree in trees),
        "all, and kept": lambda: read_content(find_content(project, content)[0]),
    }
    print(f"{len(records)} records, {options.runs} runs     ms a record")
    for step, work in steps.items():
        print(f"{step:28}{best(options.runs, work) / len(records) * 1000:12.3f}")
    print(f"peak memory, MB             {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:12.1f}")


if __name__ == "__main__":
    main()
