"""A tree of files: write what changed, remove what is gone."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from generator.site.file_names import file_names

_NO_STEPS = frozenset({"", ".", ".."})


class Output(Protocol):
    """A file to write: its path below the tree's root, and its bytes."""

    @property
    def path(self) -> str: ...
    @property
    def data(self) -> bytes: ...


def write_tree(files: Iterable[Output], tree: Path) -> None:
    """Make `tree` hold exactly `files`; a file whose bytes are the same is not touched.

    Raises:
        ValueError: two files of one path, or a path that leads out of the tree (a fault of the plan).
    """
    _unlink_folders(tree)
    written: set[str] = set()
    for file in files:
        if file.path in written or not _NO_STEPS.isdisjoint(file.path.split("/")):
            raise ValueError(f"two files, or a way out of the tree: {file.path!r}")
        written.add(file.path)
        _write(tree / file.path, file.data)
    _remove_others(tree, written)


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


def _remove_others(tree: Path, kept: set[str]) -> None:
    for name in set(file_names(tree)) - kept:
        (tree / name).unlink()
    for folder, _, _ in os.walk(tree, topdown=False):
        here = Path(folder)
        if here != tree and not any(here.iterdir()):
            here.rmdir()
