"""The search of a preview: its files are made when a browser asks for one, of the parts that centres give to it.

What a build kept of a centre that is as it was is read, never written: a build may be at work.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.line.asked import Asked
from generator.line.judged import CENTRES
from generator.pages.render import DocsFile
from generator.search.last_search import LastSearch
from generator.search.search_files import search_files
from generator.search.search_part import SearchPart
from generator.site.kept import Kept


class Sought:
    """The files of the search, as they were made last."""

    def __init__(self, folder: Path, built: Kept, programs: str) -> None:
        self.site = folder / "site"
        self.kept = Kept(folder)
        self.built = built
        self.programs = programs
        self.lock = threading.Lock()
        self.keys: Mapping[str, str] | None = None  # what the files are made of
        self.names: set[str] = set()

    def file(self, path: str, keys: Mapping[str, str], make: Callable[[str], SearchPart]) -> bytes | None:
        """A file of the search; None where there is none.

        Args:
            path: Its path below the site's root.
            keys: The key of each centre's state, in the site's order.
            make: Makes the part of a centre.
        """
        with self.lock:
            if keys != self.keys:
                self._make(keys, make)
            return (self.site / path).read_bytes() if path in self.names else None

    def _make(self, keys: Mapping[str, str], make: Callable[[str], SearchPart]) -> None:
        def part(centre: str) -> SearchPart:
            name = f"{CENTRES}/{centre}/search"
            found: SearchPart | None = self.built.get(name, keys[centre]) or self.kept.get(name, keys[centre])
            if found is None:
                found = make(centre)
                self.kept.put(name, keys[centre], found)
            return found

        self.keys = None
        names = set()
        for file in search_files(Asked(list(keys), part), LastSearch(self.kept.path("last"), self.site, self.programs)):
            names.add(file.path)
            if isinstance(file, DocsFile):
                place = self.site / file.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.data)
        for gone in self.names - names:
            (self.site / gone).unlink(missing_ok=True)
        self.keys, self.names = keys, names
