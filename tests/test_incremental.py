"""A build that takes what did not change from the last one comes to the bytes of a clean build, whatever happened."""

import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from decimal import Decimal
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest
import yaml

from bench.records import write_project
from generator import pipeline
from generator.line import frame, judged, processes
from generator.pipeline import build_site, built_site, content_digest
from generator.reading.find import CentreFiles
from generator.reading.reader import read_centre
from generator.reading.settings import read_settings
from generator.site import swap
from generator.site.file_names import file_names
from generator.words.problems import ChangedStop, ContentStop, LostStop, VerifyStop, say
from tests.conftest import ROOT, copy_project
from tests.test_build import digests

RECORD = "content/sstec/2024/targets/03.yml"
NEXT = "content/sstec/2024/targets/04.yml"


def built(project: Path) -> dict[str, str]:
    """Build as a user does; the digests of the site's files."""
    try:
        return digests(build_site(read_settings(project)).folder)
    except ContentStop as stop:
        stop.add_note("\n".join(say(problem, None, "en") for problem in stop.problems))
        raise


def clean(project: Path, folder: Path) -> dict[str, str]:
    """What a build from nothing comes to, of a copy of the project."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("build"))
    return built(folder)


@pytest.fixture(scope="module")
def beside() -> Iterator[Executor]:
    """A process for the clean builds, beside the one of the tests."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        yield process


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project after its first build."""
    project = copy_project(tmp_path_factory.mktemp("first"))
    built(project)
    return project


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A copy of it that has been built in its own place."""
    project = tmp_path / "project"
    subprocess.run(["cp", "-a", first, project], check=True)  # what is linked stays linked
    built(project)
    return project


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert re.search(old, text), f"{file}: nothing like {old}"
    file.write_text(re.sub(old, new, text, count=1), "utf-8")


def chances(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - not for secrets


# What people do between two builds; each can be done again and again, in any order.
Step = Callable[[Path, random.Random], None]


def _records(project: Path) -> list[Path]:
    return sorted(project.glob("content/*/*/*/[0-9]*.yml"))


def rename_a_project(project: Path, chance: random.Random) -> None:
    edit(chance.choice(_records(project)), r"name: (\S+)", rf"name: \1改{chance.randint(2, 99)}")


def note_a_record(project: Path, chance: random.Random) -> None:
    file = chance.choice([file for file in _records(project) if "\nnote:" not in file.read_text("utf-8")])
    file.write_text(f"{file.read_text('utf-8')}note: 编者说明{chance.randint(2, 99)}。\n", "utf-8")


def remove_a_record(project: Path, chance: random.Random) -> None:
    """The last of a document, which says nothing of how many it has."""
    folder = chance.choice(sorted(project.glob("content/*/*/targets")))
    files = sorted(folder.glob("[0-9]*.yml"))
    if len(files) > 1:
        files[-1].unlink()
    _expect_what_is_there(folder)


def add_a_record(project: Path, chance: random.Random) -> None:
    folder = chance.choice(sorted(project.glob("content/*/*/targets")))
    last = sorted(folder.glob("[0-9]*.yml"))[-1]
    new = folder / f"{int(last.stem) + 1:02}.yml"
    shutil.copy(last, new)
    edit(new, r"name: (\S+)", rf"name: \1添{chance.randint(2, 99)}")
    _expect_what_is_there(folder)


def _expect_what_is_there(folder: Path) -> None:
    """A document of declarations says how many forms and rows it has and what they ask for."""
    forms = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("[0-9]*.yml"))]
    total = sum(Decimal(form["funding"]["total"].replace(",", "")) for form in forms)
    rows = sum(len(form["indicators"]) for form in forms)
    said = f'expect:\n  records: {len(forms)}\n  indicators: {rows}\n  total: "{total:,}"\n'
    edit(folder / "disclosure.yml", r"expect:\n(?:  .*\n)+", said)


def rename_a_centre(project: Path, chance: random.Random) -> None:
    """What its forms print stays a name of it."""
    file = chance.choice(sorted(project.glob("content/*/centre.yml")))
    text = file.read_text("utf-8")
    name = re.search(r"(?m)^name: (.*)$", text)
    assert name
    names = f"former_names:\n  - {name[1]}\n"
    text = text.replace("former_names:\n", names) if "former_names:\n" in text else text + names
    file.write_text(re.sub(r"(?m)^name: .*$", f"name: 新名{chance.randint(100, 10_000)}", text), "utf-8")


def add_a_centre(project: Path, chance: random.Random) -> None:
    shutil.copytree(project / "content/sspec", project / f"content/new-{chance.randint(2, 99)}", dirs_exist_ok=True)


def remove_a_centre(project: Path, chance: random.Random) -> None:
    for folder in sorted(project.glob("content/new-*"))[:1]:
        shutil.rmtree(folder)


def say_more_of_the_site(project: Path, chance: random.Random) -> None:
    file = project / "content/site.yml"
    text = re.sub(r"(?m)^operator: .*\n", "", file.read_text("utf-8"))
    file.write_text(f"{text}operator: 信息中心{chance.randint(2, 99)}\n", "utf-8")


def show_findings(project: Path, chance: random.Random) -> None:
    file = project / "content/site.yml"
    text = re.sub(r"(?m)^show_findings: .*\n", "", file.read_text("utf-8"))
    file.write_text(f"{text}show_findings: {chance.choice(('不公开', '警告', '警告和提示'))}\n", "utf-8")


def write_by_hand(project: Path, chance: random.Random) -> None:
    page = project / "content/pages/reading.md"
    page.write_text(page.read_text("utf-8") + f"\n又写了一段{chance.randint(2, 99)}。\n", "utf-8")


def change_the_look(project: Path, chance: random.Random) -> None:
    style = project / "theme_overrides/assets/css/print.css"
    style.write_text(style.read_text("utf-8") + f"\n.a{chance.randint(2, 99)} {{ color: red }}\n", "utf-8")


def change_the_settings(project: Path, chance: random.Random) -> None:
    file = project / "mkdocs.yml"
    text = re.sub(r"(?m)^site_url: .*\n", "", file.read_text("utf-8"))
    name = re.sub(r"(?m)^site_name: .*$", f"site_name: 预算绩效公开{chance.randint(2, 99)}", text)
    file.write_text(f"site_url: https://example.org/{chance.randint(2, 9)}/\n{name}", "utf-8")


def touch_all(project: Path, _: random.Random) -> None:
    for file in _records(project):
        os.utime(file)


def swap_two_records(project: Path, chance: random.Random) -> None:
    """Each gets the other's words, and keeps its own times."""
    one, other = chance.sample(sorted(project.glob("content/sstec/2024/targets/0[2-9].yml")), 2)
    times = [(file.stat().st_atime_ns, file.stat().st_mtime_ns) for file in (one, other)]
    words = [file.read_bytes() for file in (one, other)]
    for file, own, time in zip((other, one), words, reversed(times), strict=True):
        file.write_bytes(own)
        os.utime(file, ns=time)


def damage_what_is_kept(project: Path, chance: random.Random) -> None:
    files = sorted(path for path in (project / "build/cache").rglob("*") if path.is_file())
    for file in chance.sample(files, min(12, len(files))):
        data = bytearray(file.read_bytes())
        if data:
            data[chance.randrange(len(data))] ^= 1
        file.unlink()
        file.write_bytes(data)


def lose_what_is_kept(project: Path, chance: random.Random) -> None:
    files = sorted(path for path in (project / "build/cache").rglob("*") if path.is_file())
    for file in chance.sample(files, min(8, len(files))):
        file.unlink()


STEPS: tuple[Step, ...] = (
    rename_a_project, note_a_record, remove_a_record, add_a_record, rename_a_centre, add_a_centre, remove_a_centre,
    say_more_of_the_site, show_findings, write_by_hand, change_the_look, change_the_settings, touch_all,
    swap_two_records, damage_what_is_kept, lose_what_is_kept,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_edits_comes_to_a_clean_build(
    project: Path, tmp_path: Path, beside: Executor, seed: int
) -> None:
    chance = chances(seed)
    steps = [*chance.sample(STEPS, len(STEPS)), *chance.choices(STEPS, k=4)]
    while steps:
        some = [steps.pop() for _ in range(min(len(steps), chance.choice((1, 2, 4))))]
        for step in some:
            step(project, chance)
        fresh = beside.submit(clean, project, tmp_path / "clean")
        assert built(project) == fresh.result(), [step.__name__ for step in some]


def inodes(site: Path) -> dict[str, int]:
    return {name: (site / name).stat().st_ino for name in file_names(site)}


def written_by(project: Path, change: Callable[[], object]) -> set[str]:
    """The files of the site that a build writes after a change, without what servers send compressed."""
    before = inodes(build_site(read_settings(project)).folder)
    change()
    after = inodes(build_site(read_settings(project)).folder)
    return {name for name, inode in after.items() if before.get(name) != inode and not name.endswith(".gz")}


def test_build_without_a_change_writes_nothing(project: Path) -> None:
    assert written_by(project, lambda: touch_all(project, chances(0))) == set()


def test_edit_of_a_record_writes_what_shows_it_and_nothing_else(project: Path) -> None:
    """An indicator's target is shown on its page, and told in data and search; no list has it."""
    found = written_by(project, lambda: edit(project / RECORD, r'target: "≥(\d+)', r'target: "≥9\1'))
    page, year = "sstec/2024/targets/03", "sstec/2024"
    seen = {re.sub(r"[0-9a-f]{14}\.bin|assets/.*", "…", name) for name in found}
    assert {f"{page}/index.html", f"{page}/record.json", f"{page}/indicators.csv", f"{page}/record.md.txt"} <= seen
    assert seen <= {
        f"{page}/index.html", f"{page}/record.json", f"{page}/indicators.csv", f"{page}/record.md.txt",
        f"{year}/indicators.csv", f"{year}/sstec-2024.xlsx", "sstec/texts/…",
        "search/p/…", "search/numbers-…", "search/rows-…", "search/shards-…", "search/texts-…", "search/index.json",
        "data/indicators.csv", "data/records.jsonl", "data/performance.sqlite", "data/datapackage.json",
        "data/index.html", "manifest.json", "SHA256SUMS",
    } | {name for name in seen if name.startswith("sstec/projects/")}  # fmt: skip
    assert len([name for name in found if name.startswith("sstec/projects/")]) <= 1


def test_edit_of_a_record_starts_no_engine(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "run_engine", lambda *_: pytest.fail("the engine ran"))
    rename_a_project(project, chances(1))
    remove_a_record(project, chances(1))
    built(project)


def test_outputs_of_a_deleted_record_go(project: Path) -> None:
    files = digests(project / "build/site")
    gone = {name for name in files if name.startswith("sspec/2026/targets/02/")}
    assert len(gone) > 3
    folder = project / "content/sspec/2026/targets"
    (folder / "02.yml").unlink()
    _expect_what_is_there(folder)
    assert not gone & built(project).keys()


def test_file_that_changed_within_its_times_is_read_again(project: Path) -> None:
    """Neither size nor times tell that a file was written: it gets back the ones it had."""
    file = project / RECORD
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    text = file.read_text("utf-8")
    file.write_text(text.replace("2024-12-31", "2024-12-30"), "utf-8")
    os.utime(file, ns=times)
    built(project)
    assert "2024-12-30" in (project / "build/site/sstec/2024/targets/03/record.json").read_text("utf-8")


class _Dead(BaseException):
    """As if the process had ended here."""


INTERRUPTIONS: tuple[tuple[object, str, int, Step], ...] = (
    (judged.Judging, "_judged", 0, change_the_look),
    (frame, "give_lasting_names", 0, change_the_look),
    (pipeline, "give", 1, change_the_look),
    (pipeline, "lay_centre", 1, change_the_look),
    (pipeline, "lay_rest", 0, note_a_record),
    (pipeline, "with_data", 0, note_a_record),
    (pipeline, "Together", 0, note_a_record),
    (pipeline, "write_seal", 0, change_the_look),
    (pipeline, "swap_files", 0, note_a_record),
    *((swap, "_remove", place, note_a_record) for place in (0, 1, 4)),
    *((swap, "_put", place, note_a_record) for place in (0, 1, 9)),
    (swap, "recover", 0, note_a_record),
    (pipeline, "note_build", 0, note_a_record),
    (pipeline, "note_build", 0, change_the_look),
)


def change_what_is_to_be_built(project: Path, step: Step) -> None:
    chance = chances(5)
    rename_a_project(project, chance)
    rename_a_project(project, chance)
    step(project, chance)


@pytest.fixture(scope="module")
def cleanly(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Step], dict[str, str]]:
    """What a clean build comes to after such a change."""

    @cache
    def come_to(step: Step) -> dict[str, str]:
        project = tmp_path_factory.mktemp("cleanly") / "project"
        shutil.copytree(first, project, ignore=shutil.ignore_patterns("build"))
        change_what_is_to_be_built(project, step)
        return built(project)

    return come_to


@pytest.mark.parametrize(("room", "name", "after", "step"), INTERRUPTIONS)
def test_build_after_an_interrupted_one_comes_to_a_clean_build(
    project: Path, cleanly: Callable[[Step], dict[str, str]], room: object, name: str, after: int, step: Step
) -> None:
    before = digests(project / "build/site")
    change_what_is_to_be_built(project, step)
    with pytest.MonkeyPatch.context() as patch:
        real, calls = getattr(room, name), [0]

        def dies(*args: object, **words: object) -> object:
            calls[0] += 1
            if calls[0] > after:
                raise _Dead
            return real(*args, **words)

        patch.setattr(room, name, dies)
        with pytest.raises(_Dead):
            built(project)
    if room is not swap and name != "note_build":
        assert digests(project / "build/site") == before
    assert built(project) == cleanly(step)


def test_another_site_in_the_place_of_the_last_one_is_not_taken_for_it(project: Path, tmp_path: Path) -> None:
    """One that was built of other content, or was changed by hand and sealed anew."""
    before = digests(project / "build/site")
    shutil.copytree(project / "build/site", tmp_path / "before")
    rename_a_project(project, chances(2))
    built(project)
    shutil.rmtree(project / "build/site")
    shutil.copytree(tmp_path / "before", project / "build/site")
    assert built(project) != before
    rename_a_centre(project, chances(2))
    assert built(project) == clean(project, tmp_path / "clean")


def test_file_of_the_site_that_was_changed_by_hand_is_not_published(project: Path) -> None:
    first = built(project)
    page = project / "build/site/sspec/2026/targets/02/index.html"
    page.write_text("changed by hand", "utf-8")
    settings = read_settings(project)
    with built_site(settings, content_digest(settings)) as site:
        assert digests(site.folder) == first


def test_template_that_changed_changes_its_pages(project: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    for name in ("generator", "docs"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))

    def run(folder: Path) -> dict[str, str]:
        words = [sys.executable, "-m", "generator", "build", "--root", str(folder)]
        subprocess.run(words, cwd=program, check=True, capture_output=True)
        return digests(folder / "build/site")

    before = run(project)
    edit(program / "generator/templates/declaration.md.j2", "申报单位|绩效指标", "指标（新）")
    lose_our_classes(project / "build/cache")
    after = run(project)
    changed = {name for name in after if before.get(name) != after[name] and name.endswith("index.html")}
    assert {name.split("/")[2] for name in changed} == {"targets"}
    shutil.copytree(project, tmp_path / "clean", ignore=shutil.ignore_patterns("build"))
    assert after == run(tmp_path / "clean")


def lose_our_classes(cache: Path) -> None:
    """Make all that is kept of classes which the next version of the program has no more."""
    changed = 0
    for file in (file for file in cache.rglob("*") if file.is_file()):
        data = file.read_bytes()
        key, digest, thing = data[:32], data[32:64], data[64:]
        if digest == hashlib.sha256(thing).digest() and b"generator." in thing:
            thing = thing.replace(b"generator.", b"degenerat.")
            file.write_bytes(key + hashlib.sha256(thing).digest() + thing)
            changed += 1
    assert changed > 9


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three centres."""
    return write_project(tmp_path_factory.mktemp("generated"), ROOT, 100)


def test_site_does_not_depend_on_the_number_of_processes(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = built(generated)
    shutil.rmtree(generated / "build")
    used: list[int] = []
    real = processes.shared

    def many(work: Callable[[object], object], items: list[object], **_: bool) -> object:
        used.append(len(items))
        return real(work, items, many=True)

    monkeypatch.setattr(pipeline, "shared", many)
    monkeypatch.setattr(judged, "shared", many)
    monkeypatch.setattr(pipeline, "MANY", 0)
    assert built(generated) == alone
    assert used == [3, 3, 3]


def test_damage_that_another_process_finds_is_mended(
    generated: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The data of many records are put together by a process of its own, while a few are laid."""
    project = tmp_path / "project"
    shutil.copytree(generated, project, ignore=shutil.ignore_patterns("build"))
    monkeypatch.setattr(pipeline, "MANY", 60)
    built(project)
    note_a_record(project, chances(2))
    assert built(project) == clean(project, tmp_path / "edited")
    note_a_record(project, chances(3))
    for file in project.glob("build/cache/centres/*/data"):
        data = file.read_bytes()
        file.write_bytes(data[:-9] + b"something")
    shutil.rmtree(project / "build/cache/gathered")
    assert built(project) == clean(project, tmp_path / "clean")


def test_errors_of_several_processes_are_told_as_of_one(
    generated: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(generated, project, ignore=shutil.ignore_patterns("build"))
    for file in _records(project)[::40]:
        file.write_text("name: @\n", "utf-8")
    with pytest.raises(ContentStop) as alone:
        built(project)
    monkeypatch.setattr(judged, "MANY", 0)
    shutil.rmtree(project / "build")
    with pytest.raises(ContentStop) as several:
        built(project)
    assert len(alone.value.problems) > 2
    assert several.value.problems == alone.value.problems


def test_process_that_the_system_ends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LostStop, match="工作进程被系统结束了"):
        list(processes.shared(lambda _: os.kill(os.getpid(), 9), [1, 2, 3], many=True))


def test_cache_may_go_at_any_time(project: Path) -> None:
    before = digests(project / "build/site")
    shutil.rmtree(project / "build/cache")
    assert built(project) == before


def test_parts_that_lead_nowhere_are_refused(project: Path) -> None:
    """A page of no centre that leads to a form which went away."""
    page = project / "content/pages/reading.md"
    page.write_text(page.read_text("utf-8") + '\n<a href="../../sspec/2026/targets/02/#i03">x</a>\n', "utf-8")
    built(project)
    folder = project / "content/sspec/2026/targets"
    (folder / "02.yml").unlink()
    _expect_what_is_there(folder)
    with pytest.raises(VerifyStop, match="没有去处"):
        built(project)
    assert (project / "build/site/sspec/2026/targets/02/index.html").is_file()


def test_content_that_changes_while_it_is_built_stops_the_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(project)
    rename_a_project(project, chances(3))
    real = read_centre

    def meanwhile(files: CentreFiles) -> object:
        if files.id == "sstec":
            rename_a_project(project, chances(4))
            os.utime(project / RECORD)
        return real(files)

    (project / RECORD).write_text((project / RECORD).read_text("utf-8") + "note: 又一句。\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(judged, "read_centre", meanwhile)
        with pytest.raises(ChangedStop, match="内容在生成期间改动了"):
            built(project)
    assert digests(project / "build/site") == before
