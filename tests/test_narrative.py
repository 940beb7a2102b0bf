"""Figures of a text against indicators: what agrees, what conflicts, and where nothing is said."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.figures.agreement import Manner
from generator.figures.narrative import MOST, Reading, Row, TooManyError, read
from generator.figures.targets import parse_target
from generator.line.check import check_content
from generator.profiles.profile import read_profile
from generator.reading.settings import Settings
from generator.words.problems import Problem, Severity, say
from tests.conftest import ROOT
from tests.small import EVALUATIONS, TARGETS, small_project
from tests.test_rules import changed, outcome

MEASURES = read_profile("shanghai").of(2024)
USAGE, LIMITS = MEASURES.usage, MEASURES.limits


def rows(*named: str, manner: Manner = "plan") -> list[Row]:
    """`科普讲座场次 ≥5.00(场)` → an indicator."""
    return [Row(name, parse_target(value), manner) for name, _, value in (each.partition(" ") for each in named)]


def readings(text: str, *named: str, manner: Manner = "plan") -> tuple[Reading, ...]:
    return read([text], rows(*named, manner=manner), USAGE, 2024, LIMITS)


def verdicts(text: str, *named: str, manner: Manner = "plan") -> list[str]:
    """For each quantity how it stands, and the rows (from 1) it speaks of: `conflict 1`."""
    return [
        " ".join([each.verdict, *(str(gauge.row + 1) for gauge in each.gauges)])
        for each in readings(text, *named, manner=manner)
    ]


def test_verdicts_are_the_same_whatever_the_seed_of_hashes() -> None:
    """Both figures are equally like the name; sums in the order of a set would differ in their last digit."""
    ask = """
from generator.figures.narrative import Row, read
from generator.figures.targets import parse_target
from generator.profiles.profile import read_profile
measures = read_profile("shanghai").of(2024)
rows = [Row("科普讲座活动科", parse_target("=6.00(场)"), "plan")]
found = read(["科普讲座活动科3场，2场活动科普讲座活。"], rows, measures.usage, 2024, measures.limits)
print(*(each.verdict for each in found))
"""
    for seed in "12":
        own = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", ask], cwd=ROOT, env=own, capture_output=True, text=True, check=True
        )
        assert done.stdout == "conflict conflict\n", seed


# --- tying


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("举办科普讲座5场。", "科普讲座场次 ≥5.00(场)"),
        ("全年举办5场面向社区的科普讲座。", "科普讲座 =5(次)"),
        ("举办科普讲座五场。", "加强科学普及-举办科普讲座 ≥5.00(场)"),
        ("科普讲座每季度不少于2次，不低于500篇。", "科普讲座 ≥500.00(篇)"),
        ("完成五条科普短片拍摄制作。", "2024年度科普短片-拍摄制作2024年度科普短片 =5.00(条)"),
    ],
)
def test_figure_is_tied_by_the_words_around_it(text: str, name: str) -> None:
    assert verdicts(text, "走访企业 =9.00(家)", name)[-1] == "agree 2"


@pytest.mark.parametrize(
    "name", ["走访企业 =5.00(家)", "科普讲座听众 =5.00(人)", "论坛 =5.00(场)", "科普讲座 有效提升", "科普讲座 5(null)"]
)
def test_figure_of_other_words_or_another_unit_is_not_tied(name: str) -> None:
    assert verdicts("举办科普讲座8场。", name) == ["none"]


def test_figure_within_words_of_an_indicator_is_read() -> None:
    assert verdicts("举办科普讲座8场。", "科普讲座 举办讲座 6 场，听众 300 人") == ["conflict 1"]
    assert verdicts("举办科普讲座6场。", "科普讲座 举办讲座 6 场，听众 300 人") == ["agree 1"]


def test_nearest_of_two_indicators_is_meant() -> None:
    named = ("门户网站用户数 ≥3000.00(家)", "仪器网站用户数 ≥1000.00(家)")
    assert verdicts("门户网站用户数不少于3000家，仪器网站用户数不少于1500家。", *named) == ["agree 1", "conflict 2"]


# --- how what is said and what is printed compare


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        ("5场", "≥5.00(场)", "agree"),
        ("8场", "≥5.00(场)", "conflict"),
        ("不少于5场", "=6.00(场)", "agree"),
        ("不少于5场", "≥6.00(场)", "conflict"),
        ("不少于5场", "=4.00(场)", "conflict"),
        ("不超过5场", "=4.00(场)", "agree"),
        ("不超过5场", "=6.00(场)", "conflict"),
        ("20余场", "=25.00(场)", "agree"),
        ("20余场", "≥20.00(场)", "agree"),
        ("20余场", "=15.00(场)", "conflict"),
        ("20余场", "=90.00(场)", "none"),
        ("约20场", "=21.00(场)", "agree"),
        ("约20场", "=30.00(场)", "conflict"),
        ("3-5场", "=4.00(场)", "agree"),
        ("3-5场", "=8.00(场)", "conflict"),
        ("每月1场", "=12.00(场)", "agree"),
        ("每月1场", "=1.00(场)", "agree"),
        ("每月1场", "=10.00(场)", "conflict"),
        ("每季度3场", "≥12.00(场)", "agree"),
        ("每月700场", "≥8000.00(场)", "agree"),
        ("每月1400场", "≥8000.00(场)", "none"),
        ("每月600场", "≥8000.00(场)", "conflict"),
        ("每月700场", "=8000.00(场)", "conflict"),
        ("每月不超过8场", "≤100.00(场)", "agree"),
        ("每月不超过9场", "≤100.00(场)", "conflict"),
        ("每周1场", "=50.00(场)", "agree"),
        ("每月10场", "≥12.00(场/月)", "conflict"),
        ("每月12场", "≥12.00(场/月)", "agree"),
    ],
)
def test_plan_of_the_text_against_a_target(text: str, printed: str, verdict: str) -> None:
    (found,) = readings(f"举办科普讲座{text}。", f"科普讲座场次 {printed}")
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        ("6场", "6.00(场)", "agree"),
        ("4场", "6.00(场)", "conflict"),
        ("5场以上", "6.00(场)", "agree"),
        ("8场以上", "6.00(场)", "conflict"),
    ],
)
def test_what_was_done_against_an_actual_value(text: str, printed: str, verdict: str) -> None:
    (found,) = readings(f"举办科普讲座{text}。", f"科普讲座场次 {printed}", manner="done")
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("举办科普讲座八场。", "agree"), ("举办科普讲座6场。", "agree"), ("举办科普讲座4场。", "conflict")],
)
def test_what_was_done_against_a_target_in_words_that_was_met(text: str, verdict: str) -> None:
    (found,) = readings(text, "科普讲座 举办科普讲座 6 场", manner="met")
    assert found.verdict == verdict


@pytest.mark.parametrize("printed", ["=30.00(万元)", "=300000.00(元)", "=0.003(亿元)"])
def test_money_is_compared_in_yuan(printed: str) -> None:
    assert verdicts("撬动社会资金投入30万元。", f"撬动社会资金投入 {printed}") == ["agree 1"]
    assert verdicts("撬动社会资金投入30元。", f"撬动社会资金投入 {printed}") == ["conflict 1"]


# --- sums, and what is no conflict


def test_parts_that_make_the_indicator_agree() -> None:
    assert verdicts("举办线上科普讲座3场、线下科普讲座2场。", "科普讲座 ≥5.00(场)") == ["agree 1", "agree 1"]
    assert "conflict 1" in verdicts("举办线上科普讲座3场、线下科普讲座4场。", "科普讲座 ≥5.00(场)")


@pytest.mark.parametrize("joint", ["、", "和", "，"])
def test_part_that_names_nothing_is_of_what_was_named_before(joint: str) -> None:
    named = "科普讲座听众 ≥8000.00(人次)"
    assert verdicts(f"科普讲座听众线上5000人次{joint}线下3000人次。", named) == ["agree 1", "agree 1"]
    assert verdicts(f"科普讲座听众线上5000人次{joint}线下2000人次。", named) == ["none", "none"]


def test_figure_of_another_unit_or_sentence_is_no_part() -> None:
    named = "科普讲座听众 ≥8000.00(人次)"
    assert verdicts("科普讲座听众5000人次、展品3000件。", named) == ["conflict 1", "none"]
    assert verdicts("科普讲座听众5000人次。线下3000人次。", named) == ["conflict 1", "none"]


def test_indicators_that_make_the_figure_agree() -> None:
    named = ("线上科普讲座 =5.00(场)", "线下科普讲座 =3.00(场)")
    assert verdicts("举办科普讲座8场。", *named) == ["agree 1 2"]


def test_percentages_are_not_added() -> None:
    assert verdicts("科普讲座到场率60%，科普讲座到场率30%。", "科普讲座到场率 ≥90.00(%)") == [
        "conflict 1",
        "conflict 1",
    ]


def test_figure_said_of_each_is_held_against_each() -> None:
    named = ("科普讲座 =5.00(场)", "科普展览 =5.00(场)")
    assert verdicts("科普讲座、科普展览各5场。", *named) == ["agree 1 2"]
    (found,) = readings("科普讲座、科普展览各6场。", *named)
    assert found.verdict == "conflict"


@pytest.mark.parametrize(
    "text",
    [
        "其中科普讲座3场。",
        "上年科普讲座3场。",
        "每场科普讲座100场。",
        "科普讲座增长3场。",
        "科普讲座3场，全年科普讲座5场。",
    ],
)
def test_part_average_or_another_time_is_no_conflict(text: str) -> None:
    assert not any(verdict.startswith("conflict") for verdict in verdicts(text, "科普讲座 =5.00(场)"))


@pytest.mark.parametrize(
    "time",
    [
        "近三年累计",
        "近3年",
        "“十四五”期间，",
        "2023年",
        "2023年，完成筹备，",
        "2024-2026年",
        "预计到２０２６年底",
        "截至2024年6月",
        "上半年",
        "前三季度",
        "项目周期内",
        "三年共",
        "自开馆以来，",
        "今年建馆，去年",
    ],
)
def test_figure_of_another_time_is_no_conflict(time: str) -> None:
    assert verdicts(f"{time}举办科普讲座3场。", "科普讲座 =5.00(场)")[-1] == "none"


@pytest.mark.parametrize(
    "time", ["2024年", "去年开馆，今年", "2023年筹备，2024年", "按照三年行动计划，", "上半年。", ""]
)
def test_figure_of_the_year_is_a_conflict(time: str) -> None:
    assert verdicts(f"{time}举办科普讲座3场。", "科普讲座 =5.00(场)")[-1] == "conflict 1"


def test_nothing_is_said_where_two_indicators_may_be_meant() -> None:
    named = ("社区科普讲座 =5.00(场)", "校园科普讲座 =6.00(场)")
    assert verdicts("举办科普讲座4场。", *named) == ["none"]


def test_word_that_an_indicator_itself_has_makes_no_part() -> None:
    assert verdicts("公众号关注度提升15%。", "公众号关注度提升 ≥20.00(%)") == ["conflict 1"]


# --- the rule


def conflict(problems: tuple[Problem, ...]) -> Problem:
    (found,) = (each for each in problems if each.code == "narrative-conflict")
    return found


def test_message_has_both_quotations_with_their_places(tmp_path: Path) -> None:
    root = changed(small_project(tmp_path), f"{EVALUATIONS}/02.yml", ("服务做好了。", "做好服务，受益企业18家。"))
    found = conflict(check_content(Settings(root, "示例", None)).problems)
    assert found.entry.severity is Severity.WARNING
    words = say(found, None)
    assert words.startswith(f"{EVALUATIONS}/02.yml:38:12: 实际完成情况 (achieved): ")
    assert f"指标“受益企业数”的实际完成值是“22.00(家)”（{EVALUATIONS}/02.yml:59:13）" in words
    assert "文字里是“做好服务，受益企业18家。”" in words
    assert "actual" in say(found, None, "en")


def test_overall_objective_of_several_years_is_not_held_against_a_year(tmp_path: Path) -> None:
    pairs = (("end: 2024-12-31", "end: 2026-12-31"), ("三年建成服务平台。", "受益企业60家。"))
    root = changed(small_project(tmp_path), f"{TARGETS}/02.yml", *pairs)
    found = outcome(root, "narrative-conflict", "unit/2024/targets")
    assert (found.state, len(found.unable), found.problems) == ("unable", 1, ())
    root = changed(root, f"{TARGETS}/02.yml", ("end: 2026-12-31", "end: 2024-12-31"))
    assert outcome(root, "narrative-conflict", "unit/2024/targets").state == "fired"


def test_folded_text_is_spoken_of_at_its_beginning(tmp_path: Path) -> None:
    before, after = "annual: |\n    一、办好活动。\n\n    二、做好服务。", 'annual: "办好活动，\\u53D7益企业30家。"'
    root = changed(small_project(tmp_path), f"{TARGETS}/02.yml", (before, after))
    found = conflict(check_content(Settings(root, "示例", None)).problems)
    assert (found.place.line, found.place.column) == (20, 11)


def test_text_full_of_figures_is_said_not_to_be_checked(tmp_path: Path) -> None:
    root = changed(
        small_project(tmp_path), f"{TARGETS}/02.yml", ("二、做好服务。", "受益企业1家，" * (MOST + 1) + "完。")
    )
    found = outcome(root, "narrative-conflict", "unit/2024/targets")
    assert (found.state, found.unable[0].why.zh) == ("unable", f"一段文字里的数字超过 {MOST} 个")


def test_many_figures_and_rows_take_little_time() -> None:
    many = rows(*(f"科普讲座第{number}期 =5.00(场)" for number in range(300)))
    start = time.process_time()
    read(["办科普讲座1场、" * MOST], many, USAGE, 2024, LIMITS)
    with pytest.raises(TooManyError):
        read(["科普讲座1场，" * 8000], many, USAGE, 2024, LIMITS)
    assert time.process_time() - start < 3
