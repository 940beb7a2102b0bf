"""A record that must not be read any longer: no trace of it is at a destination, and nothing brings it back."""

import csv
import gzip
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.kills import strike_everywhere
from generator.changes.published import read_site
from generator.commands.withdraw import finish, withdraw
from generator.publication.folder import Folder
from generator.publication.ledger import Withdrawal
from generator.publication.proof import destination_faults
from generator.publication.publish import tidy
from generator.words.problems import PublishStop
from generator.words.urls import is_of_search
from tests.altering import append
from tests.small import TARGETS
from tests.test_cli import run
from tests.test_publish import edit, publishable

SECRET = "李四的住址是示例路一号"  # noqa: S105 - no password
ID = "unit/2024/targets/02"
WITHDRAWAL = Withdrawal(ID, "2026-01-02", "含有个人住址", source=True)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project and a destination with three releases, whose second record has the secret: in a text, a name, a row."""
    folder = tmp_path_factory.mktemp("withdraw")
    project, destination = publishable(folder / "project"), folder / "destination"
    record = project / TARGETS / "02.yml"
    edit(record, "name: 科技普及", f"name: 科技普及（{SECRET}）")
    edit(record, "三年建成服务平台。", f"三年建成服务平台，{SECRET}，见附件。")
    edit(record, "name: 受益企业数", f"name: 受益企业数，{SECRET}")
    (project / TARGETS / "source.txt").write_text(f"表：{SECRET}\n", "utf-8")
    facts = project / TARGETS / "disclosure.yml"
    edit(facts, "title:", "note: 附件只印了 [1, ]。\ntitle:")
    sha256 = subprocess.run(["sha256sum", project / TARGETS / "source.txt"], capture_output=True, text=True, check=True)
    line = next(line for line in facts.read_text("utf-8").splitlines() if "sha256:" in line)
    edit(facts, line, f"  sha256: {sha256.stdout[:64]}")
    for number in (1, 2, 3):
        edit(project / "content/pages/index.md", "# 关于本站", f"# 关于本站\n\n第 {number} 句。")
        done = run(project, "publish", str(destination))
        assert done.returncode == 0, done.stderr
    traced = [path.as_posix() for path in traces(destination)]
    assert len(traced) > 30, "the sweep would look at next to nothing"
    assert any("/unit/texts/" in path for path in traced), "the search shows it"
    return project, destination


@pytest.fixture
def destination(releases: tuple[Path, Path], light: Path) -> Path:
    subprocess.run(["cp", "-a", releases[1], light / "destination"], check=True)
    return light / "destination"


@pytest.fixture
def project(releases: tuple[Path, Path], tmp_path: Path) -> Path:
    return shutil.copytree(releases[0], tmp_path / "project", ignore=shutil.ignore_patterns("build"))


def texts_of(path: Path) -> Iterator[str]:
    """All that a file says, unpacked."""
    data = path.read_bytes()
    yield data.decode("utf-8", "replace")
    if path.suffix == ".gz":
        yield gzip.decompress(data).decode("utf-8", "replace")
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            yield from database.iterdump()
    if path.suffix == ".bin":  # the search's: texts, and postings by pairs of characters
        yield inflated(data)


def inflated(data: bytes) -> str:
    try:
        return json.dumps(json.loads(zlib.decompress(data)), ensure_ascii=False)
    except (zlib.error, ValueError):
        return ""


def traces(folder: Path, secret: str = SECRET) -> Iterator[Path]:
    """The files below a folder that hold the secret, or its address, however they are packed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(secret in text for text in texts_of(path)):
            yield path


def withdrawn(destination: Path, withdrawal: Withdrawal = WITHDRAWAL) -> list[str]:
    to = Folder(destination)
    with to.alone("test"):
        tidy(to)
        return withdraw(to, withdrawal, None)


def test_withdraw_leaves_no_trace_in_any_release(destination: Path) -> None:
    assert withdrawn(destination) == ["000001", "000002", "000003"]
    assert list(traces(destination)) == []
    assert destination_faults(Folder(destination), None) == []
    assert sorted(path.name for path in (destination / "releases").iterdir()) == [f"{n:06}" for n in range(1, 5)]


def test_withdraw_leaves_no_digest_of_what_is_gone(destination: Path) -> None:
    """What is known but for a number could be guessed by its digest."""
    manifest = json.loads((destination / "current/manifest.json").read_bytes())["files"]
    own = [manifest[f"{ID}/{name}"]["sha256"] for name in ("record.json", "index.html", "indicators.csv")]
    withdrawn(destination)
    assert [path for sha256 in own for path in traces(destination, sha256)] == []


def test_withdrawn_page_and_its_files_say_so(destination: Path) -> None:
    withdrawn(destination)
    folder = destination / "current" / ID
    page = (folder / "index.html").read_text("utf-8")
    assert "这张表已于 2026-01-02 撤下：含有个人住址" in page
    assert '<a href="../">回到这份文件</a>' in page
    assert "default-src 'none'" in page
    assert json.loads((folder / "record.json").read_bytes())["withdrawn"]["reason"] == "含有个人住址"
    assert "撤下" in (folder / "record.md.txt").read_text("utf-8")
    assert "撤下" in (folder / "indicators.csv").read_text("utf-8-sig")


def test_all_files_of_the_search_go_and_no_page_beside_them(destination: Path) -> None:
    names = [path.relative_to(destination / "current").as_posix() for path in (destination / "current").rglob("*.*")]
    assert len(list(filter(is_of_search, names))) > 5
    withdrawn(destination)
    names = [path.relative_to(destination / "current").as_posix() for path in (destination / "current").rglob("*.*")]
    assert list(filter(is_of_search, names)) == []
    assert "search/index.html" in names
    assert not is_of_search("about/texts/index.html"), "a page that an editor may write"


def test_other_records_stay_as_they_were(destination: Path) -> None:
    before = {path.name: path.read_bytes() for path in (destination / "current/unit/2024/targets/01").iterdir()}
    rows = list(csv.reader(io.StringIO((destination / "current/data/declarations.csv").read_text("utf-8-sig"))))
    withdrawn(destination)
    now = {path.name: path.read_bytes() for path in (destination / "current/unit/2024/targets/01").iterdir()}
    assert {name for name in before if before[name] != now.get(name)} == {"index.html", "index.html.gz"}, (
        "its neighbour's name"
    )
    left = list(csv.reader(io.StringIO((destination / "current/data/declarations.csv").read_text("utf-8-sig"))))
    assert left == [row for row in rows if row[0] != ID]
    assert len(left) == len(rows) - 1
    lines = [json.loads(line) for line in (destination / "current/data/records.jsonl").read_text("utf-8").splitlines()]
    assert ID not in [line["id"] for line in lines]
    assert len(lines) == 4
    with closing(sqlite3.connect(destination / "current/data/performance.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM declarations").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM indicators WHERE record = ?", (ID,)).fetchone() == (0,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    described = json.loads((destination / "current/data/datapackage.json").read_bytes())["resources"]
    for resource in described:
        data = (destination / "current/data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["rows"] == len(list(csv.reader(io.StringIO(data.decode(), newline="")))) - 1, resource["path"]


def test_document_loses_the_record_and_nothing_else(destination: Path) -> None:
    file = destination / "current/unit/2024/targets/disclosure.json"
    before = json.loads(file.read_bytes())
    assert ID in before["records"]
    withdrawn(destination)
    left = [record for record in before["records"] if record != ID]
    assert json.loads(file.read_bytes()) == before | {"records": left}
    lines = (destination / "current/data/documents.jsonl").read_text("utf-8").splitlines()
    assert before | {"records": left} in map(json.loads, lines)


def test_what_is_published_can_still_be_compared_with(destination: Path) -> None:
    withdrawn(destination)
    assert set(read_site(destination / "current").disclosures["unit/2024/targets"].records) == {"unit/2024/targets/01"}


def test_rollback_after_a_withdrawal_brings_nothing_back(project: Path, destination: Path) -> None:
    withdrawn(destination)
    done = run(project, "rollback", str(destination), "--to", "1")
    assert done.returncode == 0, done.stderr
    assert list(traces(destination)) == []
    assert "已撤下 unit/2024/targets/02" in run(project, "releases", str(destination)).stdout


def test_withdrawn_record_is_not_published_again(project: Path, destination: Path) -> None:
    withdrawn(destination)
    done = run(project, "publish", str(destination))
    assert done.returncode == 1
    assert "content/unit/2024/targets/02.yml:1:1: 2026-01-02 撤下（含有个人住址）的表，不应照旧公开" in done.stderr
    assert "[withdrawn-returned]" in done.stderr
    assert list(traces(destination)) == []


def remove(project: Path) -> None:
    """The record out of the content, and its document brought up to date."""
    (project / TARGETS / "02.yml").unlink()
    facts = project / TARGETS / "disclosure.yml"
    text = facts.read_text("utf-8")
    head = text[: text.index("expect:")]
    source = project / TARGETS / "source.txt"
    source.write_text("表：（已删去）\n", "utf-8")
    sha256 = subprocess.run(["sha256sum", source], capture_output=True, text=True, check=True).stdout[:64]
    old = next(line for line in head.splitlines() if "sha256:" in line).split()[-1]
    facts.write_text(head.replace(old, sha256), "utf-8")
    append(facts, f"""expect:
  records: 1
  indicators: 4
  total: "10,000.00"
withdrawn:
  - number: "02"
    on: 2026-01-02
    reason: 含有个人住址
corrections:
  - date: 2026-01-02
    what: 来源文本删去个人住址。
    source: 个人信息保护法
    fields:
      - field: source.sha256
        was: {old}
""")  # fmt: skip


def test_record_taken_out_of_the_content_is_published_as_withdrawn(project: Path, destination: Path) -> None:
    withdrawn(destination)
    remove(project)
    done = run(project, "publish", str(destination))
    assert done.returncode == 0, done.stderr
    assert list(traces(destination)) == []
    current = destination / "current"
    assert "这张表已于 2026-01-02 撤下：含有个人住址" in (current / ID / "index.html").read_text("utf-8")
    assert "第 02 张已于 2026-01-02 撤下" in (current / "unit/2024/targets/index.html").read_text("utf-8")
    assert (current / "search/index.json").exists(), "the search is back"
    assert (current / "unit/2024/unit-2024.xlsx").exists()
    assert destination_faults(Folder(destination), None) == []


def test_withdraw_after_the_content_was_mended_touches_older_releases_only(project: Path, destination: Path) -> None:
    """The other order: first a release without the record, then the older ones."""
    remove(project)
    done = run(project, "publish", str(destination))
    assert done.returncode == 0, done.stderr
    assert {path.relative_to(destination).parts[1] for path in traces(destination)} == {
        "000001",
        "000002",
        "000003",
        "000004",
    }
    done = run(project, "withdraw", str(destination), ID, "--reason", "含有个人住址", "--source", "--on", "2026-01-02")
    assert done.returncode == 0, done.stderr
    assert "已从 3 版里撤下：000001、000002、000003" in done.stdout
    assert list(traces(destination)) == [], "what was kept for open pages went too"
    assert (destination / "current/search/index.json").exists(), "readers can search"
    assert destination_faults(Folder(destination), None) == []


def test_record_that_nothing_has_is_refused(destination: Path) -> None:
    with pytest.raises(PublishStop, match="各版里都没有 unit/2024/targets/09"):
        withdrawn(destination, Withdrawal("unit/2024/targets/09", "2026-01-02", "x", source=False))


def test_source_text_stays_unless_it_is_asked_for(destination: Path) -> None:
    withdrawn(destination, Withdrawal(ID, "2026-01-02", "x", source=False))
    assert {path.name for path in traces(destination)} <= {"source.txt", "source.txt.gz"}
    withdrawn(destination)
    assert list(traces(destination)) == []


def test_withdrawal_killed_anywhere_is_finished_by_the_next_publisher(releases: tuple[Path, Path], light: Path) -> None:
    start = light / "start"
    subprocess.run(["cp", "-a", releases[1], start], check=True)

    def then(destination: Path) -> None:
        to = Folder(destination)
        with to.alone("next"):
            tidy(to)
            if finish(to, None) is None and to.look().current != "000004":
                withdraw(to, WITHDRAWAL, None)
        assert list(traces(destination)) == []

    struck = strike_everywhere("withdraw", start, withdrawn, then, every=997)
    print(f"withdraw: killed at {struck.ends['killed']} points")
    assert struck.faults == ()
    assert struck.ends["killed"] > 5
