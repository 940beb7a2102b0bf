"""What a form tells of its own alterations: in which order they were made, and each as data."""

from typing import Any, Literal

from generator.changes.printed import row_words
from generator.reading.model import Alteration, Altered, DisclosureFacts, Form

Holder = Form | DisclosureFacts  # what tells of alterations
KindOfAlteration = Literal["amendments", "corrections"]
KINDS_OF_ALTERATION: tuple[KindOfAlteration, ...] = ("corrections", "amendments")
Told = dict[str, Any]


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
