"""Centre → what happened and on which day: publications, amendments, corrections.

A day comes from the record alone. A document that states no day of publication has no such event.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.changes.told import alterations_of
from generator.facts.altered import ALTERATION_NAMES
from generator.facts.page import Link
from generator.facts.summary import DISCLOSURE_NAMES, FORM_NAMES
from generator.reading.content import Centre, Disclosure
from generator.reading.model import Alteration, Amendment, DisclosureFacts, Form
from generator.words.urls import alteration_anchor, centre_feed_url, disclosure_url, record_url


@dataclass(frozen=True, slots=True)
class Event:
    """A publication or an alteration.

    `id` is a site path that stays the same when other events come before or after; `url` is where to read of it.
    A correction is the site's own doing, all else that of the `centre`, whose name is given.
    """

    id: str
    url: str
    day: date
    title: str
    summary: str
    centre: str
    by_centre: bool = True


def events_of(centre: Centre) -> Iterator[Event]:
    """Every dated event of a centre, by document."""
    for disclosure in centre.disclosures:
        yield from _of_disclosure(disclosure, centre)


def feed_of(centre: Centre) -> Link | None:
    """A centre's feed; a centre without a dated event has none, and none has one while the site has no address."""
    return Link(centre_feed_url(centre.id), centre.facts.name) if next(events_of(centre), None) else None


def _of_disclosure(disclosure: Disclosure, centre: Centre) -> Iterator[Event]:
    facts = disclosure.facts
    url = disclosure_url(disclosure.id)
    of_year = f"{centre.facts.name} {disclosure.year} 年度"
    if facts.published:
        summary = f"{len(disclosure.records)} 张{FORM_NAMES[disclosure.kind]}，{disclosure.indicators} 项绩效指标。"
        yield Event(url, url, facts.published, facts.title, summary, centre.facts.name)
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
        yield Event(identity, place, alteration.date, title, _summary(alteration), centre.facts.name, by_centre)


def _summary(alteration: Alteration) -> str:
    if isinstance(alteration, Amendment):
        return f"{alteration.what}\n变更原因：{alteration.why}\n批准单位：{alteration.approved_by}"
    return f"{alteration.what}\n原件依据：{alteration.source}"
