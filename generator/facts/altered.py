"""What a page says of the alterations of a form or document, and which of its values it marks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.changes.diff import common_ends
from generator.changes.history import Step, Touched, Withheld, Wording, history
from generator.changes.printed import ROWS, Keys, Printed, Row, model_of, spoken
from generator.changes.told import KindOfAlteration
from generator.reading.fields import Model
from generator.reading.model import Amendment, DisclosureFacts, Form
from generator.reading.validate import label
from generator.words.problems import dotted
from generator.words.urls import alteration_anchor, indicator_anchor

ALTERATION_NAMES: dict[KindOfAlteration, str] = {"amendments": "变更", "corrections": "勘误"}
_LONG = 60  # characters; of a longer text what differs is marked, and what stands in the form is not said again
_AROUND = 15  # characters shown before and after what differs
# Where a field stands on its page.
_SECTIONS = {"project_funding": "funding", "funding": "funding", "budget": "budget"} | dict.fromkeys(
    ("objectives", "expected", "achieved"), "goals"
) | dict.fromkeys((ROWS, "total_points", "total_score", "grade"), "indicators")  # fmt: skip


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
class Piece:
    """A part of a text; `differs` marks what the other wording has not."""

    words: str
    differs: bool = False


Paragraphs = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One altered place. `was` and `now` are paragraphs, empty where the form is blank; a row has its cells instead.

    `seen` says that the form shows `now` at `anchor`, and it is too long to be said again in full; `withheld` is
    the law by which `was`, or a part of the row, is not shown any longer.
    """

    name: str
    anchor: str | None
    was: Paragraphs = ()
    now: Paragraphs = ()
    dropped: tuple[Cell, ...] = ()
    added: tuple[Cell, ...] = ()
    seen: bool = False
    withheld: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One alteration as its page tells it: `reasons` are its other facts by their Chinese names."""

    kind: str
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

    @property
    def said(self) -> str:
        """How often what was altered, and when last: `变更 2 次、勘误 1 次，最近一次在 2024-09-30`."""
        counts = Counter(each.kind for each in self.told)
        times = "、".join(f"{kind} {counts[kind]} 次" for kind in ALTERATION_NAMES.values() if counts[kind])
        return f"{times}，最近一次在 {max(each.date for each in self.told)}" if self.told else ""


def altered(holder: Form | DisclosureFacts) -> Altered:
    """What the page of a form or document says of its alterations."""
    if not (holder.amendments or holder.corrections):  # nearly all: 0.2 ms a form saved
        return Altered((), {})
    steps, _ = history(holder)
    today = Wording.now(holder).form
    model = type(holder)
    told: list[Told] = []
    marks: dict[str, tuple[Mark, ...]] = {}
    counts: Counter[KindOfAlteration] = Counter()
    for number, step in enumerate(steps, 1):
        counts[step.kind] += 1
        kind, anchor = ALTERATION_NAMES[step.kind], alteration_anchor(number)
        name = f"{kind} {counts[step.kind]}"
        for touched in step.touched:
            if touched.present:
                at = dotted(touched.present)
                marks[at] = (*marks.get(at, ()), Mark(name, anchor))
        spots = tuple(_spot(model, touched, today) for touched in step.touched)
        date = step.alteration.date.isoformat()
        told.append(Told(kind, name, anchor, date, step.alteration.what, _reasons(step), spots))
    return Altered(tuple(told), marks)


def _reasons(step: Step) -> tuple[Cell, ...]:
    alteration = step.alteration
    if isinstance(alteration, Amendment):
        return (Cell("变更原因", alteration.why), Cell("批准单位", alteration.approved_by))
    return (Cell("原件依据", alteration.source),)


def _spot(model: type[Model], touched: Touched, today: Printed) -> Spot:
    name = spoken(model, touched.keys)
    anchor = None if issubclass(model, DisclosureFacts) else field_anchor(touched.present)
    row_model = model_of(model, ROWS)
    if row_model and touched.dropped is not None:
        return Spot(f"原{name}", None, dropped=_cells(row_model, touched.dropped), withheld=touched.withheld)
    if row_model and touched.added is not None:
        return Spot(name, anchor, added=_cells(row_model, touched.added))
    shown = touched.present is not None and today.at(touched.present) == touched.now
    plain = touched.withheld is not None or isinstance(touched.now, Withheld)  # nothing to hold the other against
    seen = bool(anchor and shown and touched.now is not None and len(touched.now) > _LONG and not plain)
    was, now = _paragraphs(touched.was), _paragraphs(touched.now)
    if not plain and max(len(touched.was or ""), len(touched.now or "")) > _LONG:
        was, now = _beside(was, now)
    return Spot(name, anchor, was, _shortened(now) if seen else now, seen=seen, withheld=touched.withheld)


def _beside(before: Paragraphs, after: Paragraphs) -> tuple[Paragraphs, Paragraphs]:
    """Two wordings with what differs marked, paragraph by paragraph where there are as many of them."""
    if len(before) == len(after):
        pairs = [_marked(was[0].words, now[0].words) for was, now in zip(before, after, strict=True)]
        return tuple(was for was, _ in pairs), tuple(now for _, now in pairs)
    there, here = set(after), set(before)
    return (
        tuple(tuple(Piece(piece.words, pieces not in there) for piece in pieces) for pieces in before),
        tuple(tuple(Piece(piece.words, pieces not in here) for piece in pieces) for pieces in after),
    )


def _marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if before == after:
        return (Piece(before),), (Piece(after),)
    head, tail = common_ends(before, after)

    def pieces(words: str) -> tuple[Piece, ...]:
        end = len(words) - tail
        return Piece(words[:head]), Piece(words[head:end], differs=True), Piece(words[end:])

    return pieces(before), pieces(after)


def _shortened(paragraphs: Paragraphs) -> Paragraphs:
    """The paragraphs that differ, and of each no more than what differs and a few characters around it."""
    return tuple(
        tuple(_around(piece, at) for at, piece in enumerate(pieces))
        for pieces in paragraphs
        if any(piece.differs for piece in pieces)
    ) or ((Piece("…"),),)


def _around(piece: Piece, at: int) -> Piece:
    if piece.differs or len(piece.words) <= _AROUND:
        return piece
    return Piece(f"{piece.words[:_AROUND]}…" if at else f"…{piece.words[-_AROUND:]}")


def _cells(model: type[Model], row: Row) -> tuple[Cell, ...]:
    return tuple(Cell(label(model, (key,)), words) for key, words in row.items())


def _paragraphs(words: str | None) -> Paragraphs:
    return tuple((Piece(paragraph),) for paragraph in words.split("\n\n")) if words is not None else ()


def field_anchor(keys: Keys | None) -> str | None:
    """The id on its form's page at which a field stands; None for what the form no longer shows."""
    if keys is None:
        return None
    if keys[0] == ROWS and len(keys) > 1:
        return indicator_anchor(int(keys[1]) + 1)
    return _SECTIONS.get(str(keys[0]), "facts")
