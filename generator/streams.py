"""The search's files: zlib streams, named by what they hold."""

import hashlib
import json
import zlib

LEVEL = 6
_DIGITS = 6  # of the SHA-256 in a name


def packed(value: object) -> bytes:
    """A value as JSON in a stream."""
    # surrogates: a shard may begin between the two units of one character
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), LEVEL)


def name_of(stream: bytes) -> str:
    """The check sum that a stream ends in, by which a browser knows the file again, and digits of its SHA-256."""
    return stream[-4:].hex() + hashlib.sha256(stream).hexdigest()[:_DIGITS]
