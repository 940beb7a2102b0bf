"""The bench of a build measures what it says: peers whose pages hold the words of ours, and no program without end."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.build import FOLDER, LOCKED
from bench.build_peers.eleventy import eleventy
from bench.build_peers.facts import all_facts
from bench.build_peers.hugo import hugo
from bench.build_peers.peer import Peer, as_yaml, frames
from bench.build_peers.sameness import hold_same, sample
from bench.build_table import Json, Results, report_of, tables
from bench.install import install_node, install_python
from bench.measure import Run, TooLong, measured
from bench.records import write_project
from bench.ways import COLD, OURS, RECORD, Taken, edited_record, our_ways, peer_ways, take
from generator.pipeline import build_site
from generator.reading.settings import read_settings
from tests import dom
from tests.conftest import ROOT

RECORDS = 16


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project of generated records."""
    folder = write_project(tmp_path_factory.mktemp("bench") / "project", ROOT, RECORDS)
    build_site(read_settings(folder))
    return folder


def write_hugo(folder: Path, project: Path) -> Peer:
    installed = FOLDER / "peers"
    install_python(LOCKED / "peers.txt", installed)
    layouts = frames(project / "build" / "site")
    return hugo("Hugo", folder, all_facts(project / "content"), layouts, as_yaml, installed)


def write_eleventy(folder: Path, project: Path) -> Peer:
    packages = install_node(LOCKED, FOLDER / "node")
    return eleventy(folder, all_facts(project / "content"), frames(project / "build" / "site"), packages)


PEERS: dict[str, tuple[Callable[[Path, Path], Peer], Path]] = {
    "Hugo": (write_hugo, FOLDER / "peers" / "hugo"),
    "Eleventy": (write_eleventy, FOLDER / "node" / "node_modules" / "@11ty"),
}


@pytest.fixture(params=PEERS)
def peer(request: pytest.FixtureRequest, project: Path, tmp_path: Path) -> Peer:
    """A peer that `make bench` has installed; in CI it is installed here."""
    write, installed = PEERS[request.param]
    if not installed.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"NOT TESTED: {request.param} is not installed: make bench")
    return write(tmp_path / "peer", project)


def identities(project: Path) -> list[str]:
    content = project / "content"
    return [file.relative_to(content).with_suffix("").as_posix() for file in sorted(content.glob("*/*/*/0*.yml"))]


def test_pages_of_a_peer_are_those_of_ours_in_form_frame_and_neighbours(peer: Peer, project: Path) -> None:
    subprocess.run(peer.cold, cwd=peer.project, env=peer.env, check=True)
    ours = project / "build" / "site"
    assert len(identities(project)) == RECORDS
    hold_same(peer.name, peer.site, ours, identities(project))
    for identity in ("c00001/2023/targets/02", "c00001/2023/evaluations/08"):
        pages = [dom.parse(site / identity / "index.html") for site in (ours, peer.site)]
        for part in ("head > title", "header", "nav.tabs", "nav.pager", "footer", "p.cite__text"):
            mine, theirs = (page.css_first(part) for page in pages)
            assert mine is not None, part
            assert theirs is not None, part
            assert dom.shape(theirs) == dom.shape(mine), part
        heads = [
            [(meta.attributes.get("name"), meta.attributes.get("content")) for meta in page.css("meta")]
            for page in pages
        ]
        assert heads[0] == heads[1]
    for name in ("", "c00001", "c00001/2023/targets", "c00001/2023/evaluations"):
        assert (peer.site / name / "index.html").is_file()


def test_a_changed_record_is_what_a_peer_shows_after_its_way_again(peer: Peer, project: Path) -> None:
    edited = edited_record(project / "content")
    cold, again = peer_ways(peer, edited)
    taken = take(cold, 1, limit=60)
    assert isinstance(taken, Taken)
    assert taken.pages == RECORDS + 4  # two documents, a centre, home
    assert not edited.seen_in(peer.site, 1)
    assert isinstance(take(again, 1, limit=60), Taken)
    assert edited.seen_in(peer.site, 1)


def test_our_way_shows_a_changed_record_and_a_changed_template(project: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    for name in ("generator", "docs"):
        shutil.copytree(ROOT / name, program / name)
    edited = edited_record(project / "content")
    ways = {way.name: way for way in our_ways(project, program, edited)}
    taken = take(ways[RECORD], 2, limit=0)  # a limit is for peers
    assert isinstance(taken, Taken)
    assert edited.seen_in(project / "build" / "site", 2)
    before = (project / "build" / "site" / edited.identity / "index.html").read_text("utf-8")
    assert isinstance(take(ways["one template changed"], 1, limit=0), Taken)
    assert (project / "build" / "site" / edited.identity / "index.html").read_text("utf-8") != before


def test_a_form_that_says_something_else_stops_the_bench(tmp_path: Path) -> None:
    for name, words in (("ours", "≥ 5.00 项"), ("same", "≥5.00\n项"), ("theirs", "≥6.00项")):
        page = tmp_path / name / "a" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>5</p><div data-form><p>数量</p><b>{words}</b></div>", "utf-8")
    hold_same("Hugo", tmp_path / "same", tmp_path / "ours", ["a"])
    with pytest.raises(
        SystemExit, match=r"^Hugo: a does not say what ours does, from character 3: 数量≥5\.00项 / 数量≥6\.00项$"
    ):
        hold_same("Hugo", tmp_path / "theirs", tmp_path / "ours", ["a"])


def test_sample_is_spread_over_all_records() -> None:
    every = [str(number) for number in range(1000)]
    assert sample(every)[:2] == ["0", "25"]
    assert len(sample(every)) == 40
    assert sample(every[:7]) == every[:7]


def test_program_beyond_its_limit_is_ended_with_what_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    with pytest.raises(TooLong):
        measured(["sh", "-c", f"sleep 60 & echo $! > {child}; wait"], limit=0.5)
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def taken(wall: float) -> list[Taken | str]:
    return [Taken(Run(wall, 2 * wall, 50.0), 1.0, 10, 20)]


def test_ratios_say_how_many_times_faster_ours_is_and_a_limit_is_told() -> None:
    slow: list[Taken | str] = ["more than 600 s"]
    first: Results = {
        OURS: {COLD: taken(4), RECORD: taken(0.5)},
        "Hugo": {COLD: taken(6), RECORD: taken(7)},
        "Eleventy": {COLD: slow},
    }
    second: Results = {OURS: {COLD: taken(8)}, "Hugo": {COLD: taken(15)}}
    report: Json = report_of({100: first, 200: second}, {OURS: 40_000, "Hugo": 38_000}, 600)
    assert report["ratios"] == {
        "pages alone": {},
        "complete build beside their pages alone": {"Hugo": {"wall": 1.5, "cpu": 1.5}},
        "one record changed": {"Hugo": {"wall": 14.0, "cpu": 14.0}},
        "growth": {OURS: {COLD: [{"wall": 2.0, "cpu": 2.0}]}, "Hugo": {COLD: [{"wall": 2.5, "cpu": 2.5}]}},
    }
    said = tables(report)
    assert "| Eleventy: cold | more than 600 s |" in said
    assert "| one record changed | 0.50 | 14.00 / 14.00 | – | ≥ 15 |" in said
    assert "| Eleventy: cold | more than 600 s | – |" in said
    assert "| Hugo: cold | 6.00 / 12.00 | 15.00 / 30.00 (×2.50 / ×2.50) |" in said
