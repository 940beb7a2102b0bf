"""What may go wrong while one publishes, done for real: readers always have a whole release, and the next one works."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bench.kills import kinds_of_work, next_publisher, strike_everywhere
from bench.readers import read_all_the_while
from bench.small_sites import published, rolled_back, small_site
from generator.pipeline import build_site
from generator.publication.folder import Folder
from generator.publication.proof import copy_faults, destination_faults
from generator.publication.turns import LOCK, publisher, turn
from generator.reading.settings import read_settings
from generator.words.problems import BusyStop, PublishStop, VerifyStop
from tests.conftest import ROOT
from tests.servers import server
from tests.test_publish import publishable, run

KINDS = ("the first publish", "publish", "publish, with a prune", "rollback", "prune")
NOBODY = 65534


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small file system of its own; where that is not allowed, the test is skipped with a line that says so."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TESTED: a small file system cannot be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_every_step_readers_have_a_whole_release_and_the_next_publish_works(kind: str, light: Path) -> None:
    works = {what: (start, work) for what, start, work in kinds_of_work(light)}
    assert tuple(works) == KINDS
    struck = strike_everywhere(kind, *works[kind], next_publisher(light))
    print(f"{kind}: killed at {struck.ends['killed']} points")
    assert struck.points > 40
    assert struck.ends["killed"] >= struck.points - 3, "the first run of all may have opened a file more"
    assert struck.faults == ()


@pytest.mark.needs("mount")
def test_disk_full_from_any_step_on_readers_have_a_whole_release_and_the_next_publish_works(tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "8m") as folder:
        start = folder / "start"
        published(small_site(folder / "site", 1), start)
        site = small_site(folder / "new", 2)
        ballast = folder / "ballast"

        def fill(_: Path) -> None:
            with ballast.open("wb", buffering=0) as stream, suppress(OSError):
                while stream.write(bytes(4096)):
                    pass

        struck = strike_everywhere(
            "full",
            start,
            lambda at: published(site, at),
            next_publisher(folder),
            fill,
            lambda _: ballast.unlink(missing_ok=True),
        )
    print(f"disk full from each of {struck.points} points on: {struck.ends}")
    assert struck.faults == ()
    assert struck.ends["stopped"] > 20


@pytest.mark.needs("mount")
def test_site_that_does_not_fit_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", 1)
    with mounted(tmp_path / "small", "600k") as folder:
        with pytest.raises(PublishStop, match=r"空间不够：要 \d+ KiB"):
            published(site, folder / "destination")
        assert Folder(folder / "destination").look().unfinished == ()


@pytest.mark.needs("mount")
def test_read_only_destination_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    with mounted(tmp_path / "small", "32m") as folder:
        destination = folder / "destination"
        published(small_site(tmp_path / "site", 1), destination)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        done = run(project, "publish", str(destination))
        assert done.returncode == 5
        assert "目的地读写没有成功" in done.stderr
        assert "Read-only file system" in done.stderr
        assert destination_faults(Folder(destination), None) == []


def test_destination_of_another_user_is_told_and_left_as_it_was(light: Path) -> None:
    light.chmod(0o755)
    destination, site = light / "destination", small_site(light / "site", 2)
    published(small_site(light / "first", 1), destination)
    if os.geteuid():
        pytest.skip("NOT TESTED: only root can become another user")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setresuid(NOBODY, NOBODY, NOBODY)
            published(site, destination)
        except PermissionError:
            status = 5
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 5
    assert destination_faults(Folder(destination), None) == []
    published(site, destination)


HOLDER = """
import sys
from pathlib import Path
from generator.publication.turns import turn
Path(sys.argv[1]).mkdir(exist_ok=True)
with turn(Path(sys.argv[1]), "li@office"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(destination: Path) -> "subprocess.Popen[str]":
    """Another publisher, who is at work."""
    words = [sys.executable, "-c", HOLDER, str(destination)]
    held = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert held.stdout
    assert held.stdout.readline() == "held\n"
    return held


def test_second_publisher_is_told_who_is_at_work(tmp_path: Path) -> None:
    destination = tmp_path / "destination"
    with holder(destination) as held:
        done = run(publishable(tmp_path / "project"), "publish", str(destination))
        held.communicate("")
    assert done.returncode == 75
    assert "另一次发布正在进行：li@office，20" in done.stderr
    assert f"{os.uname().nodename} 的进程 {held.pid}" in done.stderr
    assert not (destination / "current").exists()


def test_turn_of_a_publisher_that_was_killed_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as held:
        held.kill()
    with turn(tmp_path, publisher()):
        assert [path.name for path in (tmp_path / LOCK).iterdir()] == ["2"]


def test_publisher_without_a_name_is_told_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid():
        pytest.skip("NOT TESTED: only root can become another user")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    os.setresuid(12_345, NOBODY, 0)
    try:
        said = publisher()
    finally:
        os.setresuid(0, 0, 0)
    assert said == f"12345@{os.uname().nodename}"


def test_turn_of_another_machine_is_not_free(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    (tmp_path / LOCK / "7").write_text("li@office\n2026-01-01T00:00:00Z\n1\nanother-machine\nx\n", "utf-8")
    with (
        pytest.raises(BusyStop, match="li@office，2026-01-01T00:00:00Z 开始（another-machine 的进程 1）"),
        turn(tmp_path, "me"),
    ):
        pytest.fail("two at work")


def test_turns_follow_one_another(tmp_path: Path) -> None:
    for _ in range(3):
        with turn(tmp_path, "me"), pytest.raises(BusyStop), turn(tmp_path, "you"):
            pytest.fail("two at work")
    assert [path.name for path in (tmp_path / LOCK).iterdir()] == ["3"]


def test_build_killed_at_any_time_leaves_a_whole_site(tmp_path: Path) -> None:
    project = publishable(tmp_path / "project")
    site = build_site(read_settings(project)).folder
    begun = time.monotonic()
    assert run(project, "build").returncode == 0
    took = time.monotonic() - begun
    page = project / "content/pages/index.md"
    for part in range(1, 9):
        page.write_text(page.read_text("utf-8") + f"\n{part}\n", "utf-8")
        words = [sys.executable, "-m", "generator", "build", "--root", str(project)]
        building = subprocess.Popen(
            words, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        time.sleep(took * part / 8)
        if building.poll() is None:
            os.killpg(building.pid, signal.SIGKILL)
        building.wait()
        assert copy_faults(site, None, None, 0) == []
    assert run(project, "build").returncode == 0
    assert "<p>8</p>" in (site / "about/index.html").read_text("utf-8")


@pytest.mark.needs("nginx")
def test_readers_through_a_server_never_miss_or_mix_a_release(tmp_path: Path) -> None:
    destination = tmp_path / "destination"
    published(small_site(tmp_path / "first", 0), destination)
    with server("nginx", tmp_path / "nginx", destination / "current") as address:
        told = read_all_the_while(address.rstrip("/"), destination, tmp_path / "sites", 20_000, 50)
    print(f"{told.requests} requests, {told.swaps} swaps, {told.late} too late to count")
    assert told.faults == []
    assert told.requests >= 20_000
    assert told.swaps >= 50
    assert told.late < told.requests / 100


def test_rollback_of_a_release_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    destination = tmp_path / "destination"
    for number in (1, 2):
        published(small_site(tmp_path / str(number), number), destination)
    page = destination / "releases/000001/site/p0/index.html"
    page.unlink()
    page.write_text("changed", "utf-8")
    with pytest.raises(VerifyStop, match=r"p0/index\.html: 被改动"):
        rolled_back(destination)
    assert Folder(destination).look().current == "000002"
