"""One content gives one site: whoever builds it, where and when, and in whatever order a disk lists its files."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "LANGUAGE": "de", "COLUMNS": "40"}
ANOTHER_DAY = ("faketime", "2031-03-04 05:06:07")
# Another user that may read everything, so that a checkout below /root will do.
READS = "+dac_read_search"
ANOTHER_USER = (
    *("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", f"--inh-caps={READS}", f"--ambient-caps={READS}"),
)


def laid(folder: Path, *, backwards: bool) -> Path:
    """The project's own files in a folder, made one after the other in the order of their names or against it."""
    files = ["mkdocs.yml"]
    for top in ("content", "theme_overrides"):
        files += [path.relative_to(ROOT).as_posix() for path in (ROOT / top).rglob("*") if path.is_file()]
    for name in sorted(files, reverse=backwards):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, path)
    return folder


def built(project: Path, umask: int, environment: dict[str, str], wrapped: Sequence[str] = ()) -> Path:
    words = [*wrapped, sys.executable, "-B", "-m", "generator", "build", "--root", str(project)]
    mine = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        words, cwd=ROOT, env=mine | environment, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return project / "build" / "site"


def differing(one: Path, other: Path) -> list[str]:
    """The paths of the files that only one of two folders has, or that differ."""
    found = [{path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} for site in (one, other)]
    assert len(found[0]) > 300, "the comparison looked at next to nothing"
    both = found[0] & found[1]
    return sorted(
        (found[0] ^ found[1]) | {path for path in both if (one / path).read_bytes() != (other / path).read_bytes()}
    )


def orders(folder: Path) -> list[list[str]]:
    """How the disk lists each folder."""
    return [[each.name for each in path.iterdir()] for path in sorted(folder.rglob("*")) if path.is_dir()]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(laid(tmp_path_factory.mktemp("here"), backwards=False), 0o022, HERE)


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder on another kind of file system, where there is one."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "一个 folder"


@pytest.mark.needs("faketime")
def test_another_folder_user_umask_zone_locale_seed_order_and_day_give_the_same_bytes(
    here: Path, elsewhere: Path
) -> None:
    project = laid(elsewhere, backwards=True)
    assert orders(project / "content") != orders(here.parent.parent / "content")
    wrapped: tuple[str, ...] = ANOTHER_DAY
    if os.geteuid() == 0:
        for path in (project, *project.rglob("*")):
            os.chown(path, 65534, 65534)
        wrapped = ANOTHER_USER + ANOTHER_DAY
    asked = [*wrapped, sys.executable, "-c", "import datetime; print(datetime.date.today())"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "2031-03-04\n"
    site = built(project, 0o077, THERE, wrapped)
    page = (site / "index.html").stat()
    assert page.st_mode & 0o777 == 0o600
    assert differing(here, site) == []
    if os.geteuid() != 0:
        pytest.skip("NOT TESTED: another user (only root can become one); all else gave the same bytes")
    assert page.st_uid == 65534


def test_difference_is_found_and_named(here: Path, tmp_path: Path) -> None:
    project = laid(tmp_path, backwards=False)
    template = project / "theme_overrides/404.html"
    template.write_text(template.read_text("utf-8") + "<!-- {{ range(10000000) | random }} -->", "utf-8")
    found = differing(built(project, 0o022, HERE), built(laid_again(project), 0o022, HERE))
    assert "404.html" in found
    assert set(found) <= {"404.html", "404.html.gz", "manifest.json", "SHA256SUMS"}
    (tmp_path / "build/site/sstec/index.html").unlink()
    assert "sstec/index.html" in differing(here, tmp_path / "build/site")


def laid_again(project: Path) -> Path:
    """A copy of a project, without what was built of it."""
    return shutil.copytree(project, project.parent / f"{project.name}-again", ignore=shutil.ignore_patterns("build"))
