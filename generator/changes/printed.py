"""What a form prints, as words by field: comparable whether read from content/ or from a built site."""

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from generator.figures.amounts import Amount
from generator.reading.fields import Model
from generator.reading.model import BESIDE
from generator.reading.validate import field_at, label, model_at

Keys = tuple[str | int, ...]
Row = Mapping[str, str]

ROWS = "indicators"
_SPOT = re.compile(r"[a-z_0-9]+(?:\.[a-z_0-9]+)*|indicators\[([1-9][0-9]{0,4})\](?:\.([a-z_0-9]+))?")


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of a form, by the keys of its fields, and its indicator rows in printed order; blanks are left out."""

    fields: Mapping[Keys, str]
    rows: tuple[Row, ...] = ()

    def at(self, keys: Keys) -> str | None:
        """The words of a field, or of a field of a row; None where the form is blank."""
        if keys[0] != ROWS:
            return self.fields.get(keys)
        _, index, key = keys
        return self.rows[int(index)].get(str(key)) if int(index) < len(self.rows) else None


def printed(model: type[Model], source: object) -> Printed:
    """The words of a form.

    Args:
        model: Its model; only what the model knows is read.
        source: A form of the model, or the same as JSON data (see `generator.exports.record_json`).
    """
    rows, row_model = _item(source, ROWS) or (), model_of(model, ROWS)
    if not isinstance(rows, list | tuple) or row_model is None:
        raise TypeError(ROWS)
    return Printed(
        {keys: _words(found) for keys, found in _fields(model, source, ())},
        tuple(row_words(row_model, row) for row in rows),
    )


@cache
def model_of(model: type[Model], key: str) -> type[Model] | None:
    """The model of what stands under a key: of a block of fields, or of the rows; None for printed words."""
    found = model_at(model, (key,))
    return found if found and issubclass(found, Model) else None


def row_words(model: type[Model], row: object) -> Row:
    """The words of an indicator row by key."""
    return {str(keys[0]): _words(found) for keys, found in _fields(model, row, ())}


def _item(source: object, key: str) -> object:
    if isinstance(source, Model):
        return getattr(source, key)
    if isinstance(source, dict):
        return source.get(key)
    raise TypeError(key)


@cache
def _parts(model: type[Model]) -> tuple[tuple[str, type[Model] | None], ...]:
    """The keys of what a form prints, rows aside, and the model below each, if there is one."""
    return tuple((key, model_of(model, key)) for key in model.model_fields if key not in BESIDE | {ROWS})


def _fields(model: type[Model], source: object, path: Keys) -> Iterator[tuple[Keys, object]]:
    """Every field of the model that `source` says something of, in the model's order."""
    for key, part in _parts(model):
        found = _item(source, key)
        if found is not None and part:
            yield from _fields(part, found, (*path, key))
        elif found is not None:
            yield (*path, key), found


def _words(found: object) -> str:
    if isinstance(found, str):
        return found
    if isinstance(found, tuple):
        return "\n\n".join(map(str, found))
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, dict):  # a target as data, with its parts
        found = found.get("printed")
    if isinstance(found, Model | list | dict | None):
        raise TypeError(found)
    return str(found)


def in_line(words: str) -> str:
    """Words as a message shows them: in one line, with ↵ between paragraphs."""
    return words.replace("\n\n", " ↵ ")


def parse_spot(said: str) -> Keys | None:
    """`indicators[3].target` → `("indicators", 2, "target")`; None for what is no name of a field."""
    match = _SPOT.fullmatch(said)
    if match is None:
        return None
    if match[1]:
        return (ROWS, int(match[1]) - 1, match[2]) if match[2] else (ROWS, int(match[1]) - 1)
    return None if said.split(".", maxsplit=1)[0] == ROWS else tuple(said.split("."))  # a row is named by its number


def spots(model: type[Model]) -> frozenset[Keys]:
    """Every field of a form; those of its rows stand without a number: `("indicators", "target")`."""
    return frozenset(_spots(model, ()))


def _spots(model: type[Model], path: Keys) -> Iterator[Keys]:
    for key in model.model_fields:
        part = model_of(model, key)
        if key in BESIDE:
            continue
        if part:
            yield from _spots(part, (*path, key))
        else:
            yield (*path, key)


def is_money(model: type[Model], keys: Keys) -> bool:
    """The field holds an amount of money."""
    field = field_at(model, keys)
    return field is not None and _holds(field.annotation, Amount)


def _holds(annotation: Any, wanted: type) -> bool:
    return annotation is wanted or any(_holds(part, wanted) for part in typing.get_args(annotation))


def spoken(model: type[Model], keys: Keys) -> str:
    """A field as a reader knows it: `第 3 项指标 · 年度指标值`."""
    said: list[str] = []
    for end, key in enumerate(keys, 1):
        if isinstance(key, int):
            said[-1] = f"第 {key + 1} 项指标"
        else:
            said.append(label(model, keys[:end]))
    return " · ".join(said)
