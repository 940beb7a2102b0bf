"""The parts of a site: each is laid and proved by itself, and all of them must make one.

A part holds entries of the site's folder with all below them: a centre's folder is one part, all other entries are one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from generator.site.kept import Kept
from generator.site.seal import Block, Sealed, files_of
from generator.site.verify import Proof, Spot, refuse_faults

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """What was laid below which entries of the site's folder, the first path of each, and what is proved of it."""

    blocks: Mapping[str, Block]
    firsts: Mapping[str, str]
    proof: Proof


def part_of(blocks: Mapping[str, Block], proof: Proof) -> Part:
    """A part that was just laid and proved."""
    return Part(blocks, {entry: block.first for entry, block in blocks.items()}, proof)


def keep_part(kept: Kept, name: str, key: str, part: Part) -> None:
    """Keep a part: what the others are to know of it, and beside it, since it is much, what is seldom asked for.

    The blocks can be read by any later version.
    """
    blocks = {entry: (block.first, block.manifest, block.sums, block.count) for entry, block in part.blocks.items()}
    kept.put(f"{name}.blocks", key, blocks)
    kept.put(f"{name}.places", key, part.proof.places)
    kept.put(name, key, (part.firsts, replace(part.proof, places={})))


def kept_part(kept: Kept, name: str, key: str) -> Part:
    """A part of which the blocks and places are read when they are asked for.

    Raises:
        NotKept: it is not there; so does whatever asks for what is not.
    """
    firsts, proof = kept.demand(name, key)
    places = _Later[str](lambda: kept.demand(f"{name}.places", key))
    blocks = _Later[Block](lambda: _blocks(kept.demand(f"{name}.blocks", key)))
    return Part(blocks, firsts, replace(proof, places=places))


class _Later(Mapping[str, T]):
    """A mapping that is read when something of it is asked for."""

    def __init__(self, read: Callable[[], Mapping[str, T]]) -> None:
        self.read = read

    @cached_property
    def _there(self) -> Mapping[str, T]:
        return self.read()

    def __getitem__(self, name: str) -> T:
        return self._there[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._there)

    def __len__(self) -> int:
        return len(self._there)


def kept_seals(kept: Kept, name: str, key: str | None) -> dict[str, Sealed]:
    """The seals of all files of a part that may be of another version; none where it is not there."""
    blocks = _blocks(kept.get(f"{name}.blocks", key) or {}) if key else {}
    return {file: seal for block in blocks.values() for file, seal in files_of(block).items()}


def _blocks(said: Mapping[str, tuple[str, bytes, bytes, int]]) -> dict[str, Block]:
    return {entry: Block(*each) for entry, each in said.items()}


class Together:
    """The parts of a site, proved to make one; `pages` has it.

    They are gone through twice, and need not be in memory all at once: first for what each needs of the others, then
    (`blocks`) for what each has. A part that is added is held.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.pages = 0
        self._added: list[Part] = []
        self._faults: list[str] = []
        self._needed: dict[str, dict[str, str]] = {}  # by the entry of the site's folder that they would be below
        self._awaited: dict[str, dict[Spot, str]] = {}
        self._places: list[tuple[str, int, str]] = []  # of each block its first path, its part, its entry
        for place, part in enumerate(parts):
            self._note(part, place)

    def add(self, part: Part) -> None:
        """One part more."""
        self._note(part, len(self.parts) + len(self._added))
        self._added.append(part)

    def _note(self, part: Part, place: int) -> None:
        self.pages += part.proof.pages
        self._faults += part.proof.faults
        self._places += [(first, place, entry) for entry, first in part.firsts.items()]
        for file, fault in part.proof.needed.items():
            self._needed.setdefault(_entry(file), {}).setdefault(file, fault)
        for spot, fault in part.proof.awaited.items():
            self._awaited.setdefault(_entry(spot[0]), {}).setdefault(spot, fault)

    def blocks(self) -> Iterator[Block]:
        """The blocks of all parts in the order of their paths; when the last one was given, everything is proved.

        Raises:
            VerifyStop: something is missing, leads nowhere or calls outside; all of it is named.
        """
        faults, needed = [*self._faults], {**self._needed}
        for _, place, entry in sorted(self._places):
            part = self.parts[place] if place < len(self.parts) else self._added[place - len(self.parts)]
            block = part.blocks[entry]
            faults += [fault for file, fault in needed.pop(entry, {}).items() if not block.has(file)]
            faults += [
                fault
                for (page, spot), fault in self._awaited.get(entry, {}).items()
                if f"\n{spot}\n" not in part.proof.places.get(page, f"\n{spot}\n")  # a page that is gone is told
            ]
            yield block
        faults += [fault for files in needed.values() for fault in files.values()]
        if not self.pages:
            faults.append("站点里一页也没有")
        refuse_faults("站点核验没有通过（the built site is not as planned）", faults)


def _entry(file: str) -> str:
    return file.partition("/")[0]
