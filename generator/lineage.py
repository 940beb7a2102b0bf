"""One project through the years: its forms within a centre, linked by name or by `continues`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.content import Centre, Record
from generator.model import Alteration
from generator.urls import Kind


@dataclass(frozen=True, slots=True)
class Appearance:
    """A form of a project: in which year and kind of disclosure it stands."""

    record: Record
    year: int
    kind: Kind

    @property
    def time(self) -> tuple[int, bool]:
        """What comes before what: years in their order, in each the declaration before the evaluation."""
        return self.year, self.kind != "targets"


@dataclass(frozen=True, slots=True)
class Project:
    """The forms of one project, oldest first, the declaration of a year before its evaluation."""

    forms: tuple[Appearance, ...]

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.forms[-1].record.form.name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it was published under, the oldest form's first, and those since altered after it."""
        found = (name for form in self.forms for name in _names(form.record))
        return tuple(dict.fromkeys(found))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(form.year for form in self.forms))


def _names(record: Record) -> Iterator[str]:
    form = record.form
    yield form.name
    alterations: tuple[Alteration, ...] = (*form.amendments, *form.corrections)
    for alteration in alterations:
        yield from ("".join(place.was) for place in alteration.fields if place.field == "name" and place.was)


def appearances(centre: Centre) -> list[Appearance]:
    """Every form of a centre, oldest first, the declarations of a year before its evaluations."""
    found = (
        Appearance(record, disclosure.year, disclosure.kind)
        for disclosure in centre.disclosures
        for record in disclosure.records
    )
    return sorted(found, key=lambda form: form.time)


def projects(centre: Centre) -> tuple[Project, ...]:
    """A centre's projects, in the order of their first forms.

    A form goes on with the earlier one that its `continues` names, else with the last earlier form of its name. What
    cannot be followed is an error of its own (`rules/continuing.py`) and links nothing here.
    """
    forms: list[list[Appearance]] = []
    known: dict[str, tuple[Appearance, int]] = {}  # record id → the form and its project
    named: dict[str, int] = {}  # name → the project that a form of this name belonged to last
    for own in appearances(centre):
        form = own.record.form
        before, project = known.get(form.continues or "", (None, None))
        if before is None or before.time >= own.time:
            project = named.get(form.name)
        if project is None:
            project = len(forms)
            forms.append([])
        forms[project].append(own)
        known[own.record.id], named[form.name] = (own, project), project
    return tuple(Project(tuple(found)) for found in forms)


def others_of(found: Iterable[Project]) -> dict[str, tuple[Appearance, ...]]:
    """For each record id the other forms of the same project, oldest first."""
    return {
        own.record.id: tuple(each for each in project.forms if each is not own)
        for project in found
        for own in project.forms
    }


def lineages(centres: Iterable[Centre]) -> dict[str, tuple[Appearance, ...]]:
    """For each record id the other forms of the same project, of all projects of some centres."""
    return others_of(project for centre in centres for project in projects(centre))
