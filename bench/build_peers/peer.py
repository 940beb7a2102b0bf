"""A peer of the build: where it reads and writes, and how it is told to build."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.build_peers.facts import Facts, Json
from bench.build_peers.frame import Frame, frame_of

_LINE = 1 << 20  # characters: longer than any, so that YAML breaks none
# One of our built pages for each layout, of which the frame is taken.
_SAMPLES = {
    "declaration": "c00001/2023/targets/01",
    "evaluation": "c00001/2023/evaluations/01",
    "targets": "c00001/2023/targets",
    "evaluations": "c00001/2023/evaluations",
    "centre": "c00001",
    "home": "",
}


@dataclass(frozen=True)
class Peer:
    """A site generator with a project of its own.

    `record` is the file of a record in the project, by the record's id in braces. `cold` builds the site from nothing,
    `again` after that file has changed.
    """

    name: str
    project: Path
    site: Path
    record: str
    cold: tuple[str, ...]
    again: tuple[str, ...]
    env: Mapping[str, str] | None = None

    def source(self, identity: str) -> Path:
        """The file of a record."""
        return self.project / self.record.format(identity)


def frames(site: Path) -> dict[str, Frame]:
    """The frame of each layout, from a built site of generated records."""
    return {layout: frame_of(site / page / "index.html") for layout, page in _SAMPLES.items()}


def is_list(facts: Facts) -> bool:
    """Whether other pages stand below this one."""
    return facts.layout not in ("declaration", "evaluation")


def as_json(facts: Facts, layout: str) -> str:
    """A page's facts as front matter that peers read fastest."""
    return json.dumps(_told(facts, layout), ensure_ascii=False)


def as_yaml(facts: Facts, layout: str) -> str:
    """A page's facts as front matter in the language that the records are kept in."""
    told = yaml.dump(_told(facts, layout), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=_LINE)
    return f"---\n{told}---"


def _told(facts: Facts, layout: str) -> Json:
    return {"title": facts.title, "description": facts.description, "layout": layout, "params": facts.params}
