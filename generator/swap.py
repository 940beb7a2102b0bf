"""Put a proved site in the place of the last one; one build at a time."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.problems import BusyStop

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def alone_in(build: Path) -> Iterator[None]:
    """Hold the build folder against a second build.

    Raises:
        BusyStop: another build holds it.
    """
    build.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # no such lock there
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    with (build / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyStop("另一个生成正在进行，等它结束再试。（another build is at work）") from None
        yield


def staging(site: Path) -> Path:
    """Where a new site is built: beside the last good one."""
    return site.with_name(f"{site.name}.new")


def _last(site: Path) -> Path:
    return site.with_name(f"{site.name}.old")


def recover(site: Path) -> None:
    """Clean up after an interrupted run: the last good site is whole again."""
    if _last(site).exists() and not site.exists():
        _last(site).rename(site)
    for left in (_last(site), staging(site)):
        if left.exists():
            shutil.rmtree(left)


def swap(site: Path) -> None:
    """The staged site becomes the site.

    Where the system can exchange two folders there is a whole site at every moment. Elsewhere there is
    none between two renames; the last one then lies beside it, and `recover` puts it back.
    """
    if not site.exists():
        staging(site).rename(site)
    elif not _exchanged(staging(site), site):
        site.rename(_last(site))
        staging(site).rename(site)
    recover(site)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, as Linux can; False where it cannot be done."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
