"""How a disclosed form came to say what it says: its alterations, each with the words before and after.

A record holds its form as it is now. Undoing its alterations one by one, the latest first, gives every
earlier wording; so an alteration names rows by the numbers that they had right after it.
"""

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from generator.changes.printed import ROWS, Keys, Printed, Row, in_line, parse_spot, printed, row_words, spots
from generator.changes.told import Holder, KindOfAlteration, alterations_of
from generator.figures.dates import UNKNOWN
from generator.reading.fields import Model
from generator.reading.model import Alteration, Altered, DisclosureFacts
from generator.words.problems import dotted

# A document's own day of publication is not altered: it is a fact, and a false one is a veto item.
_FACTS = frozenset({("title",), ("title_origin",), ("approved",), ("source", "sha256")})

KindOfFault = Literal["field", "row", "nothing", "twice", "words", "withheld"]


class Withheld(str):
    """Earlier words of which the site may say no more than that there were some, or what is left of them.

    A wording that is compared with what was published takes the published words in their place.
    """

    __slots__ = ()


WITHHELD = Withheld("（依法不再显示）")


@dataclass(frozen=True, slots=True)
class Touched:
    """One place of an alteration.

    `present` is where it stands in the form of today, None when it does not; `withheld` is the law by which
    the earlier words are not shown.
    """

    keys: Keys
    was: str | None = None
    now: str | None = None
    dropped: Row | None = None
    added: Row | None = None
    present: Keys | None = None
    withheld: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One alteration of a form; `index` is its place in the record's list of its kind."""

    kind: KindOfAlteration
    index: int
    alteration: Alteration
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a form said at one time, and of each of its rows then which row of today's form it is, if any."""

    form: Printed
    places: tuple[int | None, ...]

    @classmethod
    def now(cls, holder: Holder) -> "Wording":
        form = printed_now(holder)
        return cls(form, tuple(range(len(form.rows))))

    def present(self, keys: Keys) -> Keys | None:
        """The same place in today's form; None for a row that is gone."""
        if keys[0] != ROWS:
            return keys
        place = self.places[int(keys[1])]
        return None if place is None else (ROWS, place, *keys[2:])


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be right in an alteration, and where in the record it is written."""

    kind: KindOfFault
    path: Keys
    facts: dict[str, str]


def printed_now(holder: Holder) -> Printed:
    """What a form prints; of a disclosure its title, its dates, its source."""
    if not isinstance(holder, DisclosureFacts):
        return printed(type(holder), holder)
    return Printed(
        {
            ("title",): holder.title,
            ("title_origin",): holder.title_origin,
            ("approved",): _day(holder.approved),
            ("published",): _day(holder.published),
            ("source", "sha256"): holder.source.sha256,
        }
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else UNKNOWN


def history(holder: Holder) -> tuple[tuple[Step, ...], tuple[Fault, ...]]:
    """Every alteration of a form, the earliest first, and what cannot be right in them."""
    if not (holder.amendments or holder.corrections):  # nearly all, and each is asked many times
        return (), ()
    wording = Wording.now(holder)
    steps: list[Step] = []
    faults: list[Fault] = []
    for kind, index, alteration in reversed(alterations_of(holder)):
        undoing = _undone(type(holder), wording, alteration, (kind, index))
        wording = undoing.before()
        steps.append(Step(kind, index, alteration, tuple(undoing.touched)))
        faults.extend(undoing.faults)
    return tuple(reversed(steps)), tuple(faults)


def wording_before(holder: Holder, latest: Collection[tuple[KindOfAlteration, int]]) -> Wording:
    """What the form said before its `latest` alterations were made, by kind and index; nothing else is undone."""
    wording = Wording.now(holder)
    for kind, index, alteration in reversed(alterations_of(holder)):
        if (kind, index) in latest:
            wording = _undone(type(holder), wording, alteration, ()).before()
    return wording


def _undone(model: type[Model], wording: Wording, alteration: Alteration, path: Keys) -> "_Undoing":
    undoing = _Undoing(model, wording)
    for number, altered in enumerate(alteration.fields):
        undoing.undo(altered, (*path, "fields", number))
    return undoing


class _Undoing:
    """Takes one alteration back, place by place."""

    def __init__(self, model: type[Model], after: Wording) -> None:
        self.after = after
        self.known = _FACTS if issubclass(model, DisclosureFacts) else spots(model) - {("note",)}
        self.fields = dict(after.form.fields)
        self.rows = [dict(row) for row in after.form.rows]
        self.named: set[tuple[Keys, bool]] = set()
        self.added: set[int] = set()
        self.dropped: dict[int, tuple[Row, Keys]] = {}
        self.touched: list[Touched] = []
        self.faults: list[Fault] = []

    def fault(self, kind: KindOfFault, path: Keys, **facts: str) -> None:
        self.faults.append(Fault(kind, path, facts))

    def undo(self, altered: Altered, path: Keys) -> None:
        keys = parse_spot(altered.field)
        whole = keys is not None and keys[0] == ROWS and len(keys) == 2  # noqa: PLR2004 - indicators, number
        if keys is None or not (self.has_rows if whole else _unnumbered(keys) in self.known):
            self.unknown(altered.field, path)
        elif (keys, altered.dropped is None) in self.named:
            self.fault("twice", (*path, "field"), found=altered.field)
        elif whole:
            self.undo_row(altered, keys, int(keys[1]), path)
        elif altered.dropped is not None:
            self.fault("words", (*path, "dropped"), found="dropped")
        elif keys[0] != ROWS or self.has_row(int(keys[1]), path):
            self.undo_field(altered, keys, path)
        if keys is not None:
            self.named.add((keys, altered.dropped is None))

    @property
    def has_rows(self) -> bool:
        return (ROWS, "name") in self.known

    def has_row(self, number: int, path: Keys) -> bool:
        if number >= len(self.rows):
            self.fault("row", (*path, "field"), number=str(number + 1), count=str(len(self.rows)))
        return number < len(self.rows)

    def unknown(self, said: str, path: Keys) -> None:
        names = sorted(dotted(keys) for keys in self.known)
        bare = ".".join(part.partition("[")[0] for part in said.split("."))
        near = difflib.get_close_matches(bare, names, n=1)
        name = near[0].replace(f"{ROWS}.", f"{ROWS}[3].") if near else ""
        hint = (f"，是否要写“{name}”？", f", did you mean “{name}”?") if near else ("", "")
        if "[0]" in said:
            hint = ("，第几项从 1 数起", ", rows are counted from 1")
        self.fault("field", (*path, "field"), found=said, near=hint[0], near_en=hint[1])

    def undo_row(self, altered: Altered, keys: Keys, number: int, path: Keys) -> None:
        if altered.was is not None:
            self.fault("words", (*path, "was"), found="was")
        elif altered.dropped is not None:
            row = row_words(type(altered.dropped), altered.dropped)
            if altered.withheld is not None:
                row = {key: Withheld(words) for key, words in row.items()}
            self.dropped[number] = (row, path)
            self.touched.append(Touched(keys, dropped=row, withheld=altered.withheld))
        elif altered.withheld is not None:
            self.fault("withheld", (*path, "withheld"), found="withheld")
        elif self.has_row(number, path):
            self.added.add(number)
            row, present = self.after.form.rows[number], self.after.present(keys)
            self.touched.append(Touched(keys, added=row, present=present))

    def undo_field(self, altered: Altered, keys: Keys, path: Keys) -> None:
        if altered.withheld is not None and altered.was is not None:
            self.fault("withheld", (*path, "was"), found="was")
            return
        if altered.withheld is not None:
            was: str | None = WITHHELD
        else:
            was = None if altered.was is None else "\n\n".join(altered.was)
        now = self.after.form.at(keys)
        if was == now:
            found, found_en = ("空白", "blank") if was is None else (f"“{in_line(was)}”",) * 2
            self.fault("nothing", (*path, "field" if was is None else "was"), found=found, found_en=found_en)
            return
        row = self.rows[int(keys[1])] if keys[0] == ROWS else None
        if row is not None:
            _put(row, str(keys[2]), was)
        else:
            _put(self.fields, keys, was)
        present = self.after.present(keys)
        self.touched.append(Touched(keys, was, now, present=present, withheld=altered.withheld))

    def before(self) -> Wording:
        """The form without the alteration."""
        kept = [number for number in range(len(self.rows)) if number not in self.added]
        rows: list[Row] = [self.rows[number] for number in kept]
        places = [self.after.places[number] for number in kept]
        for number, (row, path) in sorted(self.dropped.items()):
            if number > len(rows):
                self.fault("row", (*path, "field"), number=str(number + 1), count=str(len(rows)))
                continue
            rows.insert(number, row)
            places.insert(number, None)
        return Wording(Printed(self.fields, tuple(rows)), tuple(places))


def _unnumbered(keys: Keys) -> Keys:
    return tuple(key for key in keys if isinstance(key, str))


def _put(holder: dict[Any, str], key: Any, words: str | None) -> None:
    if words is None:
        holder.pop(key, None)
    else:
        holder[key] = words
