"""The pages of a centre: the centre, its years, its documents."""

from collections.abc import Iterator
from decimal import Decimal

from generator.altered import altered
from generator.content import Centre, Disclosure, requested
from generator.dataset import dataset_of_disclosure
from generator.model import SiteFacts
from generator.offers import Offer, year_offers
from generator.page import HOME_LINK, Link, Page
from generator.summary import DISCLOSURE_NAMES, Summary, in_words, lines_of
from generator.urls import centre_url, disclosure_json_url, document_id, source_url, year_url


def centre_page(centre: Centre, summaries: tuple[Summary, ...], feed: Link | None) -> Page:
    """A centre's page: its documents by year, newest first; `feed` is its feed, if it has one."""
    name = centre.facts.name
    description = f"{name}公开的绩效目标与绩效自评：{'、'.join(found.name for found in summaries)}。"
    years = [
        (year, of_year, year_offers(centre, [found.disclosure for found in of_year]))
        for year, of_year in _by_year(centre, summaries)
    ]
    inputs = {"centre": centre, "years": years, "feed": feed}
    return Page(centre_url(centre.id), "centre", name, description, inputs, (HOME_LINK,))


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
                "summaries": [(found, lines_of(found)) for found in of_year],
                "offers": year_offers(centre, [found.disclosure for found in of_year]),
            },
            (HOME_LINK, Link(centre_url(centre.id), centre.facts.name)),
            previous=years[place + 1] if place + 1 < len(years) else None,
            following=years[place - 1] if place else None,
        )


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


def disclosure_page(site: SiteFacts, centre: Centre, summary: Summary) -> Page:
    """The page of a document: the table of its forms."""
    disclosure = summary.disclosure
    title = disclosure.facts.title
    identity = document_id(disclosure.centre, disclosure.year, disclosure.kind)
    offers = (
        Offer(disclosure_json_url(identity), "JSON", "文件的标题、日期和各张表的编号"),
        *year_offers(centre, [each for each in centre.disclosures if each.year == disclosure.year]),
    )
    inputs = {
        "centre": centre,
        "disclosure": disclosure,
        "altered": altered(disclosure.facts),
        "summary": summary,
        "lines": lines_of(summary),
        "dataset": dataset_of_disclosure(disclosure, centre, site, [offer.url for offer in offers]),
        "appropriation": requested(disclosure, "appropriation") if summary.kind == "targets" else Decimal(0),
        "offers": offers,
        "source": Link(source_url(disclosure.centre, disclosure.year, disclosure.kind), "source.txt"),
    }
    return Page(
        summary.url,
        summary.kind,
        title,
        f"{title}：{in_words(summary)}",
        inputs,
        crumbs_to_year(centre, disclosure.year),
        metas=metas_of(disclosure, centre, title),
    )
