"""Two states compared: what changed, came, went and moved; the same seen from either side; said without harm."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.changes import matching
from generator.changes.comparison import FormChange, Money, compare, compare_forms
from generator.changes.diff import as_code, as_markdown, as_text, stretch
from generator.changes.history import printed_now
from generator.changes.printed import Printed, Row
from generator.changes.published import read_site
from generator.changes.state import State, state_of
from generator.commands.recall import working_state
from generator.figures.targets import parse_target
from generator.figures.trend import trend_of
from generator.pages.plan import make_plan
from generator.reading.content import Content
from generator.reading.model import Declaration
from tests.altering import DECLARATION, alter
from tests.altering import replace as put
from tests.conftest import ROOT
from tests.small import TARGETS, small_project
from tests.test_cli import run, started


@pytest.fixture(scope="module")
def real(content: Content) -> State:
    return state_of(content, make_plan(content).urls)


def row(name: str, target: str = "≥1(次)", level2: str = "数量指标") -> Row:
    return {"level1": "产出指标", "level2": level2, "name": name, "target": target}


def change(before: tuple[Row, ...], after: tuple[Row, ...]) -> FormChange:
    return compare_forms(Declaration, Printed({}, before), Printed({}, after))


# --- states


def test_state_with_itself_has_no_change(real: State) -> None:
    assert len(real.disclosures) == 5
    assert not compare(real, real)


def test_state_of_built_site_is_that_of_its_content(real: State, site: Path) -> None:
    assert read_site(site) == real


def test_vanished_record_document_and_page_are_told(real: State) -> None:
    targets = real.disclosures["sstec/2024/targets"]
    records = {key: found for key, found in targets.records.items() if not key.endswith("/08")}
    kept = {key: found for key, found in real.disclosures.items() if not key.startswith("sgst")}
    after = State(real.centres, kept | {targets.id: replace(targets, records=records)}, real.urls - {"about/data/"})
    found = compare(real, after)
    (document,) = found.disclosures
    assert [record.id for record in document.vanished] == ["sstec/2024/targets/08"]
    assert [gone.id for gone in found.vanished] == ["sgst/2024/targets"]
    assert found.urls_vanished == ("about/data/",)
    turned = compare(after, real)
    assert [record.id for record in turned.disclosures[0].added] == ["sstec/2024/targets/08"]
    assert [come.id for come in turned.added] == ["sgst/2024/targets"]
    assert turned.urls_added == ("about/data/",)


def test_changed_facts_of_a_document_are_told(tmp_path: Path) -> None:
    before = working_state(small_project(tmp_path))
    file = tmp_path / TARGETS / "disclosure.yml"
    put(file, "published: 2024-01-20", "published: 2024-02-20")
    ((field,),) = [found.facts.fields for found in compare(before, working_state(tmp_path)).disclosures]
    assert (field.keys, field.before, field.after) == (("published",), "2024-01-20", "2024-02-20")


# --- rows


def test_row_of_one_name_in_another_unit_is_another_row() -> None:
    people, times = row("培训", "≥5(人)"), row("培训", "≥5(场)")
    found = change((times, people), (people,))
    assert [each.row for each in found.dropped] == [times]
    assert (found.fields, found.added, found.moved) == ((), (), ())


def test_row_with_another_target_is_known_by_its_unit() -> None:
    found = change((row("培训", "≥5(场)"), row("培训", "≥5(人)")), (row("培训", "≥6(人)"),))
    assert [each.row["target"] for each in found.dropped] == ["≥5(场)"]
    assert [(each.before, each.after) for each in found.fields] == [("≥5(人)", "≥6(人)")]


def test_row_in_another_level_is_the_same_row_with_another_level() -> None:
    found = change((row("培训"),), (row("培训", level2="质量指标"),))
    assert [(each.keys, each.before, each.after) for each in found.fields] == [
        (("indicators", 0, "level2"), "数量指标", "质量指标")
    ]


def test_reworded_row_is_the_same_row() -> None:
    found = change((row("参加培训的单位"), row("简报")), (row("参加培训单位数"), row("简报")))
    assert [(each.keys, each.before) for each in found.fields] == [(("indicators", 0, "name"), "参加培训的单位")]


def test_reworded_rows_are_told_in_little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pair of names of a level is looked at once; a form of rows beyond measure is not looked through."""
    looked: list[int] = []
    alike = matching._alike

    def counted(*names: matching.Pairs) -> float:
        looked.append(1)
        return alike(*names)

    monkeypatch.setattr(matching, "_alike", counted)
    for count, seen in ((120, 120 * 120), (300, 0)):
        before = tuple(row(f"组织第{number}批科技合作与交流活动") for number in range(count))
        after = tuple({**each, "name": f"{each['name']}次数"} for each in before)
        looked.clear()
        found = change(before, after)
        assert len(looked) == seen
        assert len(found.fields) == (count if seen else 0)
        assert len(found.dropped) == (0 if seen else count)


def test_row_that_is_as_like_to_two_others_is_neither() -> None:
    found = change((row("参加培训单位"),), (row("甲参加培训单位"), row("乙参加培训单位")))
    assert (len(found.dropped), len(found.added), found.fields) == (1, 2, ())


def test_row_of_another_name_is_another_row() -> None:
    found = change((row("办展会"),), (row("出版图书"),))
    assert (len(found.dropped), len(found.added), found.fields) == (1, 1, ())


def test_moved_row_is_told_alone() -> None:
    rows = tuple(row(name) for name in "甲乙丙丁戊")
    found = change(rows, (*rows[1:], rows[0]))
    assert [(each.row["name"], each.before, each.after) for each in found.moved] == [("甲", 0, 4)]
    assert (found.fields, found.added, found.dropped) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "after", "trend"),
    [
        ("≥5(场)", "≥4(场)", "weakened"),
        ("≥5(场)", "≥6(场)", "strengthened"),
        (">90(%)", "≥90(%)", "weakened"),
        ("≤130(万元)", "≤140(万元)", "weakened"),
        ("<10(次)", "<9(次)", "strengthened"),
        ("<10(次)", "≤10(次)", "weakened"),
        ("=5(场)", "≥5(场)", None),
        ("=5(场)", "=4(场)", "weakened"),
        ("≥90(百分比)", "≥85%", "weakened"),
        ("≥5(场)", "≥4(次)", None),
        ("≥5(场)", "≤4(场)", None),
        ("≥5(场)", "有效提升", None),
        ("=1,000.00(元)", "=999(元)", "weakened"),
    ],
)
def test_trend_of_a_target_is_told(before: str, after: str, trend: str | None) -> None:
    assert trend_of(parse_target(before), parse_target(after)) == trend


def test_trend_of_a_cost_without_sign_is_that_of_a_ceiling() -> None:
    assert trend_of(parse_target("=5(万元)"), parse_target("=6(万元)"), cost=True) == "weakened"
    found = change((row("成本", "=5(万元)", "经济成本指标"),), (row("成本", "=4(万元)", "经济成本指标"),))
    assert [each.trend for each in found.fields] == ["strengthened"]


def test_amount_in_another_unit_is_compared_in_yuan() -> None:
    def funding(total: str, unit: str) -> Printed:
        return Printed({("funding", "unit"): unit, ("funding", "total"): total})

    found = compare_forms(Declaration, funding("30.00", "万元"), funding("200,000.00", "元"))
    (money,) = [each.money for each in found.fields if each.money]
    assert money == Money(Decimal(300_000), Decimal(200_000))
    assert (money.difference, money.percent) == (Decimal(-100_000), Decimal("-33.33"))


def test_smallest_and_largest_amount_are_compared() -> None:
    def funding(total: str, unit: str) -> Printed:
        return Printed({("funding", "unit"): unit, ("funding", "total"): total})

    before, after = funding("0.000001", "元"), funding("999,999,999,999,999", "万元")
    (there,) = [each.money for each in compare_forms(Declaration, before, after).fields if each.money]
    (back,) = [each.money for each in compare_forms(Declaration, after, before).fields if each.money]
    assert there.percent == Decimal("999999999999999" + "0" * 4 + "0" * 8) - 100
    assert back.percent == Decimal("-100.00")


def test_amount_that_was_nothing_has_no_percent() -> None:
    assert Money(Decimal(0), Decimal(5)).percent is None


# --- from either side


def edited(rows: tuple[Row, ...], chance: random.Random) -> tuple[Row, ...]:
    """The rows of a form after some edits: dropped, doubled, moved, reworded, with other targets and units."""
    found = [dict(each) for each in rows]
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found))
        match chance.randrange(6):
            case 0 if len(found) > 1:
                found.pop(at)
            case 1:
                found.insert(chance.randrange(len(found) + 1), dict(found[at]))
            case 2:
                found.insert(chance.randrange(len(found)), found.pop(at))
            case 3:
                found[at]["name"] += "（调整）"
            case 4:
                found[at]["target"] = chance.choice(["≥5(场)", "≥3(人)", "=1(次)", "有效提升"])
            case _:
                found[at]["level2"] = chance.choice(["数量指标", "质量指标", "经济成本指标"])
    return tuple(found)


def pairs(content: Content) -> Iterator[tuple[Printed, Printed]]:
    chance = random.Random(4)  # noqa: S311 - edits, not secrets
    for record in content.records:
        form = printed_now(record.form)
        for _ in range(8):
            yield form, Printed(form.fields, edited(form.rows, chance))


def test_changes_seen_from_the_other_side_are_the_same_turned_round(content: Content) -> None:
    looked_at = 0
    for before, after in pairs(content):
        there, back = compare_forms(Declaration, before, after), compare_forms(Declaration, after, before)
        assert [(each.row, each.after) for each in there.added] == [(each.row, each.before) for each in back.dropped]
        assert [(each.row, each.before) for each in there.dropped] == [(each.row, each.after) for each in back.added]
        assert {(each.before, each.after) for each in there.moved} == {(each.after, each.before) for each in back.moved}
        turned = {"weakened": "strengthened", "strengthened": "weakened"}
        ours = sorted(str((each.before, each.after, each.trend)) for each in there.fields)
        theirs = sorted(str((each.after, each.before, turned.get(each.trend or ""))) for each in back.fields)
        assert ours == theirs
        looked_at += bool(there)
    assert looked_at > 200


def test_changes_account_for_every_row(content: Content) -> None:
    for before, after in pairs(content):
        found = compare_forms(Declaration, before, after)
        assert len(before.rows) + len(found.added) == len(after.rows) + len(found.dropped)
        assert bool(found) == (before != after)


# --- said


def test_diff_says_an_altered_project_in_chinese(project: Path) -> None:
    alter(project)
    done = run(project, "diff", str(ROOT))
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """改了 2 张表，新增 0 张，不见 0 张；不见了的网址 0 个。

上海科学技术交流中心2023年度项目支出绩效自评表 sstec/2023/evaluations
  sstec/2023/evaluations/06 加强科技类社会组织党建工作
    第 3 项指标 · 偏差原因分析及改进措施 (indicators[3].deviation)：空白 → 第四季度活动延期
    新写的勘误 2024-07-01 漏录了“时效性”一行的偏差原因。

上海科学技术交流中心2024年度财政项目绩效目标汇总表 sstec/2024/targets
    文件标题 (title)：上海科学技术交流中心2024年度项目绩效目标汇总表 → \
上海科学技术交流中心2024年度财政项目绩效目标汇总表
    新写的勘误 2024-04-12 标题漏录了“财政”二字。
  sstec/2024/targets/01 国内外科技合作交流
    项目绩效目标 · 年度总体目标 (objectives.annual)
      原：…务示范案例片拍摄制作，每条时长8-15分钟，主要宣传上海科技对…
      现：…务示范案例片拍摄制作，每条时长10-15分钟，主要宣传上海科技对…
    第 1 项指标 · 年度指标值 (indicators[1].target)：符合会议、培训、差旅等经费支出标准 → \
符合会议、培训、差旅、出版等经费支出标准
    第 2 项指标 · 年度指标值 (indicators[2].target)：≥6.00(条) → ≥4.00(条)，指标放低
    删了原第 3 项指标：产出指标 / 数量指标 / 协同创新，加强长三角区域科技合作与交流- 工作简报 / ≥2.00(条)
    添了第 9 项指标：产出指标 / 数量指标 / 加强国内科技合作高质量发展-线上对接会 / =2.00(次)
    新写的勘误 2024-05-08 第 1 项的指标值漏录了“出版”。
    新写的变更 2024-06-20 经批复，会议、展会、区域对接会由 6 条调整为 5 条。
    新写的变更 2024-09-30 会议、展会、区域对接会再减 1 条，取消工作简报，增加线上对接会，案例片时长有调整。
"""
    )


def test_diff_says_money_gone_and_new_in_english(tmp_path: Path, project: Path) -> None:
    record = project / DECLARATION
    text = record.read_text("utf-8").replace('"5,073,780.00"', '"5,000,000.00"')
    record.write_text(text, "utf-8")
    (project / "content/sspec/2026/targets/02.yml").unlink()
    done = run(project, "diff", str(ROOT), "--lang", "en")
    assert (
        done.stdout
        == """1 form changed, 0 new, 1 gone; 1 address gone.

上海市科普教育展示技术中心（上海市国际科技交流中心）2026年度项目绩效目标汇总表 sspec/2026/targets
    form gone: sspec/2026/targets/02 国际科技人文交流与合作

上海科学技术交流中心2024年度项目绩效目标汇总表 sstec/2024/targets
  sstec/2024/targets/01 国内外科技合作交流
    funding.total: 5,073,780.00 → 5,000,000.00, less by 73,780.00 yuan (-1.45%)
    funding.appropriation: 5,073,780.00 → 5,000,000.00, less by 73,780.00 yuan (-1.45%)

Addresses gone
    /sspec/2026/targets/02/
"""
    )


def test_diff_of_nothing_says_so(project: Path) -> None:
    done = run(project, "diff", str(ROOT), str(project))
    assert done.stdout == ("没有变化：两边公开的文件、表和网址都相同。（不比较手写页面的文字和站点设置。）\n")
    assert run(project, "diff", str(ROOT), "--format", "markdown", "--lang", "en").stdout == (
        "No change: documents, forms and addresses are the same. (Hand-written words and settings are not compared.)\n"
    )
    assert json.loads(run(project, "diff", str(ROOT), "--format", "json").stdout)["same"] is True


def test_diff_as_json_holds_fields_and_rows(project: Path) -> None:
    alter(project)
    found = json.loads(run(project, "diff", str(ROOT), "--format", "json").stdout)
    assert (found["same"], found["base"], found["head"]) == (False, str(ROOT), "content")
    (record,) = [each for each in found["documents"][1]["records"] if each["id"] == "sstec/2024/targets/01"]
    assert record["fields"][-1] == {
        "field": "indicators[2].target",
        "label": "第 2 项指标 · 年度指标值",
        "before": "≥6.00(条)",
        "after": "≥4.00(条)",
        "trend": "weakened",
    }
    assert [(each["before"], each["row"]["target"]) for each in record["rows_dropped"]] == [(3, "≥2.00(条)")]
    assert [(each["after"], each["row"]["target"]) for each in record["rows_added"]] == [(9, "=2.00(次)")]
    assert [(each["kind"], each["date"]) for each in record["alterations_added"]] == [
        ("corrections", "2024-05-08"),
        ("amendments", "2024-06-20"),
        ("amendments", "2024-09-30"),
    ]


def test_diff_without_base_is_a_wrong_command_line(project: Path) -> None:
    assert run(project, "diff").returncode == 2


# --- harmless

HOSTILE = (
    "<script>alert(1)</script>",
    "](javascript:alert(1)) [x](http://x.example)",
    "![x](http://x.example/x.png)",
    "@everyone #1 !2 http://x.example",
    "`code` ``more`` `",
    "```",
    "| a | b |",
    "# heading",
    "</details><h1>x</h1>",
    "*a* _b_ ~c~ \\",
    "&lt;b&gt;",
)


def skeleton(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").parse(markdown)
    every = [inner for token in tokens for inner in (token, *(token.children or ()))]
    return [token.type for token in every if token.type != "text"]


def said(root: Path, words: str) -> str:
    """The Markdown of a change in which every word is `words`."""
    before = working_state(small_project(root / "before"))
    small_project(root / "after")
    file = root / "after" / TARGETS / "02.yml"
    text = file.read_text("utf-8").replace("活动场次", json.dumps(words)).replace("其他一次性项目", json.dumps(words))
    file.write_text(text.replace("name: 科技普及", f"name: {json.dumps(words)}"), "utf-8")
    return as_markdown(compare(before, working_state(root / "after")), "zh")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_leave_the_markdown_as_it_was(tmp_path: Path, words: str) -> None:
    harmless, hostile = said(tmp_path / "1", "平常的文字"), said(tmp_path / "2", words)
    assert skeleton(hostile) == skeleton(harmless)
    assert "code_inline" in skeleton(harmless)


def test_code_span_shows_what_it_holds() -> None:
    for words in (*HOSTILE, " ", "a` ", "``"):
        (inline,) = [token for token in MarkdownIt().parse(f"x {as_code(words)} y") if token.type == "inline"]
        children = inline.children or []
        assert [child.type for child in children] == ["text", "code_inline", "text"], words
        assert children[1].content.strip() == words.strip()


def test_words_that_steer_a_terminal_are_shown(tmp_path: Path) -> None:
    before = working_state(small_project(tmp_path))
    (state,) = (each for each in before.disclosures.values() if each.id == "unit/2024/targets")
    record = state.records["unit/2024/targets/01"]
    fields = dict(record.printed.fields)
    fields[("name",)] = "a\x1b[2Jb\nc"
    steering = replace(record, printed=Printed(fields, record.printed.rows))
    after = replace(before, disclosures={state.id: replace(state, records={record.id: steering})})
    text = as_text(compare(before, after), "zh")
    assert "a\\u001b[2Jb\\u000ac" in text
    assert "\x1b" not in text


def test_long_words_are_shown_where_they_differ() -> None:
    assert stretch("甲" * 80 + "一" + "乙" * 80, "甲" * 80 + "二三" + "乙" * 80) == (
        "…" + "甲" * 15 + "一" + "乙" * 15 + "…",
        "…" + "甲" * 15 + "二三" + "乙" * 15 + "…",
    )
    assert stretch("短", "长" * 9) == ("短", "长" * 9)


def test_paragraphs_are_told_apart_in_one_line(project: Path) -> None:
    record = project / "content/sstec/2024/targets/02.yml"
    put(record, "社会组织党建工作覆盖率进一步提高。", "社会组织党建工作\n\n    覆盖率进一步提高。")
    assert (
        "社会组织党建工作覆盖率进一步提高。 → 社会组织党建工作 ↵ 覆盖率进一步提高。\n"
        in run(project, "diff", str(ROOT)).stdout
    )


def test_diff_reads_no_other_time_than_it_is_told(project: Path) -> None:
    """A diff of the same states is the same text in each run."""
    alter(project)
    runs = {started(project, "diff", str(ROOT), "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(runs) == 1
