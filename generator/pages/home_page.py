"""The site's first page: what is disclosed, by centre and year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.facts.accounts import asked_table
from generator.facts.page import Link, Page
from generator.facts.summary import Summary
from generator.pages.outline import Outline
from generator.reading.content import Content
from generator.words.urls import CHECKS, DATA, HOME, PROJECTS, SEARCH, YEARS, hand_page_url, yearbook_url

_READING = "reading"  # the hand-written page that explains the forms


def home_page(front: Content, outlines: Sequence[Outline]) -> Page:
    """Centres by years, and the documents, newest year first."""
    every = [summary for outline in outlines for summary in outline.summaries]
    columns = sorted({(summary.year, summary.kind) for summary in every})
    counts = {
        "disclosures": len(every),
        "declarations": sum(summary.records for summary in every if summary.kind == "targets"),
        "evaluations": sum(summary.records for summary in every if summary.kind == "evaluations"),
        "indicators": sum(summary.indicators for summary in every),
    }
    documents = [(outline, {(each.year, each.kind): each for each in outline.summaries}) for outline in outlines]
    inputs = {
        "counts": counts,
        "columns": [f"{year} 年度{'目标' if kind == 'targets' else '自评'}" for year, kind in columns],
        "matrix": [(outline, [own.get(column) for column in columns]) for outline, own in documents],
        "latest": sorted(every, key=lambda summary: (-summary.year, summary.kind)),
        "ways": tuple(_ways(front, outlines)),
        "checks": Link(CHECKS, "核对规则"),
    }
    description = (
        f"{len(outlines)} 家单位的 {counts['declarations']} 张绩效目标申报表、"
        f"{counts['evaluations']} 张绩效自评表，{counts['indicators']} 项绩效指标，按原表公开。"
    )
    return Page(HOME, "home", "首页", description, inputs, late=lambda: _money(outlines))


def _ways(front: Content, outlines: Sequence[Outline]) -> Iterator[Link]:
    """Where a reader may begin: what one wants to do, and where that is."""
    if outlines:
        yield Link(f"{HOME}#by-year", "找一家单位", "各单位各年度公开了哪些表")
    years = sorted({summary.year for outline in outlines for summary in outline.summaries}, reverse=True)
    if years:
        yield Link(
            yearbook_url(years[0]) if len(years) == 1 else YEARS, "比较一个年度", "各单位的资金、来源、指标与得分"
        )
        yield Link(PROJECTS, "跟踪一个项目", "目标定得怎样，做到了多少，下一年又怎样定")
    yield Link(SEARCH, "查一句话、一个数", "项目、指标、指标值、金额，逐字检索")
    yield Link(DATA, "下载数据", "CSV、XLSX、JSON、SQLite")
    if any(page.name == _READING for page in front.pages):
        yield Link(hand_page_url(_READING), "看懂一张表", "申报表、自评表的各栏是什么意思")


def _money(outlines: Iterable[Outline]) -> Mapping[str, object]:
    """The money asked for by centre and source, of the newest year for which several centres asked, else any."""
    years: dict[int, list[tuple[str, Summary]]] = {}
    for outline in outlines:
        for summary in outline.summaries:
            if summary.kind == "targets":
                years.setdefault(summary.year, []).append((outline.name, summary))
    newest = max(years, key=lambda year: (len(years[year]) > 1, year), default=None)
    if newest is None:
        return {"asked": None}
    return {"asked": asked_table(years[newest]), "yearbook": Link(yearbook_url(newest), f"{newest} 年度各单位对照")}
