"""Names by content: a page of one release never gets a part of another, and caches may keep what they have."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.lasting import outlasting
from generator.pipeline import build_site
from generator.settings import read_settings
from generator.urls import HANDBOOK, is_lasting
from tests.conftest import Serve, copy_project


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after one record was renamed, and a style and a script were changed."""
    project = copy_project(tmp_path_factory.mktemp("later"))
    record = project / "content/sspec/2026/targets/02.yml"
    words = record.read_text("utf-8")
    assert "国际科技人文交流与合作" in words
    record.write_text(words.replace("国际科技人文交流与合作", "改过名字的项目"), "utf-8")
    for name in ("css/site.css", "js/print.js"):
        with (project / "theme_overrides/assets" / name).open("a", encoding="utf-8") as file:
            file.write("/* later */\n")
    return build_site(read_settings(project)).folder


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def lasting(site: Path) -> Iterator[str]:
    return filter(is_lasting, files(site))


def test_every_script_style_image_and_search_file_has_a_lasting_name(site: Path) -> None:
    own = {path for path in files(site) if path.endswith((".js", ".css", ".svg", ".png", ".bin"))}
    own -= {path for path in own if path.startswith(HANDBOOK)}  # pictures of a text, named by it
    own |= {path for path in files(site) if path.startswith("search/") and path.endswith(".json")}
    assert len(own) > 50
    # a page that was not found asks for it at every depth, and knows nothing of the site
    assert {path for path in own if not is_lasting(path)} == {"missing.js"}


def test_page_or_download_has_no_lasting_name(site: Path) -> None:
    others = files(site) - set(lasting(site))
    assert len(others) > 200
    assert not [path for path in others if path.startswith("assets/")]
    assert {"search/index.html", "404.html", "sstec/2024/targets/01/record.json"} <= others


def test_name_never_holds_two_contents(site: Path, later: Path) -> None:
    both = set(lasting(site)) & set(lasting(later))
    assert len(both) > 3  # what did not change keeps its name
    assert [path for path in both if (site / path).read_bytes() != (later / path).read_bytes()] == []


def test_changed_parts_change_their_names(site: Path, later: Path) -> None:
    for pattern in ("assets/*/css/site.css", "assets/*/js/menu.js", "search/index-*.json"):
        (one,), (other,) = site.glob(pattern), later.glob(pattern)
        assert one.relative_to(site) != other.relative_to(later)


def test_index_is_named_by_its_digest(site: Path) -> None:
    (index,) = site.glob("search/index-*.json")
    assert index.name == f"index-{hashlib.sha256(index.read_bytes()).hexdigest()[:14]}.json"


def test_what_outlasts_a_release_is_its_own_missing_set(site: Path, later: Path) -> None:
    stay = outlasting(files(site), files(later))
    assert len(stay) > 30
    assert set(stay) == set(lasting(site)) - files(later)
    assert outlasting(files(site), files(site)) == []


@pytest.mark.needs("chromium")
def test_page_opened_before_a_release_searches_its_own_set_after_it(
    site: Path, later: Path, browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    release = shutil.copytree(later, tmp_path / "later")
    for name in outlasting(files(site), files(later)):
        (release / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / name, release / name)
    current = tmp_path / "current"
    current.symlink_to(site)
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    address = serve(current)
    page.goto(f"{address}/about/")
    (tmp_path / "next").symlink_to(release)
    (tmp_path / "next").replace(current)
    box = page.get_by_role("combobox", name="检索全部表格")
    box.fill("国际科技人文交流与合作")
    expect(page.get_by_role("option").first).to_contain_text("国际科技人文交流与合作")
    page.reload()
    box.fill("改过名字的项目")
    expect(page.get_by_role("option").first).to_contain_text("改过名字的项目")
    context.close()
    assert said == []
