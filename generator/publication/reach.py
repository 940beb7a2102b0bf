"""A destination as it is said on the command line: a folder here, or `user@host:/path`."""

import re
from pathlib import Path

from generator.publication.destination import Destination
from generator.publication.far import Far
from generator.publication.folder import Folder
from generator.words.problems import SettingsStop, visible

_FAR = re.compile(r"((?:[A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9._-]*|(?:[A-Za-z0-9._-]+@)?\[[0-9A-Fa-f:]+\]):(.*)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def destination_of(said: str) -> Destination:
    """The destination that is meant.

    Raises:
        SettingsStop: it is none.
    """
    far = None if _DRIVE.match(said) else _FAR.fullmatch(said)
    if far is None:
        if not said.strip() or said.startswith("-") or not said.isprintable():
            raise SettingsStop(f"应为文件夹，或“用户@主机:/路径”，现为“{visible(said)}”。（not a destination）")
        return Folder(Path(said).absolute())
    host, path = far[1], far[2].rstrip("/")
    if not path.startswith("/") or not path.isprintable():
        raise SettingsStop(f"主机后面的路径应从 / 写起：{visible(said)}（the path after the host begins with /）")
    return Far(host, path)
