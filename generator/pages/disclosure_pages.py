"""The page of a document: what its forms come to, and the table of them."""

from collections.abc import Iterator, Mapping, Sequence

from generator.data.dataset import dataset_of_disclosure
from generator.data.offers import Offer, year_offers
from generator.facts.altered import altered
from generator.facts.page import Link, Page
from generator.facts.summary import RecordLine, Summary, in_words, lines_of
from generator.facts.totals import SOURCES
from generator.pages.centre_pages import crumbs_to_year, metas_of
from generator.reading.content import Centre, Disclosure
from generator.reading.model import Declaration, SiteFacts
from generator.words.urls import disclosure_json_url, source_url


def disclosure_page(site: SiteFacts, centre: Centre, disclosure: Disclosure, summary: Summary) -> Page:
    """The page of a document of either kind."""
    title = disclosure.facts.title
    offers = (
        Offer(disclosure_json_url(disclosure.id), "JSON", "文件的标题、日期和各张表的编号"),
        *year_offers(centre, disclosure.year),
    )
    inputs = {
        "centre": centre,
        "disclosure": disclosure,
        "altered": altered(disclosure.facts),
        "summary": summary,
        "dataset": dataset_of_disclosure(disclosure, summary, centre, site, [offer.url for offer in offers]),
        "offers": offers,
        "source": Link(source_url(disclosure.id), "source.txt"),
    }
    return Page(
        summary.url,
        summary.kind,
        title,
        f"{title}：{in_words(summary)}",
        inputs,
        crumbs_to_year(centre, disclosure.year),
        metas=metas_of(disclosure, centre, title),
        late=lambda: _forms(disclosure, summary),
    )


def _forms(disclosure: Disclosure, summary: Summary) -> Mapping[str, object]:
    """What the forms come to, a line for each, and what they can be filtered by."""
    lines = lines_of(disclosure)
    return {"lines": lines, "sums": summary.sums, "choices": _choices(lines), "sole": tuple(_sole(lines))}


def _sole(lines: Sequence[RecordLine]) -> Iterator[tuple[str, RecordLine]]:
    """Sources whose money goes to a single project, where there are several: the source's name, and the project."""
    for source in SOURCES:
        given = [line for line in lines if getattr(line.funds, source.key)]
        if len(given) == 1 < len(lines):
            yield source.name, given[0]


def _choices(lines: Sequence[RecordLine]) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Filters: their key, their name, and the values and words to choose from; none where there is no choice."""
    forms = [line.form for line in lines if isinstance(line.form, Declaration)]
    given = {key for line in lines for key in line.sources.split()}
    every = (
        ("nature", "项目性质", {form.nature: form.nature for form in forms}),
        ("category", "项目类别", {form.category: form.category for form in forms}),
        ("source", "资金来源", {source.key: source.name for source in SOURCES if source.key in given}),
        (
            "grade",
            "等级",
            {line.form.grade: line.form.grade for line in lines if not isinstance(line.form, Declaration)},
        ),
    )
    return tuple((key, name, tuple(choices.items())) for key, name, choices in every if len(choices) > 1)
