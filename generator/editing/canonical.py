"""The one form in which a file of the content is written; what it says stays as it is.

Keys stand in the order of the form, lists below their key and two blanks in, figures and printed values in quotes,
prose in blocks with a blank line between its paragraphs; nothing is folded. Comments stay, on lines of their own. An
unknown key stays, behind those that are known.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from generator.editing.comments import NO_COMMENTS, Comments, Path, comments_of
from generator.reading.fields import Model, Written
from generator.reading.load import load_bytes
from generator.reading.shapes import Shape, shape_of
from generator.words.prose import note_text, paragraphs, prose_text
from generator.words.tree import Plain, Tree

_UNKNOWN = Shape(None, None, listed=False)
_STEP = "  "
# What a YAML program may take for a number, a date, a yes or a no where words are meant.
_NO_WORDS = re.compile(
    r"""[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.[0-9_]+(e[-+]?[0-9]+)?)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\ ].*)?|[-+]?\.inf|\.nan|null|true|false|yes|no|on|off|[yn~=]""",
    re.VERBOSE | re.IGNORECASE,
)


def canonical(model: type[Model], tree: Tree, comments: Comments | None = None) -> str:
    """The canonical text of a file that was read without a problem, with its own comments or with others.

    A text that cannot be written so without changing what it says (a key of more than a thousand characters, a file
    that would outgrow its limit) is handed back as it is.
    """
    comments = comments_of(tree) if comments is None else comments
    text = written(model, tree.plain, comments)
    again = load_bytes(text.encode(), tree.file)
    whole = (
        again.tree is not None
        and not again.problems
        and _meaning(again.tree.plain, model) == _meaning(tree.plain, model)
        and comments_of(again.tree).count() == comments.count()
    )
    return text if whole else tree.text


def written(model: type[Model], values: dict[str, Plain], comments: Comments = NO_COMMENTS) -> str:
    """Values and comments in the canonical form."""
    lines = [*comments.above.get((), ()), *_entries(values, model, (), "", comments)]
    return "".join(f"{line}\n" for line in lines)


def _meaning(group: dict[str, Plain], model: type[Model] | None) -> object:
    """What is written under each key, whatever the keys' order and however paragraphs are set."""
    return {key: _meaning_of(value, _shape(model, key)) for key, value in group.items()}


def _meaning_of(value: Plain, shape: Shape) -> object:
    if isinstance(value, dict):
        return _meaning(value, shape.model)
    if isinstance(value, list):
        return [_meaning_of(each, shape) for each in value]
    return _as_written(value, shape.written)


def _as_written(words: str, written: Written | None) -> str:
    """Words as the canonical form has them: paragraphs trimmed and parted, a note with one line end."""
    kind = written.kind if written else None
    if kind in ("prose", "cell") and paragraphs(words):
        return prose_text(paragraphs(words))
    if kind == "note" and words.strip():
        return note_text(words)
    return words


def _shape(model: type[Model] | None, key: str) -> Shape:
    field = model.model_fields.get(key) if model else None
    return shape_of(field) if field else _UNKNOWN


def _entries(
    group: dict[str, Plain], model: type[Model] | None, path: Path, indent: str, comments: Comments
) -> Iterator[str]:
    """The lines of a group of keys, its comments among them."""
    known = [key for key in model.model_fields if key in group] if model else []
    for key in (*known, *(key for key in group if key not in known)):
        here = (*path, key)
        yield from _remarks(comments.above.get(here, ()), indent)
        yield from _value(f"{indent}{_key(key)}:", group[key], _shape(model, key), here, indent, comments)
    yield from _remarks(comments.below.get(path, ()), indent)


def _items(values: list[Plain], shape: Shape, path: Path, indent: str, comments: Comments) -> Iterator[str]:
    """The lines of a list; a group begins on the line of its `-`."""
    for number, value in enumerate(values):
        here = (*path, number)
        yield from _remarks(comments.above.get(here, ()), indent)
        if isinstance(value, dict) and value:
            lines = list(_entries(value, shape.model, here, indent + _STEP, comments))
            first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
            yield from (line.removeprefix(_STEP) for line in lines[:first])
            yield f"{indent}- {lines[first].removeprefix(indent + _STEP)}"
            yield from lines[first + 1 :]
        else:
            yield from _value(f"{indent}-", value, shape, here, indent, comments)
    yield from _remarks(comments.below.get(path, ()), indent)


def _remarks(remarks: tuple[str, ...], indent: str) -> Iterator[str]:
    return (f"{indent}{remark}" for remark in remarks)


def _value(head: str, value: Plain, shape: Shape, path: Path, indent: str, comments: Comments) -> Iterator[str]:
    """The lines of a value behind its key or its `-`."""
    inner = indent + _STEP
    if isinstance(value, str):
        yield from _words(head, _as_written(value, shape.written), shape.written, inner)
    elif not value:
        yield f"{head} {'[]' if isinstance(value, list) else '{}'}"
    else:
        yield head
        if isinstance(value, list):
            yield from _items(value, shape, path, inner, comments)
        else:
            yield from _entries(value, shape.model, path, inner, comments)


def _words(head: str, words: str, written: Written | None, inner: str) -> Iterator[str]:
    kind = written.kind if written else None
    if kind == "cell" and words.count("\n") == 1:
        words = words.removesuffix("\n")
    if kind in ("prose", "note") or (kind in ("cell", None) and words.endswith("\n")):
        block = words.split("\n")[:-1]
        if _read("\n".join(("k: |", *(line and f"{_STEP}{line}" for line in block), ""))) == {"k": words}:
            yield f"{head} |"
            yield from (line and f"{inner}{line}" for line in block)
            return
    if kind in ("amount", "figure", "target", "cell"):
        yield f"{head} {_quoted(words)}"
    elif words:
        yield f"{head} {_plain(words, strict=kind not in ('day', 'known_day', 'count'))}"
    else:
        yield head


def _read(text: str) -> dict[str, Plain] | None:
    """What a text says when it is read without a problem."""
    loaded = load_bytes(text.encode(), "")
    return loaded.tree.plain if loaded.tree and not loaded.problems else None


@lru_cache(maxsize=4096)
def _plain(words: str, *, strict: bool) -> str:
    """Words without quotes where every program that reads YAML takes them for these words."""
    harmless = not (strict and _NO_WORDS.fullmatch(words)) and _read(f"k: {words}\n") == {"k": words}
    return words if harmless else _quoted(words)


@lru_cache(maxsize=4096)
def _key(key: str) -> str:
    harmless = not _NO_WORDS.fullmatch(key) and _read(f"{key}:\n") == {key: ""}
    return key if harmless else _quoted(key)


def _quoted(words: str) -> str:
    """Words in double quotes; in single ones when they hold what double quotes would change."""
    if "\n" in words or "\t" in words:
        return json.dumps(words, ensure_ascii=False)
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return f'"{words}"'
