"""Content → what happened and on which day: publications, amendments, corrections.

A day comes from the record alone. A document that states no day of publication has no such event;
`undated` names it, so that pages can say what is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.altered import ALTERATION_NAMES
from generator.content import Centre, Content, Disclosure
from generator.model import Alteration, Amendment, DisclosureFacts, Form
from generator.summary import DISCLOSURE_NAMES, FORM_NAMES
from generator.told import alterations_of
from generator.urls import alteration_anchor, disclosure_url, record_url


@dataclass(frozen=True, slots=True)
class Event:
    """A publication or an alteration.

    `id` is a site path that stays the same when other events come before or after; `url` is where to read of it.
    A correction is the site's own doing, all else its centre's.
    """

    id: str
    url: str
    day: date
    title: str
    summary: str
    centre: Centre
    by_centre: bool = True


def events(content: Content) -> tuple[Event, ...]:
    """Every dated event, the latest first; those of one day in the site's order."""
    found = [
        event for centre in content.centres for each in centre.disclosures for event in _of_disclosure(each, centre)
    ]
    return tuple(sorted(found, key=lambda event: event.day, reverse=True))


def undated(content: Content) -> tuple[Disclosure, ...]:
    """The documents that do not state when they were published."""
    return tuple(found for found in content.disclosures if found.facts.published is None)


def _of_disclosure(disclosure: Disclosure, centre: Centre) -> Iterator[Event]:
    facts = disclosure.facts
    url = disclosure_url(disclosure.centre, disclosure.year, disclosure.kind)
    of_year = f"{centre.facts.name} {disclosure.year} 年度"
    if facts.published:
        summary = f"{len(disclosure.records)} 张{FORM_NAMES[disclosure.kind]}，{disclosure.indicators} 项绩效指标。"
        yield Event(url, url, facts.published, facts.title, summary, centre)
    yield from _alterations(facts, url, f"{of_year}{DISCLOSURE_NAMES[disclosure.kind]}", centre)
    for record in disclosure.records:
        name = f"{record.form.name}（{of_year}{FORM_NAMES[disclosure.kind]}）"
        yield from _alterations(record.form, record_url(record.id), name, centre)


def _alterations(holder: Form | DisclosureFacts, url: str, name: str, centre: Centre) -> Iterator[Event]:
    so_far: Counter[str] = Counter()
    for number, (kind, _, alteration) in enumerate(alterations_of(holder), 1):
        # by its day and its place among those of that day: its number changes when an earlier one is added
        said = f"{kind}-{alteration.date.isoformat()}"
        so_far[said] += 1
        identity = f"{url}#{said}" + (f"-{so_far[said]}" if so_far[said] > 1 else "")
        title = f"{ALTERATION_NAMES[kind]}：{name}"
        place = f"{url}#{alteration_anchor(number)}"
        by_centre = isinstance(alteration, Amendment)
        yield Event(identity, place, alteration.date, title, _summary(alteration), centre, by_centre)


def _summary(alteration: Alteration) -> str:
    if isinstance(alteration, Amendment):
        return f"{alteration.what}\n变更原因：{alteration.why}\n批准单位：{alteration.approved_by}"
    return f"{alteration.what}\n原件依据：{alteration.source}"
