"""The labels that a form prints, and the terms that explain them on its page."""

import re
from functools import lru_cache

from generator.changes.printed import spots
from generator.facts.glossary import Term, read_glossary
from generator.reading.model import Form
from generator.reading.validate import label

# Ours, not the form's; a unit has no label of its own.
_NO_LABEL = frozenset({"note", "unit"})
# Headings that no field has for its name.
_HEADINGS = ("绩效指标",)


def terms_on(form: Form) -> tuple[Term, ...]:
    """The terms of every label on a form, in the glossary's order."""
    return _terms(type(form), frozenset(level for row in form.indicators for level in (row.level1, row.level2)))


@lru_cache(1 << 10)  # most forms have the levels that others have
def _terms(model: type[Form], levels: frozenset[str | None]) -> tuple[Term, ...]:
    fields = (label(model, keys) for keys in spots(model) if keys[-1] not in _NO_LABEL)
    blocks = (label(model, keys[:-1]) for keys in spots(model) if len(keys) > 1)
    # 总分（得分）: what stands in brackets tells two fields of one label apart
    printed = {re.sub(r"（.*）$", "", word) for word in (*fields, *blocks, *levels, *_HEADINGS) if word}
    sections = read_glossary().sections
    return tuple(term for section in sections for term in section.terms if printed & {term.word, *term.also})
