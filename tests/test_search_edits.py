"""The search after an edit: what the last run left spares work, and never changes the outcome."""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.records import write_project
from generator.figures.targets import Target
from generator.line.check import check_content
from generator.pages.render import DocsFile
from generator.reading.content import Centre, Content, Disclosure, Record
from generator.reading.settings import read_settings
from generator.search import shards
from generator.search.last_search import LastSearch
from generator.search.search_files import search_files
from generator.search.search_part import SearchPart, cells_of, search_part
from generator.search.tape import Tape
from generator.site.kept import Kept
from tests.conftest import ROOT

Files = dict[str, bytes]
Given = tuple[SearchPart, Tape]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Four centres, the last of a few records."""
    project = write_project(tmp_path_factory.mktemp("edits") / "project", ROOT, 150, seed=5)
    return check_content(read_settings(project)).or_raise()


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many shards of few records: as a large site has."""
    monkeypatch.setattr(shards, "_LEAST", 1 << 10)


class Built:
    """A site's files below `search/`, built again and again as a build does; `made` are the files of the last run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "cache"
        self.last = LastSearch(Kept(self.folder), folder / "site", "1")
        self.made: set[str] = set()

    def run(self, given: Sequence[Given]) -> Files:
        files = list(search_files(*apart(given), self.last))
        self.made = {file.path for file in files if isinstance(file, DocsFile)}
        for file in files:
            if isinstance(file, DocsFile):
                path = self.last.site / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.data)
        found = {file.path: (self.last.site / file.path).read_bytes() for file in files}
        assert len(found) == len(files)
        for path in list(self.last.site.rglob("*.*")):
            if path.relative_to(self.last.site).as_posix() not in found:
                path.unlink()
        return found

    def shards_made(self) -> int:
        return sum(path.startswith("search/p/") for path in self.made)


def anew(given: Sequence[Given]) -> Files:
    return {file.path: file.data for file in search_files(*apart(given), None) if isinstance(file, DocsFile)}


def apart(given: Sequence[Given]) -> tuple[list[SearchPart], list[Tape]]:
    return [part for part, _ in given], [tape for _, tape in given]


def given_by(centre: Centre) -> Given:
    """The part and the tape of a centre."""
    return search_part(centre)[:2]


def parts_of(centres: Sequence[Centre]) -> list[Given]:
    return [given_by(centre) for centre in centres]


# ── edits ────────────────────────────────────────────────────


def with_record(centre: Centre, chosen: random.Random, change: Callable[[Record], Record]) -> Centre:
    """A centre one of whose records is another."""
    place = chosen.choice([place for place, each in enumerate(centre.disclosures) if each.records])
    disclosure = centre.disclosures[place]
    at = chosen.randrange(len(disclosure.records))
    records = (*disclosure.records[:at], change(disclosure.records[at]), *disclosure.records[at + 1 :])
    return with_disclosure(centre, place, replace(disclosure, records=records))


def with_disclosure(centre: Centre, place: int, disclosure: Disclosure) -> Centre:
    return replace(centre, disclosures=(*centre.disclosures[:place], disclosure, *centre.disclosures[place + 1 :]))


def with_form(record: Record, **facts: object) -> Record:
    return replace(record, form=record.form.model_copy(update=facts))


WORDS = ("科技", "𠮷野家", "1,234.00", "Ａ b", "绿色", "0", "", "00", "\U0001f600", "满意度")


def retold(centre: Centre, chosen: random.Random) -> Centre:
    """The text of a cell of the head is longer, shorter or another."""

    def change(record: Record) -> Record:
        name = record.form.name
        at = chosen.randrange(len(name) + 1)
        return with_form(record, name=(name[:at] + chosen.choice(WORDS) + name[at + chosen.randrange(3) :]) or "无")

    return with_record(centre, chosen, change)


def reset_row(centre: Centre, chosen: random.Random) -> Centre:
    """A row has another name, or another target."""

    def change(record: Record) -> Record:
        rows = list(record.form.indicators)
        at = chosen.randrange(len(rows))
        facts = chosen.choice(({"name": chosen.choice(WORDS) + "项"}, {"target": Target(chosen.choice(WORDS) or "有")}))
        rows[at] = rows[at].model_copy(update=facts)
        return with_form(record, indicators=tuple(rows))

    return with_record(centre, chosen, change)


def other_rows(centre: Centre, chosen: random.Random) -> Centre:
    """A row more, or a few less, anywhere."""

    def change(record: Record) -> Record:
        rows = list(record.form.indicators)
        at = chosen.randrange(len(rows))
        rows[at:at] = [rows[0]] * chosen.choice((1, 1, 1, 9))
        if chosen.random() < 0.5:
            del rows[at : at + 3]
        return with_form(record, indicators=tuple(rows))

    return with_record(centre, chosen, change)


def other_records(centre: Centre, chosen: random.Random) -> Centre:
    """A record less, or one twice."""
    place = chosen.choice([place for place, each in enumerate(centre.disclosures) if each.records])
    records = list(centre.disclosures[place].records)
    at = chosen.randrange(len(records))
    records[at : at + 1] = [records[at]] * chosen.choice((0, 2))
    if not records:
        return centre
    return with_disclosure(centre, place, replace(centre.disclosures[place], records=tuple(records)))


def renamed(centre: Centre, chosen: random.Random) -> Centre:
    return replace(centre, facts=centre.facts.model_copy(update={"name": f"改名{chosen.randrange(9)}"}))


EDITS = [retold] * 5 + [reset_row] * 5 + [other_rows] * 3 + [other_records, renamed]


def edits(content: Content, count: int, seed: int) -> Iterator[list[Given]]:
    """The parts of the content after each of some edits, one upon the other."""
    chosen = random.Random(seed)  # noqa: S311 - not for secrets
    centres = list(content.centres)
    parts = parts_of(centres)
    for _ in range(count):
        if chosen.random() < 0.1:  # a centre comes or goes
            at = chosen.randrange(len(centres))
            if len(centres) > 3:
                del centres[at], parts[at]
            else:
                centres.insert(at, replace(chosen.choice(content.centres), id=f"new{chosen.randrange(99)}"))
                parts.insert(at, given_by(centres[at]))
        else:
            at = chosen.randrange(len(centres))
            centres[at] = chosen.choice(EDITS)(centres[at], chosen)
            parts[at] = given_by(centres[at])
        yield list(parts)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_files_are_those_of_a_clean_run(content: Content, tmp_path: Path, seed: int) -> None:
    built = Built(tmp_path)
    assert built.run(parts_of(content.centres)) == anew(parts_of(content.centres))
    renewed = 0
    for parts in edits(content, 30, seed):
        assert built.run(parts) == anew(parts)
        all_shards = len(list((built.last.site / "search/p").iterdir()))
        renewed += 0 < built.shards_made() < all_shards / 2
    assert renewed > 10, "most edits are small"


def test_nothing_is_made_when_nothing_changed(content: Content, tmp_path: Path) -> None:
    built = Built(tmp_path)
    parts = parts_of(content.centres)
    built.run(parts)
    assert len(built.made) > 100
    built.run(parts)
    assert built.made == set()


def test_changed_cell_makes_only_the_shards_that_hold_it(content: Content, tmp_path: Path) -> None:
    built = Built(tmp_path)
    parts = parts_of(content.centres)
    built.run(parts)

    def change(record: Record) -> Record:
        return with_form(record, name=f"{record.form.name}鑫")

    centre = with_record(content.centres[1], random.Random(1), change)  # noqa: S311 - not for secrets
    built.run([parts[0], given_by(centre), *parts[2:]])
    assert 0 < built.shards_made() <= 6
    assert {path.split("-")[0].split("/")[1] for path in built.made} == {"p", "shards", "texts", "index.json"}


def test_row_more_leaves_the_next_records_where_they_were(content: Content, tmp_path: Path) -> None:
    """A record's numbers are a multiple, so seldom does a row move what follows."""
    parts = parts_of(content.centres)
    built = Built(tmp_path)
    built.run(parts)
    record = next(
        place
        for place, each in enumerate(content.centres[0].disclosures[0].records)
        if cells_of(len(each.form.indicators)) == cells_of(len(each.form.indicators) + 1)
    )
    disclosure = content.centres[0].disclosures[0]
    form = disclosure.records[record].form
    longer = with_form(disclosure.records[record], indicators=(*form.indicators, form.indicators[0]))
    records = (*disclosure.records[:record], longer, *disclosure.records[record + 1 :])
    centre = with_disclosure(content.centres[0], 0, replace(disclosure, records=records))
    built.run([given_by(centre), *parts[1:]])
    assert 0 < built.shards_made() < len(list((built.last.site / "search/p").iterdir())) / 5


# ── what cannot be believed ──────────────────────────────────


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def other_bytes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut_short, emptied, other_bytes, Path.unlink])
@pytest.mark.parametrize("kind", ["cache/search/known", "cache/search/tapes/*", "site/search/p/*.bin"])
def test_damaged_or_missing_state_only_costs_time(
    content: Content, tmp_path: Path, kind: str, damage: Callable[[Path], None]
) -> None:
    built = Built(tmp_path)
    built.run(parts_of(content.centres))
    (parts,) = edits(content, 1, 7)
    for path in sorted(tmp_path.glob(kind)):
        damage(path)
    files, clean = built.run(parts), anew(parts)
    assert files.keys() == clean.keys()
    assert {path for path in files if files[path] != clean[path]} & built.made == set()
    assert built.shards_made() > 0


def test_state_of_another_site_only_costs_time(content: Content, tmp_path: Path) -> None:
    one, other = Built(tmp_path / "one"), Built(tmp_path / "other")
    one.run(parts_of(content.centres))
    other.run(parts_of(content.centres[:2]))
    shutil.rmtree(one.folder)
    shutil.copytree(other.folder, one.folder)
    parts = parts_of(content.centres)
    assert one.run(parts) == anew(parts)


def test_other_programs_make_everything_anew(content: Content, tmp_path: Path) -> None:
    """What was made of the same tapes by an older generator is nothing to build upon."""
    built = Built(tmp_path)
    parts = parts_of(content.centres)
    built.run(parts)
    for path in (built.last.site / "search/p").iterdir():
        path.write_bytes(b"of old")
    built.last = replace(built.last, programs="2")
    assert built.run(parts) == anew(parts)


def test_site_without_records_has_a_search_and_gets_its_first(content: Content, tmp_path: Path) -> None:
    built = Built(tmp_path)
    assert built.run([]) == anew([])
    assert built.run(parts_of(content.centres[:1])) == anew(parts_of(content.centres[:1]))
    assert built.run([]) == anew([])
