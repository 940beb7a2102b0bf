"""Lay files into a staged part of the site: each with its seal, and with its compressed form where it has one.

A file that is the same in the site that is there is linked to it, not written: its times stay, and it costs nothing.
"""

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.exports.compress import compressed, is_due
from generator.site.kept import NotKept
from generator.site.seal import Sealed, sealed
from generator.words.urls import PACKED

_NO_NAMES = ("", ".", "..")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class Layer:
    """Lays files below `staged`; `sealed` has what lies there.

    `last` is the site that is there, `before` what it is known to hold, by path.
    """

    def __init__(self, staged: Path, last: Path, before: Mapping[str, Sealed]) -> None:
        self.staged = staged
        self.last = last
        self.before = before
        self.sealed: dict[str, Sealed] = {}
        self._base = str(staged)
        self._folders: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Lay a file and its compressed form.

        Raises:
            ValueError: two files of one path, or a path that leads out of the site (a fault of the plan).
        """
        facts = sealed(data)
        same = self.before.get(path) == facts and self._last(path) == data
        self._lay(path, data, facts, same=same)
        if is_due(path, len(data)):
            beside = path + PACKED
            packed = self._last(beside) if same else None
            stands = packed is not None and self.before.get(beside) == sealed(packed)
            data = packed if packed is not None and stands else compressed(data)
            self._lay(beside, data, sealed(data), same=stands)

    def _lay(self, path: str, data: bytes, facts: Sealed, *, same: bool) -> None:
        place = self._place(path)
        self.sealed[path] = facts
        if not (same and _linked(f"{self.last}/{path}", place)):
            _write(place, data)

    def take(self, path: str, file: Path, facts: Sealed) -> None:
        """Lay a file that is finished and is never written into again."""
        place = self._place(path)
        self.sealed[path] = facts
        if not _linked(file, place):
            shutil.copyfile(file, place)

    def keep(self, path: str) -> None:
        """Lay the file that the site has, and its compressed form; a seal is the known one if the size is still so.

        Raises:
            NotKept: it is not there.
        """
        size = self._keep(path)
        if is_due(path, size):
            self._keep(path + PACKED)

    def _keep(self, path: str) -> int:
        """Lay one file that the site has; gives its size in bytes."""
        file = Path(f"{self.last}/{path}")
        known = self.before.get(path)
        try:
            size = file.lstat().st_size
        except FileNotFoundError:
            raise NotKept(path) from None
        self.take(path, file, known if known and known.size == size else sealed(file.read_bytes()))
        return size

    def _place(self, path: str) -> str:
        folder, _, name = path.rpartition("/")
        if path in self.sealed or name in _NO_NAMES:
            raise ValueError(f"two files, or no file: {path!r}")
        if folder not in self._folders:
            if path.startswith("/") or ".." in folder.split("/"):
                raise ValueError(f"a way out of the site: {path!r}")
            Path(f"{self._base}/{folder}").mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._base}/{path}"

    def _last(self, path: str) -> bytes | None:
        """What the site that is there has at a path."""
        try:
            return Path(f"{self.last}/{path}").read_bytes()
        except OSError:
            return None


def _linked(last: str | Path, place: str) -> bool:
    """Whether the file could be linked; some file systems have no links."""
    try:
        os.link(last, place, follow_symlinks=False)
    except OSError:
        return False
    return True


def _write(place: str, data: bytes) -> None:
    """Create a file with no more than the system is asked for: it is done seven times for each record."""
    file = os.open(place, _NEW, 0o666)
    try:
        if os.write(file, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), place)
    finally:
        os.close(file)
