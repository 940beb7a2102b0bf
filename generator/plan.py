"""Records → every page there will be: its URL, its template, its title, and all it may speak of.

The plan names every page before one is rendered. A page's `inputs` are all that its template sees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.altered import altered
from generator.catalogue import handbook
from generator.content import Centre, Content, Disclosure, HandPage, requested
from generator.data_pages import data_page, feeds, register_page
from generator.dataset import dataset_of_disclosure, dataset_of_record
from generator.gone import moved_pages, withdrawn_pages
from generator.lineage import Appearance, lineages
from generator.model import Declaration, SiteFacts
from generator.offers import Offer, record_offers, year_offers
from generator.page import HAND_WRITTEN, HOME_LINK, Link, Page
from generator.shell import Shell
from generator.summary import DISCLOSURE_NAMES, FORM_NAMES, Summary, in_words, lines_of, summary_of
from generator.urls import (
    HOME,
    SEARCH,
    centre_feed_url,
    centre_url,
    checks_url,
    disclosure_json_url,
    document_id,
    hand_page_url,
    record_url,
    source_url,
    year_url,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page, and what the downloads are made of."""

    content: Content
    pages: tuple[Page, ...]
    site_url: str | None = None

    @property
    def urls(self) -> frozenset[str]:
        return frozenset(page.url for page in self.pages)

    @property
    def shells(self) -> tuple[Shell, ...]:
        """Every shell that a page of the plan is set into, once each."""
        return tuple(sorted({page.shell for page in self.pages if page.shell}, key=lambda shell: shell.url))


def make_plan(content: Content, site_url: str | None = None) -> Plan:
    """Name every page in a fixed order: home, centres with years and records, search, checks, data, hand-written pages.

    Args:
        content: What is disclosed.
        site_url: The site's address with a slash at its end, or None while it has none.
    """
    summaries = {centre.id: tuple(summary_of(found) for found in centre.disclosures) for centre in content.centres}
    others = lineages(content.centres)
    feed_of = {feed.url: feed for feed in feeds(content, site_url)}
    pages: list[Page] = [_home(content, summaries)]
    for centre in content.centres:
        pages.append(_centre(centre, summaries[centre.id], feed_of.get(centre_feed_url(centre.id))))
        pages.extend(_years(centre, summaries[centre.id]))
        for summary in summaries[centre.id]:
            pages.append(_disclosure(content.site, centre, summary))
            pages.extend(_records(content.site, centre, summary, others))
            pages.extend(withdrawn_pages(summary.disclosure, centre))
    pages.append(_search(content))
    pages.append(_checks())
    pages.append(data_page(content, site_url))
    pages.append(register_page(content))
    pages.extend(_hand_page(page) for page in content.pages)
    pages.extend(moved_pages(content))
    return Plan(content, tuple(pages), site_url)


def _home(content: Content, summaries: Mapping[str, tuple[Summary, ...]]) -> Page:
    every = [summary for found in summaries.values() for summary in found]
    columns = sorted({(summary.year, summary.kind) for summary in every})
    counts = {
        "disclosures": len(every),
        "declarations": sum(summary.records for summary in every if summary.kind == "targets"),
        "evaluations": sum(summary.records for summary in every if summary.kind == "evaluations"),
        "indicators": sum(summary.indicators for summary in every),
    }
    matrix = [
        (
            centre,
            Link(centre_url(centre.id), centre.facts.name),
            [{(found.year, found.kind): found for found in summaries[centre.id]}.get(column) for column in columns],
        )
        for centre in content.centres
    ]
    latest = sorted(
        ((centre, summary) for centre in content.centres for summary in summaries[centre.id]),
        key=lambda pair: (-pair[1].year, pair[1].kind),
    )
    names = [f"{year} 年度{'目标' if kind == 'targets' else '自评'}" for year, kind in columns]
    checks = Link(checks_url(), "核对规则")
    inputs = {"counts": counts, "columns": names, "matrix": matrix, "latest": latest, "checks": checks}
    description = (
        f"{len(content.centres)} 家单位的 {counts['declarations']} 张绩效目标申报表、"
        f"{counts['evaluations']} 张绩效自评表，{counts['indicators']} 项绩效指标，按原表公开。"
    )
    return Page(HOME, "home", "首页", description, inputs)


def _centre(centre: Centre, summaries: tuple[Summary, ...], feed: Link | None) -> Page:
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


def _years(centre: Centre, summaries: tuple[Summary, ...]) -> Iterator[Page]:
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


def _crumbs(centre: Centre, year: int) -> tuple[Link, ...]:
    return (
        HOME_LINK,
        Link(centre_url(centre.id), centre.facts.name),
        Link(year_url(centre.id, year), f"{year} 年度"),
    )


def _metas(disclosure: Disclosure, centre: Centre, title: str) -> dict[str, str]:
    metas = {
        "ColumnName": DISCLOSURE_NAMES[disclosure.kind],
        "ArticleTitle": title,
        "ContentSource": centre.facts.name,
    }
    if disclosure.facts.published:
        metas["PubDate"] = disclosure.facts.published.isoformat()
    return metas


def _disclosure(site: SiteFacts, centre: Centre, summary: Summary) -> Page:
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
        _crumbs(centre, disclosure.year),
        metas=_metas(disclosure, centre, title),
    )


def _records(
    site: SiteFacts, centre: Centre, summary: Summary, others: Mapping[str, tuple[Appearance, ...]]
) -> Iterator[Page]:
    disclosure = summary.disclosure
    crumbs = (*_crumbs(centre, disclosure.year), Link(summary.url, DISCLOSURE_NAMES[disclosure.kind]))
    links = [Link(record_url(found.id), f"{found.number} {found.form.name}") for found in disclosure.records]
    for place, record in enumerate(disclosure.records):
        form = record.form
        title = f"{form.name} – {FORM_NAMES[disclosure.kind]}（{disclosure.year}年度）"
        money = (
            f"申请资金 {form.funding.total} {form.funding.unit}"
            if isinstance(form, Declaration)
            else f"全年执行 {form.budget.total.spent} {form.budget.unit}，总分 {form.total_score}，{form.grade}"
        )
        inputs = {
            "centre": centre,
            "disclosure": disclosure,
            "up": Link(summary.url, "汇总表" if disclosure.kind == "targets" else "各表目录"),
            "record": record,
            "form": form,
            "altered": altered(form),
            "place": place + 1,
            "count": len(disclosure.records),
            "form_name": FORM_NAMES[disclosure.kind],
            "same_project": [_appearance(found) for found in others[record.id]],
            "offers": record_offers(record.id),
            "dataset": dataset_of_record(record, disclosure, centre, site),
            "source": Link(source_url(disclosure.centre, disclosure.year, disclosure.kind), "来源文本"),
        }
        yield Page(
            record_url(record.id),
            "declaration" if isinstance(form, Declaration) else "evaluation",
            title,
            f"{centre.facts.name} {disclosure.year} 年度“{form.name}”：{money}，{len(form.indicators)} 项绩效指标。",
            inputs,
            crumbs,
            previous=links[place - 1] if place else None,
            following=links[place + 1] if place + 1 < len(links) else None,
            metas=_metas(disclosure, centre, title),
        )


def _appearance(found: Appearance) -> Link:
    form = found.record.form
    note = form.funding.total.printed if isinstance(form, Declaration) else f"{form.total_score} {form.grade}"
    return Link(record_url(found.record.id), f"{found.year} 年度{FORM_NAMES[found.kind]}", note)


def _search(content: Content) -> Page:
    description = f"在 {len(content.records)} 张表里检索任何文字和数字：项目、指标、金额、目标。"
    centres = [Link(centre_url(centre.id), centre.facts.name) for centre in content.centres]
    return Page(SEARCH, "search", "检索", description, {"centres": centres}, (HOME_LINK,))


def _checks() -> Page:
    groups = handbook()
    counts = [sum(len(checks) for _, checks in group.sections) for group in groups]
    description = f"公开以前核对每张表的 {counts[0]} 项规则：代码、程度、依据、看什么、怎样改。"
    return Page(checks_url(), "checks", "核对规则", description, {"groups": groups, "counts": counts}, (HOME_LINK,))


def _hand_page(page: HandPage) -> Page:
    url = hand_page_url(page.name)
    return Page(url, HAND_WRITTEN, page.title, page.title, {"body": page.body}, (HOME_LINK,))
