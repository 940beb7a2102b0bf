"""The hand labels look nothing over, and the narrative check is as good by them as it claims to be."""

import re
from collections import Counter

import pytest

from bench.narrative import PRECISION, Measured, list_readings, measure_documents
from generator.reading.content import Content
from tests.conftest import ROOT
from tests.narrative.labelled import documents, labels, proses

NUMERAL = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两]")
KINDS = {"year", "date", "ordinal", "name", "document", "phrase"}


@pytest.fixture(scope="module")
def measured() -> Measured:
    found = measure_documents(ROOT, hold_out=False)
    assert len(found) == 5
    return sum((each for each, _ in found.values()), Measured())


def test_labels_cover_every_digit_and_numeral(content: Content) -> None:
    covered: dict[tuple[str, str, int], set[int]] = {}
    for document in documents():
        for label in labels(document, content.records):
            place = (label.record, label.field, label.paragraph)
            covered.setdefault(place, set()).update(range(label.start, label.end))
    numerals = [
        (record.id, field, number, match.start())
        for record in content.records
        for field, paragraphs in proses(record)
        for number, text in enumerate(paragraphs)
        for match in NUMERAL.finditer(text)
    ]
    assert len(numerals) > 500
    assert [each for each in numerals if each[3] not in covered.get(each[:3], ())] == []


def test_labels_are_written_as_agreed(content: Content) -> None:
    found = [label for document in documents() for label in labels(document, content.records)]
    assert len(found) > 300
    rows = {record.id: len(record.form.indicators) for record in content.records}
    for label in found:
        if label.kind:
            assert label.kind in KINDS
        else:
            assert label.number is not None
            assert label.verdict in ("agree", "conflict", "none")
            assert bool(label.rows) == (label.verdict != "none"), label
            assert all(0 <= row < rows[label.record] for row in label.rows), label


def test_quantities_are_found(measured: Measured) -> None:
    assert measured.found.precision >= 0.98
    assert measured.found.recall >= 0.98


def test_conflicts_are_seldom_wrong(measured: Measured) -> None:
    reported = measured.conflicts + measured.planted
    assert reported.right > 60
    assert reported.precision >= PRECISION
    assert reported.recall >= 0.7


def test_ties_are_seldom_wrong(measured: Measured) -> None:
    assert measured.tied.right > 80
    assert measured.tied.precision >= PRECISION


def test_every_figure_is_listed_with_its_verdict_and_all_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    list_readings(ROOT)
    *lines, counts = capsys.readouterr().out.splitlines()
    verdicts = Counter(line.split(" ")[0] for line in lines)
    assert counts == " · ".join(f"{verdict} {verdicts[verdict]}" for verdict in ("agree", "conflict", "none"))
    assert min(verdicts.values()) >= 4
