"""How a disclosed form came to say what it says: its alterations, each with the words before and after.

A record holds its form as it is now. Undoing its alterations one by one, the latest first, gives every
earlier wording; so an alteration names rows by the numbers that they had right after it.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from generator.model import Alteration, Altered, DisclosureFacts, Form
from generator.printed import ROWS, Keys, Printed, Row, parse_spot, printed, row_words, spots
from generator.problems import Entry, Words, dotted

KINDS_OF_ALTERATION: tuple["KindOfAlteration", ...] = ("corrections", "amendments")
KindOfAlteration = Literal["amendments", "corrections"]

# A document's own day of publication is not altered: it is a fact, and a false one is a veto item.
_FACTS = frozenset({("title",), ("approved",), ("source", "sha256")})

FIELD = Entry(
    "altered-field",
    Words("应为表上的一格，如 indicators[3].target", "the name of a field is expected, like indicators[3].target"),
    Words("现为“{found}”{near}", "found “{found}”{near_en}"),
    Words(
        "照检查提示里的写法：funding.total 是年度资金申请总额，indicators[3].target 是第 3 项的指标值，indicators[3] 是整行。",
        "name it as messages do: funding.total, indicators[3].target, or indicators[3] for a whole row.",
    ),
)
NO_ROW = Entry(
    "altered-row",
    Words("改动以后的表应有第 {number} 项指标", "the form as altered should have an indicator {number}"),
    Words("只有 {count} 项", "it has {count}"),
    Words(
        "按这次改动以后的次序数；删去的行写它原来是第几项。",
        "count the rows as they were right after this alteration; a dropped row has the number that it had before.",
    ),
)
SAME = Entry(
    "altered-nothing",
    Words("原来的文字（was）应与改动以后的不同", "was should differ from what the form says after the alteration"),
    Words("都是{found}", "both are {found_en}"),
    Words(
        "was 写改动以前公开的文字，表上写现在的文字；原来空白的，不写 was。",
        "was holds the words published before, the form those of now; leave was out where nothing stood.",
    ),
)
ROW_WORDS = Entry(
    "altered-row-words",
    Words("整行的增删应只写 field，删去的另写 dropped", "a whole row has field alone, or field and dropped"),
    Words("写了{found}", "found {found_en}"),
    Words(
        "添一行：只写 field。删一行：field 写它原来是第几项，dropped 下面照录这一行。改一格：field 写到格，如 indicators[3].target。",
        "an added row has field alone; a dropped one has its old number in field and its words in dropped; "
        "for one cell name the cell, like indicators[3].target.",
    ),
)


@dataclass(frozen=True, slots=True)
class Touched:
    """One place of an alteration. `present` is where it stands in the form of today, None when it does not."""

    keys: Keys
    was: str | None
    now: str | None
    dropped: Row | None
    added: Row | None
    present: Keys | None


@dataclass(frozen=True, slots=True)
class Step:
    """One alteration of a form; `index` is its place in the record's list of its kind."""

    kind: KindOfAlteration
    index: int
    alteration: Alteration
    touched: tuple[Touched, ...]
    before: Printed


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be right in an alteration, and where in the record it is written."""

    entry: Entry
    path: Keys
    facts: dict[str, str]


def printed_now(holder: Form | DisclosureFacts) -> Printed:
    """What a form prints; of a disclosure its title, its dates, its source."""
    if not isinstance(holder, DisclosureFacts):
        return printed(type(holder), holder)
    return Printed(
        {
            ("title",): holder.title,
            ("approved",): said_day(holder.approved),
            ("published",): said_day(holder.published),
            ("source", "sha256"): holder.source.sha256,
        }
    )


def alterations_of(holder: Form | DisclosureFacts) -> list[tuple[KindOfAlteration, int, Alteration]]:
    """Every alteration in the order of their days; on one day what we had copied wrongly comes first."""
    found: list[tuple[KindOfAlteration, int, Alteration]] = [
        (kind, index, alteration)
        for kind in KINDS_OF_ALTERATION
        for index, alteration in enumerate(getattr(holder, kind))
    ]
    return sorted(found, key=lambda each: each[2].date)


def history(holder: Form | DisclosureFacts) -> tuple[tuple[Step, ...], tuple[Fault, ...]]:
    """Every alteration of a form, the earliest first, and what cannot be right in them."""
    form = printed_now(holder)
    places: _Places = tuple(range(len(form.rows)))
    steps: list[Step] = []
    faults: list[Fault] = []
    for kind, index, alteration in reversed(alterations_of(holder)):
        undoing = _Undoing(type(holder), form, places)
        for number, altered in enumerate(alteration.fields):
            undoing.undo(altered, (kind, index, "fields", number))
        form, places = undoing.before()
        steps.append(Step(kind, index, alteration, tuple(undoing.touched), form))
        faults.extend(undoing.faults)
    return tuple(reversed(steps)), tuple(faults)


def before(holder: Form | DisclosureFacts, undone: Iterable[Alteration]) -> Printed:
    """What the form said before the latest of its alterations, all of `undone`, were made."""
    steps, _ = history(holder)
    wordings = [step.before for step in steps if any(step.alteration is each for each in undone)]
    return wordings[0] if wordings else printed_now(holder)


_Places = tuple[int | None, ...]  # of each row: which row of today's form it is, if any


class _Undoing:
    """Takes one alteration back, place by place."""

    def __init__(self, model: type[BaseModel], after: Printed, places: _Places) -> None:
        self.model = model
        self.after = after
        self.places = places
        self.known = _FACTS if issubclass(model, DisclosureFacts) else spots(model) - {("note",)}
        self.fields = dict(after.fields)
        self.rows = [dict(row) for row in after.rows]
        self.added: set[int] = set()
        self.dropped: dict[int, tuple[Row, Keys]] = {}
        self.touched: list[Touched] = []
        self.faults: list[Fault] = []

    def fault(self, entry: Entry, path: Keys, **facts: str) -> None:
        self.faults.append(Fault(entry, path, facts))

    def undo(self, altered: Altered, path: Keys) -> None:
        keys = parse_spot(altered.field)
        whole = keys is not None and len(keys) == 2 and keys[0] == ROWS and isinstance(keys[1], int)  # noqa: PLR2004 - indicators, number
        if keys is None or not (self.has_rows if whole else _unnumbered(keys) in self.known):
            self.unknown(altered.field, path)
        elif any(keys == each.keys and each.dropped == altered.dropped is None for each in self.touched):
            self.fault(SAME, (*path, "field"), found="同一格写了两次", found_en="named twice")
        elif whole:
            self.undo_row(altered, keys, int(keys[1]), path)
        elif altered.dropped is not None:
            self.fault(ROW_WORDS, (*path, "dropped"), found="一格和 dropped", found_en="a cell and dropped")
        elif keys[0] == ROWS and not self.has_row(int(keys[1]), path):
            return
        else:
            self.undo_field(altered, keys, path)

    @property
    def has_rows(self) -> bool:
        return (ROWS, "name") in self.known

    def has_row(self, number: int, path: Keys) -> bool:
        if number >= len(self.rows):
            self.fault(NO_ROW, (*path, "field"), number=str(number + 1), count=str(len(self.rows)))
        return number < len(self.rows)

    def unknown(self, said: str, path: Keys) -> None:
        names = sorted(dotted(keys) for keys in self.known)
        bare = ".".join(part.partition("[")[0] for part in said.split("."))
        near = difflib.get_close_matches(bare, names, n=1)
        name = near[0].replace(f"{ROWS}.", f"{ROWS}[3].") if near else ""
        hint = (f"，是否要写“{name}”？", f", did you mean “{name}”?") if near else ("", "")
        self.fault(FIELD, (*path, "field"), found=said, near=hint[0], near_en=hint[1])

    def undo_row(self, altered: Altered, keys: Keys, number: int, path: Keys) -> None:
        if altered.was is not None:
            self.fault(ROW_WORDS, (*path, "was"), found=" was", found_en="was")
        elif altered.dropped is not None:
            row = row_words(type(altered.dropped), altered.dropped)
            self.dropped[number] = (row, path)
            self.touched.append(Touched(keys, None, None, row, None, None))
        elif self.has_row(number, path):
            self.added.add(number)
            self.touched.append(Touched(keys, None, None, None, self.after.rows[number], self.present(keys)))

    def undo_field(self, altered: Altered, keys: Keys, path: Keys) -> None:
        was = None if altered.was is None else "\n\n".join(altered.was)
        now = self.after.at(keys)
        if was == now:
            found, found_en = ("空白", "blank") if was is None else (f"“{was}”", f"“{was}”")
            self.fault(SAME, (*path, "field" if was is None else "was"), found=found, found_en=found_en)
            return
        row = self.rows[int(keys[1])] if keys[0] == ROWS else None
        if row is not None:
            _put(row, str(keys[2]), was)
        else:
            _put(self.fields, keys, was)
        self.touched.append(Touched(keys, was, now, None, None, self.present(keys)))

    def present(self, keys: Keys) -> Keys | None:
        """The same place in the form of today."""
        if keys[0] != ROWS:
            return keys
        place = self.places[int(keys[1])]
        return None if place is None else (ROWS, place, *keys[2:])

    def before(self) -> tuple[Printed, _Places]:
        """The form without the alteration, and which row of today's form each of its rows is."""
        kept = [number for number in range(len(self.rows)) if number not in self.added]
        rows: list[Row] = [self.rows[number] for number in kept]
        places = [self.places[number] for number in kept]
        for number, (row, path) in sorted(self.dropped.items()):
            if number > len(rows):
                self.fault(NO_ROW, (*path, "field"), number=str(number + 1), count=str(len(rows)))
                continue
            rows.insert(number, row)
            places.insert(number, None)
        return Printed(self.fields, tuple(rows)), tuple(places)


def _unnumbered(keys: Keys) -> Keys:
    return tuple(key for key in keys if isinstance(key, str))


def _put(holder: dict[Any, str], key: Any, words: str | None) -> None:
    if words is None:
        holder.pop(key, None)
    else:
        holder[key] = words
