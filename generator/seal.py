"""The seal of a proved site: every file with its size and SHA-256.

`manifest.json` is for programs, `SHA256SUMS` for `sha256sum -c`, which also covers the manifest. They stand in
the site and say the same.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.file_names import file_names
from generator.problems import VerifyStop
from generator.urls import MANIFEST, SUMS

FORMAT = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file: its size in bytes, its SHA-256."""

    size: int
    sha256: str


Manifest = Mapping[str, Sealed]


def seal(site: Path) -> None:
    """Write `manifest.json` and `SHA256SUMS` of everything in a site."""
    names = sorted(name for name in file_names(site) if name not in (MANIFEST, SUMS))
    files = {name: sealed((site / name).read_bytes()) for name in names}
    (site / MANIFEST).write_bytes(manifest_file(files))
    (site / SUMS).write_bytes(sums_file(files))


def sealed(data: bytes) -> Sealed:
    return Sealed(len(data), hashlib.sha256(data).hexdigest())


def manifest_file(files: Manifest) -> bytes:
    """`manifest.json`: a line for each file, in the order of their paths."""
    lines = ",\n".join(f"  {json.dumps(name)}: {_facts(file)}" for name, file in sorted(files.items()))
    return f'{{\n "format": {FORMAT},\n "files": {{\n{lines}\n }}\n}}\n'.encode()


def _facts(file: Sealed) -> str:
    return json.dumps({"size": file.size, "sha256": file.sha256})


def sums_file(files: Manifest) -> bytes:
    """`SHA256SUMS` of the files and of their manifest, as `sha256sum -c` reads it."""
    every = {**files, MANIFEST: sealed(manifest_file(files))}
    return "".join(f"{file.sha256}  {name}\n" for name, file in sorted(every.items())).encode()


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
