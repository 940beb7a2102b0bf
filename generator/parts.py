"""The parts of a site: each is laid and proved by itself, and all of them must make one.

A part holds entries of the site's folder with all below them: a centre's folder is one part, all other entries are one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.seal import Block
from generator.verify import Proof, Spot, refuse


@dataclass(frozen=True, slots=True)
class Part:
    """What was laid below which entries of the site's folder, and what is proved of it."""

    blocks: Mapping[str, Block]
    proof: Proof

    def has(self, file: str) -> bool:
        """Whether it holds a file, by its path in the site."""
        block = self.blocks.get(_entry(file))
        return block is not None and f"{json.dumps(file)}: ".encode() in block.manifest


def prove_together(parts: Sequence[Part]) -> int:
    """Prove that the parts of a site make one; they are gone through twice, and need not be in memory all at once.

    Returns:
        The number of its pages.

    Raises:
        VerifyStop: something is missing, leads nowhere or calls outside; all of it is named.
    """
    faults: list[str] = []
    needed: dict[str, dict[str, str]] = {}  # by the entry of the site's folder that they would be below
    awaited: dict[str, dict[Spot, str]] = {}
    pages = 0
    for part in parts:
        pages += part.proof.pages
        faults += part.proof.faults
        for file, fault in part.proof.needed.items():
            needed.setdefault(_entry(file), {}).setdefault(file, fault)
        for spot, fault in part.proof.awaited.items():
            awaited.setdefault(_entry(spot[0]), {}).setdefault(spot, fault)
    for part in parts:
        for entry in part.blocks:
            faults += [fault for file, fault in needed.pop(entry, {}).items() if not part.has(file)]
            faults += [
                fault
                for (page, place), fault in awaited.get(entry, {}).items()
                if f"\n{place}\n" not in part.proof.places.get(page, f"\n{place}\n")  # a page that is gone is told
            ]
    faults += [fault for files in needed.values() for fault in files.values()]
    refuse(faults if pages else [*faults, "站点里一页也没有"])
    return pages


def _entry(file: str) -> str:
    return file.partition("/")[0]
