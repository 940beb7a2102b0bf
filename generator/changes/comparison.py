"""Two states of what is disclosed, compared: fields before and after, rows added and dropped, records and URLs gone.

Records are matched by id, their rows as `matching` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeVar

from generator.changes.history import WITHHELD
from generator.changes.matching import known, matched, moved
from generator.changes.printed import ROWS, Keys, Printed, Row, is_money, parse_spot
from generator.changes.state import CentreState, DisclosureState, RecordState, State
from generator.changes.told import Alterations, is_kept
from generator.figures.amounts import YUAN_PER, MoneyUnit, parse_number
from generator.figures.targets import parse_target
from generator.figures.trend import Trend, trend_of
from generator.reading.fields import Model
from generator.reading.model import DisclosureFacts
from generator.words.problems import Refused

T = TypeVar("T")

_WIDE = Context(prec=60)  # from the smallest amount that a form may print to the largest


@dataclass(frozen=True, slots=True)
class Money:
    """An amount before and after, yuan; `percent` of the earlier one, two decimals, None where that was zero."""

    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        if not self.before:
            return None
        share = _WIDE.divide(self.difference * 100, self.before)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP, context=_WIDE)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's words before and after, None where it was or is blank; `keys` count rows as they are after."""

    keys: Keys
    before: str | None
    after: str | None
    money: Money | None = None
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class RowChange:
    """An indicator row that came, went or moved; its place (from 0) before and after, None where it was not."""

    row: Row
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FormChange:
    fields: tuple[FieldChange, ...] = ()
    added: tuple[RowChange, ...] = ()
    dropped: tuple[RowChange, ...] = ()
    moved: tuple[RowChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.added or self.dropped or self.moved)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is in both states; `said` and `unsaid` are the alterations that came and went."""

    record: RecordState
    form: FormChange
    said: Alterations
    unsaid: Alterations


@dataclass(frozen=True, slots=True)
class DisclosureChange:
    """A document that is in both states."""

    disclosure: DisclosureState
    facts: FormChange
    said: Alterations
    unsaid: Alterations
    records: tuple[RecordChange, ...]
    added: tuple[RecordState, ...]
    vanished: tuple[RecordState, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two states, sorted by id."""

    centres: tuple[FieldChange, ...]
    disclosures: tuple[DisclosureChange, ...]
    added: tuple[DisclosureState, ...]
    vanished: tuple[DisclosureState, ...]
    urls_added: tuple[str, ...]
    urls_vanished: tuple[str, ...]

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


def compare(before: State, after: State) -> Changes:
    """Everything that differs between an earlier and a later state."""
    both = sorted(before.disclosures.keys() & after.disclosures.keys())
    changed = (_disclosure(before.disclosures[each], after.disclosures[each]) for each in both)
    return Changes(
        tuple(
            change
            for centre in sorted(before.centres.keys() | after.centres.keys())
            for change in _centre(centre, before.centres.get(centre), after.centres.get(centre))
        ),
        tuple(found for found in changed if found),
        _only_in(after.disclosures, before.disclosures),
        _only_in(before.disclosures, after.disclosures),
        tuple(sorted(after.urls - before.urls)),
        tuple(sorted(before.urls - after.urls)),
    )


def _centre(identity: str, before: CentreState | None, after: CentreState | None) -> Iterator[FieldChange]:
    """What changed of a centre; its keys are the centre's id and the field of centre.yml."""
    was, now = _facts(before), _facts(after)
    for key in dict.fromkeys((*was, *now)):
        unsaid = key == "department" and before and after and None in (before.department, after.department)
        if was.get(key) != now.get(key) and not unsaid:
            yield FieldChange((identity, key), was.get(key), now.get(key))


def _facts(centre: CentreState | None) -> dict[str, str | None]:
    if centre is None:
        return {}
    former = "、".join(centre.former_names) or None
    return {"name": centre.name, "former_names": former, "department": centre.department}


def _only_in(these: Mapping[str, T], those: Mapping[str, T]) -> tuple[T, ...]:
    return tuple(these[each] for each in sorted(these.keys() - those.keys()))


def _said(before: Alterations, after: Alterations) -> Alterations:
    """The alterations that only the later one says."""
    return tuple(each for each in after if each not in before)


def _unsaid(before: Alterations, after: Alterations) -> Alterations:
    """The alterations that only the earlier one says; what is withheld now must not be said here either."""
    return tuple(each for each in before if not any(is_kept(each, now) for now in after))


def _concealed(form: FormChange, said: Alterations) -> FormChange:
    """The change without the earlier words that `said` withholds: in every row, since rows are counted otherwise."""
    withheld = {
        tuple(key for key in parse_spot(place["field"]) or () if isinstance(key, str))
        for _, told in said
        for place in told["fields"]
        if "withheld" in place
    }
    if not withheld:
        return form
    return replace(
        form,
        fields=tuple(
            replace(each, before=WITHHELD, money=None, trend=None)
            if each.before is not None and tuple(key for key in each.keys if isinstance(key, str)) in withheld
            else each
            for each in form.fields
        ),
        dropped=tuple(
            replace(
                each,
                row={
                    key: WITHHELD if (ROWS,) in withheld or (ROWS, key) in withheld else words
                    for key, words in each.row.items()
                },
            )
            for each in form.dropped
        ),
    )


def _disclosure(before: DisclosureState, after: DisclosureState) -> DisclosureChange | None:
    both = [each for each in after.records if each in before.records]
    records = (_record(before.records[each], after.records[each]) for each in both)
    said = _said(before.altered, after.altered)
    change = DisclosureChange(
        after,
        _concealed(compare_forms(DisclosureFacts, before.printed, after.printed), said),
        said,
        _unsaid(before.altered, after.altered),
        tuple(found for found in records if found),
        _only_in(after.records, before.records),
        _only_in(before.records, after.records),
    )
    found = (change.facts, change.said, change.unsaid, change.records, change.added, change.vanished)
    return change if any(found) else None


def _record(before: RecordState, after: RecordState) -> RecordChange | None:
    said = _said(before.altered, after.altered)
    change = RecordChange(
        after,
        _concealed(compare_forms(after.model, before.printed, after.printed), said),
        said,
        _unsaid(before.altered, after.altered),
    )
    return change if change.form or change.said or change.unsaid else None


def compare_forms(model: type[Model], before: Printed, after: Printed) -> FormChange:
    """What differs between two wordings of one form."""
    fields = [
        FieldChange(keys, was, now, _money(model, keys, before, after))
        for keys in dict.fromkeys((*after.fields, *before.fields))
        if (was := before.at(keys)) != (now := after.at(keys))
    ]
    pairs = matched([*map(known, before.rows)], [*map(known, after.rows)])
    for old, new in sorted(pairs, key=lambda pair: pair[1]):
        fields.extend(_cells(before.rows[old], after.rows[new], new))
    kept, found = {old for old, _ in pairs}, {new for _, new in pairs}
    return FormChange(
        tuple(fields),
        tuple(RowChange(row, None, at) for at, row in enumerate(after.rows) if at not in found),
        tuple(RowChange(row, at, None) for at, row in enumerate(before.rows) if at not in kept),
        tuple(RowChange(after.rows[new], old, new) for old, new in moved(before.rows, after.rows, pairs)),
    )


def _cells(before: Row, after: Row, number: int) -> Iterator[FieldChange]:
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        if was != now:
            trend = None
            if key == "target" and was is not None and now is not None:
                # states are compared without a profile, so by the word that every level of costs has
                cost = any("成本" in row.get(level, "") for row in (before, after) for level in ("level1", "level2"))
                trend = trend_of(parse_target(was), parse_target(now), cost=cost)
            yield FieldChange((ROWS, number, key), was, now, trend=trend)


def _money(model: type[Model], keys: Keys, before: Printed, after: Printed) -> Money | None:
    if not is_money(model, keys):
        return None
    was, now = _yuan(keys, before), _yuan(keys, after)
    return None if was is None or now is None else Money(was, now)


def _yuan(keys: Keys, form: Printed) -> Decimal | None:
    """An amount in yuan; the whole project's money is printed in the unit of the year's."""
    units: Mapping[str, MoneyUnit] = {"元": "元", "万元": "万元"}
    block = "budget" if keys[0] == "budget" else "funding"
    unit, words = units.get(form.fields.get((block, "unit"), "")), form.at(keys)
    try:
        return parse_number(words) * YUAN_PER[unit] if words is not None and unit else None
    except Refused:
        return None
