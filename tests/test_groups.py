"""The rows of a form in groups and parts."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.facts.sheet import groups, parts
from generator.reading.model import Indicator

steady = settings(derandomize=True, deadline=None, max_examples=100)


def indicator(level1: str | None, level2: str | None, name: str = "甲") -> Indicator:
    return Indicator.model_validate({"level1": level1, "level2": level2, "name": name})


FORM = [
    indicator("产出指标", "数量指标", "一"),
    indicator("产出指标", "数量指标", "二"),
    indicator("产出指标", "质量指标", "三"),
    indicator("效益指标", "质量指标", "四"),
    indicator("产出指标", "质量指标", "五"),
]


def test_groups_are_runs_of_equal_levels() -> None:
    found = [(group.level1, group.level2, [row.number for row in group.rows], group.goes_on) for group in groups(FORM)]
    assert found == [
        ("产出指标", "数量指标", [1, 2], False),
        ("产出指标", "质量指标", [3], True),
        ("效益指标", "质量指标", [4], False),
        ("产出指标", "质量指标", [5], False),
    ]


def test_parts_are_runs_of_equal_level_1() -> None:
    found = [(part.level1, part.first, part.count) for part in parts(FORM)]
    assert found == [("产出指标", 1, 3), ("效益指标", 4, 1), ("产出指标", 5, 1)]


def test_groups_of_no_rows_are_none() -> None:
    assert list(groups([])) == []
    assert list(parts([])) == []


levels = st.sampled_from([None, "产出指标", "效益指标"])
forms = st.lists(st.builds(indicator, levels, levels, st.sampled_from(["甲", "乙"])), max_size=12)


@steady
@given(forms)
def test_groups_keep_every_row_in_order(rows: list[Indicator]) -> None:
    found = list(groups(rows))
    assert [(row.number, row.indicator) for group in found for row in group.rows] == list(enumerate(rows, 1))
    assert all((row.indicator.level1, row.indicator.level2) == (group.level1, group.level2)
               for group in found for row in group.rows)  # fmt: skip
    assert all((one.level1, one.level2) != (two.level1, two.level2) for one, two in pairwise(found))
    assert [group.goes_on for group in found[1:]] == [one.level1 == two.level1 for one, two in pairwise(found)]


@steady
@given(forms)
def test_parts_cover_every_row_once(rows: list[Indicator]) -> None:
    covered = [number for part in parts(rows) for number in range(part.first, part.first + part.count)]
    assert covered == list(range(1, len(rows) + 1))
    assert all(rows[number - 1].level1 == part.level1
               for part in parts(rows) for number in range(part.first, part.first + part.count))  # fmt: skip
