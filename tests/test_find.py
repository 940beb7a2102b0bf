"""The files of content/: what belongs there, what is missing, what must not be followed."""

import os
from pathlib import Path

import pytest

from generator.reading.find import ContentFiles, find_content
from generator.words.problems import SettingsStop, say
from tests.small import EVALUATIONS, FILES, TARGETS, found_in, problems, small_project


def files_of(root: Path) -> ContentFiles:
    files, found = find_content(root, root / "content")
    assert found == ()
    return files


def put(root: Path, file: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).touch()


def test_find_lists_every_file_of_the_project(tmp_path: Path) -> None:
    files = files_of(small_project(tmp_path))
    (centre,) = files.centres
    found = [files.site.file, centre.meta.file]
    for disclosure in centre.disclosures:
        found += [disclosure.meta.file, disclosure.source.file, *(file.file for _, file in disclosure.records)]
    assert sorted(found) == sorted(FILES)


def test_find_orders_records_by_number(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for number in ("10", "03", "100", "099"):
        put(root, f"{TARGETS}/{number}.yml")
    records = files_of(root).centres[0].disclosures[2].records
    assert [number for number, _ in records] == ["01", "02", "03", "10", "099", "100"]


def test_find_orders_centres_years_and_kinds_by_name(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for folder in ("bb/2025/targets", "bb/2024/targets", "bb/2024/evaluations", "a-1/2030/targets"):
        put(root, f"content/{folder}/disclosure.yml")
        put(root, f"content/{folder}/source.txt")
        put(root, f"content/{folder.split('/')[0]}/centre.yml")
    found = [(centre.id, each.year, each.kind) for centre in files_of(root).centres for each in centre.disclosures]
    assert found == [
        ("a-1", 2030, "targets"),
        ("bb", 2024, "evaluations"),
        ("bb", 2024, "targets"),
        ("bb", 2025, "targets"),
        ("unit", 2023, "evaluations"),
        ("unit", 2024, "evaluations"),
        ("unit", 2024, "targets"),
    ]


def test_find_names_files_below_the_root(tmp_path: Path) -> None:
    assert files_of(small_project(tmp_path)).site.file == "content/site.yml"


STRAYS = [
    "content/notes.txt",
    "content/Unit/centre.yml",
    "content/单位/centre.yml",
    "content/u/centre.yml",
    "content/1unit/centre.yml",
    "content/unit_a/centre.yml",
    "content/search/centre.yml",
    "content/assets/centre.yml",
    "content/about/centre.yml",
    "content/site.yaml",
    "content/nul/centre.yml",
    "content/pages/data.csv",
    "content/pages/关于.md",
    "content/pages/a b.md",
    "content/pages/Index.md",
    "content/pages/more/a.md",
    "content/unit/2024.yml",
    "content/unit/center.yml",
    "content/unit/1999/targets/disclosure.yml",
    "content/unit/24/targets/disclosure.yml",
    "content/unit/2024年/targets/disclosure.yml",
    "content/unit/2024/target/01.yml",
    "content/unit/2024/01.yml",
    "content/unit/2024/Targets/01.yml",
    f"{TARGETS}/03.yaml",
    f"{TARGETS}/03.YML",
    f"{TARGETS}/３.yml",
    f"{TARGETS}/03 (1).yml",
    f"{TARGETS}/00001.yml",
    f"{TARGETS}/source.pdf",
    f"{TARGETS}/old/01.yml",
    f"{EVALUATIONS}/.hidden.yml",
    f"{EVALUATIONS}/disclosure.yml.txt",
]


def first_strange(root: Path, file: str) -> str:
    """The part of a way that is not in the good project."""
    parts = file.split("/")
    return next("/".join(parts[:n]) for n in range(1, len(parts) + 1) if not (root / "/".join(parts[:n])).exists())


@pytest.mark.parametrize("file", STRAYS)
def test_stray_file_is_refused_where_it_lies(tmp_path: Path, file: str) -> None:
    root = small_project(tmp_path)
    strange = first_strange(root, file) if "pages" not in file else "/".join(file.split("/")[:3])
    put(root, file)
    assert found_in(root) == [f"stray-file {strange}:0:0"]


def test_stray_file_is_told_what_belongs_there(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    put(root, f"{TARGETS}/3a.yml")
    (problem,) = problems(root)
    assert say(problem, None) == (
        "content/unit/2024/targets/3a.yml: 这里应放 disclosure.yml、source.txt 和 01.yml、02.yml……；"
        "多出“3a.yml” [stray-file]\n"
        "  怎样改：改成规定的名字，或移出 content 文件夹；名字写错的记录不会公开。"
    )


@pytest.mark.parametrize("name", ["02.yml", "source.txt", "disclosure.yml"])
def test_folder_in_the_place_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    root = small_project(tmp_path)
    (root / TARGETS / name).unlink()
    (root / TARGETS / name).mkdir()
    assert f"stray-file {TARGETS}/{name}:0:0" in found_in(root)


@pytest.mark.parametrize("file", ["content/site.yml", "content/unit/centre.yml"])
def test_folder_in_the_place_of_site_or_centre_is_refused(tmp_path: Path, file: str) -> None:
    root = small_project(tmp_path)
    (root / file).unlink()
    (root / file).mkdir()
    assert found_in(root) != []


@pytest.mark.parametrize("file", ["content/pages", "content/unit/2024", "content/unit/2024/targets"])
def test_file_in_the_place_of_a_folder_is_refused(tmp_path: Path, file: str) -> None:
    root = small_project(tmp_path / "a")
    if (root / file).exists():
        (root / file).rename(tmp_path / "away")
    (root / file).touch()
    assert found_in(root) == [f"stray-file {file}:0:0"]


@pytest.mark.parametrize(
    ("missing", "folder"),
    [
        ("content/site.yml", "content"),
        ("content/unit/centre.yml", "content/unit"),
        (f"{TARGETS}/disclosure.yml", TARGETS),
        (f"{TARGETS}/source.txt", TARGETS),
        (f"{EVALUATIONS}/disclosure.yml", EVALUATIONS),
        (f"{EVALUATIONS}/source.txt", EVALUATIONS),
    ],
)
def test_missing_file_is_reported_at_its_folder(tmp_path: Path, missing: str, folder: str) -> None:
    root = small_project(tmp_path)
    (root / missing).unlink()
    assert found_in(root) == [f"missing-file {folder}:0:0"]


def test_missing_file_is_named(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "content/unit/centre.yml").unlink()
    (problem,) = problems(root)
    assert say(problem, None) == (
        "content/unit: 文件夹里应有 centre.yml；没有找到 [missing-file]\n  怎样改：照邻近文件夹里的同名文件补上。"
    )


def test_record_behind_a_gap_is_told_its_number(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / TARGETS / "02.yml").rename(root / TARGETS / "03.yml")
    assert found_in(root, f"{TARGETS}/03.yml") == ["record-number 1:1"]


@pytest.mark.parametrize("name", ["2.yml", "002.yml", "00.yml"])
def test_record_with_another_number_of_digits_is_told_its_number(tmp_path: Path, name: str) -> None:
    root = small_project(tmp_path)
    (root / TARGETS / "02.yml").rename(root / TARGETS / name)
    (problem,) = problems(root)
    assert problem.code == "record-number"


def test_record_that_cannot_be_read_leaves_the_others_their_numbers(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / TARGETS / "01.yml").write_text("name: @\n", "utf-8")
    assert found_in(root, f"{TARGETS}/01.yml") == ["yaml-syntax 1:7"]


def test_missing_record_is_seen_by_the_expectations(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / TARGETS / "02.yml").unlink()
    assert found_in(root, f"{TARGETS}/disclosure.yml") == ["expectation 10:10", "expectation 8:12", "expectation 9:15"]


@pytest.mark.parametrize("file", FILES)
def test_link_in_the_place_of_a_file_is_refused(tmp_path: Path, file: str) -> None:
    root = small_project(tmp_path / "a")
    outside = tmp_path / "outside"
    (root / file).rename(outside)
    (root / file).symlink_to(outside)
    assert f"not-a-file {file}:0:0" in found_in(root)


@pytest.mark.parametrize("folder", ["content/unit", "content/unit/2024", TARGETS])
def test_link_in_the_place_of_a_folder_is_refused(tmp_path: Path, folder: str) -> None:
    root = small_project(tmp_path / "a")
    (root / folder).rename(tmp_path / "outside")
    (root / folder).symlink_to(tmp_path / "outside", target_is_directory=True)
    assert found_in(root) == [f"not-a-file {folder}:0:0"]


def test_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / TARGETS / "03.yml").symlink_to(tmp_path / "nowhere")
    assert found_in(root) == [f"not-a-file {TARGETS}/03.yml:0:0"]


def test_link_to_a_page_is_refused(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "content/pages").mkdir()
    (root / "content/pages/a.md").symlink_to("/etc/hostname")
    assert found_in(root) == ["not-a-file content/pages/a.md:0:0"]


def test_pipe_in_the_place_of_a_record_is_refused_and_not_read(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    os.mkfifo(root / TARGETS / "03.yml")
    assert found_in(root) == [f"not-a-file {TARGETS}/03.yml:0:0"]


def test_link_is_told_what_it_may_lead_to(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "content/x").symlink_to("/etc")
    (problem,) = problems(root)
    assert say(problem, None, "en") == (
        "content/x: a regular file or folder is expected; “x” is a folder, a link or a special file [not-a-file]\n"
        "  How to mend: put the file itself here; a link may lead to what must not be published."
    )


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", "01.yml~", ".01.yml.swp", "01.yml.bak"]
)
@pytest.mark.parametrize("folder", ["content", "content/unit", "content/unit/2024", TARGETS])
def test_file_that_systems_leave_behind_is_left_alone(tmp_path: Path, folder: str, name: str) -> None:
    root = small_project(tmp_path)
    put(root, f"{folder}/{name}")
    assert found_in(root) == []


def test_content_folder_that_is_not_there_stops_the_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsStop, match="找不到内容文件夹 content/"):
        find_content(tmp_path, tmp_path / "content")


def test_content_folder_that_is_a_link_stops_the_line(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "content").rename(tmp_path / "away")
    (root / "content").symlink_to(tmp_path / "away", target_is_directory=True)
    with pytest.raises(SettingsStop, match="找不到内容文件夹 content/"):
        find_content(root, root / "content")


def test_content_folder_with_nothing_in_it_lacks_the_site(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert found_in(tmp_path) == ["missing-file content:0:0"]
