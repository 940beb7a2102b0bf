"""A site as one ZIP file, to be carried on a stick and read from a folder: the same site gives the same bytes."""

import zipfile
from pathlib import Path

from generator.site.file_names import file_names

_DAY = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_FILE = 0o100644 << 16  # a plain file that its owner may write and all may read
_UNIX = 3
_LEVEL = 6


def write_archive(site: Path, archive: Path, name: str) -> int:
    """Write a site into a ZIP file, whole or not at all.

    Args:
        site: The site's folder.
        archive: The file; its folder is there.
        name: The folder that unpacking makes.

    Returns:
        The number of files.
    """
    unfinished = archive.with_name(f"{archive.name}.new")
    files = sorted(file_names(site))
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
        for file in files:
            entry = zipfile.ZipInfo(f"{name}/{file}", _DAY)
            entry.create_system, entry.external_attr = _UNIX, _FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, (site / file).read_bytes())
    unfinished.replace(archive)
    return len(files)
