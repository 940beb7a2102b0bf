"""The docs tree: write what changed, remove what is gone, digest everything."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from generator.file_names import file_names

_NO_STEPS = frozenset({"", ".", ".."})


class Output(Protocol):
    """A file to write: its path below the tree's root, and its bytes."""

    @property
    def path(self) -> str: ...
    @property
    def data(self) -> bytes: ...


def write_tree(files: Iterable[Output], tree: Path) -> dict[str, str]:
    """Make `tree` hold exactly `files`; a file whose bytes are the same is not touched.

    Returns:
        The SHA-256 of each file by its path, in the paths' order.

    Raises:
        ValueError: two files of one path, or a path that leads out of the tree (a fault of the plan).
    """
    _unlink_folders(tree)
    digests: dict[str, str] = {}
    for file in files:
        if file.path in digests or not _NO_STEPS.isdisjoint(file.path.split("/")):
            raise ValueError(f"two files, or a way out of the tree: {file.path!r}")
        digests[file.path] = hashlib.sha256(file.data).hexdigest()
        _write(tree / file.path, file.data)
    _remove_others(tree, digests)
    return dict(sorted(digests.items()))


def _unlink_folders(tree: Path) -> None:
    """Remove links in the place of folders: what is written must not land elsewhere."""
    if tree.is_symlink():
        tree.unlink()
    for folder, folders, _ in os.walk(tree):
        for name in folders:
            if (Path(folder) / name).is_symlink():
                (Path(folder) / name).unlink()


def _write(path: Path, data: bytes) -> None:
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):  # what was a file is now a folder
        next(parent for parent in path.parents if parent.is_file()).unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def _remove_others(tree: Path, kept: Mapping[str, str]) -> None:
    for name in set(file_names(tree)) - kept.keys():
        (tree / name).unlink()
    for folder, _, _ in os.walk(tree, topdown=False):
        here = Path(folder)
        if here != tree and not any(here.iterdir()):
            here.rmdir()


def write_manifest(digests: Mapping[str, str], path: Path) -> None:
    """What the docs tree holds, as JSON: path → SHA-256."""
    path.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
