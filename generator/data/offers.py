"""Which files of the open data there are: beside a form, for a centre's year, for the whole site.

Pages link to these, and the downloads are these.
"""

from dataclasses import dataclass

from generator.data.centres import CENTRES, DOCUMENTS
from generator.data.column import Share
from generator.data.tables import TABLES
from generator.reading.content import Centre
from generator.words.urls import (
    DATABASE,
    RECORD_SCHEMA,
    lines_url,
    record_csv_url,
    record_json_url,
    record_markdown_url,
    table_url,
    year_table_url,
    year_workbook_url,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A file: its URL, its name for readers, what it holds."""

    url: str
    name: str
    what: str


def record_offers(identity: str) -> tuple[Offer, ...]:
    """The files beside a form."""
    return (
        Offer(record_json_url(identity), "JSON", "整张表，供程序读取"),
        Offer(record_csv_url(identity), "CSV", "绩效指标，一项一行"),
        Offer(record_markdown_url(identity), "Markdown", "整张表的文字"),
    )


# What a centre's year has as CSV; what centre and documents say stands in its workbook alone.
YEAR_TABLES = tuple(table for table in TABLES if table not in (CENTRES, DOCUMENTS))


def year_offers(centre: Centre, year: int) -> tuple[Offer, ...]:
    """The files of what a centre disclosed of one year: a workbook of all tables, and each table as CSV."""
    share = Share(centre, tuple(each for each in centre.disclosures if each.year == year), "")
    return (
        Offer(year_workbook_url(centre.id, year), "XLSX", "全年各表，一表一页"),
        *(
            Offer(year_table_url(centre.id, year, table.key), f"{table.title} CSV", table.description)
            for table in YEAR_TABLES
            if any(True for _ in table.subjects(share))
        ),
    )


def site_offers() -> tuple[Offer, ...]:
    """The files of the whole site."""
    return (
        *(Offer(table_url(table.key), f"{table.title} CSV", table.description) for table in TABLES),
        Offer(lines_url("documents"), "公开文件 JSON Lines", "每份公开文件的 disclosure.json，一份一行"),
        Offer(lines_url("records"), "各张表 JSON Lines", "每张表的 record.json，一张一行"),
        Offer(DATABASE, "SQLite 数据库", "以上各表，另有中文名的视图"),
        Offer(RECORD_SCHEMA, "JSON Schema", "record.json 的格式"),
    )
