"""The site-wide files of the open data as they were made: what a page or a description says of them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar


class _File(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def data(self) -> bytes: ...


_KB, _MB = 1_000, 1_000_000
F = TypeVar("F", bound=_File)


@dataclass(frozen=True, slots=True)
class Made:
    """A file's path, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


def noted(files: Iterable[F], made: list[Made]) -> Iterator[F]:
    """Hands files of the whole site on, one at a time, and notes them in `made`."""
    for file in files:
        made.append(Made(file.path, len(file.data), hashlib.sha256(file.data).hexdigest()))
        yield file


def size_in_words(size: int) -> str:
    """Bytes as readers say them: 812 字节, 14 KB, 2.3 MB."""
    if size < _KB:
        return f"{size} 字节"
    if size < _MB:
        return f"{size // _KB} KB"
    return f"{size / _MB:.1f} MB"
