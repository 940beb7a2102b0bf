"""What a search from Python found, as rows of data and as lines to read.

The rows have the same keys as those that the search page hands out.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.facts.summary import FORM_NAMES
from generator.reading.model import Declaration
from generator.search.cells import HEAD, ROW, Searchable
from generator.search.hits import Hit, Request
from generator.words.normal import Term, fold, terms
from generator.words.urls import indicator_anchor, record_url

Row = dict[str, Any]
_QUOTED = 60  # characters of a value that are shown
_AMOUNTS = ("funding.total", "budget.total.revised")


def rows(hits: Sequence[Hit], site_url: str | None) -> list[Row]:
    """The hits as data; URLs are whole when the site's address is known, else relative to its root."""
    return [_indicator(hit, hit.row, site_url) if hit.row is not None else _record(hit.found, site_url) for hit in hits]


def _common(found: Searchable) -> Row:
    return {
        "centre": found.centre.facts.name,
        "year": str(found.disclosure.year),
        "form": FORM_NAMES[found.disclosure.kind],
    }


def _record(found: Searchable, site_url: str | None) -> Row:
    printed = {field.key: (field.label, text) for field, text in zip(HEAD, found.head, strict=True) if text}
    label, amount = next(printed[key] for key in _AMOUNTS if key in printed)
    form = found.record.form
    nothing = ("", None)
    return {
        "id": found.record.id,
        "url": (site_url or "") + record_url(found.record.id),
        "name": form.name,
        **_common(found),
        "document": found.disclosure.facts.title,
        "amount_label": label,
        "amount": amount,
        "unit": form.funding.unit if isinstance(form, Declaration) else form.budget.unit,
        "score": printed.get("total_score", nothing)[1],
        "grade": printed.get("grade", nothing)[1],
    }


def _indicator(hit: Hit, place: int, site_url: str | None) -> Row:
    found = hit.found
    cells = {field.key: text for field, text in zip(ROW, found.rows[place], strict=True)}
    target = found.record.form.indicators[place].target
    return {
        "id": found.record.id,
        "row": place + 1,
        "url": f"{site_url or ''}{record_url(found.record.id)}#{indicator_anchor(place + 1)}",
        "record": found.record.form.name,
        **_common(found),
        "level1": cells["level1"],
        "level2": cells["level2"],
        "name": cells["name"],
        "target": cells["target"],
        "comparison": target.comparison if target else None,
        "number": f"{target.value:f}" if target and target.value is not None else None,
        "unit": target.unit if target else None,
        "actual": cells["actual"],
        "score": cells["score"],
    }


def lines(hits: Sequence[Hit], request: Request, language: str) -> Iterator[str]:
    """A few lines for each hit: what it is, and the values that hold the terms."""
    asked = [term for term in terms(request.query) if not term.excluded]
    for number, hit in enumerate(hits, 1):
        found = hit.found
        where = f"{found.centre.facts.name}  {found.disclosure.year}  {FORM_NAMES[found.disclosure.kind]}"
        if hit.row is None:
            row = _record(found, None)
            yield f"{number}. {row['name']}  {row['amount']} {row['unit']}"
        else:
            row = _indicator(hit, hit.row, None)
            yield f"{number}. {row['name']}  {row['target'] or '—'}"
            where += f"  {row['record']}"
        yield f"   {where}  {row['url']}"
        for term in asked:
            label, text = _held(hit, term)
            yield f"   {label}{'：' if language == 'zh' else ': '}{_quote(text, term)}"


def _held(hit: Hit, term: Term) -> tuple[str, str]:
    """The best cell of a hit that holds a term: its label and its text."""
    held = [(field, text) for field, text in hit.found.cells(hit.row) if term.folded in fold(text)]
    field, text = min(held, key=lambda cell: (cell[0].rank, term.folded != fold(cell[1])))
    return field.label, text


def _quote(text: str, term: Term) -> str:
    """The text, or as much of it as is shown, from a little before the term."""
    if len(text) <= _QUOTED:
        return text.replace("\n", " ")
    # the shortest beginning that holds the term ends where the term does
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if term.folded in fold(text[:middle]) else (middle + 1, high)
    start = max(0, low - _QUOTED // 2 - len(term.text))
    cut = text[start : start + _QUOTED].replace("\n", " ")
    return f"{'…' if start else ''}{cut}{'…' if start + _QUOTED < len(text) else ''}"
