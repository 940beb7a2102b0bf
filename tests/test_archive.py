"""The site on a stick: one file, the same bytes each time, read from the folder that it unpacks to."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.publication.archive import write_archive
from tests.conftest import outside


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_archive_of_a_site_has_the_same_bytes_whatever_the_files_times_and_modes(site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "copy", copy_function=shutil.copyfile)
    for path in copy.rglob("*.html"):
        path.chmod(0o600)
        os.utime(path, (1, 1))
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    assert write_archive(site, one, "open") == write_archive(copy, other, "open") > 300
    assert one.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "one.zip", "other.zip"]


def test_archive_unpacks_to_one_folder_that_holds_the_site(site: Path, tmp_path: Path) -> None:
    write_archive(site, tmp_path / "site.zip", "open")
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        assert packed.testzip() is None
        assert packed.namelist() == sorted(packed.namelist())
        packed.extractall(tmp_path / "unpacked")
    assert [path.name for path in (tmp_path / "unpacked").iterdir()] == ["open"]
    assert contents(tmp_path / "unpacked/open") == contents(site)


@pytest.mark.needs("chromium")
def test_unpacked_archive_is_read_from_its_folder(site: Path, tmp_path: Path, browser: Browser) -> None:
    write_archive(site, tmp_path / "site.zip", "open")
    shutil.unpack_archive(tmp_path / "site.zip", tmp_path / "stick")
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.extend(outside(request.url)))
    page.goto((tmp_path / "stick/open/index.html").as_uri())
    page.get_by_role("link", name="13 张申报表").click()
    page.get_by_role("link", name="国际孵化器活动及工作").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("国际孵化器活动及工作")
    assert page.url == (tmp_path / "stick/open/stic/2024/targets/03/index.html").as_uri()
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).position") == "relative"
    context.close()
    assert said == []
