"""What was published and must not be read any longer: it goes by being told as withheld, and nothing says it again."""

import re
from pathlib import Path

import pytest

from tests.altering import append, replace
from tests.beside import AMENDED, DOCUMENT, RECORD, found, messages
from tests.small import small_project
from tests.test_cli import run

WITHHELD = """      - field: nature
        withheld: 个人信息保护法第四十七条
"""


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return small_project(tmp_path / "published")


@pytest.fixture
def root(tmp_path: Path, published: Path) -> Path:
    return small_project(tmp_path / "project")


def test_published_number_of_a_person_is_withdrawn(root: Path, published: Path) -> None:
    replace(published / RECORD, "其他一次性项目", "其他一次性项目，联系13812345678")
    assert found(root, published) == [f"published-changed {RECORD}:2:9"]
    append(root / RECORD, AMENDED + WITHHELD)
    assert found(root, published) == []


def test_no_command_says_a_published_number_again(root: Path, published: Path) -> None:
    """Beside what was published it changed or stands in a row that is gone; at the edge of what is shown it is cut."""
    for folder in (root, published):
        (folder / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    replace(published / RECORD, "其他一次性项目", "其他一次性项目，联系13812345678")
    replace(published / RECORD, "受益企业数", "向13812345678报名的企业数")
    long = "二、做好服务。" * 12
    replace(published / RECORD, "    二、做好服务。\n", f"    {long}电话13812345678，甲乙丙丁旧{long}\n")
    replace(root / RECORD, "    二、做好服务。\n", f"    {long}电话13812345678，甲乙丙丁新{long}\n")
    for words in (
        *(("check", "--published", str(published), "--format", form) for form in ("text", "json", "github", "gitlab")),
        *(("diff", str(published), "--format", form) for form in ("text", "markdown", "json")),
    ):
        done = run(root, *words)
        assert "甲乙丙丁旧" in done.stdout + done.stderr, words
        assert not re.search("81234|12345", done.stdout + done.stderr), words


def test_withheld_words_that_were_never_published_are_refused(root: Path, published: Path) -> None:
    replace(published / RECORD, '  fiscal: "9,000.00"\n', "")
    append(root / RECORD, AMENDED + WITHHELD.replace("nature", "project_funding.fiscal"))
    (message,) = messages(root, published)
    assert "公开过的是空白；照新写的变更、勘误推回去，得到的是“（依法不再显示）”" in message


def test_withheld_words_that_still_stand_in_the_form_are_refused(root: Path, published: Path) -> None:
    append(root / RECORD, AMENDED + WITHHELD)
    (message,) = messages(root, published)
    assert "：写 withheld 的一格，公开过的文字应先从表上删去。" in message


def test_withholding_hides_no_other_change(root: Path, published: Path) -> None:
    replace(published / RECORD, "name: 活动场次", "name: 李某某的活动场次")
    replace(root / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
    append(root / RECORD, AMENDED + WITHHELD.replace("nature", "indicators[1].name"))
    assert found(root, published) == [f"published-changed {RECORD}:28:13"]


def test_row_with_withheld_words_may_be_dropped(root: Path, published: Path) -> None:
    replace(published / RECORD, "name: 活动场次", "name: 李某某的活动场次")
    text = (root / RECORD).read_text("utf-8")
    head, row, *rows = text.split("  - level1: ")
    (root / RECORD).write_text("  - level1: ".join([head, *rows]), "utf-8")
    replace(root / DOCUMENT, "indicators: 8", "indicators: 7")
    lines = "".join(f"          {line.strip()}\n" for line in f"level1: {row}".strip().split("\n"))
    dropped = f"      - field: indicators[1]\n        withheld: 个人信息保护法第四十七条\n        dropped:\n{lines}"
    append(root / RECORD, AMENDED + dropped)
    assert found(root, published) == []


@pytest.mark.parametrize("words", ["was", "dropped"])
def test_words_of_a_published_amendment_are_withdrawn(root: Path, published: Path, words: str) -> None:
    def told(was: str) -> str:
        if words == "was":
            return f"{AMENDED}      - field: nature\n        {was}\n"
        row = "          name: 李某某\n          level1: 产出指标\n"
        return f"{AMENDED}      - field: indicators[1]\n        {was}\n        dropped:\n{row}"

    law = "withheld: 个人信息保护法第四十七条"
    append(published / RECORD, told("was: 联系李某某" if words == "was" else "").replace("        \n", ""))
    append(root / RECORD, told(law).replace("李某某", "某人"))
    assert found(root, published) == []
    replace(root / RECORD, f"        {law}\n", "        was: 联系某人\n" if words == "was" else "")
    assert [each.split(" ")[0] for each in found(root, published)] == ["published-alteration"]


def test_diff_does_not_say_again_what_is_withheld(root: Path, published: Path) -> None:
    for folder in (root, published):
        (folder / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    replace(published / RECORD, "name: 活动场次", "name: 李某某的活动场次")
    append(published / RECORD, AMENDED + "      - field: nature\n        was: 李某某项目\n")
    second = AMENDED.removeprefix("amendments:\n").replace("06-20", "07-20")
    append(root / RECORD, AMENDED + WITHHELD + second + WITHHELD.replace("nature", "indicators[1].name"))
    assert found(root, published) == []
    for form in ("text", "markdown", "json"):
        said = run(root, "diff", str(published), "--format", form).stdout
        assert "依法不再显示" in said
        assert "李某某" not in said
