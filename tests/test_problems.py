"""How a problem is said: whole messages, letter by letter, and what must never reach a terminal or a log."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.reading.load import load_bytes
from generator.reading.model import Declaration
from generator.reading.validate import validate
from generator.words.place import Lines, Place
from generator.words.problems import Entry, Language, Problem, Words, dotted, say, visible
from generator.words.text import decode
from tests.case import with_case
from tests.small import CASES, problems, small_project

EXAMPLE = Entry(
    "example",
    Words("例", "example"),
    Words("应为 {sum}", "{sum} is expected"),
    Words("现为“{found}”", "found “{found}”"),
    Words("改成 {sum}。", "write {sum}."),
)
FACTS = {"sum": "1", "found": "2"}


def message(folder: Path, case: str, language: Language) -> str:
    """What is said of the only problem of a refused case."""
    root = with_case(folder, CASES / "refused" / f"{case}.yml")
    (problem,) = problems(root)
    text = (root / problem.place.file).read_text("utf-8")
    return say(problem, text.split("\n")[problem.place.line - 1], language)


MESSAGES: dict[tuple[str, Language], str] = {
    ("declaration-sum-of-funding", "zh"): """\
content/unit/2024/targets/02.yml:14:10: 年度资金申请总额 (funding.total): \
应等于各项来源之和 10,001.00；现为 10,000.00，相差 1.00 [funding-sum]
   14 |   total: "10,000.00"
                 ^
  怎样改：先与原表核对。录错了就改正；原表就是这样印的，请向单位核实，再用 waivers 写明理由公开。""",
    ("declaration-sum-of-funding", "en"): """\
content/unit/2024/targets/02.yml:14:10: funding.total (年度资金申请总额): the sum of its parts, 10,001.00, is \
expected; found 10,000.00, off by 1.00 [funding-sum]
   14 |   total: "10,000.00"
                 ^
  How to mend: compare with the form and correct a slip; if the form prints it so, ask the centre, \
and give the reason in waivers.""",
    ("evaluation-rate-of-total", "zh"): """\
content/unit/2023/evaluations/02.yml:11:21: 执行率(%) (budget.total.execution_rate): \
应为 全年执行数÷全年预算数 = 98.67 / 98.68（截取或四舍五入均可）；现为 98.69 [execution-rate]
   11 |     execution_rate: "98.69"
                            ^
  怎样改：先与原表核对。录错了就改正；原表就是这样印的，请向单位核实，再用 waivers 写明理由公开。""",
    ("evaluation-rate-of-total", "en"): """\
content/unit/2023/evaluations/02.yml:11:21: budget.total.execution_rate (执行率(%)): \
spent ÷ revised budget = 98.67 / 98.68 is expected (cut or rounded); found 98.69 [execution-rate]
   11 |     execution_rate: "98.69"
                            ^
  How to mend: compare with the form and correct a slip; if the form prints it so, ask the centre, \
and give the reason in waivers.""",
    ("declaration-missing-in-indicator", "zh"): """\
content/unit/2024/targets/02.yml:26:5: 绩效指标 (indicators[1]): 应有“三级指标”(name)；这里没有写 [missing-key]
   26 |   - level1: 产出指标
            ^
  怎样改：照原表补上一行“name: ……”。""",
    ("declaration-missing-in-indicator", "en"): """\
content/unit/2024/targets/02.yml:26:5: indicators[1] (绩效指标): \
“name” (三级指标) is expected; it is missing [missing-key]
   26 |   - level1: 产出指标
            ^
  How to mend: add a line “name: …” as the form prints it.""",
    ("declaration-unknown-in-block", "zh"): """\
content/unit/2024/targets/02.yml:17:3: funding.carry_over: 这里只能写 unit、total、appropriation、carryover、other；\
写了“carry_over” [unknown-key]
   17 |   carry_over: "3,000.00"
          ^
  怎样改：是否要写“carryover”？""",
    ("declaration-unknown-in-block", "en"): """\
content/unit/2024/targets/02.yml:17:3: funding.carry_over: only unit、total、appropriation、carryover、other \
are expected here; found “carry_over” [unknown-key]
   17 |   carry_over: "3,000.00"
          ^
  How to mend: did you mean “carryover”?""",
    ("declaration-duplicate-key-in-block", "zh"): """\
content/unit/2024/targets/02.yml:18:3: 同一个键只写一次；“other”已在第 17 行写过 [duplicate-key]
   18 |   other: "0.00"
          ^
  怎样改：留下正确的一处，删去另一处。""",
    ("declaration-duplicate-key-in-block", "en"): """\
content/unit/2024/targets/02.yml:18:3: a key is written once; “other” stands at line 17 already [duplicate-key]
   18 |   other: "0.00"
          ^
  How to mend: keep the right one, delete the other.""",
    ("declaration-syntax-greater-unquoted", "zh"): """\
content/unit/2024/targets/02.yml:33:15: 应为“键: 值”格式的 YAML；值以 > 或 | 开头，又没有加引号 [yaml-syntax]
   33 |     target: >90.00(百分比)
                      ^
  怎样改：加上双引号，如 ">90.00(百分比)"。""",
    ("declaration-syntax-greater-unquoted", "en"): """\
content/unit/2024/targets/02.yml:33:15: YAML of the form “key: value” is expected; \
a value begins with > or | and is not quoted [yaml-syntax]
   33 |     target: >90.00(百分比)
                      ^
  How to mend: quote it, like ">90.00(百分比)".""",
    ("evaluation-gap-actual", "zh"): """\
content/unit/2023/evaluations/02.yml:41:5: 绩效指标 (indicators[1]): \
第 1 项指标应有实际完成值，或在 note 里说明为何没有；没有写，也没有 note [gap-unexplained]
   41 |   - level1: 产出指标
            ^
  怎样改：补录；来源辨认不清的，在记录末尾用 note 说明。""",
    ("evaluation-gap-actual", "en"): """\
content/unit/2023/evaluations/02.yml:41:5: indicators[1] (绩效指标): \
indicator 1 needs actual, or a note that says why not; there is neither [gap-unexplained]
   41 |   - level1: 产出指标
            ^
  How to mend: add it; if the source does not show it, say so in note.""",
    # The caret stands four cells behind `name: `: each of the two Han characters before it takes two.
    ("declaration-character-bidi", "zh"): """\
content/unit/2024/targets/02.yml:2:9: 文字里不应有看不见的控制字符；有字符 U+202E [character]
    2 | name: 科技\\u202e普及
                  ^
  怎样改：删去这个字符；它多半是从网页或 PDF 粘贴带来的。""",
    ("declaration-character-bidi", "en"): """\
content/unit/2024/targets/02.yml:2:9: no invisible control characters are expected; found U+202E [character]
    2 | name: 科技\\u202e普及
                  ^
  How to mend: delete it; it most likely came with pasted text.""",
    ("disclosure-shape-withdrawn-number", "zh"): """\
content/unit/2024/targets/disclosure.yml:13:13: 编号 (withdrawn[1].number): \
应为一至四位数字，如 01；现为“第 3 张” [shape]
   13 |   - number: 第 3 张
                    ^
  怎样改：照别的记录的同一处写。""",
    # Confidential: the line is not repeated, and the number is masked.
    ("declaration-mobile-number", "zh"): """\
content/unit/2024/targets/02.yml:22:7: 年度总体目标 (objectives.annual): \
公开内容不应有手机号；疑似手机号 138******00 [mobile-number]
  怎样改：从记录（和 source.txt）里删去，并按单位规定报告；已进入 git 历史的要一并清除。""",
    ("declaration-mobile-number", "en"): """\
content/unit/2024/targets/02.yml:22:7: objectives.annual (年度总体目标): \
no mobile number is expected in what is published; found what looks like one: 138******00 [mobile-number]
  How to mend: remove it from the record (and source.txt) and report it; it must leave the git history too.""",
}


@pytest.mark.parametrize(("case", "language"), MESSAGES, ids=map("-".join, MESSAGES))
def test_message_is_said_in_full(tmp_path: Path, case: str, language: Language) -> None:
    assert message(tmp_path, case, language) == MESSAGES[case, language]


def example(line: str, column: int) -> str:
    """The two lines of an excerpt."""
    said = say(Problem(EXAMPLE, Place("a.yml", 3, column), facts=FACTS), line)
    return "\n".join(said.split("\n")[1:-1])


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_excerpt_han_before_place_counts_two_cells() -> None:
    assert example("名称：甲乙", 4) == "    3 | 名称：甲乙\n              ^"


def test_excerpt_long_line_is_cut_around_the_place() -> None:
    assert example("甲" * 100 + "X" + "乙" * 100, 101) == (f"    3 | …{'甲' * 30}X{'乙' * 59}…\n{' ' * (8 + 1 + 60)}^")


def test_excerpt_place_behind_the_line_is_shown_at_its_end() -> None:
    assert example("name:", 6) == "    3 | name:\n             ^"


def test_excerpt_empty_line_is_shown() -> None:
    assert example("", 1) == "    3 | \n        ^"


def test_excerpt_tab_is_spelt_out() -> None:
    assert example("\tname", 2) == "    3 | \\u0009name\n              ^"


def test_message_without_line_has_no_excerpt() -> None:
    assert say(Problem(EXAMPLE, Place("a.yml", 3, 1), facts=FACTS), None) == (
        "a.yml:3:1: 应为 1；现为“2” [example]\n  怎样改：改成 1。"
    )


def test_message_of_whole_file_names_the_file_only() -> None:
    assert say(Problem(EXAMPLE, Place("a.yml"), facts=FACTS), "line", "en") == (
        "a.yml: 1 is expected; found “2” [example]\n  How to mend: write 1."
    )


def test_message_names_field_in_chinese_first_for_editors() -> None:
    problem = Problem(EXAMPLE, Place("a.yml"), ("indicators", 2, "target"), "年度指标值", FACTS)
    assert say(problem, None).startswith("a.yml: 年度指标值 (indicators[3].target): 应为 1；")
    assert say(problem, None, "en").startswith("a.yml: indicators[3].target (年度指标值): 1 is expected; ")


def test_message_fact_with_braces_stays_as_it_is() -> None:
    said = say(Problem(EXAMPLE, Place("a.yml"), facts={"sum": "{found}", "found": "{0}{sum}"}), None)
    assert said == "a.yml: 应为 {found}；现为“{0}{sum}” [example]\n  怎样改：改成 {found}。"


def test_message_fact_that_is_long_is_cut() -> None:
    said = say(Problem(EXAMPLE, Place("a.yml"), facts={"sum": "1", "found": "长" * 5000}), None)
    assert f"现为“{'长' * 200}…”" in said


def test_confidential_message_repeats_no_line() -> None:
    secret = Entry(
        "secret",
        Words("密", "secret"),
        Words("无", "none"),
        Words("有", "some"),
        Words("删。", "delete."),
        confidential=True,
    )
    assert say(Problem(secret, Place("a.yml", 1, 1)), "13800000000", "en") == (
        "a.yml:1:1: none; some [secret]\n  How to mend: delete."
    )


def test_visible_spells_what_steers_a_terminal() -> None:
    assert visible("a\x1b[31m\r\n\u202e\x9b") == "a\\u001b[31m\\u000d\\u000a\\u202e\\u009b"


def test_dotted_counts_list_places_from_one() -> None:
    assert dotted(("indicators", 0, "target")) == "indicators[1].target"
    assert dotted(("source",)) == "source"
    assert dotted(()) == ""


def test_place_at_counts_characters_from_one() -> None:
    text = "甲乙\r\n𠀀丙\n"
    assert [Lines(text, "f").place(offset) for offset in (0, 1, 4, 5, 7)] == [
        Place("f", 1, 1), Place("f", 1, 2), Place("f", 2, 1), Place("f", 2, 2), Place("f", 3, 1)
    ]  # fmt: skip


def test_places_sort_by_file_line_column() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 9), Place("a", 2, 10), Place("a")]
    assert [str(place) for place in sorted(places)] == ["a", "a:2:9", "a:2:10", "a:10:1", "b:1:1"]


anything = st.text(max_size=120)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(line=anything, column=st.integers(1, 130), found=anything, language=st.sampled_from(("zh", "en")))
def test_message_holds_no_control_character(line: str, column: int, found: str, language: Language) -> None:
    facts = {"sum": found[::-1], "found": found}
    said = say(Problem(EXAMPLE, Place("a.yml", 1, column), ("name",), "项目名称", facts), line, language)
    lines = said.split("\n")
    assert len(lines) == 4
    assert all(shown.isprintable() for shown in lines)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(before=st.text(alphabet="ab 甲，\t\x1b", max_size=80), after=st.text(alphabet="cd 乙。", max_size=90))
def test_excerpt_caret_stands_under_the_place(before: str, after: str) -> None:
    shown, caret = example(f"{before}X{after}", len(before) + 1).split("\n")
    assert cells(shown[: shown.index("X")]) == len(caret) - 1


SHAPES = sorted(path.stem for path in (CASES / "refused").glob("*-shape-*.yml"))


@pytest.mark.parametrize("case", SHAPES)
def test_message_of_wrong_shape_is_plain(tmp_path: Path, case: str) -> None:
    assert len(SHAPES) > 10
    said = message(tmp_path, case, "zh")
    assert not any(word in said for word in ("Input", "instance", "valid", "Amount", "Target"))
    assert "应为列表（每项以“- ”开头）；现为列表" not in said


def test_message_of_block_that_is_words_says_both() -> None:
    loaded = load_bytes(b"name: x\nfunding: 100.00\n", "a.yml")
    assert loaded.tree
    found = validate(Declaration, loaded.tree)
    assert isinstance(found, list)
    said = [say(problem, None, "en") for problem in found if problem.path == ("funding",)]
    assert said == [
        "a.yml:2:10: funding (项目资金（本年度）): a group of “key: value” is expected; found “100.00” [shape]\n"
        "  How to mend: follow the same place of another record."
    ]


def test_value_that_is_wrong_in_two_places_is_refused_in_both() -> None:
    loaded = load_bytes(b"funding:\n  total: 1O\n  other: 1O\n", "a.yml")
    assert loaded.tree
    found = validate(Declaration, loaded.tree)
    assert isinstance(found, list)
    places = [str(problem.place) for problem in found if problem.code == "amount-form"]
    assert places == ["a.yml:2:10", "a.yml:3:10"]


def test_message_of_decomposed_character_names_its_parts() -> None:
    _, problem = decode("cafe\u0301".encode(), "a.yml")
    assert problem
    assert "U+0301" in say(problem, None)


def test_message_of_unquoted_sign_leaves_the_comment_out() -> None:
    (problem,) = load_bytes("a: >5 # 见附件\n".encode(), "a.yml").problems
    assert say(problem, None, "en").endswith('How to mend: write ">5".')


def test_message_of_printed_name_names_its_key(tmp_path: Path) -> None:
    root = with_case(tmp_path, CASES / "refused" / "declaration-unknown-printed-name.yml")
    (mend,) = (say(found, None).split("\n")[1] for found in problems(root) if found.code == "unknown-key")
    assert mend == "  怎样改：是否要写“category”？"


def test_message_of_word_behind_asterisk_says_to_quote_it() -> None:
    (problem,) = load_bytes("a: *必达\n".encode(), "a.yml").problems
    assert say(problem, None) == (
        "a.yml:1:5: 应为“键: 值”格式的 YAML；值以 * 或 & 开头，又没有加引号 [yaml-syntax]\n"
        '  怎样改：加上双引号，如 "*内容"。'
    )


def test_message_of_stray_file_in_english_is_in_english(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "content" / "notes.txt").touch()
    (problem,) = problems(root)
    said = say(problem, None, "en")
    assert not any("\u4e00" <= c <= "\u9fff" for c in said), said


def test_message_key_with_control_characters_is_spelt_out() -> None:
    problem = Problem(EXAMPLE, Place("a.yml", 1, 1), ("\x1b[31m\nkey",), facts=FACTS)
    assert say(problem, None).startswith("a.yml:1:1: \\u001b[31m\\u000akey: ")


def test_message_file_name_with_control_characters_is_spelt_out() -> None:
    said = say(Problem(EXAMPLE, Place("content/\x1b[31m\n\udcff.yml"), facts=FACTS), None)
    assert said.startswith("content/\\u001b[31m\\u000a\\udcff.yml: ")
