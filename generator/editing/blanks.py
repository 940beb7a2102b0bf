"""Files to be filled in: a blank one of a model, next year's declaration, the evaluation of a declaration.

What was read is kept as it was written; what is to be filled in is an empty word, which `check` names.
"""

from collections.abc import Mapping

from generator.reading.fields import Model
from generator.reading.model import Declaration, Evaluation
from generator.reading.shapes import shape_of
from generator.words.tree import Plain

Values = dict[str, Plain]

# What may be left out of a row, yet most rows have it.
_USUAL = frozenset({"level1", "level2", "target", "actual"})
_PROJECT = ("name", "nature", "category", "department", "implementer")
_IDENTITY = ("level1", "level2", "name")


def blank(model: type[Model], given: Mapping[str, str] | None = None) -> Values:
    """A file or group with every key that must be there, and one row in each list of rows; `given` words are set."""
    values: Values = {}
    for key, field in model.model_fields.items():
        if field.is_required() or key in _USUAL:
            shape = shape_of(field)
            one: Plain = blank(shape.model) if shape.model else (given or {}).get(key, "")
            values[key] = [one] if shape.listed else one
    return values


def next_declaration(last: Values) -> Values:
    """A declaration of the same project a year later: project and indicators stay, the rest is to be filled in."""
    values = blank(Declaration) | _kept(last, _PROJECT)
    values["indicators"] = [_kept(row, _IDENTITY) | {"target": ""} for row in _rows(last)]
    return values


def evaluation_of(declaration: Values) -> Values:
    """The evaluation of a declared project: its goal and targets stand as they were declared."""
    values = blank(Evaluation) | _kept(declaration, ("name", "department", "implementer"))
    objectives = declaration.get("objectives")
    values["expected"] = objectives.get("annual", "") if isinstance(objectives, dict) else ""
    values["indicators"] = [
        _kept(row, (*_IDENTITY, "target")) | {"actual": "", "points": "", "score": ""} for row in _rows(declaration)
    ]
    return values


def _rows(form: Values) -> list[Values]:
    rows = form.get("indicators", [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _kept(values: Values, keys: tuple[str, ...]) -> Values:
    return {key: values[key] for key in keys if key in values}
