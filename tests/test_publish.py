"""Releases: what lies where, what is linked, what is kept, what stops a publication, what readers get."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.records import write_bare_pages
from bench.small_sites import VERDICT, current_serial, pruned, published, rolled_back, script_of, small_site
from generator.publication.folder import Folder
from generator.publication.proof import destination_faults
from generator.publication.publish import tidy
from generator.publication.releases import digest
from generator.words.problems import PublishStop
from tests.conftest import ROOT
from tests.program import Done
from tests.small import EVALUATIONS, TARGETS, small_project
from tests.test_cli import environment, run

__all__ = ["run"]
ADDRESS = "https://jx.example.org/"


def publishable(root: Path) -> Path:
    """The small project with all that a site needs to be published."""
    small_project(root)
    shutil.copytree(ROOT / "theme_overrides", root / "theme_overrides")
    write_bare_pages(root, ROOT)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\nsite_url: {ADDRESS}\n", "utf-8")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return publishable(tmp_path / "project")


@pytest.fixture
def destination(light: Path) -> Path:
    return light / "destination"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def site(tmp_path: Path, number: int) -> Path:
    return small_site(tmp_path / f"site{number}", number)


def release_of(destination: Path, name: str = "current/..") -> dict[str, object]:
    folder = destination / name if name.startswith("current") else destination / "releases" / name
    found: dict[str, object] = json.loads((folder / "release.json").read_bytes())
    return found


# --- what lies where


def test_publish_puts_a_release_beside_the_old_and_swaps_the_link(tmp_path: Path, destination: Path) -> None:
    for number in (1, 2):
        published(site(tmp_path, number), destination)
    assert (destination / "current").readlink() == Path("releases/000002/site")
    assert "<p>2</p>" in (destination / "current/p0/index.html").read_text("utf-8")
    assert "<p>1</p>" in (destination / "releases/000001/site/p0/index.html").read_text("utf-8")
    assert sorted(path.name for path in (destination / "releases/000002").iterdir()) == [
        "ledger.json",
        "live",
        "release.json",
        "site",
    ]


def test_release_names_the_one_before_and_its_manifest(tmp_path: Path, destination: Path) -> None:
    for number in (1, 2):
        published(site(tmp_path, number), destination)
    said = release_of(destination)
    before = digest((destination / "releases/000001/release.json").read_bytes())
    assert said["previous"] == {"serial": 1, "sha256": before}
    assert said["manifest"] == digest((destination / "current/manifest.json").read_bytes())
    assert said["site_url"] == VERDICT.site_url


def test_unchanged_files_are_links_and_changed_ones_are_later(tmp_path: Path, destination: Path) -> None:
    for number in (1, 2):
        published(site(tmp_path, number), destination)
    old, new = destination / "releases/000001/site", destination / "releases/000002/site"
    assert (old / "same/index.html").samefile(new / "same/index.html")
    times = [int((folder / "p0/index.html").stat().st_mtime) for folder in (old, new)]
    assert (old / "p0/index.html").stat().st_size == (new / "p0/index.html").stat().st_size
    assert times[1] > times[0], "servers tell by size and second whether a file changed"


def test_file_of_equal_size_and_time_is_not_taken_for_the_same(tmp_path: Path, destination: Path) -> None:
    published(site(tmp_path, 1), destination)
    new = site(tmp_path, 2)
    time = (destination / "current/p0/index.html").stat().st_mtime
    os.utime(new / "p0/index.html", (time, time))
    published(new, destination)
    assert "<p>2</p>" in (destination / "current/p0/index.html").read_text("utf-8")


def test_scripts_of_the_last_release_stay_one_release_longer(tmp_path: Path, destination: Path) -> None:
    names = [script_of(number)[0] for number in (1, 2, 3)]
    published(site(tmp_path, 1), destination)
    published(site(tmp_path, 2), destination)
    assert [(destination / "current" / name).exists() for name in names[:2]] == [True, True]
    assert list(release_of(destination)["kept"]) == [names[0]]  # type: ignore[call-overload]
    published(site(tmp_path, 3), destination)
    assert [(destination / "current" / name).exists() for name in names] == [False, True, True]
    assert destination_faults(Folder(destination), None) == []


def test_files_can_be_read_by_the_server_whatever_the_umask(tmp_path: Path, destination: Path) -> None:
    mask = os.umask(0o077)
    try:
        published(site(tmp_path, 1), destination)
    finally:
        os.umask(mask)
    paths = [path for path in destination.rglob("*") if ".lock" not in path.parts and not path.is_symlink()]
    assert len(paths) > 10
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o644, 0o755}


def test_last_releases_are_kept(tmp_path: Path, destination: Path) -> None:
    for number in range(1, 8):
        published(site(tmp_path, number), destination)
    assert sorted(path.name for path in (destination / "releases").iterdir()) == [f"{n:06}" for n in range(3, 8)]
    assert pruned(destination, 2) == ["000003", "000004", "000005"]
    assert destination_faults(Folder(destination), None) == []


# --- back


def test_rollback_brings_the_last_content_back_as_a_new_release(tmp_path: Path, destination: Path) -> None:
    for number in (1, 2):
        published(site(tmp_path, number), destination)
    assert rolled_back(destination).serial == 3
    assert "<p>1</p>" in (destination / "current/p0/index.html").read_text("utf-8")
    assert release_of(destination)["restores"] == 1
    assert (destination / "current" / script_of(2)[0]).exists(), "pages that are open still ask for it"
    assert destination_faults(Folder(destination), None) == []


def test_rollback_gives_files_a_later_time(tmp_path: Path, destination: Path) -> None:
    for number in (1, 2):
        published(site(tmp_path, number), destination)
    rolled_back(destination)
    times = [(destination / f"releases/00000{n}/site/p0/index.html").stat().st_mtime for n in (1, 2, 3)]
    assert times[2] > times[1] > times[0]


def test_rollback_without_an_older_release_is_refused(tmp_path: Path, destination: Path) -> None:
    published(site(tmp_path, 1), destination)
    with pytest.raises(PublishStop, match="没有更早的、内容不同的一版"):
        rolled_back(destination)


# --- what an interrupted run leaves


def test_release_that_readers_never_got_goes(tmp_path: Path, destination: Path) -> None:
    published(site(tmp_path, 1), destination)
    shutil.copytree(destination / "releases/000001", destination / "releases/000002")
    (destination / "releases/000002/live").unlink()
    (destination / "releases/.new-000002").mkdir()
    tidy(Folder(destination))
    assert sorted(path.name for path in (destination / "releases").iterdir()) == ["000001"]


def test_link_that_was_set_back_by_hand_stops_a_publisher(tmp_path: Path, destination: Path) -> None:
    for number in (1, 2):
        published(site(tmp_path, number), destination)
    (destination / "current").unlink()
    (destination / "current").symlink_to("releases/000001/site")
    with pytest.raises(PublishStop, match="current 被人改动"):
        published(site(tmp_path, 3), destination)
    assert (destination / "releases/000002").exists()


# --- the command


def publish(project: Path, destination: Path, *words: str) -> Done:
    return run(project, "publish", str(destination), *words)


def test_publish_command_builds_checks_and_publishes(project: Path, destination: Path) -> None:
    done = publish(project, destination)
    assert done.returncode == 0, done.stderr
    pages = len(list((destination / "current/").rglob("*.html")))
    assert done.stdout == f"已公开：第 1 版，{pages} 页（{destination}）\n"
    assert (destination / "current/unit/2024/targets/01/index.html").is_file()
    again = publish(project, destination)
    assert (again.returncode, again.stdout) == (0, f"与读者看到的第 1 版一样，没有新的一版（{destination}）\n")
    listed = run(project, "releases", str(destination))
    assert listed.stdout.startswith("→ 第 1 版  20")
    assert "提交不明  没有签名" in listed.stdout
    assert run(project, "verify", str(destination)).stdout == "核对通过：1 版，读者看到的是第 1 版。\n"


def test_publish_without_an_address_is_refused(project: Path, destination: Path) -> None:
    edit(project / "mkdocs.yml", f"site_url: {ADDRESS}", "")
    done = publish(project, destination)
    assert done.returncode == 2
    assert "mkdocs.yml 里没有 site_url" in done.stderr
    assert not destination.exists()


def test_publish_of_broken_records_is_refused(project: Path, destination: Path) -> None:
    publish(project, destination)
    edit(project / f"{TARGETS}/01.yml", 'appropriation: "6,000.00"', 'appropriation: "6,000.02"')
    done = publish(project, destination)
    assert done.returncode == 1
    assert "[funding-sum]" in done.stderr
    assert current_serial(destination) == 1


def test_publish_of_a_silent_change_is_refused(project: Path, destination: Path) -> None:
    publish(project, destination)
    edit(project / f"{TARGETS}/01.yml", "一、办好活动。", "一、办好两次活动。")
    done = publish(project, destination)
    assert done.returncode == 1
    assert "[published-changed]" in done.stderr
    assert current_serial(destination) == 1


def test_publish_with_another_day_of_publication_is_refused(project: Path, destination: Path) -> None:
    publish(project, destination)
    facts = project / f"{TARGETS}/disclosure.yml"
    line = next(line for line in facts.read_text("utf-8").splitlines() if line.startswith("published:"))
    edit(facts, line, "published: 2024-02-28")
    done = publish(project, destination)
    assert done.returncode == 1
    assert "[published-date]" in done.stderr


def test_publish_without_a_page_that_was_published_is_refused(project: Path, destination: Path) -> None:
    publish(project, destination)
    (project / "content/pages/reading.md").unlink()
    edit(project / "mkdocs.yml", "  - 怎样看一张表: about/reading/index.md\n", "")
    done = publish(project, destination)
    assert done.returncode == 1
    assert "[published-page]" in done.stderr


def test_address_that_is_gone_from_an_older_release_is_missed(project: Path, destination: Path) -> None:
    """The ledger remembers what the release that readers get does not have any more."""
    pages = project / "content/pages"
    publish(project, destination)
    (pages / "extra.md").write_text("# 另一页\n\n文字。\n", "utf-8")
    publish(project, destination)
    assert run(project, "rollback", str(destination)).returncode == 0
    (pages / "extra.md").unlink()
    edit(pages / "index.md", "# 关于本站", "# 关于本站\n\n一句。")
    done = publish(project, destination)
    assert done.returncode == 1
    assert "content/pages/extra.md: 应有公开过的 /about/extra/；没有了 [published-address]" in done.stderr


def test_page_that_moved_leads_to_the_new_one(project: Path, destination: Path) -> None:
    pages = project / "content/pages"
    (pages / "extra.md").write_text("# 另一页\n\n文字。\n", "utf-8")
    publish(project, destination)
    (pages / "extra.md").rename(pages / "other.md")
    with (project / "content/site.yml").open("a", encoding="utf-8") as stream:
        stream.write("moved:\n  - old: about/extra/\n    new: about/other/\n")
    done = publish(project, destination)
    assert done.returncode == 0, done.stderr
    page = (destination / "current/about/extra/index.html").read_text("utf-8")
    assert "这一页换了网址" in page
    assert '<a href="../other/">' in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("about/reading/", "about/", "old 应是现在没有的网址；现为“about/reading/” [moved-address]"),
        ("about/gone/", "about/nowhere/", "new 应是现有的网页；现为“about/nowhere/” [moved-address]"),
        ("about/gone/", "about/gone/", "new 应是现有的网页；现为“about/gone/” [moved-address]"),
    ],
)
def test_move_that_cannot_be_is_refused(project: Path, old: str, new: str, said: str) -> None:
    with (project / "content/site.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"moved:\n  - old: {old}\n    new: {new}\n")
    done = run(project, "check")
    assert done.returncode == 1
    assert said in done.stderr


def test_dry_run_shows_what_changes_and_writes_nothing(project: Path, destination: Path) -> None:
    publish(project, destination)
    edit(project / "content/pages/index.md", "# 关于本站", "# 关于本站\n\n一句。")
    (project / "content/pages/extra.md").write_text("# 另一页\n\n文字。\n", "utf-8")
    before = sorted(destination.rglob("*"))
    done = publish(project, destination, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "/about/extra/" in done.stdout
    assert "新的网址 1 个" in done.stdout
    assert sorted(destination.rglob("*")) == before


def test_dry_run_of_a_silent_change_is_refused(project: Path, destination: Path) -> None:
    publish(project, destination)
    edit(project / f"{TARGETS}/01.yml", "一、办好活动。", "一、办好两次活动。")
    assert publish(project, destination, "--dry-run").returncode == 1


# --- sign-off


def sign(project: Path, facts: str, on: str) -> None:
    with (project / facts / "disclosure.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"signed_off:\n  by: 办公室\n  role: 主任\n  on: {on}\n")


def test_document_that_is_not_signed_off_is_not_published(project: Path, destination: Path) -> None:
    with (project / "content/site.yml").open("a", encoding="utf-8") as stream:
        stream.write("sign_off: required\n")
    assert run(project, "build").returncode == 0, "it may be built and looked at"
    sign(project, TARGETS, "2024-03-01")
    sign(project, EVALUATIONS, "2024-03-01")
    done = publish(project, destination)
    assert done.returncode == 1
    assert done.stderr.count("[sign-off]") == 1
    assert "content/unit/2024/evaluations/disclosure.yml" in done.stderr
    sign(project, "content/unit/2024/evaluations", "2025-03-01")
    done = publish(project, destination)
    assert done.returncode == 0, done.stderr
    every = b"".join(path.read_bytes() for path in (destination / "current").rglob("*.*") if path.is_file())
    assert "主任".encode() not in every, "who signed is not published"


def test_document_altered_after_it_was_signed_off_is_not_published(project: Path, destination: Path) -> None:
    with (project / "content/site.yml").open("a", encoding="utf-8") as stream:
        stream.write("sign_off: required\n")
    for facts in (TARGETS, EVALUATIONS, "content/unit/2024/evaluations"):
        sign(project, facts, "2024-03-01")
    with (project / TARGETS / "01.yml").open("a", encoding="utf-8") as stream:
        stream.write(
            "corrections:\n  - date: 2024-06-20\n    what: 补录。\n    source: 原件\n    fields:\n"
            "      - field: objectives.annual\n        was: 一、办好。\n"
        )
    done = publish(project, destination)
    assert done.returncode == 1
    assert "签发日期应不早于最后一次改动 2024-06-20；现为 2024-03-01 [sign-off-early]" in done.stderr


# --- the commit


@pytest.mark.needs("git")
def test_release_names_its_commit_and_what_is_not_committed_is_refused(project: Path, destination: Path) -> None:
    def git(*words: str) -> str:
        own = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        done = subprocess.run(
            ["git", *own, *words], cwd=project, env=environment(), capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    git("init", "-q")
    (project / ".gitignore").write_text("build/\n", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "x")
    assert publish(project, destination).returncode == 0
    assert release_of(destination)["commit"] == git("rev-parse", "HEAD")
    edit(project / "content/pages/index.md", "# 关于本站", "# 关于本站\n\n一句。")
    done = publish(project, destination)
    assert done.returncode == 2
    assert "有改动没有提交（content/pages/index.md……）：先 git commit" in done.stderr
    git("checkout", "-q", ".")
    git("mv", "content/pages/index.md", "content/pages/other.md")
    done = publish(project, destination)
    assert "有改动没有提交（content/pages/index.md、content/pages/other.md……）" in done.stderr
    (project / ".git/index").write_bytes(b"damaged")
    done = publish(project, destination)
    assert done.returncode == 2
    assert "git 说不出有没有改动没有提交：" in done.stderr
