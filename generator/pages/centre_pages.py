"""The pages of a centre: the centre, its years, its documents."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from heapq import nlargest

from generator.changes.lineage import Project, followed
from generator.data.offers import year_offers
from generator.facts.accounts import asked_table, reported_table
from generator.facts.page import HOME_LINK, Link, Page
from generator.facts.summary import DISCLOSURE_NAMES, Summary, lines_of
from generator.reading.content import Centre, Disclosure
from generator.words.urls import centre_projects_url, centre_url, year_url, yearbook_url

_LARGEST = 5  # projects named on the page of a year; the document's page has them all


def centre_page(centre: Centre, summaries: Sequence[Summary], projects: Sequence[Project], feed: Link | None) -> Page:
    """A centre's page: its documents by year, newest first; `feed` is its feed, if it has one."""
    name = centre.facts.name
    documents = "、".join(found.name for found in summaries)
    description = f"{name}公开的绩效目标与绩效自评：{documents}。" if documents else f"还没有收录{name}的文件。"
    inputs = {
        "centre": centre,
        "years": [(link, own, year_offers(centre, own[0].year)) for link, own in _by_year(centre, summaries)],
        "feed": feed,
        "projects": Link(centre_projects_url(centre.id), "历年项目") if projects else None,
        "counts": {"projects": len(projects), "followed": len(followed(projects))},
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


def _by_year(centre: Centre, summaries: Sequence[Summary]) -> list[tuple[Link, list[Summary]]]:
    """The disclosures of each year, newest year first."""
    years = sorted({found.year for found in summaries}, reverse=True)
    return [
        (Link(year_url(centre.id, year), f"{year} 年度"), [found for found in summaries if found.year == year])
        for year in years
    ]


def year_pages(centre: Centre, summaries: Sequence[Summary]) -> Iterator[Page]:
    """A page for each year of a centre."""
    years = _by_year(centre, summaries)
    for place, (link, own) in enumerate(years):
        year = own[0].year
        title = f"{centre.facts.name} {link.text}"
        description = f"{title}公开：{'、'.join(f'{found.name} {found.records} 张表' for found in own)}。"
        inputs = {
            "year": link.text,
            "offers": year_offers(centre, year),
            "yearbook": Link(yearbook_url(year), f"{link.text}各单位对照"),
        }
        yield Page(
            link.url,
            "year",
            title,
            description,
            inputs,
            crumbs_to_centre(centre),
            previous=years[place + 1][0] if place + 1 < len(years) else None,
            following=years[place - 1][0] if place else None,
            late=partial(_year, own, [each for each in centre.disclosures if each.year == year]),
        )


def _year(summaries: Sequence[Summary], disclosures: Sequence[Disclosure]) -> Mapping[str, object]:
    """Each document of a year, and its projects with the most money, of equal ones the first."""
    documents = [
        (found, nlargest(_LARGEST, lines_of(disclosure), key=lambda line: line.amount))
        for found, disclosure in zip(summaries, disclosures, strict=True)
    ]
    return {"documents": documents}


def crumbs_to_centre(centre: Centre) -> tuple[Link, ...]:
    """The way from the home page down to a centre."""
    return HOME_LINK, Link(centre_url(centre.id), centre.facts.name)


def crumbs_to_year(centre: Centre, year: int) -> tuple[Link, ...]:
    """The way from the home page down to a centre's year."""
    return *crumbs_to_centre(centre), Link(year_url(centre.id, year), f"{year} 年度")


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
