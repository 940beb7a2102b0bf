"""The pages of the forms: one for each declaration and evaluation."""

from collections.abc import Iterator, Mapping
from functools import partial

from generator.changes.lineage import Appearance
from generator.data.dataset import dataset_of_record
from generator.data.offers import record_offers
from generator.facts.altered import altered
from generator.facts.citation import Citation, citation
from generator.facts.explained import explained
from generator.facts.findings import Finding
from generator.facts.labels import terms_on
from generator.facts.page import Link, Page
from generator.facts.summary import DISCLOSURE_NAMES, FORM_NAMES, Summary
from generator.pages.centre_pages import crumbs_to_year, metas_of
from generator.profiles.measures import Measures
from generator.profiles.profile import read_profile
from generator.reading.content import Centre, Disclosure, Record
from generator.reading.model import Declaration, Evaluation, Form, SiteFacts
from generator.words.urls import GLOSSARY, record_url, source_url


def form_pages(
    site: SiteFacts,
    centre: Centre,
    disclosure: Disclosure,
    summary: Summary,
    others: Mapping[str, tuple[Appearance, ...]],
    projects: Mapping[str, Link],
    found: Mapping[str, tuple[Finding, ...]],
    site_url: str | None,
) -> Iterator[Page]:
    """A page for each form of a document, in printed order.

    Args:
        site: What is known of the site.
        centre: The document's centre.
        disclosure: The document.
        summary: Its line in lists.
        others: The other forms of each record's project.
        projects: By record id the link to the page of its project, if it has one.
        found: The findings of the checks that each record's page shows.
        site_url: The site's address with a slash at its end, or None while it has none.
    """
    measures = read_profile(site.profile).of(disclosure.year)
    crumbs = (*crumbs_to_year(centre, disclosure.year), Link(summary.url, DISCLOSURE_NAMES[disclosure.kind]))
    links = [Link(record_url(each.id), f"{each.number} {each.form.name}") for each in disclosure.records]
    for place, record in enumerate(disclosure.records):
        form = record.form
        title = f"{form.name} – {FORM_NAMES[disclosure.kind]}（{disclosure.year}年度）"
        money = (
            f"申请资金 {form.funding.total} {form.funding.unit}"
            if isinstance(form, Declaration)
            else f"全年执行 {form.budget.total.spent} {form.budget.unit}，总分 {form.total_score}，{form.grade}"
        )
        inputs = {
            "disclosure": disclosure,
            "up": Link(summary.url, "汇总表" if disclosure.kind == "targets" else "各表目录"),
            "record": record,
            "form": form,
            "altered": altered(form),
            "findings": found.get(record.id, ()),
            "place": place + 1,
            "count": len(disclosure.records),
            "form_name": FORM_NAMES[disclosure.kind],
            "all_terms": Link(GLOSSARY, "全部名词解释"),
            "citation": _citation(record, disclosure, site_url),
            "address_known": site_url is not None,
            "same_project": [_appearance(each) for each in others[record.id]],
            "project": projects.get(record.id),
            "offers": record_offers(record.id),
            "dataset": dataset_of_record(record, disclosure, centre, site),
            "source": Link(source_url(disclosure.id), "来源文本"),
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
            metas=metas_of(disclosure, centre, title),
            late=partial(_late, form, measures),
        )


def _late(form: Form, measures: Measures) -> Mapping[str, object]:
    """The terms that explain a form's labels, and how an evaluation's score came about."""
    terms = {"terms": terms_on(form)}
    return terms | {"story": explained(form, measures)} if isinstance(form, Evaluation) else terms


def _citation(record: Record, disclosure: Disclosure, site_url: str | None) -> Citation:
    """A form as a source: by the centre that it names, under the title that it prints."""
    title = f"{record.form.name}：财政项目支出{FORM_NAMES[disclosure.kind]}（{disclosure.year}年度）"
    address = f"{site_url or ''}{record_url(record.id)}"
    return citation(record.form.implementer, title, "EB", disclosure.facts.published, address)


def _appearance(found: Appearance) -> Link:
    form = found.record.form
    note = form.funding.total.printed if isinstance(form, Declaration) else f"{form.total_score} {form.grade}"
    return Link(record_url(found.record.id), f"{found.year} 年度{FORM_NAMES[found.kind]}", note)
