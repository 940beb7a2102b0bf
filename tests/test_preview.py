"""The preview of a larger content: a save reads the centre that changed, and no other."""

import json
from pathlib import Path

import pytest

from bench.records import write_project
from generator.line import judged
from generator.pipeline import build_site
from generator.preview import shown
from generator.preview.next_view import Preview
from generator.preview.view import View
from generator.reading.find import CentreFiles
from generator.reading.reader import read_centre
from generator.reading.settings import Settings, read_settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings(write_project(tmp_path_factory.mktemp("larger") / "project", ROOT, 300))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The centres that are read from here on, in that order."""
    found: list[str] = []

    def counted(files: CentreFiles):  # type: ignore[no-untyped-def]
        found.append(files.id)
        return read_centre(files)

    for module in (judged, shown):
        monkeypatch.setattr(module, "read_centre", counted)
    return found


def first_form(view: View, centre: str) -> tuple[Path, str]:
    """A centre's first record and the URL of its page."""
    record = view.centres[centre].files.disclosures[0].records[0][1].path
    folder = record.parent.relative_to(view.settings.content).as_posix()
    return record, f"{folder}/{record.stem}/"


def page_of(view: View, url: str) -> str:
    found = view.html(url)
    assert found, url
    return found


def test_save_reads_the_centre_that_changed_and_no_other(settings: Settings, reads: list[str]) -> None:
    preview = Preview(settings)
    view = preview.refresh(settings, theme=True)
    first, second, *others = view.centres
    assert len(others) >= 2
    assert set(reads) == set(view.centres)

    record, url = first_form(view, first)
    good = record.read_text("utf-8")
    record.write_text(good.replace(good.partition("\n")[0], "name: 改过名的项目"), "utf-8")
    reads.clear()
    view = preview.refresh(settings, [record], theme=False)
    assert "改过名的项目" in page_of(view, url)
    assert "改过名的项目" in page_of(view, f"{first}/projects/")
    assert set(reads) == {first}

    reads.clear()
    assert "<h1" in page_of(view, first_form(view, second)[1])
    assert "<h1" in page_of(view, "")
    assert set(reads) == {second}

    assert view.file(f"{url}record.json")
    index = json.loads(view.file("search/index.json") or b"")
    assert index

    record.write_text("name: >\n", "utf-8")  # cannot be read: its last good page stays, in a centre nobody looked at
    view = preview.refresh(settings, [record], theme=False)
    assert "改过名的项目" in page_of(view, url)
    assert "content/" in page_of(view, url)
    record.write_text(good, "utf-8")
    view = preview.refresh(settings, [record], theme=False)
    assert "改过名的项目" not in page_of(view, url)
    assert view.errors == ()


def test_preview_after_a_build_reads_only_what_is_looked_at(settings: Settings, reads: list[str]) -> None:
    build_site(settings)
    reads.clear()
    preview = Preview(settings)
    view = preview.refresh(settings, theme=True)
    assert reads == []
    last = list(view.centres)[-1]
    record, url = first_form(view, last)
    good = record.read_text("utf-8")
    name = good.partition("\n")[0].removeprefix("name: ").strip("\"'")
    record.write_text("name: >\n", "utf-8")  # was never read by this preview
    try:
        assert name in page_of(preview.refresh(settings, [record], theme=False), url)
        assert set(reads) == {last}
    finally:
        record.write_text(good, "utf-8")
