"""Plan → the files that readers take away: beside each form, for each centre's year, for the whole site.

Rows are made once, a centre's year at a time, and go from there into every format.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.binding import Binder
from generator.csv_text import csv_file, csv_line
from generator.offers import year_tables
from generator.plain import plain_form
from generator.plan import Plan
from generator.record_json import Json, as_text, disclosure_json, record_json
from generator.record_schema import record_schema
from generator.render import DocsFile
from generator.site_files import SiteFiles
from generator.tables import TABLES
from generator.tables.centres import CENTRES
from generator.tables.column import Share
from generator.tables.indicators import INDICATORS
from generator.urls import (
    RECORD_SCHEMA,
    disclosure_json_url,
    record_csv_url,
    record_json_url,
    record_markdown_url,
    source_url,
    year_table_url,
    year_workbook_url,
)


def download_files(plan: Plan, site_url: str | None, *, gathered: bool = True) -> Iterator[DocsFile]:
    """Every file of the open data.

    Args:
        plan: The plan of the site.
        site_url: The site's address; when None, the URLs in rows begin at the site's home page.
        gathered: Whether to make the files that gather many forms, of a centre's year and of the whole site;
            the preview, which makes all anew on every save, goes without them.
    """
    schema = json.dumps(record_schema(site_url), ensure_ascii=False, indent=2)
    yield DocsFile(RECORD_SCHEMA, f"{schema}\n".encode())
    if not gathered:
        for share in _years(plan, site_url):
            yield from _forms(share, [csv_line(row) for row in INDICATORS.rows(share)], site_url, None)
        return
    years = list(_years(plan, site_url))
    with TemporaryDirectory() as folder, SiteFiles(Path(folder)) as site, Binder(len(years)) as binder:
        for centre in plan.content.centres:
            site.add(CENTRES, list(CENTRES.rows(Share(centre, (), site_url or ""))))
        for share in years:
            rows = {table.key: list(table.rows(share)) for table in TABLES}
            lines = {key: [csv_line(row) for row in found] for key, found in rows.items()}
            yield from binder.bind(*_workbook(share), rows)
            yield from _forms(share, lines[INDICATORS.key], site_url, site)
            for table in year_tables(share.centre, share.disclosures):
                url = year_table_url(share.centre.id, share.disclosures[0].year, table.key)
                yield DocsFile(url, csv_file(table.headings, lines[table.key]))
            for table in TABLES:
                if table is not CENTRES:  # a centre stands in the workbook of each of its years
                    site.add(table, rows[table.key], lines[table.key])
        yield from binder.rest()
        yield from site.files()


def _years(plan: Plan, site_url: str | None) -> Iterator[Share]:
    """Each centre's years."""
    for centre in plan.content.centres:
        for _, disclosures in groupby(centre.disclosures, lambda found: found.year):
            yield Share(centre, tuple(disclosures), site_url or "")


def _forms(share: Share, lines: Sequence[str], site_url: str | None, site: SiteFiles | None) -> Iterator[DocsFile]:
    """The files beside the pages of documents and forms; `lines` are the indicators of all of them."""
    left = iter(lines)
    for disclosure in share.disclosures:
        place = (disclosure.centre, disclosure.year, disclosure.kind)
        facts = disclosure_json(disclosure, share.centre)
        yield DocsFile(source_url(*place), disclosure.source.data)
        yield _json_file(disclosure_json_url(facts["id"]), facts)
        if site:
            site.add_json("documents", facts)
        for record in disclosure.records:
            facts = record_json(record, disclosure, share.centre)
            own = islice(left, len(record.form.indicators))
            markdown = plain_form(record, disclosure, share.centre, site_url)
            yield _json_file(record_json_url(record.id), facts)
            yield DocsFile(record_csv_url(record.id), csv_file(INDICATORS.headings, own))
            yield DocsFile(record_markdown_url(record.id), markdown.encode())
            if site:
                site.add_json("records", facts)


def _workbook(share: Share) -> tuple[str, str]:
    """The workbook of a centre's year: its URL and its title."""
    centre, year = share.centre, share.disclosures[0].year
    return year_workbook_url(centre.id, year), f"{centre.facts.name}{year}年度预算绩效公开数据"


def _json_file(path: str, facts: Json) -> DocsFile:
    return DocsFile(path, as_text(facts).encode())
