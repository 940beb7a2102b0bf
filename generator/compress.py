"""Files beside the site's text files that a server sends in their place to browsers that take gzip.

The name of such a file is that of its text file and `.gz`. Fixed level, no time, no name inside: the same text gives
the same bytes.
"""

import gzip

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


def has_compressed(file: str, size: int) -> bool:
    """Whether a file of a site, of so many bytes, has its compressed form beside it."""
    return size >= LEAST and file.endswith(TEXTS)
