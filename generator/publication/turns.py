"""Whose turn it is to publish: one at a time, here and from elsewhere alike (`far.sh` keeps the same turns).

DEST/.lock holds numbered files; the highest says who is at work, or is empty when nobody is. A turn is taken
by linking a complete file under the next number, which only one can do. A publisher that ended without
giving back its turn is known by its process, which is gone.
"""

import getpass
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.words.problems import BusyStop, visible

LOCK = ".lock"
_LINES = 5  # of the file of a turn: who, since when, process, machine, the machine's run
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def publisher() -> str:
    """Who publishes, as another is told: user and machine."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user that has no name
        user = str(os.getuid())
    return f"{user}@{os.uname().nodename}"


@contextmanager
def turn(destination: Path, who: str) -> Iterator[None]:
    """Hold the turn at a folder of this machine.

    Raises:
        BusyStop: another holds it; the message says who, since when, and by which process.
    """
    lock = destination / LOCK
    lock.mkdir(mode=0o755, exist_ok=True)
    mine = _take(lock, who)
    for path in lock.iterdir():
        if path != mine:  # turns of before, and what a publisher left that ended while it asked for one
            path.unlink(missing_ok=True)
    try:
        yield
    finally:
        mine.write_bytes(b"")


def _take(lock: Path, who: str) -> Path:
    ticket = lock / f"ticket-{os.getpid()}"
    ticket.write_text(_said(who), "utf-8")
    try:
        last = max(_numbers(lock), default=0)
        if last:
            _refuse_busy((lock / str(last)).read_text("utf-8"))
        mine = lock / str(last + 1)
        mine.hardlink_to(ticket)
        if max(_numbers(lock)) != last + 1:  # others took turns since we looked
            mine.unlink()
            raise FileExistsError
    except (FileExistsError, FileNotFoundError):
        raise BusyStop(busy("")) from None
    finally:
        ticket.unlink(missing_ok=True)
    return mine


def _numbers(lock: Path) -> list[int]:
    return [int(path.name) for path in lock.iterdir() if path.name.isdigit()]


def _said(who: str) -> str:
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return f"{who}\n{since}\n{os.getpid()}\n{os.uname().nodename}\n{_boot()}\n"


def _boot() -> str:
    """The machine's run since it was started: after a restart no process of before is at work."""
    return _BOOT.read_text("ascii").strip() if _BOOT.exists() else "-"


def _refuse_busy(said: str) -> None:
    lines = said.splitlines()
    if len(lines) != _LINES:
        return  # given back
    _, _, process, machine, boot = lines
    if machine == os.uname().nodename and (boot != _boot() or not _runs(int(process))):
        return  # it ended without giving back
    raise BusyStop(busy(said))


def busy(said: str) -> str:
    """What a second publisher is told of the first: what the file of its turn says, if it was there already."""
    lines = said.splitlines()
    if len(lines) != _LINES:
        return "另一次发布刚刚开始，等它结束再试。（another publisher has just begun）"
    who, since, process, machine, _ = map(visible, lines)
    return (
        f"另一次发布正在进行：{who}，{since} 开始（{machine} 的进程 {process}）。等它结束再试。"
        f"（another publisher is at work: {who}, since {since}, process {process} on {machine}）"
    )


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
