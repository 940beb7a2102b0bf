"""Put a proved site in the place of the last one; one build at a time."""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.site.file_names import file_names
from generator.words.problems import BusyStop

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


def _ready(site: Path) -> Path:
    """Where files of a new site lie that are all there and only need to be put in place."""
    return site.with_name(f"{site.name}.ready")


def _gone(site: Path) -> Path:
    """The names of the files that the new site has no more."""
    return site.with_name(f"{site.name}.gone")


def recover(site: Path) -> None:
    """Clean up after an interrupted run: the last good site is whole again, or the new one if it was ready."""
    if _ready(site).exists():
        _put_in_place(site)
    if _last(site).exists() and not site.exists():
        _last(site).rename(site)
    for left in (_last(site), staging(site)):
        if left.exists():
            shutil.rmtree(left)
    _gone(site).unlink(missing_ok=True)


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


def swap_files(site: Path, gone: Iterable[str]) -> None:
    """The staged files take the places of those of the site; all others stay, but for some.

    It is a rename for each file: whoever reads the site meanwhile may see some files old and some new. What is
    interrupted goes on with the next `recover`.

    Args:
        site: The site.
        gone: The files that it is to have no more.
    """
    _gone(site).write_text(json.dumps(sorted(gone)), "utf-8")
    staging(site).rename(_ready(site))
    recover(site)


def _put_in_place(site: Path) -> None:
    """Each step may be the last before an interruption, and may be taken again."""
    for name in _names_of_gone(site):
        _remove(site, name)
    for name in file_names(_ready(site)):
        _put(site, name)
    shutil.rmtree(_ready(site))


def _names_of_gone(site: Path) -> list[str]:
    """The files to remove; none where a power cut lost the list, or an older version wrote none.

    What then stays too long goes with the next build: it has no note of such a site and makes all of it anew.
    """
    try:
        return list(json.loads(_gone(site).read_text("utf-8")))
    except (OSError, ValueError):
        return []


def _put(site: Path, name: str) -> None:
    """Put a file that is ready in its place."""
    place = site / name
    place.parent.mkdir(parents=True, exist_ok=True)
    (_ready(site) / name).replace(place)


def _remove(site: Path, name: str) -> None:
    """Remove a file of the site, and the folders that then hold nothing."""
    file = site / name
    if file.is_file() or file.is_symlink():  # when it is taken again, a new folder may stand in its place
        file.unlink()
    for folder in file.parents:
        if folder == site or (folder.is_dir() and any(folder.iterdir())):
            return
        if folder.is_dir():
            folder.rmdir()


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, as Linux can; False where it cannot be done."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
