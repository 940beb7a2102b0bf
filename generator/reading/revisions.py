"""The content of a git revision, as files of a folder; the project's own files and index are not touched."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from generator.words.problems import SettingsStop, visible

_FILE_MODES = ("100644", "100755", "100664")
_MADE_OF = ("content", "generator", "theme_overrides", "mkdocs.yml", "requirements")
_ASK_NOBODY = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def write_revision(root: Path, revision: str, folder: Path) -> None:
    """Write what `content/` of a revision holds into `folder`.

    Args:
        root: The project, in a git repository or a part of one.
        revision: What git knows it by: a branch, a tag, `HEAD~3`, the beginning of its digest.
        folder: An empty folder.

    Raises:
        SettingsStop: no git, no repository, no such revision, or a revision with links or without content.
    """
    if shutil.which("git") is None:
        raise SettingsStop("要与 git 版本比较，先安装 git。（git is not installed）")
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise SettingsStop(f"这不是 git 版本的名字：{visible(revision)}（not the name of a revision）")
    if _git(root, "rev-parse", "--git-dir").returncode:
        raise SettingsStop(
            f"“{visible(revision)}”不是文件夹，这里也没有 git 版本库。"
            "（neither a folder, nor is there a git repository here）"
        )
    found = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found.returncode:
        raise SettingsStop(
            f"没有叫“{visible(revision)}”的文件夹或 git 版本；用 git log --oneline 看有哪些版本。"
            "（no such folder or revision）"
        )
    files = list(_files(root, found.stdout.decode().strip(), revision))
    if not files:
        raise SettingsStop(f"版本“{visible(revision)}”里没有 content 文件夹。（no content/ in this revision）")
    ids = "".join(f"{blob}\n" for _, blob in files).encode()
    blobs = _git(root, "cat-file", "--batch", said=ids)
    if blobs.returncode:
        raise _incomplete(revision)
    for (path, _), data in zip(files, _blobs(blobs.stdout, revision), strict=True):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def source_commit(root: Path) -> str | None:
    """The commit that a project is at; None where it is in no git repository.

    Raises:
        SettingsStop: something of what a site is made of is not committed: nobody could build that site again; or git
            cannot tell.
    """
    if shutil.which("git") is None or _git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return None
    status = _git(root, "status", "--porcelain", "-z", "--no-renames", "--", *_MADE_OF)
    if status.returncode:
        why = visible(status.stderr.decode(errors="replace").strip())
        raise SettingsStop(f"git 说不出有没有改动没有提交：{why}（git status failed）")
    if status.stdout:
        changed = status.stdout.decode(errors="replace").split("\0")
        files = "、".join(visible(line[3:]) for line in changed[:3] if line)
        raise SettingsStop(f"有改动没有提交（{files}……）：先 git commit，再发布。（commit your changes first）")
    return _git(root, "rev-parse", "HEAD").stdout.decode().strip()


def _git(root: Path, *words: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # A hook sets GIT_DIR and others for its own repository; ours is the one that the project lies in.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        ["git", "-C", str(root), *words], input=said, capture_output=True, env=kept | _ASK_NOBODY, check=False
    )


def _files(root: Path, commit: str, revision: str) -> Iterator[tuple[str, str]]:
    """Path below the project and blob of every file of the content."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", "content")
    if listed.returncode:
        raise _incomplete(revision)
    for line in filter(None, listed.stdout.split(b"\0")):
        facts, _, name = line.partition(b"\t")
        mode, _, blob = facts.decode().split(" ")
        path = os.fsdecode(name)
        if mode not in _FILE_MODES or ".." in path.split("/") or not path.startswith("content/"):
            raise SettingsStop(
                f"版本“{visible(revision)}”里的 {visible(path)} 是链接或特殊文件，不读；链接可能指到不该公开的内容。"
                "（a link or special file in the revision is not read）"
            )
        yield path, blob


def _incomplete(revision: str) -> SettingsStop:
    return SettingsStop(
        f"版本“{visible(revision)}”不完整，有内容没有取到本机或已经损坏："
        "先运行 git fetch --refetch --no-filter，再比较。"
        "（objects of this revision are missing or broken; git fetch --refetch --no-filter brings them）"
    )


def _blobs(said: bytes, revision: str) -> Iterator[bytes]:
    """What `git cat-file --batch` says: a line with id, type and size, the bytes, a line's end; or `<id> missing`."""
    at = 0
    while at < len(said):
        head = said[at : said.index(b"\n", at)]
        if head.endswith(b" missing"):
            raise _incomplete(revision)
        start = at + len(head) + 1
        size = int(head.rsplit(b" ", 1)[1])
        yield said[start : start + size]
        at = start + size + 1
