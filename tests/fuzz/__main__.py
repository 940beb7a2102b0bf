"""Feed every target for a time, guided by what code it reaches: `make fuzz` (Linux, with clang's fuzzer in atheris).

Each target runs in a process of its own, begins with the files that its kind of text is found in, and ends at the
first input that it cannot take: a crash, an unclassified error, more than a second, more than 2 GB. Such an input is
kept in build/fuzz/. Prints how many inputs each was fed.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence

from tests.conftest import ROOT
from tests.fuzz.targets import TARGETS

FOLDER = ROOT / "build" / "fuzz"
MOST_SECONDS = 1  # for one input
MOST_MEGABYTES = 2048
_DONE = re.compile(r"Done (\d+) (?:runs )?in (\d+) second")
_UNDER_WAY = re.compile(r"(?m)^#(\d+)\s")


def seeds(name: str) -> list[bytes]:
    """Inputs to begin with: real records and the tests' cases; for a parser the values in them."""
    files = [
        path.read_bytes()
        for folder in (ROOT / "content", ROOT / "tests" / "cases")
        for path in sorted(folder.rglob("*.yml"))
    ]
    if name in ("load", "form"):
        return files
    words = {line.partition(b": ")[2].strip(b" \"'") for data in files for line in data.splitlines()}
    return sorted(word for word in words if 0 < len(word) < 60)


def feed(name: str, seconds: int) -> tuple[int, int, bool]:
    """How many inputs a target was fed, in how many seconds, and whether all was well."""
    corpus, found = FOLDER / name / "corpus", FOLDER / name / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number:04}").write_bytes(data)
    words = [sys.executable, "-m", "tests.fuzz.one", name, f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}"]
    words += [f"-rss_limit_mb={MOST_MEGABYTES}", "-max_len=65536", f"-artifact_prefix={found}/", str(corpus)]
    with (FOLDER / name / "said.txt").open("w", encoding="utf-8") as said:
        ended = subprocess.run(words, cwd=ROOT, stdout=said, stderr=said, check=False).returncode
    told = (FOLDER / name / "said.txt").read_text("utf-8", "replace")
    if done := _DONE.search(told):
        return int(done[1]), int(done[2]), ended == 0
    fed = [int(match) for match in _UNDER_WAY.findall(told)]
    return max(fed, default=0), seconds, False


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together (default 600)")
    parser.add_argument("names", nargs="*", choices=[*TARGETS, []], help="targets (default all)")
    options = parser.parse_args(words)
    names = options.names or list(TARGETS)
    status = 0
    print("| target | inputs | seconds | outcome |\n|---|---:|---:|---|")
    for name in names:
        fed, seconds, well = feed(name, max(1, options.seconds // len(names)))
        outcome = "nothing found" if well else f"see build/fuzz/{name}/said.txt"
        print(f"| `{name}` | {fed:,} | {seconds} | {outcome} |", flush=True)
        status = status or int(not well)
    return status


if __name__ == "__main__":
    sys.exit(main())
