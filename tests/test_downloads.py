"""The open data: whatever the format, reading it back gives the records; and no cell of it runs.

The real content, and records whose every word is made to break a format.
"""

import csv
import io
import json
import random
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from generator.data.column import Row, Table
from generator.data.offers import record_offers, site_offers, year_offers
from generator.data.tables import TABLES
from generator.exports.compress import SUFFIX
from generator.exports.csv_text import csv_file, csv_line, guarded, unguarded
from generator.exports.downloads import form_files
from generator.exports.plain import plain_form
from generator.exports.record_json import disclosure_json, record_json
from generator.exports.record_schema import record_schema
from generator.exports.workbook import pieces, workbook
from generator.exports.workbook_frame import MOST, REST, Written
from generator.reading.content import Content
from generator.reading.find import find_content
from generator.reading.reader import read_content
from generator.reading.settings import read_settings
from generator.words.text import unwelcome
from generator.words.urls import (
    DATABASE,
    RECORD_SCHEMA,
    REGISTER_CSV,
    lines_url,
    record_csv_url,
    record_json_url,
    table_url,
)
from tests.hostile import hostile_project
from tests.office import Cell, Sheets, sheets_of
from tests.open_data import data_files
from tests.reading_back import Rows, as_floats, by_identity, from_csv, from_database, from_workbook, records, rows_of

Files = dict[str, bytes]

PAYLOADS = (
    *("=1+1", "+1", "-1", "@SUM(1)", "'=1+1", "''", "'", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","x")'),
    *("a,b", 'a"b', '"', '""', "a;b", "\\n", "a\\", "NULL", "null", "TRUE", "#N/A"),
    *("<r>a & <b></r>", "<r><t>x</t></r>", "_x0041_ _x000D_", "_x005F_x0041_"),
    *("<r>_x005F_x0041_</r>", "]]>", "</script>", "&amp; &#0;"),
    *("\U0001f600👨👩", "𠮷野家", "é ǘ", "ＡＢＣ＝１", "{=1}", "%3D", "| a | b |", "1. a", "# h"),
    *("**b** _i_ `c` [l](x) <b> ~~s~~", "a *b* #", "|", "a | b \\| c"),
    *("-", "+ a", "= b", "---", "===", "> q", ": d", "$x$", "http://x.example/_a_", "10) x"),
)  # fmt: skip
LONG = "长" * (MOST - 1) + "\U0001f600" + "\U0001f600" * MOST + "尾"
ALPHABET = "=+-@'\"\\,;|<>&_x0Dr/*`[](){}#~$%!^: 1a字，。\U0001f600\n"


def generated(count: int) -> Iterator[str]:
    """Words of what formats take for their own marks, as records may hold them."""
    chance = random.Random(7)  # noqa: S311 - the same each time
    while count:
        words = "".join(chance.choices(ALPHABET.replace("\n", ""), k=chance.randint(1, 30))).strip()
        if words and not unwelcome(words):
            count -= 1
            yield words


def read(folder: Path) -> Content:
    """The content of a project, read but not judged."""
    settings = read_settings(folder)
    content, problems = read_content(find_content(settings.root, settings.content)[0])
    assert content
    assert problems == ()
    return content


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Two forms for each payload, every word of them the payload; one with a text that no cell holds."""
    folder = hostile_project(tmp_path_factory.mktemp("hostile"), (*PAYLOADS, *generated(60)))
    first = folder / "content/c1/2024/targets/01.yml"
    facts = json.loads(first.read_text("utf-8"))
    facts["objectives"] = {"overall": "短", "annual": f"{LONG}\n\n{LONG}"}
    facts["note"] = "一\n\n二\t三\n  =四\n'五"
    facts["funding"] = {"total": "999,999,999,999,999.123456", "appropriation": "0.01", "carryover": "0", "other": "1"}
    first.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    return read(folder)


@pytest.fixture(scope="module", params=["real", "hostile"])
def both(request: pytest.FixtureRequest) -> Content:
    name = "content" if request.param == "real" else "hostile"
    return request.getfixturevalue(name)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def files(both: Content) -> Files:
    return data_files(both)


@pytest.fixture(scope="module")
def rows(both: Content) -> Rows:
    found = rows_of(both)
    assert min(len(found[key]) for key in ("centres", "documents", "declarations", "evaluations", "indicators")) >= 4
    return found


def plain(facts: Any) -> Any:
    """Data with numbers as decimals, so that 5, 5.0 and 5.00 are the same."""
    if isinstance(facts, dict):
        return {key: plain(value) for key, value in facts.items()}
    if isinstance(facts, list):
        return [plain(value) for value in facts]
    return Decimal(str(facts)) if isinstance(facts, int | float | Decimal) else facts


def wanted(content: Content) -> dict[str, Any]:
    return {
        record.id: plain(record_json(record, disclosure, centre))
        for centre in content.centres
        for disclosure in centre.disclosures
        for record in disclosure.records
    }


def test_rows_of_the_tables_give_every_record_back(both: Content, rows: Rows) -> None:
    assert {found["id"]: plain(found) for found in records(rows)} == wanted(both)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_csv_of_the_site_read_back_gives_the_rows(files: Files, rows: Rows, table: Table[Any]) -> None:
    assert from_csv(files[table_url(table.key)], table) == rows[table.key]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_database_read_back_gives_the_rows(files: Files, rows: Rows, table: Table[Any], tmp_path: Path) -> None:
    file = tmp_path / "data.sqlite"
    file.write_bytes(files[DATABASE])
    assert as_floats(from_database(file, table)) == as_floats(by_identity(rows[table.key], table))


def test_workbooks_read_back_give_the_rows(files: Files, rows: Rows) -> None:
    found: Rows = {table.key: [] for table in TABLES}
    books = sorted(path for path in files if path.endswith(".xlsx"))
    assert len(books) >= 4
    for path in books:
        for key, lines in from_workbook(files[path]).items():
            found[key] += lines
    found["centres"] = list(dict.fromkeys(found["centres"]))  # a centre stands in the workbook of each of its years
    for table in TABLES:
        assert as_floats(found[table.key]) == as_floats(_as_openpyxl_reads(rows[table.key])), table.key


def _as_openpyxl_reads(rows: list[Row]) -> list[Row]:
    """openpyxl takes every `x005F_` for an escape, those that are words too; LibreOffice reads them rightly."""
    return [tuple(value.replace("x005F_", "") if isinstance(value, str) else value for value in row) for row in rows]


def test_workbook_is_byte_for_byte_what_xlsxwriter_writes(content: Content) -> None:
    """Rows are poured into a frame of its making; here it writes every cell itself."""
    rows = rows_of(content)
    tables = [table for table in TABLES if rows[table.key]]
    assert len(rows["indicators"]) > 500
    wanted = Written("全部 & <一>", tables, rows, []).data.getvalue()
    assert workbook("全部 & <一>", rows) == wanted


def test_workbook_goes_on_where_a_cell_is_full(hostile: Content) -> None:
    data = data_files(hostile)["c1/2024/c1-2024.xlsx"]
    rest = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))[REST].iter_rows()]
    assert rest[0] == ["工作表", "行", "列", "第几段", "文字"]
    (table,) = (table for table in TABLES if table.key == "declarations")
    place = table.headings.index("年度总体目标") + 1
    assert [row[:4] for row in rest[1:]] == [["申报表", 2, place, number] for number in range(2, 8)]
    assert all(len(str(row[4]).encode("utf-16-le")) // 2 <= MOST for row in rest[1:])


def test_json_lines_hold_every_record_and_document(both: Content, files: Files) -> None:
    found = [json.loads(line) for line in files[lines_url("records")].decode().split("\n")[:-1]]
    assert {facts["id"]: plain(facts) for facts in found} == wanted(both)
    documents = [json.loads(line) for line in files[lines_url("documents")].decode().split("\n")[:-1]]
    assert documents == [
        disclosure_json(disclosure, centre) for centre in both.centres for disclosure in centre.disclosures
    ]


def test_record_json_follows_its_schema(both: Content, files: Files) -> None:
    schema = json.loads(files[RECORD_SCHEMA])
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert len(both.records) >= 36
    for record in both.records:
        assert [fault.message for fault in check.iter_errors(json.loads(files[record_json_url(record.id)]))] == []


def test_schema_explains_every_key_of_a_record(both: Content, files: Files) -> None:
    """A key that is there and not in the schema would be a promise that nobody knows of."""
    strict = _closed(json.loads(files[RECORD_SCHEMA]))
    for record in both.records:
        found = Draft202012Validator(strict).iter_errors(json.loads(files[record_json_url(record.id)]))
        assert [fault.message for fault in found] == []


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    return closed | {"additionalProperties": False} if "properties" in schema and "required" in schema else closed


def test_schema_is_named_by_its_address_where_the_site_has_one() -> None:
    assert "$id" not in record_schema(None)
    assert record_schema("https://site.example/")["$id"] == "https://site.example/data/record.schema.json"


def test_csv_beside_a_form_holds_its_indicators(both: Content, files: Files, rows: Rows) -> None:
    (table,) = (table for table in TABLES if table.key == "indicators")
    for record in both.records:
        own = [row for row in rows["indicators"] if row[0] == record.id]
        assert from_csv(files[record_csv_url(record.id)], table) == own
        assert len(own) == len(record.form.indicators)


def test_csv_of_a_year_holds_what_its_centre_disclosed(content: Content) -> None:
    found = data_files(content)
    tables = {table.key: table for table in TABLES}
    declared = from_csv(found["sstec/2024/declarations.csv"], tables["declarations"])
    evaluated = from_csv(found["sstec/2023/evaluations.csv"], tables["evaluations"])
    assert [row[0] for row in declared] == [f"sstec/2024/targets/{number:02}" for number in range(1, 9)]
    assert [row[0] for row in evaluated] == [f"sstec/2023/evaluations/{number:02}" for number in range(1, 7)]
    assert len(from_csv(found["sstec/2024/indicators.csv"], tables["indicators"])) == 122
    assert "sstec/2024/evaluations.csv" not in found


def test_offers_are_the_files_that_are_data_files(content: Content) -> None:
    offers = [offer for record in content.records for offer in record_offers(record.id)] + [*site_offers()]
    for centre in content.centres:
        for year in {disclosure.year for disclosure in centre.disclosures}:
            offers += year_offers(centre, year)
    beside = {path for path in data_files(content) if path.endswith(("source.txt", "disclosure.json"))}
    assert len(beside) == 2 * len(content.disclosures)
    others = beside | {REGISTER_CSV}  # which its own page leads to
    assert {offer.url for offer in offers} == {
        path for path in data_files(content) if not path.endswith(SUFFIX)
    } - others


def test_addresses_in_rows_are_whole_where_the_site_has_one(content: Content) -> None:
    found = data_files(content, "https://site.example/gov/")
    tables = {table.key: table for table in TABLES}
    (first, *_) = from_csv(found["data/indicators.csv"], tables["indicators"])
    url = tables["indicators"].headings.index("网址")
    assert first[url] == "https://site.example/gov/sgst/2024/targets/01/#i01"
    assert (
        "网页：https://site.example/gov/sgst/2024/targets/01/" in found["sgst/2024/targets/01/record.md.txt"].decode()
    )


def test_csv_ends_lines_as_spreadsheets_do(files: Files) -> None:
    for path in (path for path in files if path.endswith(".csv")):
        text = files[path].decode("utf-8-sig")
        assert text.endswith("\r\n")
        outside = "".join(text.split('"')[::2])  # what is not between quotes
        assert outside.count("\n") == outside.count("\r\n") == outside.count("\r")


@given(st.text())
def test_guard_is_undone_by_taking_one_mark_away(words: str) -> None:
    assert unguarded(guarded(words)) == words


@given(st.text(min_size=1))
def test_guarded_cell_never_begins_as_a_formula(words: str) -> None:
    assert guarded(words)[:1] not in tuple("=+-@＝＋－＠\t\r\n")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=2))
def test_csv_line_read_back_gives_its_words(words: list[str]) -> None:
    (line,) = csv.reader(io.StringIO(csv_line(tuple(words)), newline=""), strict=True)
    assert [unguarded(cell) for cell in line] == words


@given(st.text(st.sampled_from("长\U0001f600a")), st.integers(0, 3))
def test_pieces_of_a_long_text_fit_and_join(words: str, times: int) -> None:
    long = words + "长\U0001f600" * (12_000 * times)
    found = pieces(long)
    assert "".join(found) == long
    assert all(len(piece.encode("utf-16-le")) <= 2 * MOST for piece in found)


def test_search_page_guards_cells_by_the_same_rule(root: Path) -> None:
    script = (root / "theme_overrides/assets/js/search/download.js").read_text("utf-8")
    assert r"/^[=+\-@＝＋－＠\t\r\n']/.test(value) ? `'${value}` : value" in script
    every = {character for character in map(chr, range(0x10000)) if guarded(character) != character}
    assert every == set("=+-@＝＋－＠\t\r\n'")


def test_database_has_a_view_in_chinese_of_every_table(files: Files, rows: Rows, tmp_path: Path) -> None:
    file = tmp_path / "data.sqlite"
    file.write_bytes(files[DATABASE])
    with closing(sqlite3.connect(file)) as connection:
        for table in TABLES:
            view = connection.execute(f'SELECT * FROM "{table.title}"')  # noqa: S608
            assert tuple(column[0] for column in view.description) == table.headings
            assert len(view.fetchall()) == len(rows[table.key])
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_same_content_gives_the_same_bytes(both: Content, files: Files) -> None:
    again = data_files(both)
    assert list(again) == list(files)
    assert [path for path in files if files[path] != again[path]] == []


def test_preview_goes_without_the_files_that_gather(content: Content) -> None:
    found = {file.path for centre in content.centres for file in form_files(centre, None)}
    left = set(data_files(content)) - found
    assert {path for path in left if path.count("/") > 2} == set()
    assert {"data/indicators.csv", DATABASE, "sstec/2024/sstec-2024.xlsx", "sstec/2024/indicators.csv"} <= left
    assert "sstec/2024/targets/01/indicators.csv" in found


def test_markdown_of_a_form_shows_every_word_as_printed(both: Content) -> None:
    """Rendered, and the tags taken out, each word of the form is there, and no markup came of it."""
    markdown = MarkdownIt("gfm-like", {"linkify": False})
    count = 0
    for centre in both.centres:
        for disclosure in centre.disclosures:
            for record in disclosure.records:
                text = plain_form(record, disclosure, centre, None)
                shown = _shown(markdown.render(text))
                for indicator in record.form.indicators:
                    cells = [
                        indicator.name,
                        indicator.level1,
                        indicator.level2,
                        getattr(indicator.target, "printed", None),
                    ]
                    assert all(cell in shown["td"] for cell in cells if cell), (record.id, cells)
                assert shown["h1"] == [record.form.name]
                assert not {"em", "strong", "a", "code", "s", "blockquote", "img", "ol", "hr", "h4", "b"} & set(shown)
                count += len(record.form.indicators)
    assert count > 100


def _shown(html: str) -> dict[str, list[str]]:
    """The texts of a page by the names of their elements."""
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(html).css("body *"):
        found.setdefault(str(node.tag), []).append(node.text(deep=True).strip())
    return found


Convert = Callable[[str, bytes, str], Sheets]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Opens a file in LibreOffice and says what its sheets then hold."""

    def convert(name: str, data: bytes, infilter: str) -> Sheets:
        folder = tmp_path_factory.mktemp("office")
        (folder / name).write_bytes(data)
        words = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        words += [f"--infilter={infilter}"] if infilter else []
        words += ["--convert-to", "fods", "--outdir", str(folder), str(folder / name)]
        subprocess.run(words, check=True, capture_output=True, timeout=180)
        return sheets_of(folder / f"{Path(name).stem}.fods")

    return convert


def _in_libreoffice(words: str | None) -> str:
    """LibreOffice drops a tab between the words of a cell; the file has it."""
    return (words or "").replace("\t", "")


@pytest.mark.needs("soffice")
def test_libreoffice_shows_every_cell_of_a_workbook(both: Content, opened: Convert) -> None:
    rows = rows_of(both)
    tables = [table for table in TABLES if rows[table.key]]
    sheets = opened("book.xlsx", workbook("全部", rows), "")
    compared = 0
    rest = {(line[0].text, int(line[1].number or 0), int(line[2].number or 0)) for line in sheets.get(REST, [])[1:]}
    for table in tables:
        for number, (line, row) in enumerate(zip(sheets[table.title][1:], rows[table.key], strict=True), 2):
            for place, printed in enumerate(row, 1):
                cell = line[place - 1] if place <= len(line) else Cell()
                where = (table.title, number, place)
                assert not cell.formula, where
                if where in rest:
                    assert str(printed).startswith(cell.text), where
                elif printed is None or isinstance(printed, str):
                    assert (cell.text, cell.number) == (_in_libreoffice(printed), None), where
                else:
                    assert isclose(cell.number or 0, float(printed), rel_tol=1e-14), where
                compared += 1
    assert compared > 10_000


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("key", ["declarations", "evaluations", "indicators"])
def test_libreoffice_runs_no_cell_of_a_csv(both: Content, opened: Convert, key: str) -> None:
    (table,) = (table for table in TABLES if table.key == key)
    rows = rows_of(both)[key]
    data = csv_file(table.headings, map(csv_line, rows))
    (sheet,) = opened("data.csv", data, "CSV:44,34,76,1").values()
    assert tuple(cell.text for cell in sheet[0]) == table.headings
    texts = 0
    for line, row in zip(sheet[1:], rows, strict=True):
        for cell, printed in zip(line, row, strict=False):
            assert not cell.formula, printed
            if isinstance(printed, Decimal | int):
                assert isclose(cell.number or 0, float(printed), rel_tol=1e-14)
            elif cell.number is None and len(printed or "") <= MOST:  # else a figure, which spreadsheets read as one
                assert unguarded(cell.text) == _in_libreoffice(printed)
                texts += 1
    assert texts > 100
