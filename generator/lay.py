"""Lay files into a staged part of the site: each with its seal, and with its compressed form where it has one.

A file that is the same in the site that is there is linked to it, not written: its times stay, and it costs nothing.
"""

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from generator.compress import compressed, is_due
from generator.seal import Sealed, sealed
from generator.urls import PACKED


class Layer:
    """Lays files below `staged`; `sealed` has what lies there.

    `last` is the site that is there, `before` what it is known to hold, by path.
    """

    def __init__(self, staged: Path, last: Path, before: Mapping[str, Sealed]) -> None:
        self.staged = staged
        self.last = last
        self.before = before
        self.sealed: dict[str, Sealed] = {}
        self._folders: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Lay a file and its compressed form.

        Raises:
            ValueError: two files of one path, or a path that leads out of the site (a fault of the plan).
        """
        facts = sealed(data)
        same = self.before.get(path) == facts and self._holds(path, data)
        self._lay(path, data, facts, same=same)
        if is_due(path, len(data)):
            beside = path + PACKED
            if same and beside in self.before and (packed := self._read(beside)) is not None:
                if sealed(packed) == self.before[beside]:
                    self._lay(beside, packed, self.before[beside], same=True)
                    return
            packed = compressed(data)
            self._lay(beside, packed, sealed(packed), same=False)

    def _lay(self, path: str, data: bytes, facts: Sealed, *, same: bool) -> None:
        place = self._place(path)
        self.sealed[path] = facts
        if same and _linked(os.path.join(self.last, path), place):
            return
        with open(place, "xb") as stream:
            stream.write(data)

    def take(self, path: str, file: Path, facts: Sealed) -> None:
        """Move a finished file of this machine to its place, or link the one that is there if it is the same."""
        place = self._place(path)
        self.sealed[path] = facts
        last = os.path.join(self.last, path)
        if self.before.get(path) == facts and _same(last, file) and _linked(last, place):
            return
        os.replace(file, place)

    def keep(self, path: str) -> None:
        """Lay the file that the site has.

        Raises:
            KeyError, OSError: it is not there.
        """
        place = self._place(path)
        self.sealed[path] = self.before[path]
        last = os.path.join(self.last, path)
        if os.lstat(last).st_size != self.before[path].size:
            raise OSError(f"not as it was: {path}")
        os.link(last, place)

    def _place(self, path: str) -> str:
        parts = PurePosixPath(path).parts
        if path in self.sealed or not parts or ".." in parts or path.startswith("/"):
            raise ValueError(f"two files, or a way out of the site: {path!r}")
        folder = os.path.join(self.staged, *parts[:-1])
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        return os.path.join(folder, parts[-1])

    def _read(self, path: str) -> bytes | None:
        try:
            with open(os.path.join(self.last, path), "rb") as stream:
                return stream.read()
        except OSError:
            return None

    def _holds(self, path: str, data: bytes) -> bool:
        return self._read(path) == data


def _linked(last: str, place: str) -> bool:
    """Whether the file could be linked; some file systems have no links."""
    try:
        os.link(last, place, follow_symlinks=False)
    except OSError:
        return False
    return True


def _same(last: str, file: Path) -> bool:
    """Whether two files have the same bytes."""
    try:
        with open(last, "rb") as one, file.open("rb") as other:
            while part := one.read(1 << 20):
                if other.read(1 << 20) != part:
                    return False
            return not other.read(1)
    except OSError:
        return False
