"""Where releases lie: a folder here, or one on another machine; both offer the same few operations.

```
DEST/current        a link to releases/<newest>/site, which the web server serves
DEST/releases/<n>/  a release: site/, release.json, ledger.json, release.json.sig if it is signed,
                    and `live` once readers have had it
DEST/.lock/         whose turn it is to publish
```

Paths are below DEST and have no `..`. What begins with a point in releases/ is unfinished.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

RELEASES = "releases"
CURRENT = "current"
LIVE = "live"
NEW, OLD, GONE = ".new-", ".old-", ".gone-"
RELEASE = re.compile(r"[0-9]{6,}")


@dataclass(frozen=True, slots=True)
class Look:
    """What there is: `current` is the release that readers get, `live` are those that they ever got.

    `releases` are in their order, `unfinished` the names of what an interrupted run left in releases/. `free` is in
    bytes, `now` the clock there in seconds since 1970: the next whole one where files get the time of their arrival.
    """

    current: str | None
    releases: tuple[str, ...]
    live: frozenset[str]
    unfinished: tuple[str, ...]
    free: int
    free_files: int
    now: int


class Destination(Protocol):
    """Raises PublishStop, or OSError, where something cannot be done."""

    def alone(self, who: str) -> AbstractContextManager[None]:
        """Publish alone; a second publisher is told who is at work.

        Raises:
            BusyStop: another is at work.
        """

    def look(self) -> Look: ...

    def read(self, path: str) -> bytes | None:
        """The bytes of a small file; None where there is none."""

    def listing(self, folder: str) -> dict[str, int | None]:
        """The size of every file below a folder; None for a link or a special file."""

    def differing(self, folder: str, sums: Mapping[str, str]) -> set[str]:
        """Which of some files, by their paths below a folder, do not have their SHA-256, or are not there."""

    def fetch(self, folder: str, names: Iterable[str], into: Path) -> None:
        """Bring files below a folder here."""

    def stage(self, source: Path, names: Iterable[str], folder: str, like: str | None, at: int) -> None:
        """Put files of a folder here into one there.

        Args:
            source: The folder here.
            names: The files' paths below it.
            folder: The folder there.
            like: A folder there: a file of the same name and bytes in it is linked, not sent.
            at: The least time of change of the other files, in seconds since 1970.
        """

    def copy(self, source: str, names: Iterable[str], folder: str, like: str | None, at: int) -> None:
        """The same, from a folder there."""

    def write(self, path: str, data: bytes) -> None:
        """A small file, whole or not at all."""

    def move(self, old: str, new: str) -> None:
        """Rename a folder; nothing stands at the new name."""

    def remove(self, path: str) -> None:
        """Remove a file or folder, if it is there."""

    def point(self, release: str) -> None:
        """Readers get this release from now on: the link is exchanged in one step, and on disk."""

    def flush(self, path: str) -> None:
        """A folder and all below is on disk when this returns."""


def release_folder(release: str) -> str:
    return f"{RELEASES}/{release}"


def site_folder(release: str) -> str:
    return f"{RELEASES}/{release}/site"
