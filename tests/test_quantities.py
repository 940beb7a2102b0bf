"""Quantities in prose: what is one, what it says, and what only looks like one."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures.numerals import parse_numeral
from generator.figures.quantities import Quantity, find_quantities, quantity_of
from generator.figures.targets import parse_target
from generator.profiles.profile import read_profile

USAGE = read_profile("shanghai").of(2024).usage
LONG = 60_000  # characters of a paragraph that means harm


def found(text: str) -> list[Quantity]:
    return list(find_quantities(text, USAGE))


def said(text: str) -> str:
    """The one quantity of a text: `≥10场`, `3-5项`, `2场/quarter`."""
    (quantity,) = found(text)
    upper = f"-{quantity.upper:f}" if quantity.upper is not None else ""
    period = f"/{quantity.period}" if quantity.period else ""
    return f"{quantity.comparison or ''}{quantity.number.normalize():f}{upper}{quantity.unit or ''}{period}"


# --- numerals


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("两", 2),
        ("二十", 20),
        ("三百二十", 320),
        ("一千五百", 1500),
        ("一百零五", 105),
        ("一千零五十", 1050),
        ("一百一十", 110),
        ("三万", 30_000),
        ("三百二十万", 3_200_000),
        ("一万零五百", 10_500),
        ("一亿二千万", 120_000_000),
        ("1,467", 1467),
    ],
)
def test_numeral_is_read(words: str, number: int) -> None:
    assert parse_numeral(words) == number


@pytest.mark.parametrize("words", ["三五", "二〇二四", "一千五", "一万五", "百", "十十", "五零", "1234567890123456"])
def test_numeral_that_is_none_or_doubtful_is_not_read(words: str) -> None:
    assert parse_numeral(words) is None


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(1, 99_999_999))
def test_numeral_written_in_full_is_read_back(number: int) -> None:
    assert parse_numeral(_written(number)) == number


def _written(number: int) -> str:
    """A number below a hundred million in Chinese, in full."""
    high, low = divmod(number, 10_000)
    if not high:
        return _below_myriad(low)
    zero = "零" if low and low < 1000 else ""
    return f"{_below_myriad(high)}万{zero}{_below_myriad(low) if low else ''}"


def _below_myriad(number: int) -> str:
    words = ""
    for factor, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure, number = divmod(number, factor)
        if figure:
            words += "零一二三四五六七八九"[figure] + name
        elif words and number and not words.endswith("零"):
            words += "零"
    return words


# --- quantities


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("举办10场", "10场"),
        ("举办１０ 场", "10场"),
        ("填报 1,467 份", "1467份"),
        ("总故障时间小于0.5小时", "<0.5小时"),
        ("举办三百二十场", "320场"),
        ("两场论坛", "2场"),
        ("不少于10场", "≥10场"),
        ("不低于 90%", "≥90%"),
        ("达到95％", "≥95%"),
        ("10场以上", "≥10场"),
        ("超过55亿元", ">5500000000元"),
        ("300余家", ">300家"),
        ("三百余家", ">300家"),
        ("百余家", ">100家"),
        ("100 多项", ">100项"),
        ("不超过2小时", "≤2小时"),
        ("10个工作日内", "≤10个工作日"),
        ("少于8个", "<8个"),
        ("约50人", "~50人"),
        ("10篇左右", "~10篇"),
        ("突破 8.3w 人次", ">83000人次"),
        ("38 万吨", "380000吨"),
        ("400 亿专项授信", "40000000000"),
        ("百分之九十五", "95%"),
        ("百分之90以上", "≥90%"),
        ("3-5 项", "3-5项"),
        ("３～５项", "3-5项"),
        ("三至五场", "3-5场"),
        ("3场至5场", "3-5场"),
        ("3-5万元", "30000-50000元"),
        ("每季度组织2场", "2场/quarter"),
        ("每月编印简报1期", "1期/month"),
        ("2篇/月", "2篇/month"),
        ("系统并发量≥50", "≥50"),
        ("课时数达到100", "≥100课时"),
        ("签约4项", "4项"),
        ("各 1 个", "1个"),
        ("连续4年", "4年"),
        ("3个月内办结", "≤3个月"),
    ],
)
def test_quantity_is_found_with_what_is_said_of_it(text: str, says: str) -> None:
    assert said(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "2024年度、2022-2025年、2023 年底前",
        "2024年12月31日、5月8日",
        "第三届、第 13 届、第5批",
        "一是做好服务；二是办好活动",
        "一、做好服务（一）办好活动 1.持续推进",
        "国办发〔2017〕47号",
        "GB50116-2013、JGJ/T16-2015、A4、5G",
        "“一带一路”、长三角、三重一大、两个一百年、十四五",
        "坚持“四个服务”",
        "7*24小时、3+6场",
        "方案 2.0",
        "一批、一定、进一步、统一、一系列",
        "几场、十几场、数十家、上百家",
        "三分之二",
        "三五家",
        "1234567890123456场",
    ],
)
def test_what_is_no_quantity_is_not_found(text: str) -> None:
    assert found(text) == []


def test_qualifier_is_no_beginning_of_another_word() -> None:
    assert said("组织3场以上海为主题的论坛") == "3场"
    assert said("引进3家内资企业，") == "3家"


def test_quantity_covers_its_own_words() -> None:
    text = "全年举办不少于 10 场次以上的活动"
    (quantity,) = found(text)
    assert text[quantity.start : quantity.end] == "不少于 10 场次以上"


def test_quantities_stand_in_their_order() -> None:
    assert [quantity.number for quantity in found("培训3场、论坛两场，吸引五百人次")] == [3, 2, 500]


@pytest.mark.parametrize(
    ("printed", "number", "unit", "period"),
    [
        ("≥3.00(万人次)", 30_000, "人次", None),
        ("≥55.00 (亿元)", 5_500_000_000, "元", None),
        (">90.00(百分比)", 90, "%", None),
        ("≥90(null)", 90, None, None),
        ("≥12.00(篇/月)", 12, "篇", "month"),
        ("≥5.00(万个)", 50_000, "个", None),
    ],
)
def test_printed_value_is_read_in_the_terms_of_a_text(
    printed: str, number: int, unit: str | None, period: str | None
) -> None:
    quantity = quantity_of(parse_target(printed), USAGE)
    assert quantity
    assert (quantity.number, quantity.unit, quantity.period) == (Decimal(number), unit, period)


def test_words_have_no_quantity_as_a_whole() -> None:
    assert quantity_of(parse_target("有效提升"), USAGE) is None


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1场",
        "1场，",
        "1,",
        "111,",
        "1-",
        "1.",
        "1亿",
        "一",
        "百分之",
        "每月",
        "不少于",
        "一带一路1场",
        "“",
        "第",
    ],
)
def test_hostile_paragraph_takes_little_time(unit: str) -> None:
    start = time.process_time()
    found(unit * (LONG // len(unit)))
    assert time.process_time() - start < 1
