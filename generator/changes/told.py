"""What a form tells of its own alterations: in which order they were made, and each as data."""

from typing import Any, Literal

from generator.changes.printed import row_words
from generator.reading.model import Alteration, Altered, DisclosureFacts, Form

Holder = Form | DisclosureFacts  # what tells of alterations
KindOfAlteration = Literal["amendments", "corrections"]
KINDS_OF_ALTERATION: tuple[KindOfAlteration, ...] = ("corrections", "amendments")
Told = dict[str, Any]
Alterations = tuple[tuple[KindOfAlteration, Told], ...]


def alterations_of(holder: Holder) -> list[tuple[KindOfAlteration, int, Alteration]]:
    """Every alteration in the order of their days; on one day what we had copied wrongly comes first."""
    found: list[tuple[KindOfAlteration, int, Alteration]] = [
        (kind, index, alteration)
        for kind in KINDS_OF_ALTERATION
        for index, alteration in enumerate(getattr(holder, kind))
    ]
    return sorted(found, key=lambda each: each[2].date)


def told(alteration: Alteration) -> Told:
    """An alteration as data: its words by key, dates ISO, prose in paragraphs; the rows that it dropped likewise."""
    facts: Told = {key: str(getattr(alteration, key)) for key in type(alteration).model_fields if key != "fields"}
    return facts | {"fields": [_told(altered) for altered in alteration.fields]}


def _told(altered: Altered) -> Told:
    facts: Told = {"field": altered.field}
    if altered.was is not None:
        facts["was"] = "\n\n".join(altered.was)
    if altered.withheld is not None:
        facts["withheld"] = altered.withheld
    if altered.dropped is not None:
        facts["dropped"] = dict(row_words(type(altered.dropped), altered.dropped))
    return facts


def all_told(holder: Holder) -> Alterations:
    """Every alteration as data, each kind in the order in which it is written."""
    return tuple((kind, told(found)) for kind in KINDS_OF_ALTERATION for found in getattr(holder, kind))


def is_kept(published: tuple[KindOfAlteration, Told], now: tuple[KindOfAlteration, Told]) -> bool:
    """An alteration is told as it was; only earlier words may have been withheld since."""
    (kind, was), (kind_now, told_now) = published, now
    places, places_now = was["fields"], told_now["fields"]
    return (
        kind == kind_now
        and was | {"fields": None} == told_now | {"fields": None}
        and len(places) == len(places_now)
        and all(
            old == new or (old["field"] == new["field"] and "withheld" in new and "withheld" not in old)
            for old, new in zip(places, places_now, strict=True)
        )
    )
