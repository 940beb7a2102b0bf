"""JSON Schemas of the YAML files, for the programs in which editors write: keys, titles, hints, choices, patterns.

They say what the models say, in draft 7, which is what YAML editors read. Sums, dates in order and the like are
for `check`. `patternErrorMessage` is a word of the YAML language server.
"""

import json
from collections.abc import Iterator
from typing import Any

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from generator.reading.fields import Model, Written
from generator.reading.model import CentreFacts, Declaration, Evaluation, EvaluationsFacts, SiteFacts, TargetsFacts
from generator.reading.notation import notation
from generator.reading.shapes import shape_of

Json = dict[str, Any]

# The schema's name, its title, its model. Editors' settings name the files that each is for.
SCHEMAS: tuple[tuple[str, str, type[Model]], ...] = (
    ("site", "site.yml：本站由谁公开", SiteFacts),
    ("centre", "centre.yml：一个单位", CentreFacts),
    ("targets", "disclosure.yml：一个年度的绩效目标申报表", TargetsFacts),
    ("evaluations", "disclosure.yml：一个年度的绩效自评表", EvaluationsFacts),
    ("declaration", "一张财政项目支出绩效目标申报表", Declaration),
    ("evaluation", "一张财政项目支出绩效自评表", Evaluation),
)


def schema_files() -> Iterator[tuple[str, str]]:
    """The name and the text of each schema's file."""
    for name, title, model in SCHEMAS:
        schema = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **_group(model)}
        yield f"{name}.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _group(model: type[Model]) -> Json:
    """A group of keys: no others may stand in it."""
    required = [key for key, field in model.model_fields.items() if field.is_required()]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _field(field) for key, field in model.model_fields.items()},
        **({"required": required} if required else {}),
    }


def _field(field: FieldInfo) -> Json:
    shape = shape_of(field)
    one = _group(shape.model) if shape.model else _words(shape.written) if shape.written else {}
    # What programs show of a key that they offer is its description alone.
    hints = (f"{field.title}。", field.description, one.pop("description", None))
    titled: Json = {"title": field.title, "description": "".join(words for words in hints if words)}
    if not shape.listed:
        return titled | one
    least = next((each.min_length for each in field.metadata if isinstance(each, MinLen)), 0)
    return titled | {"type": "array", **({"minItems": least} if least else {}), "items": one}


def _words(written: Written) -> Json:
    how = notation(written)
    if written.kind == "choice":
        return {"type": "string", "description": how.hint, "enum": list(written.words)}
    kinds: Json = {"type": ["integer", "string"]} if written.kind == "count" else {"type": "string"}
    examples = {"examples": [how.example]} if how.example else {}
    return kinds | {"description": how.hint, "pattern": how.pattern, "patternErrorMessage": how.expected} | examples
