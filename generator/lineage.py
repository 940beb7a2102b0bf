"""One project through the years: its forms within a centre, linked by the project's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.content import Centre, Record
from generator.urls import Kind


@dataclass(frozen=True, slots=True)
class Appearance:
    """A form of a project: in which year and kind of disclosure it stands."""

    record: Record
    year: int
    kind: Kind


def _appearances(centre: Centre) -> Mapping[str, list[Appearance]]:
    by_name: dict[str, list[Appearance]] = {}
    for disclosure in sorted(centre.disclosures, key=lambda found: (found.year, found.kind != "targets")):
        for record in disclosure.records:
            found = Appearance(record, disclosure.year, disclosure.kind)
            by_name.setdefault(record.form.name, []).append(found)
    return by_name


def lineages(centres: Iterable[Centre]) -> dict[str, tuple[Appearance, ...]]:
    """For each record id the other forms of the same project, oldest first, the declaration before the evaluation."""
    others: dict[str, tuple[Appearance, ...]] = {}
    for centre in centres:
        for appearances in _appearances(centre).values():
            for own in appearances:
                others[own.record.id] = tuple(each for each in appearances if each is not own)
    return others
