"""The pages of a centre: the centre, its years, its documents."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from generator.changes.lineage import Project
from generator.data.offers import year_offers
from generator.facts.accounts import asked_table, reported_table
from generator.facts.page import HOME_LINK, Link, Page
from generator.facts.summary import DISCLOSURE_NAMES, Summary, largest, lines_of
from generator.reading.content import Centre, Disclosure
from generator.words.urls import centre_projects_url, centre_url, year_url, yearbook_url

_LARGEST = 5  # projects named on the page of a year; the document's page has them all


def centre_page(centre: Centre, summaries: tuple[Summary, ...], projects: Sequence[Project], feed: Link | None) -> Page:
    """A centre's page: its documents by year, newest first; `feed` is its feed, if it has one."""
    name = centre.facts.name
    description = f"{name}公开的绩效目标与绩效自评：{'、'.join(found.name for found in summaries)}。"
    years = [
        (year, of_year, year_offers(centre, [each for each in centre.disclosures if each.year == of_year[0].year]))
        for year, of_year in _by_year(centre, summaries)
    ]
    followed = sum(len(project.forms) > 1 for project in projects)
    inputs = {
        "centre": centre,
        "years": years,
        "feed": feed,
        "projects": Link(centre_projects_url(centre.id), "历年项目") if projects else None,
        "counts": {"projects": len(projects), "followed": followed},
    }
    return Page(
        centre_url(centre.id),
        "centre",
        name,
        description,
        inputs,
        (HOME_LINK,),
        late=lambda: _accounts([(f"{found.year} 年度", found) for found in summaries]),
    )


def _accounts(named: Sequence[tuple[str, Summary]]) -> Mapping[str, object]:
    return {"asked": asked_table(named), "reported": reported_table(named)}


def _by_year(centre: Centre, summaries: tuple[Summary, ...]) -> list[tuple[Link, list[Summary]]]:
    """The disclosures of each year, newest year first."""
    years = sorted({found.year for found in summaries}, reverse=True)
    return [
        (Link(year_url(centre.id, year), f"{year} 年度"), [found for found in summaries if found.year == year])
        for year in years
    ]


def year_pages(centre: Centre, summaries: tuple[Summary, ...]) -> Iterator[Page]:
    """A page for each year of a centre."""
    years = [link for link, _ in _by_year(centre, summaries)]
    for place, (link, of_year) in enumerate(_by_year(centre, summaries)):
        disclosures = [each for each in centre.disclosures if each.year == of_year[0].year]
        title = f"{centre.facts.name} {link.text}"
        description = f"{title}公开：{'、'.join(f'{found.name} {found.records} 张表' for found in of_year)}。"
        yield Page(
            link.url,
            "year",
            title,
            description,
            {
                "centre": centre,
                "year": link.text,
                "offers": year_offers(centre, disclosures),
                "yearbook": Link(yearbook_url(of_year[0].year), f"{link.text}各单位对照"),
            },
            (HOME_LINK, Link(centre_url(centre.id), centre.facts.name)),
            previous=years[place + 1] if place + 1 < len(years) else None,
            following=years[place - 1] if place else None,
            late=partial(_year, of_year, disclosures),
        )


def _year(summaries: Sequence[Summary], disclosures: Sequence[Disclosure]) -> Mapping[str, object]:
    """What each document of a year comes to, and its largest projects."""
    documents = [
        (found, found.asked, found.reported, largest(lines_of(disclosure), _LARGEST))
        for found, disclosure in zip(summaries, disclosures, strict=True)
    ]
    return {"documents": documents}


def crumbs_to_year(centre: Centre, year: int) -> tuple[Link, ...]:
    """The way from the home page down to a centre's year."""
    return (
        HOME_LINK,
        Link(centre_url(centre.id), centre.facts.name),
        Link(year_url(centre.id, year), f"{year} 年度"),
    )


def metas_of(disclosure: Disclosure, centre: Centre, title: str) -> dict[str, str]:
    """What the head of a document's or form's page names (国办发〔2017〕47号); the day only where it is stated."""
    metas = {
        "ColumnName": DISCLOSURE_NAMES[disclosure.kind],
        "ArticleTitle": title,
        "ContentSource": centre.facts.name,
    }
    if disclosure.facts.published:
        metas["PubDate"] = disclosure.facts.published.isoformat()
    return metas
