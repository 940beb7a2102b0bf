"""What `make bench` measures: each way to build, ours and the peers', and what is done before each."""

import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.aside import put_aside
from bench.build_peers.peer import Peer
from bench.measure import Failed, Run, TooLong, measured

OURS = "ours"
COLD, SAME, RECORD, TEMPLATE = "cold", "no change", "one record changed", "one template changed"
PAGES = "pages alone"  # read, render and write the pages that peers make; no search, downloads, proofs
_WORDS = "又改。"  # a sentence without figures, of which checks have nothing to say
_MB = 1_000_000


@dataclass(frozen=True)
class Way:
    """One way to build.

    Attributes:
        tool: Whose it is.
        name: What it is called in tables.
        command: The program and its words.
        folder: Where it runs.
        writes: The folder that it writes into.
        site: The folder of the pages, in `writes`.
        cold: Whether it begins without what earlier runs wrote.
        change: What changes before it; given how often that was so.
        env: Its environment; that of this process when None.
    """

    tool: str
    name: str
    command: tuple[str, ...]
    folder: Path
    writes: Path
    site: Path
    cold: bool = False
    change: Callable[[int], None] | None = None
    env: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Taken:
    """What a run took; how much of `writes` is new with it, MB and files; the pages of the whole site."""

    run: Run
    written: float
    files: int
    pages: int


def take(way: Way, turn: int, limit: float) -> Taken | str:
    """Run a way once; in words when it took too long, or failed.

    Args:
        way: The way.
        turn: Which turn it is, from 1.
        limit: Seconds that a peer may take; ours may take any.
    """
    if way.cold:
        put_aside(way.writes)
    if way.change:
        way.change(turn)
    began = time.time() - 0.05  # a file's time is that of the clock's last tick
    try:
        done = measured(way.command, way.env, way.folder, None if way.tool == OURS else limit)
    except TooLong:
        return f"more than {limit:,.0f} s"
    except Failed as failure:
        if way.tool == OURS:
            raise
        print(failure, file=sys.stderr)
        return "failed"
    written = [file.stat() for file in way.writes.rglob("*") if file.is_file()]
    new = [found.st_size for found in written if found.st_mtime >= began]
    return Taken(done.run, round(sum(new) / _MB, 2), len(new), sum(1 for _ in way.site.rglob("index.html")))


@dataclass(frozen=True)
class Edited:
    """The record that changes: its id, and the end of its goals, behind which each turn stands a sentence more."""

    identity: str
    words: str

    def in_file(self, file: Path) -> Callable[[int], None]:
        """The change in a record's file, or in whatever a peer's page is made of."""

        def change(turn: int) -> None:
            text = file.read_text("utf-8")
            told, count = re.subn(f"{re.escape(self.words)}(?:{_WORDS})*", self.words + _WORDS * turn, text)
            if count != 1 or told == text:
                raise SystemExit(f"{file}: the end of the goals is expected once, not {count} times")
            file.write_text(told, "utf-8")

        return change

    def seen_in(self, site: Path, turn: int) -> bool:
        """Whether the page of a built site says what the record says in this turn."""
        return f"{self.words}{_WORDS * turn}<" in (site / self.identity / "index.html").read_text("utf-8")


def edited_record(content: Path) -> Edited:
    """A declaration in the middle of all."""
    files = sorted(content.glob("*/*/targets/[0-9]*.yml"))
    file = files[len(files) // 2]
    goals = yaml.load(file.read_bytes(), yaml.CSafeLoader)["objectives"]["annual"]
    return Edited(file.relative_to(content).with_suffix("").as_posix(), goals.strip()[-24:])


def our_ways(project: Path, program: Path, edited: Edited) -> list[Way]:
    """Ours, as a user runs it. `program` is a copy of the generator, so that a template can be changed."""

    def way(name: str, *words: str, cold: bool = False, change: Callable[[int], None] | None = None) -> Way:
        command = (sys.executable, "-m", "generator", "build", "--root", str(project), *words)
        return Way(OURS, name, command, program, project / "build", project / "build" / "site", cold, change)

    root = Path(__file__).parent.parent
    alone = (sys.executable, "-m", "bench.pages_alone", str(project))
    return [
        Way(OURS, PAGES, alone, root, project / "build", project / "build" / "site", cold=True),
        way(COLD, cold=True),
        way(SAME),
        way(RECORD, change=edited.in_file(project / "content" / f"{edited.identity}.yml")),
        way(TEMPLATE, change=_template_change(program / "generator" / "templates" / "declaration.md.j2")),
    ]


def peer_ways(peer: Peer, edited: Edited) -> list[Way]:
    """A peer's: the whole site from nothing, and after one record changed."""

    def way(name: str, command: tuple[str, ...], cold: bool, change: Callable[[int], None] | None) -> Way:
        return Way(peer.name, name, command, peer.project, peer.site, peer.site, cold, change, peer.env)

    return [
        way(COLD, peer.cold, True, None),
        way(RECORD, peer.again, False, edited.in_file(peer.source(edited.identity))),
    ]


def _template_change(template: Path) -> Callable[[int], None]:
    """A line more, each turn, at the foot of every declaration."""
    own = template.read_text("utf-8")

    def change(turn: int) -> None:
        template.write_text(f'{own}<p class="note">{_WORDS * turn}</p>\n', "utf-8")

    return change
