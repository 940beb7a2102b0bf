"""Times our build, and other site generators that make pages of equal content of the same records.

One run measures all of them in turn, since machines differ, and drift: only the ratios are worth quoting. Ours checks
every record, makes pages, search and downloads, and proves them; the peers make pages alone. Of a sample of records the
peers' pages must hold the very words that ours do in the form. Peers are installed below build/, and one that needs
longer than the limit is ended. Prints Markdown tables and writes build/bench-N.json.
"""

import argparse
import compileall
import json
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.aside import put_aside, remove_what_is_aside
from bench.build_peers.eleventy import eleventy
from bench.build_peers.facts import all_facts
from bench.build_peers.hugo import hugo
from bench.build_peers.peer import Peer, as_json, as_yaml, frames
from bench.build_peers.sameness import bytes_a_page, hold_same, sample
from bench.build_peers.stock import stock
from bench.build_table import HUGO, Json, Results, report_of, tables
from bench.install import install_node, install_python
from bench.records import write_project
from bench.ways import COLD, OURS, RECORD, Way, edited_record, our_ways, peer_ways, take

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench"
WORK = FOLDER / "work"  # the projects
LOCKED = Path(__file__).parent / "build_peers"
GROWTH = (2, 4)


def copy_program(folder: Path) -> Path:
    """The generator in a folder of its own, so that a template can be changed; compiled, as after its first run."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("generator", "docs"):  # docs: the editors' guide is a page of the site
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder / "generator", quiet=1)
    return folder


def write_peers(project: Path) -> list[Peer]:
    """The peers' projects, from a project that was built; the peers are installed, once."""
    installed, packages = FOLDER / "peers", install_node(LOCKED, FOLDER / "node")
    install_python(LOCKED / "peers.txt", installed)
    layouts = frames(project / "build" / "site")
    content = project / "content"
    return [
        hugo(HUGO, WORK / "hugo", all_facts(content), layouts, as_json, installed),
        hugo(f"{HUGO}, YAML", WORK / "hugo-yaml", all_facts(content), layouts, as_yaml, installed),
        eleventy(WORK / "eleventy", all_facts(content), layouts, packages),
        stock(WORK / "mkdocs", project / "build" / "site"),
    ]


class Bench:
    """The ways of one project, measured in turn; a peer that took too long or failed is not asked again."""

    def __init__(self, count: int, limit: float, given_up: set[str]) -> None:
        put_aside(WORK)
        self.project = write_project(WORK / "project", ROOT, count)
        content = self.project / "content"
        files = sorted(content.glob("*/*/*/[0-9]*.yml"))
        self.identities = [file.relative_to(content).with_suffix("").as_posix() for file in files]
        self.edited = edited_record(content)
        self.limit = limit
        self.given_up = given_up
        self.results: Results = {}
        self.page_bytes: dict[str, int] = {}

    def run(self, program: Path, runs: int, write_their: Callable[[Path], list[Peer]], *, only_cold: bool) -> None:
        """Every way, one after the other, so many times over."""
        ours = our_ways(self.project, program, self.edited)
        ours = [way for way in ours if way.cold or not only_cold]
        peers: list[Peer] = []
        theirs: list[Way] = []
        for turn in range(1, runs + 1):
            for way in ours:
                self._take(way, turn)
                if turn == 1 and way.name == COLD:
                    peers = write_their(self.project)
                    theirs = [way for peer in peers for way in peer_ways(peer, self.edited)]
                    theirs = [way for way in theirs if way.cold or not only_cold]
                for other in theirs:
                    if other.name == way.name:
                        self._take(other, turn)
                if turn == 1 and way.name == COLD:
                    self._hold_same(way.site, peers)

    def _take(self, way: Way, turn: int) -> None:
        if way.tool in self.given_up:
            return
        taken = take(way, turn, self.limit)
        if isinstance(taken, str):
            self.given_up.add(way.tool)
        elif way.name == RECORD and not self.edited.seen_in(way.site, turn):
            raise SystemExit(
                f"{way.tool}, {way.name}: the page of {self.edited.identity} does not say what the record does"
            )
        self.results.setdefault(way.tool, {}).setdefault(way.name, []).append(taken)
        print(f"{len(self.identities)} records, turn {turn}, {way.tool}, {way.name}: {taken}", file=sys.stderr)

    def _hold_same(self, site: Path, peers: Sequence[Peer]) -> None:
        """The peers' pages against ours, before anything changed."""
        records = sample(self.identities)
        self.page_bytes[OURS] = bytes_a_page(site, records)
        for peer in peers:
            if peer.name not in self.given_up:
                hold_same(peer.name, peer.site, site, records)
                self.page_bytes[peer.name] = bytes_a_page(peer.site, records)
                print(f"{peer.name}: {len(records)} forms say what ours do", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000, help="records (default 2000)")
    parser.add_argument("--runs", type=int, default=3, help="turns (default 3); larger numbers of records have one")
    parser.add_argument("--limit", type=float, default=600, help="seconds that a peer may take (default 600)")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True, help="measure the peers")
    parser.add_argument(
        "--growth", action=argparse.BooleanOptionalAction, default=True, help="also two and four times as many records"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # as Ctrl-C: what is measured now ends too
    program = copy_program(FOLDER / "program")
    write_their = write_peers if options.peers else lambda _: []
    remove_what_is_aside()  # of an interrupted run
    given_up: set[str] = set()
    results: dict[int, Results] = {}
    page_bytes: dict[str, int] = {}
    report: Json = {}
    for times in (1, *(GROWTH if options.growth else ())):
        bench = Bench(options.count * times, options.limit, given_up)
        bench.run(program, options.runs if times == 1 else 1, write_their, only_cold=times > 1)
        results[options.count * times] = bench.results
        page_bytes = page_bytes or bench.page_bytes
        report = report_of(results, page_bytes, options.limit)  # each time: the larger ones may take hours
        file = ROOT / "build" / f"bench-{options.count}.json"
        file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(tables(report))
    put_aside(WORK)
    remove_what_is_aside()


if __name__ == "__main__":
    main()
