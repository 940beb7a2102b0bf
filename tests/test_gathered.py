"""The files of the whole site: made of kept parts, the same whichever way, compressed without compressing."""

import gzip
import hashlib
import subprocess
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.data.tables import TABLES
from generator.exports.compress import LEAST, compressed, end, head, piece
from generator.exports.data_part import DamagedPart, DataPart, part_file, read_part
from generator.exports.database import rows_piece, without_record, write_database
from generator.exports.gathered import BEGINNINGS, Gathered, gathered_files
from generator.reading.content import Centre, Content
from generator.words.urls import DATABASE, lines_url, table_url
from tests.open_data import parts_of
from tests.reading_back import as_floats, by_identity, from_database, rows_of


@pytest.fixture
def parts(content: Content, tmp_path: Path) -> dict[str, DataPart]:
    return parts_of(content, tmp_path / "parts")


def bytes_of(files: list[Gathered]) -> dict[str, bytes]:
    return {each.made.path: each.file.read_bytes() for each in files}


# ── a part ──────────────────────────────────────────────────


def kept(folder: Path, pieces: dict[str, bytes]) -> Path:
    file = folder / "part"
    file.write_bytes(part_file(pieces))
    return file


def test_part_is_read_piece_by_piece(tmp_path: Path) -> None:
    part = read_part(kept(tmp_path, {"a": "一".encode(), "b": b"", "c": b"\n\0"}))
    assert [part.read(name) for name in ("c", "a", "b", "none")] == [b"\n\0", "一".encode(), b"", b""]


@pytest.mark.parametrize(
    "harm",
    [lambda data: data[:-1], lambda data: data + b"x", lambda data: data[1:], lambda _: b"", lambda _: b"[]\n"],
    ids=["cut short", "longer", "another beginning", "empty", "foreign"],
)
def test_part_that_is_not_whole_is_refused(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    file = kept(tmp_path, {"a": b"words"})
    file.write_bytes(harm(file.read_bytes()))
    with pytest.raises(DamagedPart):
        read_part(file)


def test_piece_that_was_changed_is_told_when_it_is_read(tmp_path: Path) -> None:
    file = kept(tmp_path, {"a": b"words", "b": b"other"})
    file.write_bytes(file.read_bytes().replace(b"words", b"swords"[:5]))
    part = read_part(file)
    assert part.read("b") == b"other"
    with pytest.raises(DamagedPart) as told:
        part.read("a")
    assert told.value.file == file


def test_part_of_a_centre_speaks_of_no_other(content: Content, parts: dict[str, DataPart], tmp_path: Path) -> None:
    """So that it stays when another changes."""
    for centre, part in zip(content.centres, parts.values(), strict=True):
        alone = replace(content, centres=(centre,))
        (again,) = parts_of(alone, tmp_path / "alone").values()
        assert again.file.read_bytes() == part.file.read_bytes()


# ── put together ────────────────────────────────────────────


def test_gathered_files_say_what_was_made(parts: dict[str, DataPart], tmp_path: Path) -> None:
    files = list(gathered_files(parts, tmp_path / "data"))
    assert {each.made.path for each in files} >= {*BEGINNINGS, DATABASE, f"{lines_url('records')}.gz"}
    for each in files:
        data = each.file.read_bytes()
        assert (each.made.size, each.made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert not each.kept


def test_compressed_form_is_due_by_size_and_kind(parts: dict[str, DataPart], tmp_path: Path) -> None:
    found = bytes_of(list(gathered_files(parts, tmp_path / "data")))
    beside = {path for path in found if f"{path}.gz" in found}
    assert beside == {path for path in BEGINNINGS if len(found[path]) >= LEAST}
    assert len(beside) >= 4


def test_gathered_text_is_unpacked_by_every_reader_of_gzip(parts: dict[str, DataPart], tmp_path: Path) -> None:
    files = list(gathered_files(parts, tmp_path / "data"))
    found = bytes_of(files)
    packed = [each for each in files if each.made.path.endswith(".gz")]
    assert len(packed) >= 4
    for each in packed:
        text = found[each.made.path.removesuffix(".gz")]
        assert gzip.decompress(found[each.made.path]) == text
        subprocess.run(["gzip", "-t", str(each.file)], check=True)
        assert subprocess.run(["gzip", "-dc", str(each.file)], check=True, capture_output=True).stdout == text
        one = zlib.decompressobj(wbits=31)  # a browser reads one member and no more
        assert one.decompress(found[each.made.path]) == text
        assert (one.eof, one.unused_data) == (True, b"")


def test_gathered_text_is_compressed_nearly_as_well_as_at_once(parts: dict[str, DataPart], tmp_path: Path) -> None:
    found = bytes_of(list(gathered_files(parts, tmp_path / "data")))
    path = lines_url("records")
    assert len(found[f"{path}.gz"]) < 1.15 * len(compressed(found[path]))


@pytest.mark.parametrize("texts", [[], [b""], [b"a"], [b"", b"a", b""], [b"a" * 300_000, b"b", b"a" * 70_000]])
def test_joined_pieces_are_the_text(texts: list[bytes]) -> None:
    whole = b"<" + b"".join(texts)
    data = b"".join((head(b"<"), *map(piece, texts), end(zlib.crc32(whole), len(whole))))
    assert gzip.decompress(data) == whole
    assert data[:10] == compressed(b"")[:10]  # no name, no time


def test_text_is_never_whole_in_memory(tmp_path: Path) -> None:
    """Parts of one and a half MB of records each, forty of them."""
    text = b"".join(
        hashlib.sha512(bytes((number % 251, number % 241))).hexdigest().encode() for number in range(12_000)
    )
    path, parts = lines_url("records"), {}
    pieces = {path: text, f"{path}.gz": piece(text), DATABASE: rows_piece({table.key: [] for table in TABLES})}
    for number in range(40):
        file = tmp_path / str(number)
        file.write_bytes(part_file(pieces))
        parts[str(number)] = read_part(file)
    tracemalloc.start()
    made = {each.made.path: each.made.size for each in gathered_files(parts, tmp_path / "data")}
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made[path] == 40 * len(text)
    assert most < 4 * len(text)


# ── what is kept ────────────────────────────────────────────


def renamed(centre: Centre) -> Centre:
    """A centre with another name of one project."""
    first, *others = centre.disclosures
    record, *rest = first.records
    form = record.form.model_copy(update={"name": "改了名的项目"})
    return replace(centre, disclosures=(replace(first, records=(replace(record, form=form), *rest)), *others))


def test_files_of_the_same_parts_are_kept(parts: dict[str, DataPart], tmp_path: Path) -> None:
    first = list(gathered_files(parts, tmp_path / "data"))
    inodes = [each.file.stat().st_ino for each in first]
    again = list(gathered_files(parts, tmp_path / "data"))
    assert [each.made for each in again] == [each.made for each in first]
    assert all(each.kept for each in again)
    assert [each.file.stat().st_ino for each in again] == inodes


def test_one_changed_centre_gives_what_a_clean_run_gives(
    content: Content, parts: dict[str, DataPart], tmp_path: Path
) -> None:
    before = {each.made.path: each for each in gathered_files(parts, tmp_path / "data")}
    held = before[DATABASE].file.open("rb")  # as the last site holds it
    last = hashlib.sha256(held.read()).hexdigest()
    changed = replace(content, centres=(*content.centres[:1], renamed(content.centres[1]), *content.centres[2:]))
    now = parts_of(changed, tmp_path / "parts")
    after = list(gathered_files(now, tmp_path / "data"))
    clean = list(gathered_files(now, tmp_path / "clean"))
    assert bytes_of(after) == bytes_of(clean)
    assert [each.made for each in after] == [each.made for each in clean]
    stay = {each.made.path for each in after if each.kept}
    assert {table_url("centres"), table_url("documents"), lines_url("documents")} <= stay
    assert not {table_url("declarations"), table_url("indicators"), lines_url("records"), DATABASE} & stay
    held.seek(0)
    assert hashlib.sha256(held.read()).hexdigest() == last
    held.close()


def test_lost_or_cut_file_is_made_again(parts: dict[str, DataPart], tmp_path: Path) -> None:
    first = {each.made.path: each for each in gathered_files(parts, tmp_path / "data")}
    wanted = bytes_of(list(first.values()))
    first[DATABASE].file.unlink()
    first[table_url("indicators")].file.write_bytes(b"cut")
    again = list(gathered_files(parts, tmp_path / "data"))
    assert bytes_of(again) == wanted
    anew = {each.made.path for each in again if not each.kept}
    assert anew == {DATABASE, table_url("indicators"), f"{table_url('indicators')}.gz"}


def test_interrupted_work_is_not_taken_for_done(content: Content, parts: dict[str, DataPart], tmp_path: Path) -> None:
    """New parts, an end in the middle, the old parts again: nothing of the new stays."""
    wanted = bytes_of(list(gathered_files(parts, tmp_path / "data")))
    changed = replace(content, centres=tuple(map(renamed, content.centres)))
    some = gathered_files(parts_of(changed, tmp_path / "other"), tmp_path / "data")
    next(each for each in some if each.made.path == table_url("indicators"))
    del some
    assert bytes_of(list(gathered_files(parts, tmp_path / "data"))) == wanted


# ── the database ────────────────────────────────────────────


def database(folder: Path, name: str, *rows: dict[str, Any]) -> bytes:
    file = folder / name
    write_database(map(rows_piece, rows), file)
    return file.read_bytes()


def test_database_is_the_same_in_whatever_order_rows_come(content: Content, tmp_path: Path) -> None:
    rows = rows_of(content)
    half = {key: found[: len(found) // 2] for key, found in rows.items()}
    other = {key: found[len(found) // 2 :] for key, found in rows.items()}
    wanted = database(tmp_path, "one", rows)
    assert database(tmp_path, "two", other, half) == wanted
    backwards = {key: list(reversed(found)) for key, found in rows.items()}
    assert database(tmp_path, "backwards", backwards) == wanted


def test_database_of_pieces_of_many_sizes_holds_every_row(content: Content, tmp_path: Path) -> None:
    """A statement must not read one piece by the pages of the last."""
    rows = rows_of(content)
    pieces = [
        {key: [row for row in found if len(str(row)) % 7 == rest] for key, found in rows.items()} for rest in range(7)
    ]
    database(tmp_path, "many", *pieces)
    for table in TABLES:
        found = as_floats(from_database(tmp_path / "many", table))
        assert found == as_floats(by_identity(rows[table.key], table)), table.key


def test_database_without_a_record_is_as_if_it_had_not_been(content: Content, tmp_path: Path) -> None:
    rows = rows_of(content)
    identity = content.records[3].id
    without = {key: [row for row in found if row[0] != identity] for key, found in rows.items()}
    assert len(without["indicators"]) < len(rows["indicators"])
    taken = tmp_path / "taken"
    taken.write_bytes(without_record(database(tmp_path, "all", rows), identity))
    database(tmp_path, "without", without)
    for table in TABLES:
        assert from_database(taken, table) == from_database(tmp_path / "without", table)
    assert content.records[3].form.name.encode() not in taken.read_bytes()
