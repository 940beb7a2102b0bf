"""Whether the pages of two generators say the same: the text of the form, for a fixed sample of records."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from selectolax.lexbor import LexborHTMLParser

_SAMPLE = 40


def sample(identities: Sequence[str]) -> list[str]:
    """So many records, evenly spread."""
    count = min(_SAMPLE, len(identities))
    return [identities[at * len(identities) // count] for at in range(count)]


def form_text(page: Path) -> str:
    """The text of a built page's form without blanks, since browsers take those between blocks as they like.

    Raises:
        SystemExit: the page has no form, or an empty one.
    """
    form = LexborHTMLParser(page.read_text("utf-8")).css_first("[data-form]")
    text = "".join(form.text().split()) if form else ""
    if not text:
        raise SystemExit(f"{page}: a form is expected")
    return text


def hold_same(name: str, theirs: Path, ours: Path, identities: Iterable[str]) -> None:
    """Hold the forms of a peer's site against ours.

    Raises:
        SystemExit: a form says something else; where they part is shown.
    """
    for identity in identities:
        expected, found = (form_text(site / identity / "index.html") for site in (ours, theirs))
        if found != expected:
            at = next(
                (place for place, (one, two) in enumerate(zip(expected, found, strict=False)) if one != two),
                min(len(expected), len(found)),
            )
            parts = " / ".join(text[max(0, at - 20) : at + 40] for text in (expected, found))
            raise SystemExit(f"{name}: {identity} does not say what ours does, from character {at}: {parts}")


def bytes_a_page(site: Path, identities: Iterable[str]) -> int:
    """The size of a record's page, on average."""
    return round(mean((site / identity / "index.html").stat().st_size for identity in identities))
