"""A destination on this machine. Nothing is changed in place: files are written beside, flushed and renamed."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

from generator.publication.destination import CURRENT, LIVE, RELEASE, RELEASES, Look
from generator.publication.turns import turn

_WAITING = 32
_CURRENT_NEW = ".current-new"
# Whatever the umask: a web server of another user reads them.
_FILE, _FOLDER = 0o644, 0o755


class Folder:
    """See `destination.Destination`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def alone(self, who: str) -> AbstractContextManager[None]:
        self._make(self.path / RELEASES)
        return turn(self.path, who)

    def look(self) -> Look:
        releases = self.path / RELEASES
        names = sorted(entry.name for entry in releases.iterdir()) if releases.is_dir() else []
        whole = tuple(name for name in names if RELEASE.fullmatch(name))
        current = self.path / CURRENT
        target = current.readlink().parts if current.is_symlink() else ()
        space = os.statvfs(self.path if self.path.is_dir() else self.path.parent)
        return Look(
            current=target[1] if target[1:2] and target[1] in whole else None,
            releases=whole,
            live=frozenset(name for name in whole if (releases / name / LIVE).exists()),
            unfinished=tuple(name for name in names if name.startswith(".")),
            free=space.f_bavail * space.f_frsize,
            free_files=space.f_favail if space.f_files else 1 << 40,  # some file systems do not count
            now=int(time.time()),
        )

    def read(self, path: str) -> bytes | None:
        file = self.path / path
        return file.read_bytes() if file.is_file() and not file.is_symlink() else None

    def listing(self, folder: str) -> dict[str, int | None]:
        base = self.path / folder
        return {path.relative_to(base).as_posix(): size for path, size in _walk(base)}

    def differing(self, folder: str, sums: Mapping[str, str]) -> set[str]:
        base = self.path / folder
        return {name for name, sha256 in sums.items() if _digest(base / name) != sha256}

    def fetch(self, folder: str, names: Iterable[str], into: Path) -> None:
        for name in names:
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.path / folder / name, into / name)

    def stage(self, source: Path, names: Iterable[str], folder: str, like: str | None, at: int) -> None:
        base = self.path / folder
        self._make(base)
        for name in names:
            self._make((base / name).parent)
            same = self.path / like / name if like else None
            if same and _digest(same) == _digest(source / name):
                (base / name).hardlink_to(same)
            else:
                _copied(source / name, base / name, at)

    def copy(self, source: str, names: Iterable[str], folder: str, like: str | None, at: int) -> None:
        self.stage(self.path / source, names, folder, like, at)

    def write(self, path: str, data: bytes) -> None:
        file = self.path / path
        beside = file.with_name(f".{file.name}-new")
        with beside.open("wb") as stream:
            os.fchmod(stream.fileno(), _FILE)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.rename(file)
        _flushed(file.parent)

    def move(self, old: str, new: str) -> None:
        (self.path / old).rename(self.path / new)
        _flushed((self.path / new).parent)

    def remove(self, path: str) -> None:
        found = self.path / path
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)

    def point(self, release: str) -> None:
        link = self.path / _CURRENT_NEW
        link.unlink(missing_ok=True)
        link.symlink_to(f"{RELEASES}/{release}/site")
        link.replace(self.path / CURRENT)
        _flushed(self.path)

    def flush(self, path: str) -> None:
        base = self.path / path
        with ThreadPoolExecutor(_WAITING) as waiting:  # a disk takes many at once: 550 files in 0.1 s, not 0.7
            list(waiting.map(_flushed, (base, *base.rglob("*"))))

    def _make(self, folder: Path) -> None:
        """A folder with those above it, below the destination and itself."""
        if folder.is_dir():
            return
        if folder != self.path:
            self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(_FOLDER)


def _walk(folder: Path) -> Iterator[tuple[Path, int | None]]:
    with os.scandir(folder) as found:
        for entry in found:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(path)
            else:
                yield path, entry.stat().st_size if entry.is_file(follow_symlinks=False) else None


def _digest(file: Path) -> str | None:
    if not file.is_file() or file.is_symlink():
        return None
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copied(source: Path, file: Path, at: int) -> None:
    """A copy with a time of change of its own: servers tell readers by time and size whether a file changed."""
    with source.open("rb") as read, file.open("xb") as stream:
        shutil.copyfileobj(read, stream)
        stream.flush()
        os.fchmod(stream.fileno(), _FILE)
        os.utime(stream.fileno(), (at, at))


def _flushed(path: Path) -> None:
    """A file, or a folder with its names, is on disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
