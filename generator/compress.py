"""Files beside the site's text files that a server sends in their place to browsers that take gzip.

The name of such a file is that of its text file and `.gz`. Fixed level, no time, no name inside: the same text gives
the same bytes.
"""

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.urls import PACKED

SUFFIX = PACKED
# What is text, by the ends of names. The rest of the site is compressed already, or is read by programs in parts.
TEXTS = (".html", ".css", ".js", ".mjs", ".svg", ".json", ".jsonl", ".xml", ".txt", ".csv")
LEAST = 1024
"""Bytes from which it is done: below, what is saved fits into the packet that must be sent anyway."""

_LEVEL = 6


def compressed(data: bytes) -> bytes:
    """The bytes of the file that stands beside one of these bytes."""
    return gzip.compress(data, _LEVEL, mtime=0)


def is_compressed(file: str) -> bool:
    """Whether a path of a site is that of such a file."""
    return file.endswith(SUFFIX)


def compress(site: Path) -> Iterator[str]:
    """Put them beside the files of a site; yields their paths. The work is done as the paths are taken."""
    texts = sorted(path for path in site.rglob("*") if path.name.endswith(TEXTS) and path.stat().st_size >= LEAST)
    with ThreadPoolExecutor() as pool:  # zlib works outside the interpreter's lock
        for path in pool.map(_compressed_beside, texts):
            yield path.relative_to(site).as_posix()


def _compressed_beside(path: Path) -> Path:
    beside = path.with_name(path.name + SUFFIX)
    beside.write_bytes(compressed(path.read_bytes()))
    return beside
