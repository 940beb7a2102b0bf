"""A tree as a model, or everything that is wrong with it, each at its place."""

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.reading.fields import EMPTY, SHAPE, described
from generator.reading.model import BESIDE, Declaration, Evaluation
from generator.reading.notation import notation
from generator.reading.shapes import shape_of
from generator.words.problems import Entry, Problem, Refused, Words
from generator.words.tree import Tree

M = TypeVar("M", bound=BaseModel)

MISSING = Entry(
    "missing-key",
    Words("缺一个键", "a key is missing"),
    Words("应有“{label}”({key})", "“{key}” ({label}) is expected"),
    Words("这里没有写", "it is missing"),
    Words(
        "{mend}",
        "{mend_en}",
    ),
)
UNKNOWN = Entry(
    "unknown-key",
    Words("不认识的键", "an unknown key"),
    Words("这里只能写 {allowed}", "only {allowed} are expected here"),
    Words("写了“{key}”", "found “{key}”"),
    Words("{near}", "{near_en}"),
)


def validate(model: type[M], tree: Tree) -> M | list[Problem]:
    """A tree as a model, or everything that is wrong with it."""
    try:
        return model.model_validate(tree.plain)
    except ValidationError as error:
        found = error.errors()
        # A list whose items are all refused is not also said to be empty.
        places = [each["loc"] for each in found]
        said = [
            each
            for each in found
            if each["type"] != "too_short" or not any(_within(loc, each["loc"]) for loc in places)
        ]
        return [_problem(model, tree, each) for each in said]


def _within(loc: tuple[int | str, ...], holder: tuple[int | str, ...]) -> bool:
    return len(loc) > len(holder) and loc[: len(holder)] == holder


def model_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """The model that describes the keys below `path`."""
    here: type[BaseModel] | None = model
    for key in path:
        if isinstance(key, str):
            field = here.model_fields.get(key) if here else None
            here = shape_of(field).model if field else None
    return here


def field_at(model: type[BaseModel], path: Iterable[str | int]) -> FieldInfo | None:
    """The field at `path`; that of an item is its list's."""
    keys = [key for key in path if isinstance(key, str)]
    holder = model_at(model, keys[:-1])
    return holder.model_fields.get(keys[-1]) if holder and keys else None


def label(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    """The printed Chinese name of the field at `path`; an item of a list is called by its list."""
    field = field_at(model, path)
    return field.title or "" if field else ""


_SHAPES: dict[str, tuple[str, str]] = {
    "model_type": ("一组“键: 值”", "a group of “key: value”"),
    "tuple_type": ("列表（每项以“- ”开头）", "a list (each item begins with “- ”)"),
    "too_short": ("至少一项的列表", "a list of at least one item"),
}


def _to_add(model: type[BaseModel], path: tuple[str | int, ...]) -> dict[str, str]:
    """How to write a key that is missing: as the form prints it, or one of the words that may stand there."""
    key, field = path[-1], field_at(model, path)
    if field and field.examples:
        words = [str(each) for each in field.examples]
        return {
            "mend": f"补上一行“{key}: ……”，可以写：{'、'.join(words)}。",
            "mend_en": f"add a line “{key}: …” with one of: {', '.join(words)}.",
        }
    if issubclass(model, Declaration | Evaluation) and path[0] not in BESIDE:
        return {
            "mend": f"照原表补上一行“{key}: ……”。",
            "mend_en": f"add a line “{key}: …” as the form prints it.",
        }
    return {"mend": f"补上一行“{key}: ……”。", "mend_en": f"add a line “{key}: …”."}


def _to_fill(field: FieldInfo) -> dict[str, str]:
    """How to fill a key that has no value; one that may be left out goes when the form is blank there."""
    shape = shape_of(field)
    how = notation(shape.written).hint if shape.written else "下面缩进两格，一行写一个键。"
    hint = f"“{field.title}”：{field.description or ''}{how}"
    if field.is_required() and not shape.listed:
        return {"hint": hint, "leave": ""}
    return {"hint": f"{hint}原表空白的，删去这一行。", "leave": ", or delete the line when the form is blank there"}


def _problem(model: type[BaseModel], tree: Tree, error: Any) -> Problem:
    path, kind, value = tuple(error["loc"]), error["type"], error["input"]
    place, name = tree.place(path), label(model, path)
    if kind == "missing":
        parent = path[:-1]
        facts = {"label": name, "key": str(path[-1])} | _to_add(model, path)
        return Problem(MISSING, place, parent, label(model, parent), facts)
    if kind == "extra_forbidden":
        key = str(path[-1])
        owner = model_at(model, path[:-1])
        fields = owner.model_fields if owner else {}
        allowed = list(fields)
        # An editor may write the field's printed name for its key.
        near = [name for name in allowed if fields[name].title == key] or difflib.get_close_matches(key, allowed, n=1)
        facts = {"key": key, "allowed": "、".join(allowed)}
        facts |= {"near": f"是否要写“{near[0]}”？", "near_en": f"did you mean “{near[0]}”?"} if near else {
            "near": "删去这一行，或改成上面列出的键。", "near_en": "delete the line, or use a key of the list."
        }  # fmt: skip
        return Problem(UNKNOWN, tree.key_place(path), path, "", facts)
    refusal, field = error.get("ctx", {}).get("error"), field_at(model, path)
    if field and (value == "" or (isinstance(refusal, Refused) and refusal.entry is EMPTY)):
        return Problem(EMPTY, place, path, name, _to_fill(field))
    if isinstance(refusal, Refused):
        return Problem(refusal.entry, place, path, name, refusal.facts)
    expected, found = _SHAPES.get(kind, (error["msg"], error["msg"])), described(value)
    facts = {"expected": expected[0], "expected_en": expected[1], "found": found[0], "found_en": found[1]}
    return Problem(SHAPE, place, path, name, facts)
