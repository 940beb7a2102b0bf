"""The names of all files below a folder, as words: paths as objects cost more than what is done with most files."""

import os
from collections.abc import Iterator
from pathlib import Path


def file_names(base: Path) -> Iterator[str]:
    """Each file's path below the folder, with slashes, in no certain order."""
    start = len(str(base)) + 1
    for folder, _, names in os.walk(base):
        inside = folder[start:].replace(os.sep, "/")
        yield from (f"{inside}/{name}" if inside else name for name in names)
