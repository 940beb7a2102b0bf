"""A build is whole or not at all, and the same bytes every time."""

import hashlib
import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from generator import pipeline
from generator.line.check import check_content
from generator.pages.plan import make_plan
from generator.pages.render import render_pages
from generator.pipeline import build_site
from generator.reading.settings import Settings, read_settings
from generator.site import swap as swap_module
from generator.site.swap import alone_in, recover, staging, swap, swap_files
from generator.site.write import write_tree
from generator.words.problems import BusyStop, ContentStop, EngineStop, Severity, VerifyStop


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_docs(settings: Settings) -> None:
    """The docs tree of the whole content."""
    write_tree(render_pages(make_plan(check_content(settings).or_raise())), settings.docs)


def with_last_site(project: Path) -> Path:
    """A project that was built before: its site is one page."""
    site = project / "build" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("the last good site", "utf-8")
    return site


def test_build_wrong_sum_leaves_the_last_site(project: Path) -> None:
    site = with_last_site(project)
    record = project / "content/sstec/2024/targets/03.yml"
    record.write_text(record.read_text("utf-8").replace('total: "211,960.00"', 'total: "211,961.00"'), "utf-8")
    before = digests(site)
    with pytest.raises(ContentStop) as stop:
        build_site(read_settings(project))
    errors = {problem.code for problem in stop.value.problems if problem.entry.severity is Severity.ERROR}
    assert errors == {"funding-sum", "expectation"}
    assert digests(site) == before
    assert not staging(site).exists()


def test_build_broken_engine_leaves_the_last_site(project: Path) -> None:
    site = with_last_site(project)
    (project / "theme_overrides/main.html").write_text("{% extends 'gone.html' %}", "utf-8")
    with pytest.raises(EngineStop, match=r"gone\.html"):
        build_site(read_settings(project))
    assert digests(site) == {"index.html": hashlib.sha256(b"the last good site").hexdigest()}


def test_build_dead_link_leaves_the_last_site(project: Path) -> None:
    site = with_last_site(project)
    page = project / "content/pages/reading.md"
    page.write_text(page.read_text("utf-8") + '\n<a href="../gone/">x</a>\n', "utf-8")
    with pytest.raises(VerifyStop, match=r"about/reading/index\.html: 链接 \.\./gone/ 没有去处"):
        build_site(read_settings(project))
    assert len(digests(site)) == 1


def test_build_killed_in_the_middle_leaves_the_last_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = with_last_site(project)
    child = os.fork()
    if child == 0:
        try:
            monkeypatch.setattr(pipeline, "write_seal", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            build_site(read_settings(project))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert staging(site).exists()
    assert (site / "index.html").read_text("utf-8") == "the last good site"
    build_site(read_settings(project))
    assert not staging(site).exists()
    assert (site / "sstec/2024/targets/01/index.html").exists()


def test_recover_between_the_two_renames_brings_the_last_site_back(tmp_path: Path) -> None:
    old = tmp_path / "site.old"
    old.mkdir()
    (old / "index.html").write_text("last", "utf-8")
    recover(tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "last"
    assert not old.exists()


def test_swap_puts_the_new_site_in_place(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for folder, words in ((site, "last"), (staging(site), "new")):
        folder.mkdir()
        (folder / "index.html").write_text(words, "utf-8")
    swap(site)
    assert (site / "index.html").read_text("utf-8") == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_swap_leaves_a_whole_site_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    for folder, words in ((site, "last"), (staging(site), "new")):
        folder.mkdir()
        (folder / "index.html").write_text(words, "utf-8")
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("two renames leave a moment without a site"))
    swap(site)
    assert (site / "index.html").read_text("utf-8") == "new"


@pytest.mark.parametrize("steps", range(9))
def test_swap_of_files_leaves_the_others_and_no_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """What was a file may become a folder, and what was a folder a file; it may be interrupted after any step."""
    site = tmp_path / "site"
    taken: list[str] = []

    def interrupted(name: str) -> Callable[[Path, str], None]:
        real = getattr(swap_module, name)

        def step(site: Path, file: str) -> None:
            taken.append(file)
            if len(taken) == steps:
                raise KeyboardInterrupt
            real(site, file)

        return step

    last = {"stays": "1", "changes": "1", "a/b/goes": "1", "a/c": "1", "was/folder": "1", "was-file": "1"}
    new = {"changes": "2", "was": "2", "was-file/now": "2", "comes/there": "2"}
    for folder, files in ((site, last), (staging(site), new)):
        for name, words in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(words, "utf-8")
    for name in ("_remove", "_put"):
        monkeypatch.setattr(swap_module, name, interrupted(name))
    with suppress(KeyboardInterrupt):
        swap_files(site, ["a/b/goes", "was/folder", "was-file"])
    recover(site)
    assert len(taken) >= 7
    there = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*") if path.is_file()}
    assert there == {"stays": "1", "a/c": "1", **new}
    assert not (site / "a/b").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("listed", [None, "", '["a'], ids=["no list", "empty", "cut short"])
def test_files_that_are_ready_without_a_whole_list_of_those_that_go_do_not_stop_a_build(
    project: Path, listed: str | None
) -> None:
    """An older version of the program left none; a power cut may leave half of one."""
    settings = read_settings(project)
    site = build_site(settings).folder
    whole = digests(site)
    ready, gone = (site.with_name(f"{site.name}.{name}") for name in ("ready", "gone"))
    (ready / "data").mkdir(parents=True)
    for name in ("SHA256SUMS", "data/other.csv"):
        (ready / name).write_text("of the interrupted build", "utf-8")
    if listed is not None:
        gone.write_text(listed, "utf-8")
    assert digests(build_site(settings).folder) == whole
    assert not ready.exists()
    assert not gone.exists()


def test_build_beside_another_build_is_refused(project: Path) -> None:
    with alone_in(project / "build"), pytest.raises(BusyStop, match="另一个生成正在进行"):
        build_site(read_settings(project))


def test_docs_of_a_removed_record_are_removed(project: Path) -> None:
    settings = read_settings(project)
    write_docs(settings)
    page = settings.docs / "sspec/2026/targets/02/index.md"
    assert page.exists()
    shutil.rmtree(project / "content/sspec")
    write_docs(settings)
    assert not (settings.docs / "sspec").exists()


def test_docs_unchanged_are_not_touched(project: Path) -> None:
    settings = read_settings(project)
    write_docs(settings)
    page = settings.docs / "sspec/2026/targets/02/index.md"
    os.utime(page, (1, 1))
    write_docs(settings)
    assert page.stat().st_mtime == 1


def test_docs_tree_never_follows_a_planted_link(project: Path, tmp_path: Path) -> None:
    settings = read_settings(project)
    outside = tmp_path / "outside.md"
    outside.write_text("not ours", "utf-8")
    page = settings.docs / "sspec/2026/targets/02/index.md"
    page.parent.mkdir(parents=True)
    page.symlink_to(outside)
    write_docs(settings)
    assert outside.read_text("utf-8") == "not ours"
    assert not page.is_symlink()


def test_docs_tree_never_follows_a_planted_folder(project: Path, tmp_path: Path) -> None:
    settings = read_settings(project)
    outside = tmp_path / "outside"
    outside.mkdir()
    settings.docs.mkdir(parents=True)
    (settings.docs / "sspec").symlink_to(outside)
    write_docs(settings)
    assert list(outside.iterdir()) == []
    assert (settings.docs / "sspec/2026/targets/02/index.md").is_file()


def test_docs_folder_takes_the_place_of_a_file(project: Path) -> None:
    settings = read_settings(project)
    settings.docs.mkdir(parents=True)
    (settings.docs / "sspec").write_text("a file", "utf-8")
    write_docs(settings)
    assert (settings.docs / "sspec/2026/targets/02/index.md").is_file()
