"""The words of the forms are explained once, in the words that the forms print."""

import re

from generator.changes.printed import spots
from generator.facts.glossary import read_glossary
from generator.reading.content import Content
from generator.reading.model import Declaration, Evaluation
from generator.reading.validate import label
from tests.conftest import ROOT

TABLES = (ROOT / "docs/glossary.md").read_text("utf-8")
DEVELOPERS = dict(re.findall(r"^\| `([a-z0-9_.]+)` \| ([^|]+) \|", TABLES, re.MULTILINE))
# Kinds of indicators are values of the forms, not fields: docs/glossary.md has no key for them.
KINDS = "指标的种类"


def test_fields_have_the_word_of_the_developers_glossary() -> None:
    looked_at = 0
    for section in read_glossary().sections:
        for term in section.terms if section.title != KINDS else ():
            assert term.word in DEVELOPERS[term.key], term.key
            looked_at += 1
    assert looked_at > 30


def test_every_field_of_a_form_is_explained_under_its_printed_name() -> None:
    glossary = read_glossary()
    unexplained = set()
    looked_at = 0
    for model in (Declaration, Evaluation):
        for keys in spots(model):
            name = label(model, keys)
            if keys[-1] in ("note", "unit"):  # ours; a unit is no field of its own on the form
                continue
            looked_at += 1
            if glossary.named(re.sub(r"（.*）$", "", name)) is None:
                unexplained.add(f"{'.'.join(map(str, keys))} {name}")
    assert looked_at > 50
    assert unexplained == set()


def test_kinds_of_indicators_that_forms_print_are_explained(content: Content) -> None:
    rows = [row for record in content.records for row in record.form.indicators]
    printed = {each for row in rows for each in (row.level1, row.level2) if each}
    assert len(printed) > 10
    assert {word for word in printed if read_glossary().named(word) is None} == set()


def test_meanings_are_short_plain_sentences() -> None:
    for section in read_glossary().sections:
        for term in section.terms:
            assert term.means.endswith("。"), term.key
            assert len(term.means) <= 80, term.key
            assert not re.search(r"[a-z]", term.means), term.key
