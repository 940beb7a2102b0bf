"""The seal of a proved site: every file with its size and SHA-256.

`manifest.json` is for programs, `SHA256SUMS` for `sha256sum -c`, which also covers the manifest. They stand in
the site and say the same.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.site.file_names import file_names
from generator.words.problems import VerifyStop
from generator.words.urls import MANIFEST, SUMS

FORMAT = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file: its size in bytes, its SHA-256."""

    size: int
    sha256: str


Manifest = Mapping[str, Sealed]


@dataclass(frozen=True, slots=True)
class Block:
    """The lines that manifest and sums have for one entry of a site's folder: a file, or a folder with all below it.

    `first` is the first path of them; in the order of paths they stand together.
    """

    first: str
    manifest: bytes
    sums: bytes
    count: int

    def has(self, file: str) -> bool:
        """Whether it lists a file, by its path in the site."""
        return f"{json.dumps(file)}: ".encode() in self.manifest


def block_of(files: Manifest) -> Block:
    """The lines of some files, at least one."""
    found = sorted(files.items())
    return Block(
        found[0][0],
        ",\n".join(f"  {json.dumps(name)}: {_facts(file)}" for name, file in found).encode(),
        "".join(f"{file.sha256}  {name}\n" for name, file in found).encode(),
        len(found),
    )


def files_of(block: Block) -> dict[str, Sealed]:
    """The files that a block lists."""
    return read_files(json.loads(b"{%s}" % block.manifest))


def blocks_of(files: Manifest) -> dict[str, Block]:
    """The blocks of files by the names of their entries in the site's folder."""
    parts: dict[str, dict[str, Sealed]] = {}
    for name, file in files.items():
        parts.setdefault(name.partition("/")[0], {})[name] = file
    return {name: block_of(own) for name, own in parts.items()}


def seal(site: Path) -> None:
    """Write `manifest.json` and `SHA256SUMS` of everything in a site."""
    names = (name for name in file_names(site) if name not in (MANIFEST, SUMS))
    blocks = blocks_of({name: sealed((site / name).read_bytes()) for name in names})
    write_seal(site, sorted(blocks.values(), key=lambda block: block.first))


def write_seal(site: Path, blocks: Iterable[Block]) -> str:
    """Write `manifest.json` and `SHA256SUMS` of what some blocks list; gives the digest of the sums.

    The blocks come in the order of their paths, and are not held.
    """
    size, digest, place = 0, hashlib.sha256(), -1
    with (site / MANIFEST).open("wb") as manifest, (site / SUMS).open("w+b") as sums:

        def lines() -> Iterator[bytes]:
            nonlocal place
            for block in blocks:
                if place < 0 and block.first > MANIFEST:  # the manifest's own line stands here, once it is known
                    place = sums.tell()
                    sums.write(_own(size, digest.hexdigest()))
                sums.write(block.sums)
                yield block.manifest

        for part in _manifest_parts(lines()):
            digest.update(part)
            size += manifest.write(part)
        sums.seek(0 if place < 0 else place, os.SEEK_END if place < 0 else os.SEEK_SET)
        sums.write(_own(size, digest.hexdigest()))
        sums.seek(0)
        return hashlib.file_digest(sums, "sha256").hexdigest()


def _own(size: int, sha256: str) -> bytes:
    """The manifest's line among the sums; as long whatever it says."""
    return block_of({MANIFEST: Sealed(size, sha256)}).sums


def is_whole(site: Path) -> bool:
    """Whether a site has the files that its manifest lists, each as it is listed, and no others."""
    files = read_manifest((site / MANIFEST).read_bytes())
    there = set(file_names(site)) - {MANIFEST, SUMS}
    return there == files.keys() and all(sealed((site / name).read_bytes()) == file for name, file in files.items())


def _manifest_parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield f'{{\n "format": {FORMAT},\n "files": {{\n'.encode()
    for place, part in enumerate(lines):
        yield b",\n" if place else b""
        yield part
    yield b"\n }\n}\n"


def sealed(data: bytes) -> Sealed:
    return Sealed(len(data), hashlib.sha256(data).hexdigest())


def manifest_file(files: Manifest) -> bytes:
    """`manifest.json`: a line for each file, in the order of their paths."""
    return b"".join(_manifest_parts([block_of(files).manifest] if files else []))


def _facts(file: Sealed) -> str:
    return f'{{"size": {file.size}, "sha256": "{file.sha256}"}}'


def sums_file(files: Manifest) -> bytes:
    """`SHA256SUMS` of the files and of their manifest, as `sha256sum -c` reads it."""
    return block_of({**files, MANIFEST: sealed(manifest_file(files))}).sums


def read_manifest(data: bytes) -> dict[str, Sealed]:
    """The files that a manifest lists.

    Raises:
        VerifyStop: it is no manifest, or names a path that leads out of the site.
    """
    try:
        said = json.loads(data)
        if said["format"] != FORMAT:
            raise ValueError(said["format"])
        return read_files(said["files"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VerifyStop(f"{MANIFEST}: 不是清单，读不出来（not a manifest）") from error


def read_files(said: Mapping[str, Mapping[str, object]]) -> dict[str, Sealed]:
    """Files with their sizes and digests, as JSON has them.

    Raises:
        ValueError: a path leads elsewhere, or a digest is none.
    """
    files: dict[str, Sealed] = {}
    for name, facts in said.items():
        size, sha256 = facts["size"], facts["sha256"]
        path = PurePosixPath(name)
        if (
            path.as_posix() != name
            or path.is_absolute()
            or ".." in path.parts
            or not name.isprintable()
            or "\\" in name
        ):
            raise ValueError(name)
        if not isinstance(size, int) or not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise ValueError(name)
        files[name] = Sealed(size, sha256)
    return files
