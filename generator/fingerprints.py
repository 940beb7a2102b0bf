"""SHA-256 of files, kept between runs: a file is read again only when it may have changed.

A file is known by size, inode and the times of its last changes, as git knows it. The time of its last change of
any kind (ctime) is the system's: no program sets it, so a file that was touched, restored or swapped is noticed. One
that changed just before it was read is read again the next time: it might change once more within the same tick.
"""

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG

from generator.file_names import file_names
from generator.kept import Kept

_TICK = 2_000_000_000  # ns; the coarsest clock of a file system (FAT)

_NAME = "fingerprints"

Mark = tuple[int, int, int, int, int]


class Fingerprints:
    """The digests of files, as a build keeps them for the next one."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.known: dict[str, tuple[Mark, str]] = kept.get(_NAME, _NAME) or {}
        self.seen: dict[str, tuple[Mark, str]] = {}
        self.marks: dict[str, Mark | None] = {}

    def of(self, path: str | Path) -> str:
        """The SHA-256 of a file; `-` for what is none, or is missing."""
        path = str(path)
        mark = self.marks[path] = _mark(path)
        if mark is None:
            return "-"
        known = self.known.get(path)
        if known and known[0] == mark:
            self.seen[path] = known
            return known[1]
        now = time.time_ns()
        with Path(path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if now - max(mark[2], mark[3]) > _TICK:
            self.seen[path] = mark, digest
        return digest

    def stand(self, root: Path, files: Iterable[str]) -> bool:
        """Whether files are still what they were when their digests were asked for; what was read since is theirs."""
        return all(self.marks[path] == _mark(path) for path in (f"{root}/{file}" for file in files))

    def of_all(self, root: Path, files: Iterable[str]) -> str:
        """One digest of files by their names below `root`."""
        both = (f"{self.of(f'{root}/{file}')} {file}\n" for file in files)
        return hashlib.sha256("".join(both).encode()).hexdigest()

    def of_tree(self, folder: Path) -> str:
        """One digest of all files below a folder, by their names."""
        return self.of_all(folder, sorted(name for name in file_names(folder) if "__pycache__" not in name))

    def save(self) -> None:
        """Keep the digests that were asked for."""
        if self.seen != self.known:
            self.kept.put(_NAME, _NAME, self.seen)


def _mark(path: str) -> Mark | None:
    """What a file is known by; None of what is missing, or no file."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not S_ISREG(found.st_mode):
        return None
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_dev
