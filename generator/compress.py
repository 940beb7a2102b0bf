"""Files beside the site's text files that a server sends in their place to browsers that take gzip.

The name of such a file is that of its text file and `.gz`. Fixed level, no time, no name inside: the same text gives
the same bytes.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deflate import gzip_compress

from generator.file_names import file_names
from generator.urls import PACKED

SUFFIX = PACKED
# What is text, by the ends of names. The rest of the site is compressed already, or is read by programs in parts.
TEXTS = (".html", ".css", ".js", ".mjs", ".svg", ".json", ".jsonl", ".xml", ".txt", ".csv")
LEAST = 1024
"""Bytes from which it is done: below, what is saved fits into the packet that must be sent anyway."""

_LEVEL = 6


def compressed(data: bytes) -> bytes:
    """The bytes of the file that stands beside one of these bytes."""
    return bytes(gzip_compress(data, _LEVEL))


def is_compressed(file: str) -> bool:
    """Whether a path of a site is that of such a file."""
    return file.endswith(SUFFIX)


def compress(site: Path) -> Iterator[str]:
    """Put them beside the files of a site; yields their paths. The work is done as the paths are taken."""
    texts = sorted(name for name in file_names(site) if name.endswith(TEXTS))
    with ThreadPoolExecutor() as pool:  # libdeflate works outside the interpreter's lock
        yield from filter(None, pool.map(lambda name: _put_beside(site, name), texts))


def _put_beside(site: Path, name: str) -> str | None:
    """The path of what was put beside a file of the site; None where that is not worth it."""
    data = (site / name).read_bytes()
    if len(data) < LEAST:
        return None
    beside = name + SUFFIX
    (site / beside).write_bytes(compressed(data))
    return beside
