"""What a build keeps for the next one: things by name, each with the key of what it was made of.

All of it may go at any time. A thing is written whole and then named; one that is damaged, or whose key is another,
is not there. Things are Python's own pickles: the folder belongs to whoever runs the build, like its code. What is of
our own classes has a key of which the digest of the programs is a part, as the next version may have others; what is
to be read whatever made it is of Python's types alone.
"""

import hashlib
import os
import pickle
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

_DIGEST = 32  # bytes


class NotKept(Exception):
    """What should be kept is not there, or is damaged."""


class Kept:
    """The things in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where a thing lies."""
        return self.folder / name

    def get(self, name: str, key: str) -> Any:
        """The thing of this name that was made of what `key` says; None when it is not there."""
        try:
            data = self.path(name).read_bytes()
        except OSError:
            return None
        own = _digest(key.encode())
        if data[:_DIGEST] != own or data[_DIGEST : 2 * _DIGEST] != _digest(data[2 * _DIGEST :]):
            return None
        return pickle.loads(data[2 * _DIGEST :])  # noqa: S301 - our own, and whole

    def demand(self, name: str, key: str) -> Any:
        """The same; it should be there.

        Raises:
            NotKept: it is not.
        """
        thing = self.get(name, key)
        if thing is None:
            raise NotKept(name)
        return thing

    def put(self, name: str, key: str, thing: object) -> None:
        """Keep a thing in the place of what had its name."""
        data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        file = self.path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}.new")  # several processes may keep the same thing at once
        new.write_bytes(_digest(key.encode()) + _digest(data) + data)
        new.replace(file)

    def has(self, name: str, key: str) -> bool:
        """Whether there is a thing of this name and key; whether it is whole is seen when it is read."""
        try:
            with self.path(name).open("rb") as stream:
                return stream.read(_DIGEST) == _digest(key.encode())
        except OSError:
            return False

    def drop(self, name: str) -> None:
        """Keep a thing no longer."""
        self.path(name).unlink(missing_ok=True)

    def keep_only(self, folder: str, names: Collection[str]) -> None:
        """Remove the entries of a folder of things that have other names."""
        below = self.path(folder)
        for entry in below.iterdir() if below.is_dir() else ():
            if entry.name not in names:
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()


def key_of(*words: str) -> str:
    """The key of a thing that is made of what some words say."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
