"""Files beside the site's text files that a server sends in their place to browsers that take gzip.

The name of such a file is that of its text file and `.gz`. Fixed level, no time, no name inside: the same text gives
the same bytes. A file that is put together from pieces has its compressed form put together from theirs.
"""

import zlib

from deflate import gzip_compress

from generator.words.urls import PACKED

SUFFIX = PACKED
# What is text, by the ends of names. The rest of the site is compressed already, or is read by programs in parts.
TEXTS = (".html", ".css", ".js", ".mjs", ".svg", ".json", ".jsonl", ".xml", ".txt", ".csv")
LEAST = 14_000
"""Bytes from which it is done: what is smaller arrives with the first packets that a server sends at once (ten, RFC
6928), compressed or not."""

_LEVEL = 6
_LEVEL_OF_PIECES = 5  # zlib's: a quarter faster than its sixth, and 3 % larger; libdeflate ends every text
# RFC 1952: gzip, deflate, no flags, no time, nothing said of level or system
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"  # an empty block which is the last, of deflate


def compressed(data: bytes) -> bytes:
    """The bytes of the file that stands beside one of these bytes."""
    return bytes(gzip_compress(data, _LEVEL))


def piece(data: bytes) -> bytes:
    """A piece of a text as it stands in such a file of many: deflated by itself, without an end."""
    work = zlib.compressobj(_LEVEL_OF_PIECES, zlib.DEFLATED, -zlib.MAX_WBITS)
    return work.compress(data) + work.flush(zlib.Z_FULL_FLUSH)


def head(beginning: bytes) -> bytes:
    """What stands before the pieces of a text in the file beside it, one member of gzip; the text begins so."""
    return _HEAD + piece(beginning)


def end(crc: int, size: int) -> bytes:
    """What stands after the pieces; of the whole text the CRC-32 and the bytes are asked for."""
    return _END + crc.to_bytes(4, "little") + (size % 2**32).to_bytes(4, "little")


def is_due(path: str, size: int) -> bool:
    """Whether such a file stands beside a file of this path and of so many bytes."""
    return path.endswith(TEXTS) and size >= LEAST
