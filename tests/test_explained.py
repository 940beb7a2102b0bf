"""How a score came about: checked by hand against the six real evaluations, and against forms made to differ."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from generator.facts.explained import Explained, explained
from generator.facts.row_scores import RowScore
from generator.profiles.profile import read_profile
from generator.reading.content import Content
from generator.reading.model import Evaluation

SHANGHAI = read_profile("shanghai").of(2023)


@pytest.fixture(scope="module")
def stories(content: Content) -> dict[str, Explained]:
    """The story of every evaluation, by its number."""
    found = {
        record.number: explained(record.form, SHANGHAI)
        for record in content.records
        if isinstance(record.form, Evaluation)
    }
    assert len(found) == 6
    return found


CUT, EITHER, ROUNDED = "，截取 2 位小数，不进位", "，取 2 位小数", "，四舍五入到 2 位小数"
IN_WORDS = "指标值是文字，不能用数字算；单位答“达成指标”"
NO_REASON = "；“偏差原因分析及改进措施”一栏没有文字"

# Reckoned by hand from the printed figures: rate, how it was rounded; score, how it was rounded; total.
BY_HAND = [
    ("01", "129.67 ÷ 135.00 = 96.0518…%" + EITHER, "10.00 × 96.0518…% = 9.6051…" + CUT, "9.60", "90.00", "99.60"),
    ("02", "55.26 ÷ 56.00 = 98.6785…%" + CUT, "10.00 × 98.6785…% = 9.8678…" + CUT, "9.86", "90.00", "99.86"),
    ("03", "41.31 ÷ 42.78 = 96.5638…%" + EITHER, "10.00 × 96.5638…% = 9.6563…" + CUT, "9.65", "90.00", "99.65"),
    ("04", "375.38 ÷ 380.70 = 98.6025…%" + EITHER, "10.00 × 98.6025…% = 9.8602…" + EITHER, "9.86", "90.00", "99.86"),
    ("05", "415.18 ÷ 439.02 = 94.5697…%" + CUT, "10.00 × 94.5697…% = 9.4569…" + CUT, "9.45", "90.00", "99.45"),
    ("06", "1.50 ÷ 1.50 = 100.00%", "10.00 × 100.00% = 10.00", "10.00", "89.00", "99.00"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "rate", "score", "of_budget", "of_rows", "total"), BY_HAND)
def test_reckoning_of_a_real_form_is_as_by_hand(
    stories: dict[str, Explained], number: str, rate: str, score: str, of_budget: str, of_rows: str, total: str
) -> None:
    reckoned = stories[number].reckonings
    assert [each.name for each in reckoned] == ["执行率", "预算执行得分", "总分的分值", "总分的得分", "评分等级"]
    assert reckoned[0].how == f"全年执行数 ÷ 全年预算数 = {rate}"
    assert reckoned[1].how == f"分数 × 执行率 = {score}"
    assert reckoned[1].reckoned == of_budget
    assert reckoned[3].how == f"预算执行 {of_budget} + 各项指标 {of_rows}"
    assert reckoned[3].reckoned == total
    assert reckoned[4].how == f"总分 {total}，在 90 分以上"
    assert all(each.agrees for each in reckoned)


def test_every_figure_of_the_real_forms_comes_to_what_is_printed(stories: dict[str, Explained]) -> None:
    assert [story.differing for story in stories.values()] == [0] * 6
    assert sum(len(story.rows) for story in stories.values()) == 87


ROWS = [
    ("01", 1, "2 与指标值相等，应得满分", "8.00", ""),
    ("01", 3, "200 与指标值相等，应得满分", "8.00", ""),
    ("01", 15, IN_WORDS + "，得满分", "", ""),
    ("02", 3, "100 与指标值相等，应得满分", "10.00", ""),
    ("02", 4, IN_WORDS + "，得满分", "", ""),
    ("02", 6, "100 多于 90，达到指标值，应得满分", "10.00", ""),
    ("03", 7, "100 与指标值相等，应得满分", "5.00", ""),
    ("03", 13, "90 与指标值相等，应得满分", "5.00", ""),
    ("03", 14, "95 多于 90，达到指标值，应得满分", "5.00", ""),
    ("04", 9, "100 多于 80，达到指标值，应得满分", "4.00", ""),
    ("04", 11, IN_WORDS + "，得满分", "", ""),
    ("05", 9, "15 多于 3，达到指标值，应得满分", "3.00", ""),
    ("05", 10, "1,467 多于 500，达到指标值，应得满分", "2.00", ""),
    ("05", 19, IN_WORDS + "，得满分", "", ""),
    ("05", 33, "91 多于 90，达到指标值，应得满分", "10.00", ""),
    ("06", 2, "100 与指标值相等，应得满分", "20.00", ""),
    ("06", 3, IN_WORDS + "，通常得满分，这里得 9.00" + NO_REASON, "", "1.00"),
    ("06", 6, "90 与指标值相等，应得满分", "10.00", ""),
]


@pytest.mark.parametrize(("number", "row", "said", "reckoned", "lost"), ROWS)
def test_row_of_a_real_form_is_explained_as_by_hand(
    stories: dict[str, Explained], number: str, row: int, said: str, reckoned: str, lost: str
) -> None:
    found = stories[number].rows[row - 1]
    assert (found.number, found.said, found.reckoned, found.lost) == (row, said, reckoned, lost)


def test_every_row_that_lost_points_is_told(stories: dict[str, Explained]) -> None:
    lost = {number: (story.budget_lost, [row.number for row in story.losses]) for number, story in stories.items()}
    assert lost == {
        "01": ("0.40", []),
        "02": ("0.14", []),
        "03": ("0.35", []),
        "04": ("0.14", []),
        "05": ("0.55", []),
        "06": ("", [3]),
    }


def test_score_is_composed_of_budget_and_level_1(stories: dict[str, Explained]) -> None:
    story = stories["05"]
    assert [(part.name, part.series, part.points, part.score) for part in story.components] == [
        ("预算执行", "budget", Decimal("10.00"), Decimal("9.45")),
        ("产出指标", "output", Decimal("57.00"), Decimal("57.00")),
        ("效益指标", "benefit", Decimal("23.00"), Decimal("23.00")),
        ("满意度指标", "satisfaction", Decimal("10.00"), Decimal("10.00")),
    ]
    whole = story.whole
    assert (whole.points, whole.score, whole.lost) == (Decimal(100), Decimal("99.45"), Decimal("0.55"))
    assert [(piece.series, piece.width, piece.told) for piece in story.score_bar] == [
        ("budget", Decimal("9.45"), "9.45"),
        ("lost", Decimal("0.55"), ""),
        ("output", Decimal("57.00"), "产出 57"),
        ("benefit", Decimal("23.00"), "效益 23"),
        ("satisfaction", Decimal("10.00"), "10"),
    ]


Make = Callable[..., Evaluation]


@pytest.fixture
def made(content: Content) -> Make:
    """The sixth real evaluation with its first row and other fields replaced."""
    (real,) = (found.form for found in content.records if found.id == "sstec/2023/evaluations/06")
    assert isinstance(real, Evaluation)
    plain: dict[str, Any] = {key: str(getattr(real, key)) for key in ("name", "department", "implementer", "grade")}
    plain |= {key: str(getattr(real, key)) for key in ("total_points", "total_score")}
    plain |= {key: "\n\n".join(getattr(real, key)) for key in ("expected", "achieved")}
    rows = ("total", "appropriation", "carryover", "other")
    plain["budget"] = {
        row: {key: str(getattr(getattr(real.budget, row), key)) for key in type(real.budget.total).model_fields}
        for row in rows
    }

    def make(row: dict[str, str], budget: dict[str, str] | None = None, **fields: str) -> Evaluation:
        blocks = plain["budget"] | {"total": plain["budget"]["total"] | (budget or {})}
        first = {"level1": "产出指标", "level2": "数量指标", "name": "场次", "points": "5.00"} | row
        return Evaluation.model_validate(plain | fields | {"budget": blocks, "indicators": (first,)})

    return make


def told(form: Evaluation) -> RowScore:
    (row,) = explained(form, SHANGHAI).rows
    return row


MADE = [
    ("≥10.00(场)", "8.00(场)", "4.00", "8 没有达到 ≥10：完成值 ÷ 指标值 × 分值 = 4.00", "4.00", True),
    ("≥3.00(场)", "2.00(场)", "3.33", "2 没有达到 ≥3：完成值 ÷ 指标值 × 分值 = 3.3333…" + EITHER, "3.33", True),
    ("≥3.00(场)", "1.00(场)", "1.66", "1 没有达到 ≥3：完成值 ÷ 指标值 × 分值 = 1.6666…" + CUT, "1.66", True),
    ("≥3.00(场)", "1.00(场)", "1.67", "1 没有达到 ≥3：完成值 ÷ 指标值 × 分值 = 1.6666…" + ROUNDED, "1.67", True),
    ("≥10.00(场)", "8.00(场)", "3.00", "8 没有达到 ≥10：完成值 ÷ 指标值 × 分值 = 4.00", "4.00", False),
    ("≤10.00(天)", "12.00(天)", "4.00", "12 没有达到 ≤10：（1 − 超出的部分 ÷ 指标值）× 分值 = 4.00", "4.00", True),
    ("≤10.00(天)", "12.50(天)", "4.00", "12.5 没有达到 ≤10：指标值 ÷ 完成值 × 分值 = 4.00", "4.00", True),
    (
        "≤10.00(天)", "12.50(天)", "1.00",
        "12.5 没有达到 ≤10：（1 − 超出的部分 ÷ 指标值）× 分值 = 3.75；或 指标值 ÷ 完成值 × 分值 = 4.00",
        "3.75或4.00", False,
    ),
    ("≤10.00(天)", "9.00(天)", "5.00", "9 不超过 10，应得满分", "5.00", True),
    ("=2.00(场)", "3.00(场)", "5.00", "3 多于 2，按达到算，应得满分", "5.00", True),
    (">90(%)", "90(%)", "5.00", "90 与指标值相等，按达到算，应得满分", "5.00", True),
    ("≥2.00(场)", "3.00(场)", "4.00", "3 多于 2，达到指标值，应得满分", "5.00", False),
    ("≥0.80(万人次)", "9000(人次)", "5.00", "9,000 多于 8,000，达到指标值，应得满分", "5.00", True),
    ("=0(次)", "1(次)", "2.00", "1 多于指标值 0，没有达到，由单位自己打分", "", True),
    ("≥2.00(场)", "3.00(人)", "5.00", "完成值不是同一单位的数，不能与指标值相比，由单位自己打分", "", True),
    ("≥2.00(场)", "达成指标", "5.00", "完成值不是同一单位的数，不能与指标值相比，由单位自己打分", "", True),
    ("有效提升", "部分达成指标", "3.00", "指标值是文字，不能用数字算；单位答“部分达成指标”，由单位自己打分", "", True),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "score", "said", "reckoned", "agrees"), MADE)
def test_row_is_told_by_the_rule_that_fits(
    made: Make, target: str, actual: str, score: str, said: str, reckoned: str, agrees: bool
) -> None:
    row = told(made({"target": target, "actual": actual, "score": score, "deviation": "说明"}))
    assert (row.said, row.reckoned, row.agrees) == (said, reckoned, agrees)
    assert row.score == score


def test_figures_of_any_printed_size_are_reckoned(made: Make) -> None:
    """The preview shows a form that is being typed."""
    most = {"points": "9" * 15, "revised": "0.000001", "spent": "9" * 15}
    _, score, *_ = explained(made({"score": "5.00"}, most), SHANGHAI).reckonings
    assert (score.reckoned, score.agrees) == ("999,999,999,999,999.00", False)


def test_row_without_a_value_is_said_to_be_beyond_reckoning(made: Make) -> None:
    row = told(made({"target": "≥2.00(场)", "score": "5.00"}))
    assert (row.said, row.reckoned, row.agrees) == ("来源文本缺指标值或完成值，不能计算", "", True)


def test_loss_with_a_reason_is_not_said_to_lack_one(made: Make) -> None:
    row = {"target": "≥10(场)", "actual": "8(场)", "score": "4.00"}
    assert told(made(row)).said.endswith(NO_REASON)
    assert "一栏没有文字" not in told(made(row | {"deviation": "活动延期"})).said


FULL = {"target": "≥2.00(场)", "actual": "2.00(场)", "score": "5.00"}


def test_printed_rate_that_does_not_compute_stands_beside_the_reckoned_one(made: Make) -> None:
    form = made(FULL, {"revised": "3.00", "spent": "2.00", "execution_rate": "70.00", "score": "7.00"})
    rate, score, points, total, grade = explained(form, SHANGHAI).reckonings
    assert (rate.reckoned, rate.printed, rate.agrees) == ("66.66或66.67", "70.00", False)
    # a form may go on from the rate that it prints: then its score is right
    assert score.how == "分数 × 执行率 = 10.00 × 70.00% = 7.00"
    assert (score.reckoned, score.agrees) == ("7.00", True)
    assert (points.reckoned, points.printed, points.agrees) == ("15.00", "100.00", False)
    assert (total.reckoned, total.printed, total.agrees) == ("12.00", "99.00", False)
    assert grade.agrees
    assert explained(form, SHANGHAI).differing == 3


def test_who_overspends_has_all_points_and_no_more(made: Make) -> None:
    form = made(FULL, {"revised": "2.00", "spent": "3.00", "execution_rate": "150.00", "score": "10.00"})
    story = explained(form, SHANGHAI)
    assert story.reckonings[1].how == "分数 × 执行率 = 10.00 × 150.00% = 15.00，最多得 10.00"
    assert story.reckonings[1].agrees
    assert [piece.width for piece in story.budget_bar] == [100]


def test_no_budget_has_no_rate(made: Make) -> None:
    form = made(FULL, {"revised": "0.00", "spent": "0.00", "execution_rate": "0.00", "score": "0.00"})
    story = explained(form, SHANGHAI)
    assert (story.reckonings[0].how, story.reckonings[0].reckoned) == ("全年预算数是 0，不能相除", "")
    assert story.budget_bar == ()


def test_grade_that_does_not_fit_stands_beside_the_one_that_does(made: Make) -> None:
    *_, grade = explained(made(FULL, total_score="75.00", grade="优"), SHANGHAI).reckonings
    assert (grade.how, grade.reckoned, grade.printed) == ("总分 75.00，在 60 分以上", "中或合格", "优")
    assert not grade.agrees
