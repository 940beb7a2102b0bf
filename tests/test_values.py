"""Values: amounts, dates, targets, prose, links, rates, and the rows of a form."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.facts.sheet import groups, parts
from generator.figures.amounts import Amount, Figure, parse_amount, parse_figure, parse_number, written
from generator.figures.dates import parse_date, parse_known_date
from generator.figures.targets import Comparison, Target, parse_target
from generator.profiles.measures import Missed
from generator.profiles.profile import read_profile
from generator.profiles.scoring import attained_scores, execution_rate, execution_scores, printed_forms
from generator.reading.model import Indicator
from generator.words.problems import Refused
from generator.words.prose import note_html, paragraphs
from generator.words.urls import (
    HOME,
    centre_url,
    disclosure_url,
    document_id,
    indicator_anchor,
    page_file,
    record_id,
    record_json_url,
    record_url,
    relative,
    source_url,
    year_url,
)

steady = settings(derandomize=True, deadline=None, max_examples=100)

SHANGHAI = read_profile("shanghai").of(2024)

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


# --- prose


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    assert paragraphs("一、甲\n\n  二、乙  \n\n\n三\n") == ("一、甲", "二、乙", "三")
    assert paragraphs(" \n\n") == ()


@pytest.mark.parametrize(
    ("note", "html"),
    [
        ("照录。", "<p>照录。</p>"),
        ("**重**要、*强*调、`代码`", "<p><strong>重</strong>要、<em>强</em>调、<code>代码</code></p>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("1. 甲\n2. 乙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>"),
        ("[指南](../reading/)", '<p><a href="../reading/">指南</a></p>'),
        ("一\n\n二", "<p>一</p>\n<p>二</p>"),
        (r"2\*3", "<p>2*3</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ('<img src=x onerror="a">', "<p>&lt;img src=x onerror=&quot;a&quot;&gt;</p>"),
        ("<!-- 注 -->", "<p>&lt;!-- 注 --&gt;</p>"),
        ("a & b &lt; c", "<p>a &amp; b &amp;lt; c</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>"),
        ("[x](vbscript:a)", "<p>[x](vbscript:a)</p>"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>"),
        ("[x](data:text/html,a)", "<p>[x](data:text/html,a)</p>"),
        ('[x](a "y\\"><b>")', '<p><a href="a" title="y&quot;&gt;&lt;b&gt;">x</a></p>'),
        ("<https://example.org>", "<p>&lt;https://example.org&gt;</p>"),
        ("# 标题\n> 引文\n\n---", "<p># 标题\n&gt; 引文</p>\n<p>---</p>"),
        ("    缩进", "<p>缩进</p>"),
        ("```\n\n甲\n```", "<p>```</p>\n<p>甲\n```</p>"),
    ],
)
def test_note_gives_safe_html(note: str, html: str) -> None:
    assert note_html(note) == html


def test_note_image_is_no_image() -> None:
    assert "<img" not in note_html("![图](https://example.org/a.png)")


markup = st.text(alphabet="ab[](){}<>!*_`#-+1. \n\\&\"':/=|~", max_size=60)


@steady
@given(st.one_of(markup, st.text(max_size=60)))
def test_note_html_holds_no_blank_line_and_only_the_tags_of_notes(note: str) -> None:
    html = note_html(note)
    assert all(line.strip() for line in html.split("\n")) or html == ""
    opened = {piece.split(">")[0].split(" ")[0].strip("/") for piece in html.split("<")[1:]}
    assert opened <= {"p", "ul", "ol", "li", "strong", "em", "code", "a", "br"}


# --- links

LINKS = [
    ("", "", "./"),
    ("sstec/", "", "sstec/"),
    ("", "sstec/", "../"),
    ("", "sstec/2024/targets/01/", "../../../../"),
    ("sstec/", "sstec/", "./"),
    ("sstec/", "sstec/2024/", "../"),
    ("sstec/2024/", "sstec/", "2024/"),
    ("sstec/2024/targets/02/", "sstec/2024/targets/01/", "../02/"),
    ("stic/2024/", "sstec/2024/", "../../stic/2024/"),
    ("sstec/2024/targets/01/", "sstec/2023/evaluations/01/", "../../../2024/targets/01/"),
    ("sstec/2024/targets/01/record.json", "sstec/2024/targets/01/", "record.json"),
    ("sstec/2024/targets/source.txt", "sstec/2024/targets/01/", "../source.txt"),
    ("a.txt", "", "a.txt"),
    ("sstec/2024/targets/01/#i03", "sstec/2024/targets/01/", "#i03"),
    ("sstec/2024/targets/01/#i03", "sstec/2024/targets/", "01/#i03"),
    ("#top", "", "#top"),
    ("#top", "sstec/", "../#top"),
]


@pytest.mark.parametrize(("target", "page", "link"), LINKS)
def test_relative_link_is_the_way_from_the_page(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


steps = st.lists(st.sampled_from(["a", "b", "sstec", "2024", "01", "a-b", "targets"]), max_size=5)
pages = steps.map(lambda names: "".join(f"{name}/" for name in names))
addresses = st.builds(
    lambda folder, file, anchor: f"{folder}{file}{anchor}",
    pages, st.sampled_from(["", "", "source.txt", "record.json"]), st.sampled_from(["", "", "#i01"]),
)  # fmt: skip


@steady
@given(
    addresses, pages, st.sampled_from(["https://example.org/", "https://example.org/deep/path/", "file:///srv/site/"])
)
def test_relative_link_resolved_from_the_page_gives_the_target(target: str, page: str, root: str) -> None:
    assert urljoin(root + page, relative(target, page)) == root + target


def test_urls_are_spelt_as_the_folders() -> None:
    document = document_id("sstec", 2024, "targets")
    identity = record_id(document, "01")
    assert [
        HOME, centre_url("sstec"), year_url("sstec", 2024), disclosure_url(document), identity,
        record_url(identity), record_json_url(identity), source_url(document), page_file(HOME),
        page_file("sstec/"), indicator_anchor(3),
    ] == [
        "", "sstec/", "sstec/2024/", "sstec/2024/targets/", "sstec/2024/targets/01", "sstec/2024/targets/01/",
        "sstec/2024/targets/01/record.json", "sstec/2024/targets/source.txt", "index.md", "sstec/index.md", "i03",
    ]  # fmt: skip


# --- rates and scores


def test_execution_rate_is_exact() -> None:
    assert execution_rate(Decimal("55.26"), Decimal("56.00")).quantize(Decimal("0.0001")) == Decimal("98.6786")
    assert execution_rate(Decimal("0"), Decimal("56.00")) == 0
    assert execution_rate(Decimal("57.00"), Decimal("50.00")) == 114


def test_execution_rate_without_budget_is_refused() -> None:
    with pytest.raises(ValueError, match="no rate without a budget"):
        execution_rate(Decimal(0), Decimal("0.00"))


@pytest.mark.parametrize(
    ("exact", "forms"),
    [
        ("98.6786", {"98.67", "98.68"}),
        ("98.674", {"98.67"}),
        ("98.675", {"98.67", "98.68"}),
        ("99.999", {"99.99", "100.00"}),
        ("100", {"100.00"}),
        ("0", {"0.00"}),
    ],
)
def test_printed_forms_are_cut_and_rounded(exact: str, forms: set[str]) -> None:
    assert printed_forms(Decimal(exact), SHANGHAI.rounding) == {Decimal(form) for form in forms}


def test_execution_scores_come_from_the_exact_and_from_the_printed_rate() -> None:
    ten, spent, budget = Decimal(10), Decimal("55.26"), Decimal("56.00")
    assert execution_scores(ten, spent, budget, Decimal("98.67"), SHANGHAI.rounding) == {
        Decimal("9.86"),
        Decimal("9.87"),
    }
    assert execution_scores(ten, spent, budget, Decimal("50.00"), SHANGHAI.rounding) == {
        Decimal("9.86"),
        Decimal("9.87"),
        Decimal("5.00"),
    }


@pytest.mark.parametrize(
    ("schools", "scores"),
    [(("excess",), {"8.00"}), (("inverse",), {"8.33"}), (("excess", "inverse"), {"8.00", "8.33"})],
)
def test_missed_limit_is_scored_by_the_schools_of_the_profile(
    schools: tuple[Literal["excess", "inverse"], ...], scores: set[str]
) -> None:
    """Twelve times where ten at most were wanted: a fifth too many."""
    missed = Missed(at_least=("proportion",), at_most=schools)
    found = attained_scores(parse_target("≤10.00(次)"), Decimal(12), Decimal(10), missed, SHANGHAI.rounding)
    assert found == {Decimal(score) for score in scores}


money = st.decimals("0.01", 10**9, allow_nan=False, allow_infinity=False, places=2)


@steady
@given(money, money)
def test_printed_forms_differ_from_the_exact_by_less_than_a_cent(spent: Decimal, budget: Decimal) -> None:
    exact = execution_rate(spent, budget)
    forms = printed_forms(exact, SHANGHAI.rounding)
    assert 1 <= len(forms) <= 2
    assert all(abs(form - exact) < Decimal("0.01") for form in forms)
    assert min(forms) <= exact


# --- the rows of a form


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
