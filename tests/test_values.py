"""Values as they are printed: amounts, dates, targets."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures.amounts import Amount, Figure, parse_amount, parse_figure, parse_number, written
from generator.figures.dates import parse_date, parse_known_date
from generator.figures.targets import Comparison, Target, parse_target
from generator.words.problems import Refused

steady = settings(derandomize=True, deadline=None, max_examples=100)

# --- amounts


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("5,073,780.00", "5073780.00"),
        ("56.00", "56.00"),
        ("0.00", "0.00"),
        ("0", "0"),
        ("1000", "1000"),
        ("999", "999"),
        ("1,000", "1000"),
        ("0.123456", "0.123456"),
        ("999999999999999", "999999999999999"),
        ("007", "7"),
    ],
)
def test_number_printed_is_read_exactly(printed: str, number: str) -> None:
    assert parse_number(printed) == Decimal(number)


@pytest.mark.parametrize(
    "printed",
    ["", " ", "-", "-1", "--1", "+1", "1e5", "1_000", "1,00", "1,0000", ",100", "1,,000", "1000,000", "1.", ".5",
     "1.2.3", "0x10", "１２", "1，000", "1．5", "五", "1元", "1 000", "1\n", "NaN", "Infinity", "1.1234567",
     "9999999999999999", "٣", "½", "−1", "1,000,00"],
)  # fmt: skip
def test_number_in_another_form_is_refused(printed: str) -> None:
    with pytest.raises(Refused, match="amount-form") as refused:
        parse_number(printed)
    assert refused.value.facts == {"found": printed}


def test_amount_keeps_the_printed_words() -> None:
    assert parse_amount("1,055.00") == Amount("1,055.00", Decimal("1055"))
    assert str(parse_amount("1,055.00")) == "1,055.00"


def test_amount_in_ten_thousands_is_exact_in_yuan() -> None:
    assert parse_amount("55.26").in_yuan("万元") == Decimal("552600")
    assert parse_amount("0.000001").in_yuan("万元") == Decimal("0.01")
    assert parse_amount("55.26").in_yuan("元") == Decimal("55.26")


def test_figure_hyphen_says_that_none_is_given() -> None:
    assert parse_figure("-") == Figure("-", None)
    assert parse_figure("10.00") == Figure("10.00", Decimal(10))


@pytest.mark.parametrize("printed", ["—", "－", "/", "无", "--"])
def test_figure_other_dash_is_refused(printed: str) -> None:
    with pytest.raises(Refused, match="amount-form"):
        parse_figure(printed)


@pytest.mark.parametrize(
    ("number", "said"),
    [("48551900", "48,551,900.00"), ("0", "0.00"), ("1E+3", "1,000.00"), ("0.5", "0.50"), ("1.2345", "1.2345"),
     ("-1234.5", "-1,234.50"), ("100.000", "100.00"), ("999999999999999.999999", "999,999,999,999,999.999999")],
)  # fmt: skip
def test_written_gives_two_decimals_at_least_and_commas(number: str, said: str) -> None:
    assert written(Decimal(number)) == said


@steady
@given(st.decimals(0, 10**15 - 1, allow_nan=False, allow_infinity=False, places=4))
def test_written_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert parse_number(written(number)) == number


def test_number_with_commas_is_no_longer_than_one_without() -> None:
    with pytest.raises(Refused, match="amount-form"):
        parse_number("1" + ",000" * 12)


# --- dates


def test_date_is_read() -> None:
    assert parse_date("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "printed",
    ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "20240101", "2024/01/01", "2024.01.01", "2024年1月1日",
     "２０２４-０１-０１", "2024-01-01 ", "2024-01-01T00:00", "2024-W01-1", "0000-01-01", "", "未注明"],
)  # fmt: skip
def test_date_in_another_form_is_refused(printed: str) -> None:
    with pytest.raises(Refused, match="date-form") as refused:
        parse_date(printed)
    assert refused.value.facts["found"] == printed


def test_known_date_may_be_unknown() -> None:
    assert parse_known_date("未注明") is None
    assert parse_known_date("2024-02-01") == date(2024, 2, 1)


def test_known_date_in_other_words_is_refused() -> None:
    with pytest.raises(Refused, match="date-form"):
        parse_known_date("不详")


# --- targets


UNITS = """百分比 null 次 场 场次 个 项 人 人次 万人次 家 份 篇 篇/月 篇/年 条 期 套 台 台套 部 门 课时 天 个月 个工作日
小时 秒 级 根 件 万个 万次 万元 亿元 名 起 %""".split()
SIGNS: dict[str, Comparison] = {
    "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=", "＞": ">", "＜": "<", "＝": "=",
}  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("sign", SIGNS)
def test_target_quantity_is_read_in_its_parts(sign: str, unit: str) -> None:
    printed = f"{sign}5.00({unit})"
    assert parse_target(printed) == Target(printed, SIGNS[sign], Decimal(5), unit)


@pytest.mark.parametrize(
    ("printed", "comparison", "value", "unit"),
    [
        ("=1(次)", "=", "1", "次"),
        ("<10(次)", "<", "10", "次"),
        ("≤130.00(万元)", "≤", "130", "万元"),
        ("≥ 90 (百分比)", "≥", "90", "百分比"),
        ("≥90（ 百分比 ）", "≥", "90", "百分比"),
        ("≥100%", "≥", "100", "%"),
        ("95.5％", None, "95.5", "%"),
        ("=3.00(级)", "=", "3", "级"),
        ("≥1,000.00(人次)", "≥", "1000", "人次"),
        ("2.00(场)", None, "2", "场"),
        ("100", None, "100", None),
        ("≥5()", "≥", "5", None),
        ("0.125(亿元)", None, "0.125", "亿元"),
    ],
)
def test_target_of_every_printed_shape_is_read(
    printed: str, comparison: Comparison | None, value: str, unit: str | None
) -> None:
    assert parse_target(printed) == Target(printed, comparison, Decimal(value), unit)


@pytest.mark.parametrize(
    "printed",
    ["2026年12月底前", "有效提升", "高", "无", "达成指标", "形成优秀案例 ≥ 10 项。", "保持7*24小时的连续运行",
     "≥5.00项", "5-10(次)", "≥5.00(项)以上", ">=5(次)", "≥≥5(次)", "-5(度)", "≥(次)", "≥5．00(项)", "≥５(项)", "1e5",
     "5(次)(场)", "≥1,00(次)", "≥5.0000(次)", "1234567890123", "", "("],
)  # fmt: skip
def test_target_that_is_no_quantity_is_words(printed: str) -> None:
    target = parse_target(printed)
    assert target == Target(printed)
    assert target.pieces is None
    assert str(target) == printed


def test_target_pieces_are_sign_number_unit_as_printed() -> None:
    assert parse_target("≥ 1,000.00 (人次)").pieces == ("≥ ", "1,000.00", " (人次)")
    assert parse_target("90％").pieces == ("", "90", "％")


quantities = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", *SIGNS]),
        st.sampled_from(["", " "]),
        st.from_regex(r"(?:[0-9]{1,3}(?:,[0-9]{3}){0,3}|[0-9]{1,12})(?:\.[0-9]{1,3})?", fullmatch=True),
        st.sampled_from(["", " "]),
        st.sampled_from(
            ["", "%", "％", "()", "（）", *(f"({unit})" for unit in UNITS), *(f"（ {unit} ）" for unit in UNITS)]
        ),
    ),
)


@steady
@given(st.one_of(quantities, st.text(alphabet="≥≤><=0123456789.,()（）%项 ", max_size=14), st.text(max_size=20)))
def test_target_pieces_joined_are_the_printed_words(printed: str) -> None:
    target = parse_target(printed)
    assert target.printed == printed
    assert target.pieces is None or "".join(target.pieces) == printed
    assert (target.pieces is None) == (target.value is None)


@steady
@given(quantities)
def test_target_value_passes_through_a_double_unchanged(printed: str) -> None:
    value = parse_target(printed).value
    assert value is None or Decimal(repr(float(value))) == value


def test_target_of_more_than_fifteen_digits_is_words() -> None:
    assert parse_target("=9,007,199,254,740,993(元)").value is None
