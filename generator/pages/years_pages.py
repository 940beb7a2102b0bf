"""The pages of the years: the centres of a year compared, and the list of the years."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from generator.facts.accounts import asked_table, reported_table
from generator.facts.bars import Part, share
from generator.facts.page import HOME_LINK, Link, Page
from generator.facts.summary import Summary, the_largest
from generator.pages.outline import Outline
from generator.words.urls import YEARS, Kind, yearbook_url

TITLE = "各年度"


@dataclass(frozen=True, slots=True)
class Shared:
    """A project among those with the most money: yuan, its share of all the money of the kind, its sources as a bar."""

    link: Link
    centre: str
    amount: Decimal
    share: Decimal
    parts: tuple[Part, ...]


def by_year(outlines: Iterable[Outline]) -> dict[int, list[tuple[Outline, Summary]]]:
    """The documents of every centre by year, newest year first."""
    years: dict[int, list[tuple[Outline, Summary]]] = {}
    for centre in outlines:
        for summary in centre.summaries:
            years.setdefault(summary.year, []).append((centre, summary))
    return dict(sorted(years.items(), reverse=True))


def years_pages(outlines: Iterable[Outline]) -> Iterator[Page]:
    """The list of the years, to which the menu leads, and a page for each."""
    years = by_year(outlines)
    links = [Link(yearbook_url(year), f"{year} 年度") for year in years]
    listed = [(link, *_counts(of_year)) for link, of_year in zip(links, years.values(), strict=True)]
    span = f"{'、'.join(map(str, sorted(years)))} 年度" if years else ""
    yield Page(
        YEARS,
        "years",
        TITLE,
        f"{span}各单位公开的绩效目标与绩效自评，逐年对照。",
        {"listed": listed},
        (HOME_LINK,),
    )
    for place, (link, of_year) in enumerate(zip(links, years.values(), strict=True)):
        yield Page(
            link.url,
            "yearbook",
            f"{link.text}各单位对照",
            f"{link.text} {_counts(of_year)[0]} 家单位的资金、来源、指标与得分，申报和自评分开对照。",
            {"year": link.text},
            (HOME_LINK, Link(YEARS, TITLE)),
            previous=links[place + 1] if place + 1 < len(links) else None,
            following=links[place - 1] if place else None,
            late=partial(_yearbook, of_year),
        )


def _counts(of_year: Sequence[tuple[Outline, Summary]]) -> tuple[int, int, int]:
    """How many centres, declarations and evaluations a year has."""
    forms: dict[Kind, int] = {"targets": 0, "evaluations": 0}
    for _, summary in of_year:
        forms[summary.kind] += summary.records
    return len({centre.id for centre, _ in of_year}), forms["targets"], forms["evaluations"]


def _yearbook(of_year: Sequence[tuple[Outline, Summary]]) -> Mapping[str, object]:
    """The year's tables, one for each kind of document, and the largest projects of each kind."""
    named = [(centre.name, summary) for centre, summary in of_year]
    return {
        "asked": asked_table(named),
        "reported": reported_table(named),
        "largest": {kind: _largest(of_year, kind) for kind in ("targets", "evaluations")},
    }


def _largest(of_year: Sequence[tuple[Outline, Summary]], kind: Kind) -> tuple[Shared, ...]:
    """The projects with the most money, the largest first."""
    own = [(centre.name, summary) for centre, summary in of_year if summary.kind == kind]
    whole = sum((summary.requested + summary.revised for _, summary in own), Decimal(0))
    names = {large: name for name, summary in own for large in summary.largest}
    first = the_largest(names)
    most = first[0].funds.length if first else Decimal(0)
    return tuple(
        Shared(each.link, names[each], each.funds.total, share(each.funds.total, whole), each.funds.bar(most))
        for each in first
    )
