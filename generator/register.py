"""Content → 信息公开目录: every document by index number, name, summary and date.

The catalogue that the rules ask of disclosed government information (政府信息公开条例 §12: 索引、名称、内容概述、
生成日期). In the code `catalogue` is that of the checks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.content import Content
from generator.summary import in_words, summary_of
from generator.urls import disclosure_url, document_id


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the register. `made` is the day of its approval, the day on which it came to be what it is."""

    index: str
    name: str
    centre: str
    summary: str
    made: date | None
    published: date | None
    url: str


def register(content: Content) -> Iterator[Listed]:
    """Every document, in the site's order."""
    for centre in content.centres:
        for disclosure in centre.disclosures:
            place = (disclosure.centre, disclosure.year, disclosure.kind)
            facts = disclosure.facts
            yield Listed(
                document_id(*place),
                facts.title,
                centre.facts.name,
                in_words(summary_of(disclosure)),
                facts.approved,
                facts.published,
                disclosure_url(*place),
            )
