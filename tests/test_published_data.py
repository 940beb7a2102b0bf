"""What was published, read from the folder that `--published` names: its data alone, as a build has made them."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.changes.published import read_site
from generator.words.problems import SettingsStop
from tests.conftest import ROOT
from tests.test_cli import run


def test_check_against_no_folder_is_said(project: Path) -> None:
    done = run(project, "check", "--published", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "没有这个文件夹（no such folder）：nowhere\n"


@pytest.mark.parametrize("name", ["", " "])
def test_check_against_an_empty_name_is_refused(project: Path, name: str) -> None:
    done = run(project, "check", "--published", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--published（PUBLISHED）后面是空的；应写已公开的站点的文件夹")


def test_make_hands_on_what_was_published_even_if_it_is_empty() -> None:
    def command(*words: str, **more: str) -> str:
        # the tests may themselves be run by make, which hands its own words on
        handed = ("PUBLISHED", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")
        kept = {key: value for key, value in os.environ.items() if key not in handed} | more
        done = subprocess.run(
            ["make", "-n", *words, "check"], cwd=ROOT, env=kept, capture_output=True, encoding="utf-8", check=True
        )
        return done.stdout.strip().split("\n")[-1].partition(" -m ")[2].rstrip()

    assert command() == "generator check"
    assert command("PUBLISHED=") == 'generator check --published ""'
    assert command(PUBLISHED="") == 'generator check --published ""'
    assert command(PUBLISHED="build/site") == 'generator check --published "build/site"'


def test_link_in_published_data_is_refused(tmp_path: Path, site: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    file = copy / "sgst/2024/targets/01/record.json"
    file.unlink()
    file.symlink_to(site / "sgst/2024/targets/01/record.json")
    with pytest.raises(SettingsStop, match=r"sgst/2024/targets/01/record\.json 是链接"):
        read_site(copy)


def test_folder_of_published_data_that_cannot_be_opened_is_refused(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in it would be taken for what was never published."""
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "sgst").chmod(0o000)
    monkeypatch.chdir(copy)  # the folders above may be shut too
    own = os.geteuid()
    try:
        os.seteuid(own or 65534)  # to root no folder is shut
        with pytest.raises(SettingsStop, match="：sgst 打不开"):
            read_site(Path())
    finally:
        os.seteuid(own)
        (copy / "sgst").chmod(0o755)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[" * 100_000,
        "[]",
        '{"id": "sgst/2024/targets/02"}',
        '{"id": "sgst/2024/targets/01", "corrections": [], "amendments": [], "indicators": 3}',
        '{"id": "sgst/2024/targets/01", "corrections": [], "amendments": [], "name": {"a": []}}',
        '{"id": "sgst/2024/targets/01", "corrections": [], "amendments": [], "funding": "1"}',
        '{"id": "sgst/2024/targets/01"}',
        '{"id": "sgst/2024/targets/01", "corrections": [], "amendments": [], "name": "\\ud800x"}',
        *(
            f'{{"id": "sgst/2024/targets/01", "corrections": [], "amendments": {amendments}}}'
            for amendments in (
                '["x"]',
                "[[]]",
                '[{"date": "2024-06-20", "what": "x"}]',
                '[{"date": 1, "what": "x", "fields": []}]',
                '[{"what": "x", "fields": []}]',
                '[{"date": "2024-06-20", "what": "x", "fields": ["name"]}]',
                '[{"date": "2024-06-20", "what": "x", "fields": [{"field": "name", "was": []}]}]',
                '[{"date": "2024-06-20", "what": "x", "fields": [{"field": "indicators[1]", "dropped": "x"}]}]',
            )
        ),
    ],
)
def test_broken_published_data_is_said_of_its_file(tmp_path: Path, site: Path, data: str) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "sgst/2024/targets/01/record.json").write_text(data, "utf-8")
    with pytest.raises(SettingsStop, match=r"公开的数据读不出来.*：sgst/2024/targets/01/record\.json "):
        read_site(copy)


def test_published_alterations_without_shape_are_said_by_both_commands(project: Path, site: Path) -> None:
    copy = shutil.copytree(site, project / "old")
    file = copy / "sgst/2024/targets/01/record.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"amendments": ["x"]}), "utf-8")
    for words in (("check", "--published", "old"), ("diff", "old")):
        done = run(project, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(
            "公开的数据读不出来（cannot read published data）：sgst/2024/targets/01/record.json"
        )


@pytest.mark.parametrize("identity", ["sgst/2024/targets/99", "sgst/2024/targets/../../../sgst/2024/targets/01"])
def test_record_that_is_not_among_the_published_files_is_not_read(tmp_path: Path, site: Path, identity: str) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    file = copy / "sgst/2024/targets/disclosure.json"
    facts = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(facts | {"records": [identity]}), "utf-8")
    with pytest.raises(SettingsStop, match=r"sgst/2024/targets/disclosure\.json 缺内容"):
        read_site(copy)


def test_document_as_data_says_what_is_known_of_it(site: Path) -> None:
    facts = json.loads((site / "sstec/2024/targets/disclosure.json").read_text("utf-8"))
    assert {key: facts[key] for key in ("id", "kind", "title_origin", "published", "amendments", "corrections")} == {
        "id": "sstec/2024/targets",
        "kind": "targets",
        "title_origin": "原文",
        "published": None,
        "amendments": [],
        "corrections": [],
    }
    assert facts["records"] == [f"sstec/2024/targets/{number:02}" for number in range(1, 9)]
    assert facts["source"]["url"] == "sstec/2024/targets/source.txt"
    assert (ROOT / "content" / facts["source"]["url"]).is_file()
