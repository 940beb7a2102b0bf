"""A site as a branch of a real repository: one commit each, never forced, the same commit for the same site."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from generator.publication.branch import Branch, publish_branch, read_branch
from generator.words.problems import PublishStop

IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@localhost", "GIT_COMMITTER_NAME": "公开组"}
IDENTITY |= {"GIT_COMMITTER_EMAIL": "a@localhost", "GIT_CONFIG_GLOBAL": os.devnull}
PAGES = Branch("pages", "origin")


@pytest.fixture(autouse=True)
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in IDENTITY.items():
        monkeypatch.setenv(key, value)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one commit, whose origin is a bare repository beside it."""
    project = tmp_path / "project"
    project.mkdir()
    git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    git(project, "init", "--quiet")
    git(project, "remote", "add", "origin", "../origin.git")
    commit(project, "2024-05-06T07:08:09+08:00")
    return project


def commit(project: Path, day: str) -> None:
    words = ["git", "-C", str(project), "commit", "--quiet", "--allow-empty", "-m", "x"]
    subprocess.run(words, env=os.environ | {"GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day}, check=True)


def site(folder: Path, asset: str, index: str = "<p>甲</p>") -> Path:
    """A site of a page and one file of a lasting name, with its manifest."""
    files = {"index.html": index, f"assets/{asset}/a.js": asset, "x/.gitignore": "*", "x/data.csv": "a\r\nb\r\n"}
    listed = {name: {"sha256": hashlib.sha256(words.encode()).hexdigest()} for name, words in files.items()}
    files["manifest.json"] = json.dumps({"format": 1, "files": listed})
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode())
    return folder


def held(project: Path) -> set[str]:
    return set(git(project.parent / "origin.git", "ls-tree", "-r", "--name-only", "pages").splitlines())


A, B, C = "a" * 12, "b" * 12, "c" * 12
OWN = {"index.html", "manifest.json", "x/.gitignore", "x/data.csv", ".nojekyll"}


def test_branch_that_is_new_holds_the_site_as_it_is(project: Path, tmp_path: Path) -> None:
    made = publish_branch(site(tmp_path / "one", A), PAGES, project)
    origin = tmp_path / "origin.git"
    assert git(origin, "rev-parse", "pages") == made
    assert held(project) == OWN | {f"assets/{A}/a.js"}
    blob = subprocess.run(["git", "-C", str(origin), "show", "pages:x/data.csv"], capture_output=True, check=True)
    assert blob.stdout == b"a\r\nb\r\n"
    source = git(project, "rev-parse", "HEAD")
    assert (
        git(origin, "log", "-1", "--format=%cn %ci %s", "pages") == f"公开组 2024-05-06 07:08:09 +0800 Publish {source}"
    )


def test_same_site_over_the_same_branch_gives_the_same_commit(project: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "other.git")
    one = publish_branch(site(tmp_path / "one", A), PAGES, project)
    other = publish_branch(site(tmp_path / "two", A), Branch("pages", "../other.git"), project)
    assert one == other


def test_site_that_is_there_already_makes_no_commit(project: Path, tmp_path: Path) -> None:
    publish_branch(site(tmp_path / "one", A), PAGES, project)
    folder = site(tmp_path / "two", B)
    made = publish_branch(folder, PAGES, project)
    commit(project, "2024-06-01T00:00:00+08:00")
    assert publish_branch(folder, PAGES, project) is None
    assert git(tmp_path / "origin.git", "rev-parse", "pages") == made
    assert f"assets/{A}/a.js" in held(project)


def test_last_releases_own_set_stays_one_release_longer(project: Path, tmp_path: Path) -> None:
    first = publish_branch(site(tmp_path / "one", A), PAGES, project)
    second = publish_branch(site(tmp_path / "two", B), PAGES, project)
    assert held(project) == OWN | {f"assets/{A}/a.js", f"assets/{B}/a.js"}
    third = publish_branch(site(tmp_path / "three", C), PAGES, project)
    assert held(project) == OWN | {f"assets/{B}/a.js", f"assets/{C}/a.js"}
    assert git(tmp_path / "origin.git", "log", "--format=%H", "pages").split() == [third, second, first]


def test_page_that_is_gone_leaves_the_branch_and_the_hosts_domain_stays(project: Path, tmp_path: Path) -> None:
    old = site(tmp_path / "one", A)
    (old / "gone.html").write_text("x", "utf-8")
    (old / "CNAME").write_text("open.example.org", "utf-8")  # as a host commits it
    publish_branch(old, PAGES, project)
    publish_branch(site(tmp_path / "two", A, "<p>乙</p>"), PAGES, project)
    assert held(project) == OWN | {f"assets/{A}/a.js", "CNAME"}


def test_projects_own_branches_index_and_files_are_not_touched(project: Path, tmp_path: Path) -> None:
    (project / "draft").write_text("x", "utf-8")
    git(project, "add", "draft")
    before = git(project, "for-each-ref"), git(project, "status", "--porcelain")
    publish_branch(site(tmp_path / "one", A), PAGES, project)
    assert (git(project, "for-each-ref"), git(project, "status", "--porcelain")) == before


def test_branch_is_never_forced(project: Path, tmp_path: Path) -> None:
    publish_branch(site(tmp_path / "one", A), PAGES, project)
    refusing = tmp_path / "origin.git/hooks/update"  # the remote as it is when somebody else was faster
    refusing.write_text("#!/bin/sh\necho 'somebody was faster' >&2\nexit 1\n", "utf-8")
    refusing.chmod(0o755)
    before = git(tmp_path / "origin.git", "rev-parse", "pages")
    with pytest.raises(PublishStop, match=r"没有推送成功，pages 仍是原来的内容(.|\n)*somebody was faster"):
        publish_branch(site(tmp_path / "two", B), PAGES, project)
    assert git(tmp_path / "origin.git", "rev-parse", "pages") == before


def test_remote_that_is_not_there_is_named(project: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishStop, match="读不到远程库 nowhere"):
        publish_branch(site(tmp_path / "one", A), Branch("pages", "nowhere"), project)


def test_project_without_git_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(PublishStop, match="项目不在 git 版本库里"):
        publish_branch(site(tmp_path / "one", A), PAGES, tmp_path)


@pytest.mark.parametrize(
    ("words", "branch"),
    [
        ("git+branch:pages", Branch("pages", "origin")),
        ("git+branch:site/live@upstream", Branch("site/live", "upstream")),
        ("git+branch:pages@git@host.example:open.git", Branch("pages", "git@host.example:open.git")),
    ],
)
def test_branch_is_read(words: str, branch: Branch) -> None:
    assert read_branch(words) == branch


@pytest.mark.parametrize(
    "words", ["git+branch:", "git+branch:-f", "git+branch:a b", "git+branch:a..b", "git+branch:a@-x"]
)
def test_what_names_no_branch_is_refused(words: str) -> None:
    with pytest.raises(PublishStop, match="应写成 git\\+branch:分支名"):
        read_branch(words)
