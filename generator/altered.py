"""What a page says of the alterations of a form or document, and which of its values it marks."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.history import KindOfAlteration, Step, Touched, Wording, history
from generator.model import Amendment, DisclosureFacts, Form, Model
from generator.printed import ROWS, Keys, Printed, Row, model_of, spoken
from generator.problems import dotted
from generator.urls import alteration_anchor, indicator_anchor
from generator.validate import label

ALTERATION_NAMES: dict[KindOfAlteration, str] = {"amendments": "变更", "corrections": "勘误"}
_LONG = 60  # characters; a longer text that stands in the form is linked to, not said again
# Where a field stands on its page.
_SECTIONS = {"project_funding": "funding", "funding": "funding", "budget": "budget"} | dict.fromkeys(
    ("objectives", "expected", "achieved"), "goals"
) | dict.fromkeys(("total_points", "total_score", "grade"), "indicators")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Stands beside an altered value and links to its alteration."""

    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value of a row that came or went, with its column's name."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One altered place. `was` and `now` are paragraphs, empty where the form is blank; a row has its cells instead.

    `seen` says that the form shows `now` at `anchor`, and it is too long to be said again.
    """

    name: str
    anchor: str | None
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    dropped: tuple[Cell, ...] = ()
    added: tuple[Cell, ...] = ()
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One alteration as its page tells it: `reasons` are its other facts by their Chinese names."""

    name: str
    anchor: str
    date: str
    what: str
    reasons: tuple[Cell, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Altered:
    """All that was altered, the earliest first, and the marks by the field that they stand at."""

    told: tuple[Told, ...]
    marks: Mapping[str, tuple[Mark, ...]]


def altered(holder: Form | DisclosureFacts) -> Altered:
    """What the page of a form or document says of its alterations."""
    if not (holder.amendments or holder.corrections):  # nearly all: 0.2 ms a form saved
        return Altered((), {})
    steps, _ = history(holder)
    today = Wording.now(holder).form
    model = type(holder)
    told: list[Told] = []
    marks: dict[str, tuple[Mark, ...]] = {}
    for number, step in enumerate(steps, 1):
        name, anchor = f"{ALTERATION_NAMES[step.kind]} {number}", alteration_anchor(number)
        for touched in step.touched:
            if touched.present:
                at = dotted(touched.present)
                marks[at] = (*marks.get(at, ()), Mark(name, anchor))
        spots = tuple(_spot(model, touched, today) for touched in step.touched)
        told.append(Told(name, anchor, step.alteration.date.isoformat(), step.alteration.what, _reasons(step), spots))
    return Altered(tuple(told), marks)


def _reasons(step: Step) -> tuple[Cell, ...]:
    alteration = step.alteration
    if isinstance(alteration, Amendment):
        return (Cell("变更原因", alteration.why), Cell("批准单位", alteration.approved_by))
    return (Cell("原件依据", alteration.source),)


def _spot(model: type[Model], touched: Touched, today: Printed) -> Spot:
    name = spoken(model, touched.keys)
    anchor = None if issubclass(model, DisclosureFacts) else _anchor(touched.present)
    row_model = model_of(model, ROWS)
    if row_model and touched.dropped is not None:
        return Spot(f"原{name}", None, dropped=_cells(row_model, touched.dropped))
    if row_model and touched.added is not None:
        return Spot(name, anchor, added=_cells(row_model, touched.added))
    shown = touched.present is not None and today.at(touched.present) == touched.now
    seen = shown and touched.now is not None and len(touched.now) > _LONG
    return Spot(name, anchor, _paragraphs(touched.was), _paragraphs(touched.now), seen=seen)


def _cells(model: type[Model], row: Row) -> tuple[Cell, ...]:
    return tuple(Cell(label(model, (key,)), words) for key, words in row.items())


def _paragraphs(words: str | None) -> tuple[str, ...]:
    return tuple(words.split("\n\n")) if words is not None else ()


def _anchor(present: Keys | None) -> str | None:
    """The id on the page at which a field stands; None for what it no longer shows."""
    if present is None:
        return None
    if present[0] == ROWS:
        return indicator_anchor(int(present[1]) + 1)
    return _SECTIONS.get(str(present[0]), "facts")
