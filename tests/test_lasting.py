"""Names by content: a page of one release never gets a part of another, and caches may keep what they have."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.pipeline import build_site
from generator.reading.settings import read_settings
from generator.site.lasting import outlasting
from generator.words.urls import HANDBOOK, is_lasting
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
    assert len(own) > 50
    # a page that was not found asks for it at every depth, and knows nothing of the site
    assert {path for path in own if not is_lasting(path)} == {"missing.js"}


def test_page_or_download_has_no_lasting_name(site: Path) -> None:
    others = files(site) - set(lasting(site))
    assert len(others) > 200
    assert not [path for path in others if path.startswith("assets/")]
    assert {"search/index.html", "search/index.json", "404.html", "sstec/2024/targets/01/record.json"} <= others


def test_name_never_holds_two_contents(site: Path, later: Path) -> None:
    both = set(lasting(site)) & set(lasting(later))
    assert len(both) > 3  # what did not change keeps its name
    assert [path for path in both if (site / path).read_bytes() != (later / path).read_bytes()] == []


def test_changed_parts_change_their_names(site: Path, later: Path) -> None:
    for pattern in ("assets/*/css/site.css", "assets/*/js/menu.js", "search/texts-*.bin"):
        (one,), (other,) = site.glob(pattern), later.glob(pattern)
        assert one.relative_to(site) != other.relative_to(later)


def test_index_of_the_search_has_one_address_and_names_what_lasts(site: Path, later: Path) -> None:
    one, other = (json.loads((each / "search/index.json").read_bytes()) for each in (site, later))
    assert one["files"] != other["files"]
    for each, index in ((site, one), (later, other)):
        names = [f"search/{name}-{digits}.bin" for name, digits in index["files"].items()]
        assert set(names) <= set(lasting(each))


def test_page_that_shows_nothing_of_a_change_is_the_same_after_it(site: Path, later: Path) -> None:
    (one,), (other,) = (each.glob("assets/*") for each in (site, later))
    pages = [path.relative_to(site) for path in site.glob("sgst/**/*.html")]
    assert len(pages) > 5
    for page in pages:
        assert (site / page).read_text("utf-8") == (later / page).read_text("utf-8").replace(other.name, one.name)


def test_what_outlasts_a_release_is_its_own_missing_set(site: Path, later: Path) -> None:
    stay = outlasting(files(site), files(later))
    assert len(stay) > 30
    assert set(stay) == set(lasting(site)) - files(later)
    assert outlasting(files(site), files(site)) == []


def two_releases(site: Path, later: Path, folder: Path) -> tuple[Path, Callable[[], None]]:
    """The link to the release that readers get; what makes it lead to the later one, with what outlasts the first."""
    release = shutil.copytree(later, folder / "later")
    for name in outlasting(files(site), files(later)):
        (release / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / name, release / name)
    current = folder / "current"
    current.symlink_to(site)

    def release_later() -> None:
        (folder / "next").symlink_to(release)
        (folder / "next").replace(current)

    return current, release_later


@pytest.mark.needs("chromium")
def test_search_opened_before_a_release_answers_from_its_own_set_after_it(
    site: Path, later: Path, browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    current, release_later = two_releases(site, later, tmp_path)
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    address = serve(current)
    page.goto(f"{address}/about/")
    box = page.get_by_role("combobox", name="检索全部表格")
    with page.expect_response("**/search/records-*.bin"):
        box.focus()
    release_later()
    box.fill("国际科技人文交流与合作")
    expect(page.get_by_role("option").first).to_contain_text("国际科技人文交流与合作")
    page.reload()
    box.fill("改过名字的项目")
    expect(page.get_by_role("option").first).to_contain_text("改过名字的项目")
    context.close()
    assert said == []


@pytest.mark.needs("chromium")
def test_page_opened_before_a_release_searches_the_new_one_when_it_first_asks_after_it(
    site: Path, later: Path, browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    current, release_later = two_releases(site, later, tmp_path)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{serve(current)}/about/")
    release_later()
    page.get_by_role("combobox", name="检索全部表格").fill("改过名字的项目")
    expect(page.get_by_role("option").first).to_contain_text("改过名字的项目")
    context.close()
