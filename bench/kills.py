"""A publisher killed before each operation on files, in turn: what readers get then, and what the next publisher does.

    python -m bench.kills

Each work is done once to count its operations, then once for each of them in a process that SIGKILL ends just before
that one. Counted are the calls of the interpreter that change files or flush them (`os.*`, opening, writing); the
product knows nothing of it. The files lie in memory where the system has such a folder: flushing thousands of times
to a disk takes minutes, and a killed process loses nothing that is not on disk yet.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from bench.small_sites import pruned, published, rolled_back, small_site
from generator.publication.destination import site_folder
from generator.publication.folder import Folder
from generator.publication.proof import destination_faults, site_faults
from generator.publication.releases import read_at
from generator.publication.turns import LOCK
from generator.words.problems import Stop

_CHANGES = frozenset(
    "chmod close fchmod fsync ftruncate link mkdir open posix_fallocate remove rename replace rmdir symlink "
    "truncate unlink utime write".split()
)
Work = Callable[[Path], object]


@dataclass(frozen=True)
class Struck:
    """How often a work was struck, how it ended (killed, stopped, done), and what was wrong afterwards."""

    what: str
    points: int
    ends: Counter[str]
    faults: tuple[str, ...]


def killed_there(_: Path) -> None:
    """What happens at a point: the process is gone."""
    os.kill(os.getpid(), signal.SIGKILL)


def _counting(limit: int, blow: Callable[[], None]) -> Callable[[], int]:
    """Count operations on files from here on; `blow` falls before number `limit`. Returns how to ask for the count."""
    count = 0

    def event(_: FrameType, kind: str, called: Any) -> None:
        nonlocal count
        if kind == "c_call" and called.__name__ in _CHANGES:
            count += 1
            if count == limit:
                blow()

    sys.setprofile(event)
    return lambda: count


def _in_a_process(work: Work, destination: Path, limit: int, blow: Callable[[Path], None]) -> str:
    """Do a work in a process of its own.

    Returns:
        How it ended: `killed`, `stopped` (it said that it could not), or its number of operations.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(read)
            asked = _counting(limit, lambda: blow(destination))
            try:
                work(destination)
                said = str(asked())
            except (OSError, Stop):
                said = "stopped"
            sys.setprofile(None)
            os.write(write, said.encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        ended = told.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    if os.WEXITSTATUS(status):
        raise RuntimeError("the work broke")
    return ended


def strike_everywhere(
    what: str,
    start: Path,
    work: Work,
    then: Work,
    blow: Callable[[Path], None] = killed_there,
    mended: Callable[[Path], None] = lambda _: None,
    every: int = 1,
) -> Struck:
    """Let a blow fall before each operation of a work, see what readers get, and let the next publisher work.

    Args:
        what: What the work is called.
        start: A destination as it is before the work.
        work: The work on a destination.
        then: What the next publisher does there.
        blow: What happens: the process is killed, or the disk is full.
        mended: What is done before the next publisher works.
        every: Strike before each operation, or before every so many.
    """
    with tempfile.TemporaryDirectory(dir=start.parent) as folder:
        whole = _in_a_process(work, _copy(start, Path(folder) / "whole"), 0, blow)
        shutil.rmtree(Path(folder) / "whole")
        faults: list[str] = []
        ends: Counter[str] = Counter()
        points = range(1, int(whole) + 1, every)
        for point in points:
            destination = _copy(start, Path(folder) / str(point))
            ended = _in_a_process(work, destination, point, blow)
            ends[ended if ended.isalpha() else "done"] += 1
            faults += [f"{point}: {fault}" for fault in _after(destination, start)]
            mended(destination)
            then(destination)
            faults += [f"{point}, next: {fault}" for fault in _next(destination)]
            shutil.rmtree(destination)
    return Struck(what, len(points), ends, tuple(faults))


def in_memory() -> str | None:
    """A folder of which the files are in memory, if the system has one."""
    folder = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    return str(folder) if os.access(folder, os.W_OK) else None


def _copy(start: Path, destination: Path) -> Path:
    if start.is_dir():
        shutil.copytree(start, destination, symlinks=True)
    return destination


def _after(destination: Path, start: Path) -> Iterator[str]:
    """What is wrong with what readers get, or lost of what they got before."""
    before, now = Folder(start).look(), Folder(destination).look()
    if before.current is None and now.current is None:
        return  # nothing was published, and nothing half is
    if now.current is None:
        yield "readers get nothing"
        return
    release = read_at(Folder(destination), now.current)[1]
    yield from site_faults(Folder(destination), site_folder(now.current), release)
    if release.serial not in (int(before.current or 0), int(before.current or 0) + 1):
        yield f"readers get {now.current} after {before.current}"


def _next(destination: Path) -> Iterator[str]:
    yield from destination_faults(Folder(destination), None)
    yield from (f"left {name}" for name in Folder(destination).look().unfinished)
    beside = {path.name for path in destination.iterdir()}
    yield from (f"left {name}" for name in beside - {"current", "releases", LOCK})


def kinds_of_work(folder: Path) -> Iterator[tuple[str, Path, Work]]:
    """Each work with its name and the destination before it."""
    sites = [small_site(folder / f"site{number}", number) for number in range(8)]
    none, one, many = folder / "none", folder / "one", folder / "many"
    none.mkdir()
    published(sites[0], one)
    for site in sites[:3]:
        published(site, many)
    yield "the first publish", none, lambda at: published(sites[5], at)
    yield "publish", one, lambda at: published(sites[5], at)
    yield "publish, with a prune", many, lambda at: published(sites[5], at, keep=2)
    yield "rollback", many, rolled_back
    yield "prune", many, lambda at: pruned(at, 1)


def next_publisher(folder: Path) -> Work:
    site = small_site(folder / "next", 99)
    return lambda at: published(site, at)


def main() -> int:
    """Kill everything everywhere; the exit status is 1 when something was wrong."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        then = next_publisher(Path(folder))
        found = [strike_everywhere(what, start, work, then) for what, start, work in kinds_of_work(Path(folder))]
    for struck in found:
        print(f"{struck.what}: killed at {struck.ends['killed']} points, {len(struck.faults)} faults")
        print("".join(f"  {fault}\n" for fault in struck.faults[:20]), end="")
    return int(any(struck.faults for struck in found))


if __name__ == "__main__":
    sys.exit(main())
