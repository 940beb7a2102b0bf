"""`check --published`: what was published neither vanishes nor silently changes; what is told passes."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from generator.changes.published import read_site
from generator.commands.recall import read_published
from generator.line.check import check_content
from generator.reading.settings import Settings, read_settings
from generator.words.urls import project_url
from tests.altering import DECLARATION, DISCLOSURE, EVALUATION, alter, append, replace
from tests.beside import AMENDED, DOCUMENT, RECORD, found, messages
from tests.small import EVALUATIONS, TARGETS, small_project
from tests.test_cli import run

TARGET = """      - field: indicators[1].target
        was: "≥5.00(场)"
"""


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return small_project(tmp_path / "published")


@pytest.fixture
def root(tmp_path: Path, published: Path) -> Path:
    return small_project(tmp_path / "project")


# --- nothing changed, everything told


def test_unchanged_content_passes(root: Path, published: Path) -> None:
    assert found(root, published) == []


def test_altered_project_passes_against_the_site_that_was_built_before(project: Path, site: Path) -> None:
    alter(project)
    done = run(project, "check", "--published", str(site))
    assert done.returncode == 0, done.stderr


def test_same_alterations_untold_are_refused_one_by_one(project: Path, site: Path) -> None:
    alter(project)
    for file in (DECLARATION, EVALUATION, DISCLOSURE):
        text = (project / file).read_text("utf-8")
        (project / file).write_text(text.split("amendments:")[0].split("corrections:")[0], "utf-8")
    checked = check_content(read_settings(project), published=read_site(site))
    silent = [problem for problem in checked.problems if problem.code == "published-changed"]
    assert [f"{problem.place.file} {problem.facts['say_en']}" for problem in silent] == [
        f"{EVALUATION} field indicators[3].deviation, was the words published",
        f"{DECLARATION} field objectives.annual, was the words published (whole in sstec/2024/targets/01/record.json)",
        f"{DECLARATION} field indicators[3], dropped the row as published (whole in sstec/2024/targets/01/record.json)",
        f"{DECLARATION} field indicators[1].target, was the words published",
        f"{DECLARATION} field indicators[2].target, was the words published",
        f"{DECLARATION} field indicators[9]",
        f"{DISCLOSURE} field title, was the words published",
    ]


def test_filled_blank_that_was_told_passes(root: Path, published: Path) -> None:
    replace(published / RECORD, '  fiscal: "9,000.00"\n', "")
    append(root / RECORD, AMENDED + "      - field: project_funding.fiscal\n")
    assert found(root, published) == []


def test_note_may_change(root: Path, published: Path) -> None:
    append(root / RECORD, "note: 另有说明。\n")
    assert found(root, published) == []


def test_day_that_was_not_known_may_become_known(root: Path, published: Path) -> None:
    replace(published / DOCUMENT, "2024-01-10", "未注明")
    replace(published / DOCUMENT, "2024-01-20", "未注明")
    assert found(root, published) == []


def test_new_record_and_document_pass(root: Path, published: Path) -> None:
    shutil.rmtree(published / "content/unit/2023")
    assert found(root, published) == []


# --- silent changes


def test_silent_change_is_refused_at_its_place(root: Path, published: Path) -> None:
    replace(root / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
    assert messages(root, published) == [
        "content/unit/2024/targets/01.yml:28:13: 年度指标值 (indicators[1].target): "
        "公开过的是“≥5.00(场)”；现为“≥4.00(场)”，没有写变更或勘误 [published-changed]\n"
        "  怎样改：单位改的，写进 amendments；录错了改正的，写进 corrections：field 写 indicators[1].target，"
        "was 照录公开过的文字。不该改的，改回去。有个人信息、不能再显示的，不写 was，写 withheld 和依据。"
    ]
    assert messages(root, published, "en") == [
        "content/unit/2024/targets/01.yml:28:13: indicators[1].target (年度指标值): "
        "“≥5.00(场)” was published; it is “≥4.00(场)” now, and no amendment or correction says so [published-changed]\n"
        "  How to mend: say it in amendments if the centre changed it, in corrections if it was miscopied: "
        "field indicators[1].target, was the words published. Else restore it. "
        "Personal data is not said again: withheld with the law in place of was."
    ]


def test_change_that_is_told_with_other_words_is_refused_where_they_stand(root: Path, published: Path) -> None:
    replace(root / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
    append(root / RECORD, AMENDED + TARGET.replace("≥5.00", "≥4.50"))
    (message,) = messages(root, published)
    assert message.startswith(f"{RECORD}:48:14: 原来的文字 (amendments[1].fields[1].was): ")
    assert "把 was 改成公开过的文字（全文在公开的 unit/2024/targets/01/record.json）" in message
    assert "公开过的是“≥5.00(场)”；照新写的变更、勘误推回去，得到的是“≥4.50(场)” [published-changed]" in message


def test_blank_where_words_were_published_is_refused(root: Path, published: Path) -> None:
    replace(root / RECORD, '  fiscal: "9,000.00"\n', "")
    (message,) = messages(root, published)
    assert message.startswith(
        f"{RECORD}:9:3: 财政资金 (project_funding.fiscal): 公开过的是“9,000.00”；现为空白，没有写变更或勘误"
    )


def test_moved_row_is_refused(root: Path, published: Path) -> None:
    text = (root / RECORD).read_text("utf-8")
    head, *rows = text.split("  - level1: ")
    (root / RECORD).write_text("  - level1: ".join([head, *rows[1:], rows[0]]), "utf-8")
    (message,) = messages(root, published)
    assert "公开过的是“第 1 项”；现为“第 4 项”" in message
    assert "写两处，删去的 field: indicators[1] 和 dropped，添上的 field: indicators[4]" in message


def test_changed_prose_is_refused_at_the_character_that_differs(root: Path, published: Path) -> None:
    for folder, last in ((published, "四十"), (root, "三十")):
        replace(folder / RECORD, "    二、做好服务。\n", f"    {'二、做好服务。' * 12}\n\n    三、办讲座{last}场。\n")
    (message,) = messages(root, published)
    column = len("    三、办讲座三")
    text = (root / RECORD).read_text("utf-8").split("\n")
    assert text[24][:column] == "    三、办讲座三"
    assert message.startswith(f"{RECORD}:25:{column}: 年度总体目标 (objectives.annual): ")
    assert "（全文在公开的 unit/2024/targets/01/record.json）" in message


def test_dropped_rows_are_refused_once(root: Path, published: Path) -> None:
    text = (root / RECORD).read_text("utf-8")
    head, *rows = text.split("  - level1: ")
    (root / RECORD).write_text("  - level1: ".join([head, rows[1], rows[3]]), "utf-8")
    replace(root / DOCUMENT, "indicators: 8", "indicators: 6")
    (message,) = messages(root, published)
    assert "公开过的是2 行指标：“活动场次”、“受益企业数”；现为没有，没有写变更或勘误" in message
    assert "field 写 indicators[1]、indicators[3]，dropped 下各自照录这一行" in message


def test_records_that_changed_places_are_refused_by_their_numbers(root: Path, published: Path) -> None:
    one, two = (root / TARGETS / f"0{number}.yml" for number in (1, 2))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second.replace("其他一次性项目".encode(), "其他经常性项目".encode()))
    two.write_bytes(first)
    assert messages(root, published) == [
        f"{TARGETS}/{number}.yml:1:7: 项目名称 (name): 公开过的 {number}.yml 是“{was}”；现为“{now}”，"
        f"它公开时是 {other}.yml [published-number]\n"
        "  怎样改：把文件改回公开时的编号，新的表编在后面；项目改了名称的，写变更或勘误。"
        for number, other, was, now in (("01", "02", "科技服务", "科技普及"), ("02", "01", "科技普及", "科技服务"))
    ]


def test_record_that_was_put_before_others_is_refused_by_its_number(root: Path, published: Path) -> None:
    one, two = (root / TARGETS / f"0{number}.yml" for number in (1, 2))
    (root / TARGETS / "03.yml").write_bytes(two.read_bytes())
    two.write_bytes(one.read_bytes().replace("科技服务".encode(), "科技新项目".encode()))
    replace(root / DOCUMENT, "records: 2", "records: 3")
    replace(root / DOCUMENT, "indicators: 8", "indicators: 12")
    assert "published-number content/unit/2024/targets/02.yml:1:7" in found(root, published)
    assert not any(each.startswith("published-changed") for each in found(root, published))


def test_change_of_where_a_title_comes_from_is_refused(root: Path, published: Path) -> None:
    replace(root / DOCUMENT, "title_origin: 原文", "title_origin: 本站拟定")
    assert found(root, published) == [f"published-changed {DOCUMENT}:2:15"]


def test_change_of_a_documents_title_is_refused(root: Path, published: Path) -> None:
    replace(root / DOCUMENT, "年度项目绩效", "年度财政项目绩效")
    assert found(root, published) == [f"published-changed {DOCUMENT}:1:8"]


def test_replaced_source_is_refused(root: Path, published: Path) -> None:
    (root / TARGETS / "source.txt").write_bytes(b"another")
    old = next(line for line in (root / DOCUMENT).read_text("utf-8").split("\n") if "sha256" in line)
    replace(root / DOCUMENT, old, f"  sha256: {hashlib.sha256(b'another').hexdigest()}")
    assert found(root, published) == [f"published-changed {DOCUMENT}:6:11"]


# --- the centre

CENTRE = "content/unit/centre.yml"


def test_centres_new_name_is_told_by_its_former_one(root: Path, published: Path) -> None:
    replace(root / CENTRE, "name: 示例中心", "name: 示范中心")
    assert f"published-centre {CENTRE}:1:7" in found(root, published)
    replace(root / CENTRE, "former_names:\n", "former_names:\n  - 示例中心\n")
    assert found(root, published) == []


def test_centres_former_name_stays(root: Path, published: Path) -> None:
    replace(published / CENTRE, "former_names:\n", "former_names:\n  - 老示例中心\n")
    assert found(root, published) == [f"published-centre {CENTRE}:3:3"]


def test_centres_department_is_told_in_its_note(root: Path, published: Path) -> None:
    replace(root / CENTRE, "department: 示例局", "department: 示范局")
    (message,) = messages(root, published)
    assert message == (
        f"{CENTRE}:4:13: 主管部门 (department): 公开过的“示例局”应仍在单位的页面上；不见了 [published-centre]\n"
        "  怎样改：单位改了名称或主管部门的，在 note 里说明原来是它；不该改的，改回去。"
    )
    append(root / CENTRE, "note: 2024 年 3 月以前主管部门是示例局。\n")
    assert found(root, published) == []


def test_department_that_an_older_site_does_not_say_is_not_compared(project: Path, site: Path) -> None:
    copy = shutil.copytree(site, project / "old")
    for file in copy.rglob("disclosure.json"):
        facts = json.loads(file.read_text("utf-8"))
        del facts["centre_department"], facts["centre_former_names"]
        file.write_text(json.dumps(facts), "utf-8")
    checked = check_content(read_settings(project), published=read_site(copy))
    (outcome,) = [each for each in checked.outcomes if each.check.code == "published-centre"]
    assert outcome.state == "unable"


# --- the day of publication


@pytest.mark.parametrize("day", ["2024-01-21", "未注明"])
def test_changed_day_of_publication_is_refused(root: Path, published: Path, day: str) -> None:
    replace(root / DOCUMENT, "2024-01-20", day)
    (message,) = messages(root, published)
    assert message == (
        f"{DOCUMENT}:4:12: 公开日期 (published): 公开过的公开日期是 2024-01-20；现为 {day} [published-date]\n"
        "  怎样改：改回 2024-01-20。公开日期是事实，不因改动而变；改动的日期写在变更或勘误里。"
    )


# --- what vanished


def test_vanished_record_is_refused(root: Path, published: Path) -> None:
    (root / TARGETS / "02.yml").unlink()
    replace(root / DOCUMENT, "records: 2", "records: 1")
    problems = found(root, published)
    assert f"published-record {TARGETS}/02.yml" in problems
    assert not any("published-page" in problem for problem in problems), "its page is not said again"


def test_vanished_document_is_refused_once(root: Path, published: Path) -> None:
    shutil.rmtree(root / "content/unit/2023")
    assert found(root, published) == [f"published-record {EVALUATIONS}"]


def test_vanished_page_is_refused(project: Path, site: Path) -> None:
    (project / "content/pages/data.md").unlink()
    done = run(project, "check", "--published", str(site))
    assert done.returncode == 1
    assert (
        "content/pages/data.md: 应有公开过的网页 /about/data/；不见了 [published-page]\n"
        "  怎样改：恢复这一页；内容不再有用的，留下网页，写明情况。\n"
    ) in done.stderr


def test_page_of_a_project_that_changed_its_name_is_refused(project: Path, site: Path) -> None:
    record = project / "content/sstec/2024/targets/06.yml"
    name = "绿色技术银行综合管理与运行"
    replace(record, f"name: {name}", "name: 绿色技术银行运行")
    replace(
        record,
        "indicators:\n",
        "corrections:\n  - date: 2026-11-01\n    what: 更正项目名称\n    source: 原件第 1 页\n"
        f"    fields:\n      - field: name\n        was: {name}\nindicators:\n",
    )
    done = run(project, "check", "--published", str(site))
    url = project_url("sstec", name)
    assert (
        f"content: 应有公开过的网页 /{url}；不见了 [published-page]\n"
        "  怎样改：恢复这一页；项目换了名称的，在较晚的表里写 continues。\n"
    ) in done.stderr
    replace(record, "indicators:\n", "continues: sstec/2023/evaluations/01\nindicators:\n")
    assert "[published-page]" not in run(project, "check", "--published", str(site)).stderr


def test_broken_record_is_not_said_to_have_vanished(root: Path, published: Path) -> None:
    replace(root / RECORD, "nature: 其他一次性项目\n", "")
    assert found(root, published) == [f"missing-key {RECORD}:1:1"]
    checked = check_content(Settings(root, "示例", None), published=read_published(str(published)))
    (outcome,) = [
        each for each in checked.outcomes if each.check.code == "published-record" and "targets" in each.document
    ]
    assert outcome.state == "unable"


def test_broken_document_is_not_said_to_have_vanished(root: Path, published: Path) -> None:
    replace(root / DOCUMENT, "title_origin: 原文\n", "")
    assert found(root, published) == [f"missing-key {DOCUMENT}:1:1"]


# --- what was told stays told


@pytest.fixture
def amended(root: Path, published: Path) -> None:
    """The published form has an amendment already."""
    for folder in (root, published):
        replace(folder / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
        append(folder / RECORD, AMENDED + TARGET)


@pytest.mark.usefixtures("amended")
def test_published_amendment_passes(root: Path, published: Path) -> None:
    assert found(root, published) == []


@pytest.mark.usefixtures("amended")
def test_second_amendment_of_the_same_field_passes(root: Path, published: Path) -> None:
    replace(root / RECORD, '"≥4.00(场)"', '"≥3.00(场)"')
    second = AMENDED.removeprefix("amendments:\n") + TARGET.replace("≥5.00", "≥4.00")
    append(root / RECORD, second.replace("06-20", "07-20"))
    assert found(root, published) == []


@pytest.mark.usefixtures("amended")
def test_amendment_that_is_gone_is_refused(root: Path, published: Path) -> None:
    text = (root / RECORD).read_text("utf-8")
    (root / RECORD).write_text(text.split("amendments:")[0], "utf-8")
    assert messages(root, published) == [
        "content/unit/2024/targets/01.yml:1:1: 变更 (amendments): 公开过的变更 2024-06-20 应原样保留；"
        "没有找到“场次减少。” [published-alteration]\n"
        "  怎样改：从公开的数据（record.json、disclosure.json）里照录回来；写错了的，另加一条勘误，不改旧的。"
    ]


@pytest.mark.usefixtures("amended")
def test_reworded_amendment_is_refused(root: Path, published: Path) -> None:
    replace(root / RECORD, "what: 场次减少。", "what: 场次增加。")
    assert found(root, published) == [f"published-alteration {RECORD}:42:3"]


@pytest.mark.usefixtures("amended")
def test_new_alteration_before_a_published_one_is_refused(root: Path, published: Path) -> None:
    replace(root / RECORD, "name: 活动场次", "name: 活动次数")
    correction = AMENDED.replace("amendments", "corrections").replace("06-20", "06-19")
    correction = correction.replace("    why: 任务调整\n    approved_by: 示例局\n", "    source: 原件第 2 页\n")
    append(root / RECORD, f"{correction}      - field: indicators[1].name\n        was: 活动场次\n")
    (problem,) = found(root, published)
    assert problem.startswith(f"published-order {RECORD}:")


@pytest.mark.usefixtures("amended")
def test_reworded_amendment_before_another_is_said_once(root: Path, published: Path) -> None:
    second = AMENDED.removeprefix("amendments:\n").replace("06-20", "07-20")
    for folder in (root, published):
        append(folder / RECORD, second + "      - field: nature\n        was: 其他项目\n")
    text = (root / RECORD).read_text("utf-8")
    (root / RECORD).write_text(text.replace("what: 场次减少。", "what: 场次增加。", 1), "utf-8")
    assert [each.split(" ")[0] for each in found(root, published)] == ["published-alteration"]


def test_alterations_with_mistakes_are_not_compared(root: Path, published: Path) -> None:
    replace(root / RECORD, '"≥5.00(场)"', '"≥4.00(场)"')
    append(root / RECORD, AMENDED + TARGET.replace("indicators[1]", "indicators[9]"))
    assert [problem.split(" ")[0] for problem in found(root, published)] == ["altered-row"]
