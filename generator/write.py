"""The docs tree: write what changed, remove what is gone."""

import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import Protocol


class Output(Protocol):
    """A file to write: its path below the tree's root, and its bytes."""

    @property
    def path(self) -> str: ...
    @property
    def data(self) -> bytes: ...


def write_tree(files: Iterable[Output], tree: Path, besides: Collection[str] = ()) -> None:
    """Make `tree` hold exactly `files`; a file whose bytes are the same is not touched.

    Args:
        files: The files.
        tree: The folder.
        besides: The names of entries of the folder that stay as they are.

    Raises:
        ValueError: two files of one path, or a path that leads out of the tree (a fault of the plan).
    """
    _unlink_folders(tree)
    written: set[str] = set()
    for file in files:
        parts = PurePosixPath(file.path).parts
        if file.path in written or not parts or ".." in parts or file.path.startswith("/"):
            raise ValueError(f"two files, or a way out of the tree: {file.path!r}")
        written.add(file.path)
        _write(tree.joinpath(*parts), file.data)
    _remove_others(tree, written, besides)


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


def _remove_others(tree: Path, kept: Collection[str], besides: Collection[str]) -> None:
    for folder, folders, names in os.walk(tree, topdown=False):
        here = Path(folder)
        inside = here.relative_to(tree)
        if inside.parts and inside.parts[0] in besides:
            continue
        for name in names:
            if (inside / name).as_posix() not in kept:
                (here / name).unlink()
        for name in folders:
            if not any((here / name).iterdir()):
                (here / name).rmdir()
