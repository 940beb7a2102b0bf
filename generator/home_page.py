"""The site's first page: what is disclosed, by centre and year."""

from collections.abc import Mapping

from generator.content import Content
from generator.page import Link, Page
from generator.summary import Summary
from generator.urls import CHECKS, HOME, centre_url


def home_page(content: Content, summaries: Mapping[str, tuple[Summary, ...]]) -> Page:
    """Centres by years, and the documents, newest year first; `summaries` are each centre's by its id."""
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
    checks = Link(CHECKS, "核对规则")
    inputs = {"counts": counts, "columns": names, "matrix": matrix, "latest": latest, "checks": checks}
    description = (
        f"{len(content.centres)} 家单位的 {counts['declarations']} 张绩效目标申报表、"
        f"{counts['evaluations']} 张绩效自评表，{counts['indicators']} 项绩效指标，按原表公开。"
    )
    return Page(HOME, "home", "首页", description, inputs)
