"""Content → the pages of the open data: 开放数据 and 信息公开目录."""

from collections.abc import Mapping

from generator.citation import citation
from generator.content import Content
from generator.dataset import Dataset
from generator.editions import EDITIONS
from generator.events import events, undated
from generator.offers import site_offers
from generator.page import HOME_LINK, Link, Page
from generator.register import REGISTER as REGISTER_TABLE
from generator.register import listed
from generator.tables import TABLES
from generator.tables.column import Share
from generator.tables.declarations import DECLARATIONS
from generator.tables.evaluations import EVALUATIONS
from generator.urls import (
    DATA,
    DATAPACKAGE,
    FEED,
    REGISTER,
    REGISTER_CSV,
    centre_feed_url,
    disclosure_url,
    hand_page_url,
    record_json_url,
    record_url,
    table_url,
)

TITLE = "开放数据"
DATASET_TITLE = "财政项目绩效开放数据"
TYPE_NAMES = {"string": "文字", "integer": "整数", "number": "数", "date": "日期"}


def shares(content: Content, base: str = "") -> tuple[Share, ...]:
    """All that is disclosed, by centre; `base` goes before the site's URLs."""
    return tuple(Share(centre, centre.disclosures, base) for centre in content.centres)


def counted(content: Content) -> dict[str, int]:
    """The number of rows of each table by its key, the register's among them."""
    every = shares(content)
    tables = (*TABLES, REGISTER_TABLE)
    return {table.key: sum(1 for share in every for _ in table.subjects(share)) for table in tables}


def feeds(content: Content, site_url: str | None) -> tuple[Link, ...]:
    """The feeds that there are: none while the site has no known address, none of a centre without a dated event."""
    centres = {event.centre.id: event.centre for event in events(content)} if site_url else {}
    site = (Link(FEED, "全站"),) if centres else ()
    return (*site, *(Link(centre_feed_url(name), centre.facts.name) for name, centre in sorted(centres.items())))


def data_page(content: Content, site_url: str | None, counts: Mapping[str, int]) -> Page:
    """The page 开放数据; `counts` are the rows of each table by its key (see `counted`)."""
    base = site_url or "〔本站网址〕/"
    forms = counts[DECLARATIONS.key] + counts[EVALUATIONS.key]
    summary = f"{forms} 张绩效表的全部内容，有 CSV、XLSX、JSON、SQLite 四种格式。"
    inputs = {
        "tables": [(table, counts[table.key], table_url(table.key)) for table in TABLES],
        "offers": [offer for offer in site_offers() if not offer.url.endswith(".csv")],
        "types": TYPE_NAMES,
        "datapackage": Link(DATAPACKAGE, "datapackage.json"),
        "register": Link(REGISTER, "信息公开目录"),
        "fields": Link(hand_page_url("data"), "数据说明"),
        "example": _example(content, base),
        "feeds": feeds(content, site_url),
        "address_known": site_url is not None,
        "undated": len(undated(content)),
        "licence": content.site.licence,
        "publisher": content.site.publisher,
        "editions": EDITIONS,
        "cite_site": citation(content.site.publisher, DATASET_TITLE, "DS", None, f"{base}{DATA}"),
        "dataset": Dataset(DATA, DATASET_TITLE, summary, tuple(offer.url for offer in site_offers()), content.site),
    }
    return Page(DATA, "data", TITLE, summary, inputs, (HOME_LINK,))


def _example(content: Content, base: str) -> dict[str, object] | None:
    """A record to show addresses by, and its document to cite: the first of the site; `base` goes before its URLs."""
    for centre in content.centres:
        for found in centre.disclosures:
            for record in found.records:
                address = f"{base}{disclosure_url(found.centre, found.year, found.kind)}"
                return {
                    "form": Link(record_url(record.id), record.form.name),
                    "data": f"{base}{record_json_url(record.id)}",
                    "citation": citation(centre.facts.name, found.facts.title, "DS", found.facts.published, address),
                }
    return None


def register_page(content: Content) -> Page:
    found = [each for share in shares(content) for each in listed(share)]
    description = f"本站公开的 {len(found)} 份文件的索引号、名称、概述、生成日期和链接。"
    inputs = {"listed": found, "csv": Link(REGISTER_CSV, "目录的 CSV"), "data": Link(DATA, TITLE)}
    return Page(REGISTER, "catalogue", "信息公开目录", description, inputs, (HOME_LINK, Link(DATA, TITLE)))
