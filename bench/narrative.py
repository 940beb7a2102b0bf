"""Measures the narrative check against the hand labels: counts, precision, recall.

Quantities found, ties to indicators, conflicts that are there, and planted ones: the figure of each
labelled agreement is changed in the text, and then the conflict must be reported, and no other. Labels
marked unsure count for no tie, and a conflict reported there is a wrong one. `--hold-out` chooses the
limits on four documents and measures them on the fifth, each in turn. `--list` shows every quantity of
the content and what the check says of it.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import get_args

from generator.figures.narrative import Limits, Reading, Row, Verdict, read
from generator.figures.numerals import DIGITS, HAN
from generator.line.check import check_content
from generator.profiles.measures import Measures
from generator.profiles.profile import Profile, read_profile
from generator.reading.content import Content, Record
from generator.reading.settings import read_settings
from generator.rules.narrative import rows_of
from tests.narrative.labelled import Label, documents, labels, proses

ROOT = Path(__file__).parent.parent
PRECISION = 0.9  # of conflicts, at least
WOLF = 5  # a wrong conflict costs the reader as much as so many missed ones
# the most careful first: of equal ones the first is chosen
CHOICES = [
    Limits(agreed, sure, margin)
    for agreed, sure, margin in product(
        (0.25, 0.2, 0.15, 0.1), (0.6, 0.5, 0.45, 0.4, 0.38, 0.35, 0.3), (0.2, 0.1, 0.05)
    )
]
_NUMBER = re.compile(f"{DIGITS}|{HAN}")


@dataclass(frozen=True)
class Count:
    """True positives, false positives, false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __str__(self) -> str:
        counts = f"{self.right}/{self.wrong}/{self.missed}"
        return f"{counts:>10} {self.precision:5.2f} {self.recall:5.2f}"


@dataclass(frozen=True)
class Measured:
    found: Count = Count()
    tied: Count = Count()
    conflicts: Count = Count()
    planted: Count = Count()

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Measured)))


@dataclass(frozen=True)
class Prose:
    """A labelled field of a form: what the check is given, and what it should say."""

    record: Record
    field: str
    paragraphs: tuple[str, ...]
    labels: tuple[Label, ...]
    measures: Measures
    year: int

    @property
    def rows(self) -> list[Row]:
        return list(rows_of(self.record.form, self.field.split(".")[-1], self.measures.words.met))

    def read(self, limits: Limits, paragraphs: Sequence[str] | None = None) -> tuple[Reading, ...]:
        return read(paragraphs or self.paragraphs, self.rows, self.measures.usage, self.year, limits)


def labelled(document: str, content: Content, profile: Profile) -> list[Prose]:
    """Every labelled field of a document."""
    records = [record for record in content.records if record.id.replace("/", "-").startswith(f"{document}-")]
    years = {record.id: each.year for each in content.disclosures for record in each.records}
    every = labels(document, records)
    return [
        Prose(record, field, paragraphs, tuple(of), profile.of(years[record.id]), years[record.id])
        for record in records
        for field, paragraphs in proses(record)
        if (of := [label for label in every if (label.record, label.field) == (record.id, field)])
    ]


def _pairs(prose: Prose, readings: Iterable[Reading]) -> Iterator[tuple[Reading | None, Label | None]]:
    """Each reading with the label at its place; labels that nothing was found for, readings that nobody labelled."""
    left = [label for label in prose.labels if not label.kind]
    for reading in readings:
        start, end = reading.quantity.start, reading.quantity.end
        at = next(
            (each for each in left if each.paragraph == reading.paragraph and each.start < end and start < each.end),
            None,
        )
        if at:
            left.remove(at)
        yield reading, at
    yield from ((None, label) for label in left)


def measure(prose: Prose, limits: Limits) -> Measured:
    """What the check says of one field, against its labels."""
    total = Measured(planted=sum((_planted(prose, label, limits) for label in prose.labels), Count()))
    for reading, label in _pairs(prose, prose.read(limits)):
        total += Measured(_finding(reading, label), _tying(reading, label), _judging(reading, label))
    return total


def _finding(reading: Reading | None, label: Label | None) -> Count:
    if reading is None or label is None:
        return Count(wrong=int(reading is not None), missed=int(label is not None))
    found = reading.quantity
    same = (found.number, found.upper) == (label.number, label.upper)
    return Count(int(same), int(not same), int(not same))


def _tying(reading: Reading | None, label: Label | None) -> Count:
    if label is not None and label.unsure:
        return Count()
    said = {gauge.row for gauge in reading.gauges} if reading else set()
    rows = label.rows if label else frozenset()
    return Count(len(said & rows), len(said - rows), len(rows - said))


def _judging(reading: Reading | None, label: Label | None) -> Count:
    said = reading is not None and reading.verdict == "conflict"
    is_one = label is not None and label.verdict == "conflict"
    return Count(int(said and is_one), int(said and not is_one), int(is_one and not said))


def _planted(prose: Prose, label: Label, limits: Limits) -> Count:
    """The figure of a labelled agreement, changed in the text: is the conflict reported, and nothing else?"""
    if label.verdict != "agree" or label.unsure or label.together:
        return Count()
    text = prose.paragraphs[label.paragraph]
    other = _changed(text[label.start : label.end], label, prose)
    paragraphs = list(prose.paragraphs)
    paragraphs[label.paragraph] = text[: label.start] + other + text[label.end :]
    shift = len(other) - (label.end - label.start)
    before = {_found_in(each, prose.paragraphs) for each in prose.read(limits) if each.verdict == "conflict"}
    reported = [each for each in prose.read(limits, paragraphs) if each.verdict == "conflict"]
    here = [each for each in reported if each.paragraph == label.paragraph and each.quantity.start < label.end + shift
            and label.start < each.quantity.end]  # fmt: skip
    right = bool(here) and {gauge.row for gauge in here[0].gauges} <= label.rows
    wrong = [each for each in reported if each not in here and _found_in(each, paragraphs) not in before]
    return Count(int(right), len(wrong) + int(bool(here) and not right), int(not right))


def _found_in(reading: Reading, paragraphs: Sequence[str]) -> tuple[int, str, int]:
    """A reading by its words and row, whatever was changed before it."""
    words = paragraphs[reading.paragraph][reading.quantity.start : reading.quantity.end]
    return reading.paragraph, words, reading.gauges[0].row


def _changed(words: str, label: Label, prose: Prose) -> str:
    """The words of a quantity with a number that its indicators cannot bear: twice as much and one, or a third."""
    match = _NUMBER.search(words)
    if match is None or label.number is None:
        raise ValueError(f"no number in the label {words}")
    rows = prose.rows
    below = label.comparison in ("≤", "<") or any(rows[row].manner == "met" for row in label.rows)
    figure = Decimal(match[0].replace(",", "")) if match[0].isascii() else label.number
    other = figure // 3 if below else figure - 20 if label.unit == "%" and figure > 20 else figure * 2 + 1
    return words[: match.start()] + f"{other:f}" + words[match.end() :]


def total(proses_: Iterable[Prose], limits: Limits) -> Measured:
    return sum((measure(prose, limits) for prose in proses_), Measured())


def chosen(proses_: Sequence[Prose]) -> Limits:
    """The limits that report the most planted conflicts and tie best, at the precision that is asked for."""

    def worth(limits: Limits) -> tuple[bool, int, int]:
        found = total(proses_, limits)
        precise = (found.planted + found.conflicts).precision >= PRECISION
        return (
            precise,
            found.planted.right - WOLF * (found.planted.wrong + found.conflicts.wrong),
            found.tied.right - found.tied.wrong,
        )

    return max(CHOICES, key=worth)


def measure_documents(root: Path, *, hold_out: bool) -> dict[str, tuple[Measured, Limits]]:
    """Each labelled document: what was measured on it, by which limits."""
    content = check_content(read_settings(root)).or_raise()
    profile = read_profile(content.site.profile)
    every = {document: labelled(document, content, profile) for document in documents()}
    found: dict[str, tuple[Measured, Limits]] = {}
    for document, own in every.items():
        others = [prose for name, proses_ in every.items() if name != document for prose in proses_]
        limits = chosen(others) if hold_out else own[0].measures.limits  # one year, one profile
        found[document] = total(own, limits), limits
    return found


def list_readings(root: Path) -> None:
    """Print every quantity: agree, conflict or none; the form; its words among those around; the indicators; counts."""
    counts: Counter[str] = Counter()
    content = check_content(read_settings(root)).or_raise()
    profile = read_profile(content.site.profile)
    years = {record.id: each.year for each in content.disclosures for record in each.records}
    for record in content.records:
        for field, paragraphs in proses(record):
            prose = Prose(record, field, paragraphs, (), profile.of(years[record.id]), years[record.id])
            for reading in prose.read(prose.measures.limits):
                counts[reading.verdict] += 1
                text, quantity = paragraphs[reading.paragraph], reading.quantity
                around = f"{text[max(0, quantity.start - 12) : quantity.start]}[{text[quantity.start : quantity.end]}]"
                rows = " · ".join(f"{gauge.name} {prose.rows[gauge.row].value}" for gauge in reading.gauges)
                print(
                    f"{reading.verdict:9}{record.id} {around}{text[quantity.end : quantity.end + 12]} → {rows or '-'}"
                )

    print(" · ".join(f"{verdict} {counts[verdict]}" for verdict in get_args(Verdict)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold-out", action="store_true", help="choose the limits on the other documents, in turn")
    parser.add_argument("--list", action="store_true", help="show every quantity, and the indicators it is tied to")
    options = parser.parse_args()
    if options.list:
        list_readings(ROOT)
        return
    found = measure_documents(ROOT, hold_out=options.hold_out)
    columns = [each.name for each in fields(Measured)]
    print("right/wrong/missed, precision, recall")
    print(f"{'':24}" + "".join(f"{name:>23}" for name in columns) + "  agreed sure margin")
    for document, (measured, limits) in found.items():
        row = "".join(f"{getattr(measured, name)!s:>23}" for name in columns)
        print(f"{document:24}{row}  {limits.agreed} {limits.sure} {limits.margin}")
    sums = sum((measured for measured, _ in found.values()), Measured())
    print(f"{'all':24}" + "".join(f"{getattr(sums, name)!s:>23}" for name in columns))


if __name__ == "__main__":
    main()
