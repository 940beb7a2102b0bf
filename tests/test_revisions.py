"""The content of a git revision, with real git: read as it was, the project untouched, nothing strange obeyed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.altering import replace
from tests.program import Done
from tests.small import TARGETS, small_project
from tests.test_cli import run, snapshot

pytestmark = pytest.mark.needs("git")
RECORD = f"{TARGETS}/01.yml"


def git(folder: Path, *words: str, said: bytes | None = None) -> str:
    own = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Editor",
        "GIT_AUTHOR_EMAIL": "editor@office.example",
        "GIT_COMMITTER_NAME": "Editor",
        "GIT_COMMITTER_EMAIL": "editor@office.example",
        "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
    }
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *words],
        cwd=folder, env=os.environ | own, input=said, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small project, one commit."""
    root = small_project(tmp_path / "project")
    (root / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    git(root, "init", "-q")
    commit(root)
    return root


def commit(root: Path) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "content")
    return git(root, "rev-parse", "HEAD")


def refused(done: Done) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.strip()


def test_working_content_is_compared_with_a_revision(repository: Path) -> None:
    replace(repository / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
    done = run(repository, "diff", "HEAD")
    assert done.returncode == 0
    assert "第 1 项指标 · 年度指标值 (indicators[1].target)：≥5.00(场) → ≥4.00(场)，指标放低" in done.stdout


def test_two_revisions_are_compared(repository: Path) -> None:
    (repository / RECORD).rename(repository / TARGETS / "03.yml")
    commit(repository)
    git(repository, "tag", "v/2")
    done = run(repository, "diff", "HEAD~1", "v/2")
    assert "这张表不见了：unit/2024/targets/01 科技服务" in done.stdout
    assert "新的表：unit/2024/targets/03 科技服务" in done.stdout
    assert "不见了的网址\n    /unit/2024/targets/01/\n" in done.stdout


def test_revision_is_read_from_a_project_inside_its_repository(tmp_path: Path, repository: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.copytree(repository, outer / "办公" / "site", ignore=shutil.ignore_patterns(".git"))
    git(outer, "init", "-q")
    commit(outer)
    replace(outer / "办公" / "site" / RECORD, '"≥5.00(场)"', '"≥6.00(场)"')
    done = run(outer / "办公" / "site", "diff", "main")
    assert "≥5.00(场) → ≥6.00(场)，指标提高" in done.stdout


def test_reading_a_revision_touches_neither_files_nor_index(repository: Path) -> None:
    replace(repository / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
    git(repository, "add", "-A")
    replace(repository / RECORD, '"≥4.00(场)"', '"≥3.00(场)"')
    before, staged = snapshot(repository), git(repository, "diff", "--cached")
    assert run(repository, "diff", "HEAD").returncode == 0
    assert snapshot(repository) == before
    assert git(repository, "diff", "--cached") == staged != ""


def test_repository_of_a_hook_is_not_mistaken_for_the_project(tmp_path: Path, repository: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    done = run(repository, "diff", "HEAD", GIT_DIR=str(other / ".git"), GIT_INDEX_FILE=str(other / "index"))
    assert done.stdout.startswith("没有变化")


@pytest.mark.parametrize("name", ["--upload-pack=touch x", "-h", "--output=x", ""])
def test_name_that_is_an_option_is_refused(repository: Path, name: str) -> None:
    said = refused(run(repository, "diff", "--", name))
    assert said == f"这不是 git 版本的名字：{name}（not the name of a revision）"
    assert not (repository / "x").exists()


def test_name_that_steers_a_terminal_is_shown(repository: Path) -> None:
    assert (
        refused(run(repository, "diff", "a\x1b[2J"))
        == "这不是 git 版本的名字：a\\u001b[2J（not the name of a revision）"
    )


@pytest.mark.parametrize("name", ["nowhere", "HEAD..HEAD", "HEAD:content", "HEAD;ls", "$(touch x)"])
def test_unknown_revision_is_said(repository: Path, name: str) -> None:
    assert refused(run(repository, "diff", name)) == (
        f"没有叫“{name}”的文件夹或 git 版本；用 git log --oneline 看有哪些版本。（no such folder or revision）"
    )
    assert not (repository / "x").exists()


def test_revision_of_which_a_file_is_missing_is_said(repository: Path) -> None:
    blob = git(repository, "rev-parse", f"HEAD:{RECORD}")
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert refused(run(repository, "diff", "HEAD")).startswith("版本“HEAD”不完整")


def test_revision_of_which_a_file_is_broken_is_said(repository: Path) -> None:
    blob = git(repository, "rev-parse", f"HEAD:{RECORD}")
    file = repository / ".git/objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(b"broken")
    assert refused(run(repository, "diff", "HEAD")).startswith("版本“HEAD”不完整")


def test_revision_of_which_a_folder_is_missing_is_said(repository: Path) -> None:
    tree = git(repository, "rev-parse", "HEAD:content/unit")
    (repository / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert refused(run(repository, "diff", "HEAD")).startswith("版本“HEAD”不完整")


def test_partial_clone_is_said_and_nothing_is_fetched(tmp_path: Path, repository: Path) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", repository.as_uri(), "partial")
    shutil.copy(repository / "mkdocs.yml", tmp_path / "partial")
    said = refused(run(tmp_path / "partial", "diff", "HEAD", "HEAD"))
    assert "先运行 git fetch --refetch --no-filter，再比较" in said
    git(tmp_path / "partial", "fetch", "-q", "--refetch", "--no-filter")
    assert run(tmp_path / "partial", "diff", "HEAD", "HEAD").stdout.startswith("没有变化")


def test_empty_name_of_the_later_state_is_not_the_working_content(repository: Path) -> None:
    assert refused(run(repository, "diff", "HEAD", "")).startswith("这不是 git 版本的名字")


def test_revision_without_content_is_said(repository: Path) -> None:
    shutil.rmtree(repository / "content")
    commit(repository)
    git(repository, "checkout", "-q", "HEAD~1", "--", "content")
    assert refused(run(repository, "diff", "HEAD")) == (
        "版本“HEAD”里没有 content 文件夹。（no content/ in this revision）"
    )


def test_folder_without_git_is_said(repository: Path) -> None:
    shutil.rmtree(repository / ".git")
    said = refused(run(repository, "diff", "HEAD"))
    assert said == ("“HEAD”不是文件夹，这里也没有 git 版本库。（neither a folder, nor is there a git repository here）")


def test_computer_without_git_is_said(repository: Path) -> None:
    assert refused(run(repository, "diff", "HEAD", PATH="")) == (
        "要与 git 版本比较，先安装 git。（git is not installed）"
    )


def test_link_in_a_revision_is_refused(repository: Path) -> None:
    (repository / TARGETS / "03.yml").symlink_to("/etc/passwd")
    commit(repository)
    (repository / TARGETS / "03.yml").unlink()
    assert refused(run(repository, "diff", "HEAD")) == (
        "版本“HEAD”里的 content/unit/2024/targets/03.yml 是链接或特殊文件，不读；"
        "链接可能指到不该公开的内容。（a link or special file in the revision is not read）"
    )


def test_path_in_a_revision_does_not_lead_out(tmp_path: Path, repository: Path) -> None:
    """A tree as no honest git makes it: `content/../../stray`."""
    blob = git(repository, "hash-object", "-w", "--stdin", said=b"stray")
    inner = git(repository, "mktree", said=f"100644 blob {blob}\tstray\n".encode())
    for _ in range(2):
        inner = git(repository, "mktree", said=f"040000 tree {inner}\t..\n".encode())
    top = git(repository, "mktree", said=f"040000 tree {inner}\tcontent\n".encode())
    revision = git(repository, "commit-tree", top, "-m", "odd")
    assert "是链接或特殊文件，不读" in refused(run(repository, "diff", revision))
    assert not list(tmp_path.rglob("stray"))


def test_broken_record_of_a_revision_is_said(repository: Path) -> None:
    replace(repository / RECORD, "nature: 其他一次性项目\n", "")
    commit(repository)
    replace(repository / RECORD, "category:", "nature: 其他一次性项目\ncategory:")
    assert refused(run(repository, "diff", "HEAD")) == (
        "“HEAD”的内容读不出来，共 1 处问题，第一处：\n"
        "content/unit/2024/targets/01.yml:1:1: 应有“项目性质”(nature)；这里没有写 [missing-key]\n"
        "  怎样改：照原表补上一行“nature: ……”。"
    )


def test_broken_working_content_is_said_as_a_check_does(repository: Path) -> None:
    replace(repository / RECORD, "nature: 其他一次性项目\n", "")
    done = run(repository, "diff", "HEAD")
    assert (done.returncode, done.stdout) == (1, "")
    assert "应有“项目性质”(nature)；这里没有写 [missing-key]\n    1 | name: 科技服务\n" in done.stderr


def test_folder_that_holds_neither_content_nor_a_site_is_said(repository: Path) -> None:
    (repository / "empty").mkdir()
    assert refused(run(repository, "diff", "empty")).startswith(
        "这个文件夹里没有公开的数据（disclosure.json）：empty。"
        "应是生成好的站点（如 build/site），或有 content 的项目文件夹。"
    )
