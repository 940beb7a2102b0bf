"""Lay files into a staged part of the site: each with its seal, and with its compressed form where it has one.

A file that is the same in the site that is there is not written: it is linked to it, or left where it is.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.exports.compress import compressed, is_due
from generator.site.file_names import file_names
from generator.site.kept import NotKept
from generator.site.seal import Sealed, sealed
from generator.words.urls import PACKED


class Layer:
    """Lays files below `staged`; `sealed` has what the part is made of.

    `last` is the site that is there, `before` what it is known to hold, by path. `whole` says that all files are laid,
    as the staged folder becomes the site; otherwise those that the last site has as they are stay there.
    """

    def __init__(self, staged: Path, last: Path, before: Mapping[str, Sealed], *, whole: bool) -> None:
        self.staged = staged
        self.last = last
        self.before = before
        self.whole = whole
        self.sealed: dict[str, Sealed] = {}
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
        self._seal(path, facts)
        if same and not self.whole:
            return
        place = self._place(path)
        if not (same and _linked(f"{self.last}/{path}", place)):
            with Path(place).open("xb") as stream:
                stream.write(data)

    def take(self, path: str, file: Path, facts: Sealed) -> None:
        """Lay a file that is finished and is never written into again."""
        self._seal(path, facts)
        if not self.whole and _are_one(f"{self.last}/{path}", file):
            return
        place = self._place(path)
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

    def gone(self, entries: Iterable[str]) -> Iterator[str]:
        """The files below some entries of the last site's folder that the part has not."""
        for entry in entries:
            top = self.last / entry
            walked = top.is_dir() and not top.is_symlink()
            below = (f"{entry}/{name}" for name in file_names(top)) if walked else (entry,)
            yield from (name for name in below if name not in self.sealed)

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

    def _seal(self, path: str, facts: Sealed) -> None:
        if path in self.sealed or not path or path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"two files, or a way out of the site: {path!r}")
        self.sealed[path] = facts

    def _place(self, path: str) -> str:
        """Where a file is laid; its folder is there."""
        inside, _, name = path.rpartition("/")
        folder = f"{self.staged}/{inside}"
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{folder}/{name}"

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


def _are_one(one: str | Path, other: str | Path) -> bool:
    """Whether two names are those of one file."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False
