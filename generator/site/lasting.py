"""Names by content: own scripts, styles and images get names that change with them.

A page then asks for the very parts that it was made with, whatever release the server has meanwhile, and caches
may keep them for ever (`urls.is_lasting`). The folder `assets` moves to `assets/<digest of all in it>/`, so that
modules and styles still find one another beside them. What the index of the search names has such names already.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from posixpath import join, normpath

from generator.words.urls import ASSETS, is_lasting, lasting_assets, page_url

_ASSET_NAME = re.compile(rf"/({re.escape(ASSETS)}.*)")
_REFERENCE = re.compile(r'(\s(?:href|src)=")([^"]+)"')


def give_lasting_names(site: Path) -> None:
    """Rename what the engine put into the site, and what its pages ask for by the old names.

    Args:
        site: What the engine wrote: pages and shells with the theme's assets.
    """
    assets = sorted(path.relative_to(site).as_posix() for path in (site / ASSETS).rglob("*") if path.is_file())
    lines = (f"{hashlib.sha256((site / name).read_bytes()).hexdigest()} {name}\n" for name in assets)
    folder = lasting_assets(hashlib.sha256("".join(lines).encode()).hexdigest())
    names = {name: folder + name.removeprefix(ASSETS) for name in assets}
    for old, new in names.items():
        (site / new).parent.mkdir(parents=True, exist_ok=True)
        (site / old).rename(site / new)
    for left in sorted((site / ASSETS).rglob("*"), reverse=True):
        if left.is_dir() and not any(left.iterdir()):
            left.rmdir()
    for page in sorted(site.rglob("*.html")):
        page.write_text(_renamed(page.read_text("utf-8"), page.relative_to(site).as_posix(), names), "utf-8")


def _renamed(html: str, page: str, names: Mapping[str, str]) -> str:
    """A page that asks for the files by their new names."""
    url = page_url(page)
    rename = _absolute(names) if url is None else _beside(url, names)
    return _REFERENCE.sub(lambda found: f'{found[1]}{rename(found[2])}"', html)


def _beside(url: str, names: Mapping[str, str]) -> Callable[[str], str]:
    root = "../" * url.count("/")  # from the search's own page too: its shell stands elsewhere

    def rename(address: str) -> str:
        new = names.get(normpath(join(url, address)))
        return root + new if new else address

    return rename


def _absolute(names: Mapping[str, str]) -> Callable[[str], str]:
    """404.html is served at any depth, so what it asks for begins at the server's root."""

    def rename(address: str) -> str:
        found = _ASSET_NAME.search(address) if address.startswith("/") and not address.startswith("//") else None
        return address[: found.start(1)] + names.get(found[1], found[1]) if found else address

    return rename


def outlasting(last: Iterable[str], new: Iterable[str]) -> list[str]:
    """The files of the last release that stay one release longer, beside those of a new one.

    A page that was opened before the new one came still asks for them, as its search does.

    Args:
        last: The paths of the last release's own files, without those that it kept of the one before.
        new: The paths of the new release.
    """
    return sorted(filter(is_lasting, set(last) - set(new)))
