"""The search's files: zlib streams, named by what they hold."""

import hashlib
import json
import zlib

LEVEL = 6
_DIGITS = 6  # of the SHA-256 in a name


def packed(value: object, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """A value as JSON in a stream."""
    # surrogates: a shard may begin between the two units of one character
    data = json.dumps(value, separators=(",", ":")).encode("ascii")
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return packer.compress(data) + packer.flush()


def name_of(stream: bytes) -> str:
    """The check sum that a stream ends in, by which a browser knows the file again, and digits of its SHA-256."""
    return stream[-4:].hex() + hashlib.sha256(stream).hexdigest()[:_DIGITS]
