"""What a centre gives to the files of the whole site, kept as one file that is read piece by piece.

Its first line says what is in it: digest of the line, and of each piece its name, size and digest. The pieces follow.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FORMAT = 1
_LONGEST = 1 << 16  # bytes of the first line


class DamagedPart(ValueError):
    """A piece is not what the part says it is; the part has to be made again."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"damaged: {file}")
        self.file = file


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a part: the byte of the file that it begins at, its bytes, its SHA-256."""

    start: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DataPart:
    """A part as it is on disk."""

    file: Path
    pieces: Mapping[str, Piece]

    def read(self, name: str) -> bytes:
        """A piece; empty when the part has none of that name.

        Raises:
            DamagedPart: it is not as it was written.
        """
        piece = self.pieces.get(name)
        if piece is None:
            return b""
        with self.file.open("rb") as stream:
            stream.seek(piece.start)
            data = stream.read(piece.size)
        if hashlib.sha256(data).hexdigest() != piece.sha256:
            raise DamagedPart(self.file)
        return data


def part_file(pieces: Mapping[str, bytes]) -> bytes:
    """The file of a part; empty pieces are left out."""
    held = {name: data for name, data in pieces.items() if data}
    digests = {name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in held.items()}
    said = json.dumps({"format": _FORMAT, "pieces": digests}).encode()
    return b"".join((hashlib.sha256(said).hexdigest().encode(), b" ", said, b"\n", *held.values()))


def read_part(file: Path) -> DataPart:
    """The part that a file is.

    Raises:
        FileNotFoundError: there is none.
        DamagedPart: it is cut short, foreign or of another form. Its pieces are looked at when they are read.
    """
    with file.open("rb") as stream:
        line = stream.readline(_LONGEST)
        size = stream.seek(0, os.SEEK_END)
    digest, _, said = line.removesuffix(b"\n").partition(b" ")
    facts = json.loads(said) if hashlib.sha256(said).hexdigest().encode() == digest else {}
    if facts.get("format") != _FORMAT:
        raise DamagedPart(file)
    pieces, at = {}, len(line)
    for name, (length, sha256) in facts["pieces"].items():
        pieces[name] = Piece(at, length, sha256)
        at += length
    if at != size:
        raise DamagedPart(file)
    return DataPart(file, pieces)
