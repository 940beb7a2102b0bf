"""SHA-256 of files, kept between runs: a file is read again only when it may have changed.

A file is known by size, inode and the times of its last changes, as git knows it. The time of its last change of
any kind (ctime) is the system's: no program sets it, so a file that was touched, restored or swapped is noticed. One
that changed just before it was read is read again the next time: it might change once more within the same tick.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from stat import S_ISREG

from generator.site.file_names import file_names
from generator.site.kept import Kept

# ns: the coarsest clock of a file system (FAT); where times are finer than a millisecond they are those of the kernel's
# clock, which ticks a hundred times a second or more.
_TICK, _FINE_TICK = 2_000_000_000, 20_000_000

_NAME = "fingerprints"

Mark = tuple[int, int, int, int, int]


class Fingerprints:
    """The digests of files and of groups of files, as a build keeps them for the next one.

    A digest is kept under what its files are known by.
    """

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.known: dict[str, tuple[str, str]] = kept.get(_NAME, _NAME) or {}
        self.seen: dict[str, tuple[str, str]] = {}
        self.marks: dict[str, Mark | None] = {}

    def of(self, path: str | Path) -> str:
        """The SHA-256 of a file; `-` for what is none, or is missing."""
        path = str(path)
        return self._of(path, (path,), lambda: _read(path))

    def of_all(self, root: Path, files: Iterable[str]) -> str:
        """One digest of files by their names below `root`; where one may have changed, all of them are read."""
        names = tuple(files)
        paths = tuple(f"{root}/{name}" for name in names)

        def read() -> str:
            return _together(f"{_read(path)} {name}" for name, path in zip(names, paths, strict=True))

        return self._of("\n" + "".join(paths[:1]), paths, read)  # a group is known by its first file

    def of_tree(self, folder: Path) -> str:
        """One digest of all files below a folder, by their names."""
        return self.of_all(folder, sorted(name for name in file_names(folder) if "__pycache__" not in name))

    def _of(self, name: str, paths: tuple[str, ...], read: Callable[[], str]) -> str:
        """What `read` says of files, by the name under which it is kept."""
        marks = [_mark(path) for path in paths]
        self.marks.update(zip(paths, marks, strict=True))
        mark = _state(marks, paths)
        known = self.known.get(name)
        if known and known[0] == mark:
            self.seen[name] = known
            return known[1]
        now = time.time_ns()
        digest = read()
        if all(each is None or _is_settled(each, now) for each in marks):
            self.seen[name] = mark, digest
        return digest

    def learn(self, path: Path, digest: str) -> None:
        """Know the SHA-256 of a file without reading it: whoever wrote it says so."""
        mark = _mark(str(path))
        if mark and _is_settled(mark, time.time_ns()):
            self.seen[str(path)] = _state([mark], (str(path),)), digest

    def stand(self, root: Path, files: Iterable[str]) -> bool:
        """Whether files are still what they were when their digests were asked for; what was read since is theirs."""
        return all(self.marks[path] == _mark(path) for path in (f"{root}/{file}" for file in files))

    def save(self) -> None:
        """Keep the digests that were asked for."""
        if self.seen != self.known:
            self.kept.put(_NAME, _NAME, self.seen)
            self.known = dict(self.seen)


def _is_settled(mark: Mark, now: int) -> bool:
    """Whether any later change of a file will have another time."""
    _, _, modified, changed, _ = mark
    return now - max(modified, changed) > (_FINE_TICK if changed % 1_000_000 else _TICK)


def _state(marks: list[Mark | None], paths: tuple[str, ...]) -> str:
    """What some files are known by."""
    return _together((repr(marks), *paths))


def _together(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _read(path: str) -> str:
    """The SHA-256 of a file that is read now; `-` for what is none."""
    try:
        if not S_ISREG(os.lstat(path).st_mode):
            return "-"
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "-"


def _mark(path: str) -> Mark | None:
    """What a file is known by; None of what is missing, or no file."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not S_ISREG(found.st_mode):
        return None
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_dev
