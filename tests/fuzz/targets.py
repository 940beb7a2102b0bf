"""What is fed with anything: the reader of files and the parsers of what stands in them.

A target takes bytes. It may refuse them in an editor's words; anything else that goes wrong is an `AssertionError`
or whatever was raised. `tests/test_fuzz.py` feeds them for a moment, `make fuzz` for as long as one likes.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from generator.checks.catalogue import CATALOGUE
from generator.figures.amounts import parse_amount, parse_count, parse_figure, parse_number, written
from generator.figures.dates import parse_date, parse_known_date
from generator.figures.targets import parse_target, plain
from generator.reading.load import load_bytes
from generator.reading.model import Declaration, Evaluation
from generator.reading.validate import validate
from generator.words.place import Place
from generator.words.problems import Problem, Refused, say
from generator.words.prose import note_html, paragraphs
from generator.words.text import MAX_BYTES

FILE = "a.yml"
KNOWN = frozenset(entry.code for section in CATALOGUE for entry in section.entries)
_DIGITS = 15  # of a number that passes through JSON unchanged


def _classified(problem: Problem, data: bytes) -> None:
    """A problem is one of the catalogue's, its place is in the file, and it can be said."""
    assert problem.code in KNOWN, problem.code
    assert problem.place.file == FILE
    assert 0 <= problem.place.line <= data.count(b"\n") + data.count(b"\r") + 1, problem.place
    for language in ("zh", "en"):
        assert problem.code in say(problem, None, language)


def load(data: bytes) -> None:
    """Bytes of a file → a tree of words, or problems."""
    loaded = load_bytes(data[: MAX_BYTES + 1], FILE)
    assert loaded.tree is not None or loaded.problems
    for problem in loaded.problems:
        _classified(problem, data)


def form(data: bytes) -> None:
    """Bytes of a file → a declaration or an evaluation, or problems."""
    loaded = load_bytes(data, FILE)
    if loaded.tree is None:
        return
    for model in (Declaration, Evaluation):
        found = validate(model, loaded.tree)
        if isinstance(found, list):
            assert found
            for problem in found:
                _classified(problem, data)


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _refused(parse: Callable[[str], object], words: str) -> object:
    """What a parser makes of words; None where it refuses them in a way that can be said."""
    try:
        return parse(words)
    except Refused as refused:
        found = refused
    problem = Problem(found.entry, Place(FILE, 1, 1), facts=found.facts)
    _classified(problem, b"")
    return None


def amount(data: bytes) -> None:
    """Printed money, figures and counts → exact numbers, or a refusal."""
    words = _words(data)
    number = _refused(parse_number, words)
    for parse in (parse_amount, parse_figure, parse_count):
        _refused(parse, words)
    if number is not None:
        assert isinstance(number, Decimal)
        assert number.is_finite()
        assert words.isascii()
        assert parse_number(written(number)) == number


def day(data: bytes) -> None:
    """A printed date → a day, or a refusal."""
    words = _words(data)
    found = _refused(parse_date, words)
    _refused(parse_known_date, words)
    if found is not None:
        assert isinstance(found, date)
        assert found.isoformat() == words


def target(data: bytes) -> None:
    """A printed target → its comparison, number and unit, or words; nothing is refused."""
    words = _words(data)
    found = parse_target(words)
    assert found.printed == words
    plain(found)
    assert (found.value is None) == (found.pieces is None)
    if found.pieces:
        assert "".join(found.pieces) == words
        assert found.value is not None
        assert len(found.value.as_tuple().digits) <= _DIGITS


def note(data: bytes) -> None:
    """An editor's note → safe HTML without a blank line; printed prose → its paragraphs."""
    words = _words(data)
    html = str(note_html(words))
    assert "\n\n" not in html
    assert "<script" not in html.lower()
    assert "<img" not in html.lower()
    assert all(paragraph.strip() for paragraph in paragraphs(words))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "load": load,
    "form": form,
    "amount": amount,
    "day": day,
    "target": target,
    "note": note,
}
