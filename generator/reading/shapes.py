"""What a field of a model is for those who write it: words, a group of keys, or a list of either."""

import typing
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from generator.reading.fields import Model, Written


@dataclass(frozen=True, slots=True)
class Shape:
    """Of a group, `model` is its model; of words, `written` says how they are written. Or it is a list of such."""

    model: type[Model] | None
    written: Written | None
    listed: bool


def shape_of(field: FieldInfo) -> Shape:
    """The shape of a field, whether it may be left out or not."""
    own = next((each for each in field.metadata if isinstance(each, Written)), None)
    if own:  # paragraphs are a tuple when read, and words when written
        return Shape(None, own, listed=False)
    return _shape(field.annotation, listed=False)


def _shape(annotation: Any, *, listed: bool) -> Shape:
    """The shape of an annotation like `Model`, `Words | None`, `tuple[Model, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return Shape(annotation, None, listed)
    for each in getattr(annotation, "__metadata__", ()):
        if isinstance(each, Written):
            return Shape(None, each, listed)
    inner = next(part for part in typing.get_args(annotation) if part is not type(None))
    return _shape(inner, listed=listed or typing.get_origin(annotation) is tuple)
