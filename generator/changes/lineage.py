"""One project through the years: its forms within a centre, linked by name or by `continues`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.reading.content import Centre, Record
from generator.reading.model import Alteration
from generator.words.urls import Kind


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
    yield from _earlier_names((*form.amendments, *form.corrections))


def _earlier_names(alterations: Iterable[Alteration]) -> Iterator[str]:
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

    A form goes on with the earlier one that its `continues` names, else with the last earlier form of its name, else
    of a name that the centre gave up by an amendment. What cannot be followed is an error of its own
    (`rules/continuing.py`) and links nothing here.
    """
    found: list[list[Appearance]] = []
    known: dict[str, tuple[Appearance, int]] = {}  # record id → the form and its project
    named: dict[str, int] = {}  # name → the project that a form of this name belonged to last
    for _, document in groupby(appearances(centre), key=lambda form: form.time):
        forms = tuple(document)
        joined = {own.record.id: _project_of(own, known, named) for own in forms}
        taken = set(joined.values())
        for own in forms:
            project = joined[own.record.id]
            if project is None:
                # a name that we had copied wrongly was never the project's
                given_up = (named.get(name) for name in _earlier_names(own.record.form.amendments))
                project = next((each for each in given_up if each is not None and each not in taken), None)
            if project is None:
                project = len(found)
                found.append([])
            taken.add(project)
            found[project].append(own)
            known[own.record.id] = own, project
        named |= {own.record.form.name: known[own.record.id][1] for own in forms}
    return tuple(Project(tuple(forms)) for forms in found)


def _project_of(own: Appearance, known: Mapping[str, tuple[Appearance, int]], named: Mapping[str, int]) -> int | None:
    """The project of the form that this one continues, or else of the last earlier one of its name."""
    form = own.record.form
    before, project = known.get(form.continues or "", (None, None))
    return project if before and before.time < own.time else named.get(form.name)


def followed(found: Iterable[Project]) -> tuple[Project, ...]:
    """The projects of several forms: of one there is nothing to compare."""
    return tuple(project for project in found if len(project.forms) > 1)


def others_of(found: Iterable[Project]) -> dict[str, tuple[Appearance, ...]]:
    """For each record id the other forms of the same project, oldest first."""
    return {
        own.record.id: tuple(each for each in project.forms if each is not own)
        for project in found
        for own in project.forms
    }
