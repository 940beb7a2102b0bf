"""A proved site as the content of a git branch, for hosts that serve one.

ghp-import writes the commit, in a repository of its own that lasts as long as the work does: the project's
branches, index and files are not touched. The branch grows by one commit and is never forced. The same site over
the same branch gives the same commit: its day is that of the project's commit, its author is git's own.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generator.site.file_names import file_names
from generator.site.lasting import outlasting
from generator.words.problems import PublishStop, visible
from generator.words.urls import MANIFEST

SCHEME = "git+branch:"
_NO_SUCH_BRANCH = 2  # what `ls-remote --exit-code` ends with
_DOMAIN = "CNAME"  # where hosts keep the address that a branch is served at; it is theirs, not the site's
# A hook sets these for its own repository.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a remote repository: its name, and a remote of the project's repository, an address or a path."""

    name: str
    remote: str


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _ELSEWHERE}


@dataclass(frozen=True, slots=True)
class _Repository:
    """A folder that git runs in."""

    folder: Path

    def run(self, *words: str, said: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        plain = ("-c", "core.autocrlf=false", "-c", "core.attributesFile=/dev/null")
        command = ["git", *plain, "-C", str(self.folder), *words]
        env = _environment() | {"GIT_TERMINAL_PROMPT": "0"}
        return subprocess.run(command, input=said, capture_output=True, env=env, check=False)

    def tell(self, *words: str, said: bytes = b"", wrong: str) -> str:
        """What git answers.

        Raises:
            PublishStop: it fails; `wrong` says what could not be done.
        """
        done = self.run(*words, said=said)
        if done.returncode:
            raise _stopped(wrong, done)
        return done.stdout.decode("utf-8", "replace").strip()


def read_branch(words: str) -> Branch:
    """`git+branch:pages`, `git+branch:pages@origin`, `git+branch:pages@../site.git` → the branch.

    Raises:
        PublishStop: no branch is named so.
    """
    name, _, remote = words.removeprefix(SCHEME).partition("@")
    checked = subprocess.run(["git", "check-ref-format", "--branch", name], capture_output=True, check=False)
    if checked.returncode or remote.startswith("-"):
        raise PublishStop(
            f"应写成 {SCHEME}分支名 或 {SCHEME}分支名@远程库，现为 {visible(words)}（branch or branch@remote）"
        )
    return Branch(name, remote or "origin")


def publish_branch(site: Path, branch: Branch, root: Path) -> str | None:
    """Make a branch hold a site.

    Beside the site it holds `.nojekyll`, so that hosts serve the files as they are; the last site's files that stay one
    release longer (`lasting.outlasting`); and the `CNAME` that a host has put there.

    Args:
        site: The proved site.
        branch: Where to; a branch that is not there yet is made.
        root: The project, in a git repository with a commit.

    Returns:
        The commit's digest; None when the branch holds this very site already.

    Raises:
        PublishStop: git cannot do it, or somebody else wrote to the branch meanwhile.
    """
    project = _Repository(root)
    source = project.tell(
        "log", "-1", "--format=%H", wrong="项目不在 git 版本库里，或还没有提交（no commit of the project）"
    )
    day = project.tell("log", "-1", "--format=%cD", wrong="读不出提交的日期（the commit has no day）")
    person = project.tell("var", "GIT_COMMITTER_IDENT", wrong="先设 git 的 user.name 和 user.email（who commits?）")
    known = project.run("remote", "get-url", "--", branch.remote)
    remote = known.stdout.decode().strip() if known.returncode == 0 else branch.remote
    if (root / remote).exists():
        remote = str((root / remote).resolve())
    with tempfile.TemporaryDirectory(prefix="branch-") as folder:
        repository = _Repository(Path(folder) / "repository")
        repository.folder.mkdir()
        repository.tell("init", "--quiet", "--bare", ".", wrong="建不成临时版本库（no room for a repository）")
        last = _fetched(repository, remote, branch)
        manifest = _manifest(repository, last) if last else None
        if manifest == (site / MANIFEST).read_bytes():
            return None
        files = shutil.copytree(site, Path(folder) / "site", copy_function=shutil.copyfile)
        if last:
            _keep(repository, last, manifest, files)
        _import(repository, branch.name, files, f"Publish {source}", day, person)
        new = repository.tell("rev-parse", f"refs/heads/{branch.name}", wrong="没有生成提交（no commit was made）")
        pushed = repository.run("push", "--quiet", "--", remote, f"{new}:refs/heads/{branch.name}")
        if pushed.returncode:
            raise _stopped(
                f"没有推送成功，{branch.name} 仍是原来的内容；可能刚有别人推送，再试一次（not pushed）",
                pushed,
            )
        return new


def _fetched(repository: _Repository, remote: str, branch: Branch) -> str | None:
    """The branch's last commit, fetched; None while there is no such branch."""
    ref = f"refs/heads/{branch.name}"
    asked = repository.run("ls-remote", "--exit-code", "--", remote, ref)
    if asked.returncode == _NO_SUCH_BRANCH:
        return None
    if asked.returncode:
        raise _stopped(f"读不到远程库 {branch.remote}（cannot read the remote）", asked)
    repository.tell("fetch", "--quiet", "--depth=1", "--", remote, f"{ref}:{ref}", wrong="取不到分支（cannot fetch）")
    return repository.tell("rev-parse", ref, wrong="取不到分支（cannot fetch）")


def _manifest(repository: _Repository, last: str) -> bytes | None:
    """The manifest of the site that a commit holds; None where it holds none."""
    shown = repository.run("show", f"{last}:{MANIFEST}")
    return None if shown.returncode else shown.stdout


def _keep(repository: _Repository, last: str, manifest: bytes | None, files: Path) -> None:
    """Put beside a new site what stays of the last one."""
    wrong = "读不出分支（cannot read the branch）"
    there = set(repository.tell("ls-tree", "-r", "-z", "--name-only", last, wrong=wrong).split("\0"))
    own = set(json.loads(manifest)["files"]) if manifest else set()
    new = set(file_names(files))
    stay = [*outlasting(own & there, new), *({_DOMAIN} & there - new)]
    if stay:
        paths = "\0".join(f":(literal){path}" for path in stay).encode()
        words = ("checkout", "--quiet", last, "--pathspec-from-file=-", "--pathspec-file-nul")
        repository.tell("--work-tree", str(files), *words, said=paths, wrong=wrong)


def _import(repository: _Repository, name: str, files: Path, message: str, day: str, person: str) -> None:
    who, _, rest = person.partition(" <")
    facts = {
        "GIT_COMMITTER_NAME": who,
        "GIT_COMMITTER_EMAIL": rest.partition(">")[0],
        "GIT_COMMITTER_DATE": day,
    }
    words = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", name, "--message", message, str(files)]
    done = subprocess.run(words, cwd=repository.folder, capture_output=True, env=_environment() | facts, check=False)
    if done.returncode:
        raise _stopped("没有生成提交（no commit was made）", done)


def _stopped(wrong: str, done: "subprocess.CompletedProcess[bytes]") -> PublishStop:
    said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()[-10:]
    return PublishStop("\n".join([wrong, *map(visible, said)]))
