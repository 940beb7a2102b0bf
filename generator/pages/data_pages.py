"""Content → the pages of the open data: 开放数据 and 信息公开目录."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.data.dataset import Dataset
from generator.data.editions import EDITIONS
from generator.data.made import Made, size_in_words
from generator.data.offers import site_offers
from generator.data.tables import TABLES
from generator.facts.citation import citation
from generator.facts.page import HOME_LINK, Link, Page
from generator.pages.outline import Outline
from generator.reading.content import Content
from generator.words.urls import DATA, DATAPACKAGE, FEED, REGISTER, REGISTER_CSV, hand_page_url, table_url

TITLE = "开放数据"
DATASET_TITLE = "财政项目绩效开放数据"
TYPE_NAMES = {"string": "文字", "integer": "整数", "number": "数", "date": "日期"}


def counted(outlines: Iterable[Outline]) -> dict[str, int]:
    """The number of rows of each table by its key, the register's among them."""
    counts: Counter[str] = Counter()
    for outline in outlines:
        counts.update(dict(outline.rows))
    return dict(counts)


def feeds(outlines: Iterable[Outline], site_url: str | None) -> tuple[Link, ...]:
    """The feeds that there are: that of the site, and those of centres."""
    found = tuple(outline.feed for outline in outlines if site_url and outline.feed)
    return (Link(FEED, "全站"), *found) if found else ()


def base_of(site_url: str | None) -> str:
    """What goes before the site's URLs where they are shown to people."""
    return site_url or "〔本站网址〕/"


def data_page(front: Content, outlines: Sequence[Outline], site_url: str | None) -> Page:
    """开放数据: which files there are, what their columns mean, how they are read and cited."""
    base, counts = base_of(site_url), counted(outlines)
    records = sum(outline.records for outline in outlines)
    summary = f"{records} 张绩效表的全部内容，有 CSV、XLSX、JSON、SQLite 四种格式。"
    inputs = {
        "tables": [(table, counts.get(table.key, 0), table_url(table.key)) for table in TABLES],
        "offers": [offer for offer in site_offers() if not offer.url.endswith(".csv")],
        "types": TYPE_NAMES,
        "sizes": {},
        "datapackage": Link(DATAPACKAGE, "datapackage.json"),
        "register": Link(REGISTER, "信息公开目录"),
        "fields": Link(hand_page_url("data"), "数据说明"),
        "example": next((outline.example for outline in outlines if outline.example), None),
        "base": base,
        "feeds": feeds(outlines, site_url),
        "address_known": site_url is not None,
        "undated": sum(outline.undated for outline in outlines),
        "licence": front.site.licence,
        "publisher": front.site.publisher,
        "editions": EDITIONS,
        "cite_site": citation(front.site.publisher, DATASET_TITLE, "DS", None, f"{base}{DATA}"),
        "dataset": Dataset(DATA, DATASET_TITLE, summary, tuple(offer.url for offer in site_offers()), front.site),
    }
    return Page(DATA, "data", TITLE, summary, inputs, (HOME_LINK,))


def with_sizes(pages: Iterable[Page], made: Iterable[Made]) -> Iterator[Page]:
    """The pages, of which the data page says how large the files are as they were made."""
    sizes = {file.path: size_in_words(file.size) for file in made}
    for page in pages:
        yield replace(page, inputs={**page.inputs, "sizes": sizes}) if page.url == DATA else page


def register_page(outlines: Iterable[Outline]) -> Page:
    """信息公开目录: every document in the site's order."""
    found = [each for outline in outlines for each in outline.listed]
    description = f"本站公开的 {len(found)} 份文件的索引号、名称、概述、生成日期和链接。"
    inputs = {"listed": found, "csv": Link(REGISTER_CSV, "目录的 CSV"), "data": Link(DATA, TITLE)}
    return Page(REGISTER, "catalogue", "信息公开目录", description, inputs, (HOME_LINK, Link(DATA, TITLE)))
