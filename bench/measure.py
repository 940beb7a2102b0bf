"""Runs a program and measures it: wall, CPU and memory of the process with all its children (Linux)."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_PAUSE = 0.1  # seconds between two looks at the memory, …
_REST = 20  # … or this many times what a look takes: it walks all pages, and must not slow what is measured


@dataclass(frozen=True)
class Run:
    """Seconds of wall clock and CPU, and the most memory in MB that the processes had together."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Done:
    """A run, what it printed, and the memory by time: seconds of the monotonic clock, MB."""

    run: Run
    said: str
    memory: tuple[tuple[float, float], ...]


class TooLong(Exception):
    """A program did not end within its limit; it was ended, with all that it had started."""


class Failed(SystemExit):
    """A program ended with a status other than 0."""


def measured(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    limit: float | None = None,
) -> Done:
    """Run a program to its end.

    Args:
        command: The program and its words.
        env: Its environment; that of this process when None.
        folder: Where it runs; here when None.
        limit: Seconds of wall clock that it may take; any when None.

    Raises:
        Failed: it failed; what it said to stderr has been seen.
        TooLong: it took longer than the limit.
    """
    seen: list[tuple[float, float]] = []
    start, used = time.monotonic(), _children()
    # a session of its own, so that all that it starts can be ended with it
    process = subprocess.Popen(
        command, env=env, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, over, seen))
    watch.start()
    try:
        said, _ = process.communicate(timeout=limit)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise TooLong from None
        raise
    finally:
        over.set()
        watch.join()
    wall, cpu = time.monotonic() - start, _children() - used
    if process.returncode:
        raise Failed(f"{' '.join(command[:4])} … failed (status {process.returncode})\n{said}")
    return Done(Run(round(wall, 2), round(cpu, 2), round(max(size for _, size in seen), 1)), said, tuple(seen))


def middle(runs: Sequence[Run]) -> Run:
    """The medians of each measure."""
    return Run(*(round(median(getattr(run, key) for run in runs), 2) for key in ("wall", "cpu", "memory")))


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _watch(pid: int, over: threading.Event, seen: list[tuple[float, float]]) -> None:
    while True:
        start = time.monotonic()
        seen.append((start, sum(map(_memory, _family(pid))) / 1024))
        if over.wait(max(_PAUSE, _REST * (time.monotonic() - start))):
            return


def _family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return
    for child in children:
        yield from _family(int(child))


def _memory(pid: int) -> int:
    """Kilobytes, what processes share counted once among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
