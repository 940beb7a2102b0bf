"""What a run wrote is moved away, and removed when everything was measured.

For some minutes ext4 does not give the inodes of removed files to new ones, and looks through them for each file that
is made: a program that writes 100,000 files is slower by a third, or twice as slow, when as many were removed before.
"""

import shutil
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "build" / "bench-aside"


def put_aside(folder: Path) -> None:
    """Move a folder away, if it is there; one of another file system is removed."""
    if not folder.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        folder.rename(Path(tempfile.mkdtemp(dir=FOLDER)) / folder.name)
    except OSError:
        shutil.rmtree(folder)


def remove_what_is_aside() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
