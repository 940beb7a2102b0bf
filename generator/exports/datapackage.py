"""Tables and the files made of them → `datapackage.json`, which describes them to programs.

Data Package with Table Schemas (https://specs.frictionlessdata.io). A column's name is its heading in the
file, which is Chinese; its key for programs stands beside it as `key`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.data.column import Column, Table
from generator.data.editions import EDITION
from generator.data.made import Made
from generator.data.register import REGISTER
from generator.data.tables import TABLES
from generator.exports.csv_text import guarded
from generator.pages.data_pages import DATASET_TITLE
from generator.pages.render import DocsFile
from generator.reading.model import SiteFacts
from generator.words.urls import DATA, DATAPACKAGE, table_url

Json = dict[str, Any]
_GUARD = (
    "以 = + - @（半角或全角）、制表符、换行、回车或单引号开头的文字，前面加了一个英文单引号，以免表格软件当作公式；"
    "以单引号开头的格子去掉一个单引号，就是原文。空的格子表示没有。"
)


def datapackage_file(
    site: SiteFacts, site_url: str | None, site_name: str, made: Iterable[Made], counts: Mapping[str, int]
) -> DocsFile:
    """The description of the site-wide CSV files.

    Args:
        site: What is known of the site.
        site_url: Its address, or None.
        site_name: Its name.
        made: The files as they were made; those that are no table are not described.
        counts: The rows of each table by its key.
    """
    by_path = {file.path: file for file in made}
    facts: Json = {
        "profile": "tabular-data-package",
        "name": "budget-performance",
        "title": f"{site_name}：{DATASET_TITLE}",
        "description": f"财政项目的绩效目标申报表和绩效自评表，照原表公开。{_GUARD}",
        "version": EDITION,
    }
    if site_url:
        facts["homepage"] = site_url + DATA
    facts |= _known(site)
    tables = (*TABLES, REGISTER)
    facts["resources"] = [_resource(table, by_path[table_url(table.key)], counts.get(table.key, 0)) for table in tables]
    return DocsFile(DATAPACKAGE, f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n".encode())


def _known(site: SiteFacts) -> Json:
    """Licence and publisher; what is not known is left out."""
    facts: Json = {}
    if site.licence:
        facts["licenses"] = [{"title": site.licence.name, "path": site.licence.url}]
    if site.publisher:
        facts["contributors"] = [{"title": site.publisher, "role": "publisher"}]
    return facts


def _resource(table: Table[Any], file: Made, rows: int) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.key,
        "title": table.title,
        "description": table.description,
        "path": file.path.removeprefix(DATA),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": rows,
        "schema": _schema(table),
    }


def _schema(table: Table[Any]) -> Json:
    headings = {column.key: column.title for column in table.columns}
    schema: Json = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [headings[key] for key in table.identity],
    }
    if table.refers:
        schema["foreignKeys"] = list(_references(table, headings))
    return schema


def _references(table: Table[Any], headings: Mapping[str, str]) -> Iterator[Json]:
    """Which column names the `id` of a row of which table."""
    names = {
        other.key: next(column.title for column in other.columns if column.key == "id")
        for other in TABLES
        if "id" in other.identity
    }
    for key, other in table.refers:
        yield {"fields": [headings[key]], "reference": {"resource": other, "fields": [names[other]]}}


def _field(column: Column[Any]) -> Json:
    facts: Json = {
        "name": column.title,
        "key": column.key,
        "type": column.type,
        "description": f"{column.description}；单位：{column.unit}" if column.unit else column.description,
    }
    constraints: Json = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = [guarded(choice) for choice in column.choices]  # as the file has them
    return facts | ({"constraints": constraints} if constraints else {})
