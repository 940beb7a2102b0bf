"""The search of a preview: its files are made when a browser asks for one, of the parts that centres give to it.

What a build kept of a centre that is as it was is read, never written: a build may be at work.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generator.line.asked import Asked
from generator.line.centre_site import search_name, tape_name
from generator.pages.render import DocsFile
from generator.search.last_search import LastSearch
from generator.search.search_files import search_files
from generator.search.search_part import SearchPart
from generator.search.tape import Tape
from generator.site.kept import Kept

ForSearch = tuple[SearchPart, Tape]


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

    def file(self, path: str, keys: Mapping[str, str], make: Callable[[str], ForSearch]) -> bytes | None:
        """A file of the search; None where there is none.

        Args:
            path: Its path below the site's root.
            keys: The key of each centre's state, in the site's order.
            make: Makes the part and the tape of a centre.
        """
        with self.lock:
            if keys != self.keys:
                self._make(keys, make)
            return (self.site / path).read_bytes() if path in self.names else None

    def _make(self, keys: Mapping[str, str], make: Callable[[str], ForSearch]) -> None:
        def given(centre: str, name: Callable[[str], str]) -> Any:
            """The centre's part, or its tape."""
            key = keys[centre]
            found = self.built.get(name(centre), key) or self.kept.get(name(centre), key)
            if found is None:
                part, tape = make(centre)
                self.kept.put(search_name(centre), key, part)
                self.kept.put(tape_name(centre), key, tape)
                found = part if name is search_name else tape
            return found

        self.keys = None
        names = set()
        parts: Asked[SearchPart] = Asked(list(keys), lambda centre: given(centre, search_name))
        tapes: Asked[Tape] = Asked(list(keys), lambda centre: given(centre, tape_name))
        for file in search_files(parts, tapes, LastSearch(self.kept, self.site, self.programs)):
            names.add(file.path)
            if isinstance(file, DocsFile):
                place = self.site / file.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.data)
        for gone in self.names - names:
            (self.site / gone).unlink(missing_ok=True)
        self.keys, self.names = keys, names
