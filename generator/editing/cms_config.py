"""The configuration of the browser form (Decap CMS): the fields of the models, the files of the content.

Keys, titles, choices, patterns and what may be left out are those of the models. In a group that may be left out, no
field is required: the form would ask for it although the group is left out; `check` does that better.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.fields import FieldInfo

from generator.reading.fields import Model
from generator.reading.find import CentreFiles, ContentFiles, DisclosureFiles, SourceFile
from generator.reading.load import load_file
from generator.reading.model import META_MODELS, RECORD_MODELS, CentreFacts, SiteFacts
from generator.reading.notation import notation
from generator.reading.shapes import Shape, shape_of
from generator.words.urls import Kind

Json = dict[str, Any]

_KINDS: Mapping[Kind, str] = {"targets": "绩效目标申报表", "evaluations": "绩效自评表"}
# The first of these, or else its first key, tells the items of a list apart.
_NAMING = ("name", "what", "rule", "field")


def cms_config(files: ContentFiles, backend: Json) -> Json:
    """The configuration for the files that there are.

    Args:
        files: The content; records are added by `generator new`, not in the form.
        backend: Where the form reads and writes, in Decap's words.
    """
    return {
        "backend": backend,
        "locale": "zh_Hans",
        "media_folder": "build/cms/media",  # the form asks for one; no record holds a picture
        "editor": {"preview": False},
        "collections": [
            _collection("site", "本站", [_file("site", "site.yml", files.site, SiteFacts)]),
            *(found for centre in files.centres for found in _centre(centre)),
        ],
    }


def _collection(name: str, label: str, files: list[Json]) -> Json:
    return {"name": name, "label": label, "files": files, "editor": {"preview": False}}


def _file(name: str, label: str, file: SourceFile, model: type[Model]) -> Json:
    return {"name": name, "label": label, "file": file.file, "fields": fields_of(model)}


def _centre(centre: CentreFiles) -> Iterator[Json]:
    label = _name(centre.meta)
    yield _collection(centre.id, label, [_file("centre", label, centre.meta, CentreFacts)])
    for found in centre.disclosures:
        yield _collection(
            f"{found.centre}-{found.year}-{found.kind}",
            f"{label} {found.year} {_KINDS[found.kind]}",
            [_file("disclosure", "这份文件", found.meta, META_MODELS[found.kind]), *_records(found)],
        )


def _records(found: DisclosureFiles) -> Iterator[Json]:
    for number, record in found.records:
        yield _file(number, f"{number} {_name(record)}", record, RECORD_MODELS[found.kind])


def _name(file: SourceFile) -> str:
    """The name that a file states; nothing when it cannot be read."""
    loaded = load_file(file.path, file.file) if file.is_there else None
    name = loaded.tree.plain.get("name", "") if loaded and loaded.tree else ""
    return name if isinstance(name, str) else ""


def fields_of(model: type[Model], *, optional: bool = False) -> list[Json]:
    """The fields of a group; those of an `optional` group may all be left out."""
    return [_field(key, field, optional=optional) for key, field in model.model_fields.items()]


def _field(key: str, field: FieldInfo, *, optional: bool) -> Json:
    required = field.is_required() and not optional
    shape = shape_of(field)
    said: Json = {"name": key, "label": field.title, "required": required}
    example = notation(shape.written).example if shape.written else ""
    hint = "".join((field.description or "", f"如 {example}" if example else ""))
    if hint:
        said["hint"] = hint
    if not shape.listed:
        return said | _widget(shape, optional=not required)
    if shape.model is None:
        return said | {"widget": "list", "field": {"name": key, "label": field.title, **_widget(shape, optional=False)}}
    naming = next((name for name in _NAMING if name in shape.model.model_fields), next(iter(shape.model.model_fields)))
    return said | {
        "widget": "list", "label_singular": field.title, "summary": f"{{{{fields.{naming}}}}}",
        "fields": fields_of(shape.model, optional=optional),
    }  # fmt: skip


def _widget(shape: Shape, *, optional: bool) -> Json:
    if shape.model:
        return {"widget": "object", "collapsed": optional, "fields": fields_of(shape.model, optional=optional)}
    if shape.written is None:
        return {"widget": "string"}
    if shape.written.kind == "choice":
        return {"widget": "select", "options": list(shape.written.words)}
    how = notation(shape.written)
    long = shape.written.kind in ("prose", "note", "cell")
    return {"widget": "text" if long else "string", "pattern": [how.pattern, how.expected]}
