"""Put a proved site in the place of the last one."""

import shutil
from pathlib import Path


def staging(site: Path) -> Path:
    """Where a new site is built: beside the last good one."""
    return site.with_name(f"{site.name}.new")


def _last(site: Path) -> Path:
    return site.with_name(f"{site.name}.old")


def recover(site: Path) -> None:
    """Clean up after an interrupted run: the last good site is whole again."""
    if _last(site).exists() and not site.exists():
        _last(site).rename(site)
    for left in (_last(site), staging(site)):
        if left.exists():
            shutil.rmtree(left)


def swap(site: Path) -> None:
    """The staged site becomes the site.

    Between the two renames there is no `site`, but the last one lies beside it and `recover` puts it back.
    """
    if site.exists():
        site.rename(_last(site))
    staging(site).rename(site)
    recover(site)
