"""A form, a document or the whole site as schema.org describes data: a Dataset, its files, who it is from.

It stands in the page as a data block, which no browser executes: JSON-LD (https://www.w3.org/TR/json-ld11/).
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.changes.told import alterations_of
from generator.data.offers import record_offers
from generator.facts.summary import FORM_NAMES, Summary, in_words
from generator.reading.content import Centre, Disclosure, Record
from generator.reading.model import DisclosureFacts, Form, SiteFacts
from generator.words.urls import DATA, disclosure_url, record_url

Json = dict[str, Any]
# What could end the block that it stands in, and what older readers of scripts take for the end of a line.
_ENDS = re.compile("[<>&\u2028\u2029\x7f]")
_FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "sqlite": "application/vnd.sqlite3",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a page's data block says. URLs are those of the site; `files` are downloads by their URLs.

    `centre` is None for the site as a whole; `part_of` is the page of the dataset that holds this one.
    """

    url: str
    name: str
    description: str
    files: tuple[str, ...]
    site: SiteFacts
    centre: Centre | None = None
    year: int | None = None
    published: date | None = None
    part_of: str | None = None
    altered: tuple[date, ...] = ()


def dataset_of_disclosure(
    disclosure: Disclosure, summary: Summary, centre: Centre, site: SiteFacts, files: Iterable[str]
) -> Dataset:
    """A document as a dataset; `summary` is its line in lists, `files` are the URLs of its downloads."""
    return Dataset(
        summary.url,
        summary.title,
        f"{centre.facts.name} {summary.name}：{in_words(summary)}",
        tuple(files),
        site,
        centre,
        disclosure.year,
        disclosure.facts.published,
        DATA,
        _altered_on(disclosure.facts),
    )


def dataset_of_record(record: Record, disclosure: Disclosure, centre: Centre, site: SiteFacts) -> Dataset:
    """A form as a dataset."""
    name, year = record.form.name, disclosure.year
    form = FORM_NAMES[disclosure.kind]
    return Dataset(
        record_url(record.id),
        f"{name} – {form}（{year}年度）",
        f"{centre.facts.name} {year} 年度“{name}”的{form}，{len(record.form.indicators)} 项绩效指标。",
        tuple(offer.url for offer in record_offers(record.id)),
        site,
        centre,
        year,
        disclosure.facts.published,
        disclosure_url(disclosure.id),
        _altered_on(record.form),
    )


def _altered_on(holder: Form | DisclosureFacts) -> tuple[date, ...]:
    return tuple(alteration.date for _, _, alteration in alterations_of(holder))


def data_block(dataset: Dataset, address: Callable[[str], str]) -> Markup:
    """The dataset as JSON that may stand in a `<script type="application/ld+json">`.

    Args:
        dataset: What to say.
        address: A URL of the site as the page writes it: absolute where the site's address is known, else relative.
    """
    text = json.dumps(_said(dataset, address), ensure_ascii=False, separators=(",", ":"))
    text = _ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)  # noqa: S704 - nothing in it can end the block


def _said(dataset: Dataset, address: Callable[[str], str]) -> Json:
    facts: Json = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address(dataset.url),
        "url": address(dataset.url),
        "name": dataset.name,
        "description": dataset.description,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
    }
    if dataset.url:
        facts["identifier"] = dataset.url.rstrip("/")
    if dataset.year:
        facts["temporalCoverage"] = str(dataset.year)
    if dataset.published:
        facts["datePublished"] = dataset.published.isoformat()
    if dataset.altered:
        facts["dateModified"] = max(dataset.altered).isoformat()
    if dataset.centre:
        centre = dataset.centre.facts
        facts["creator"] = _organization(centre.name) | {"parentOrganization": _organization(centre.department)}
    if dataset.site.publisher:
        facts["publisher"] = _organization(dataset.site.publisher)
    if dataset.site.licence:
        facts["license"] = dataset.site.licence.url
    if dataset.part_of is not None:
        facts["isPartOf"] = {"@type": "Dataset", "@id": address(dataset.part_of)}
    facts["distribution"] = [
        {"@type": "DataDownload", "contentUrl": address(url), "encodingFormat": _FORMATS[url.rpartition(".")[2]]}
        for url in dataset.files
    ]
    return facts


def _organization(name: str) -> Json:
    return {"@type": "GovernmentOrganization", "name": name}
