"""Pages of altered forms: the values of today marked, the earlier words kept, on screen and on paper."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.changes.history import history
from generator.changes.published import read_site
from generator.facts.altered import Paragraphs, altered
from generator.line.check import check_content
from generator.pages.plan import make_plan
from generator.pages.render import render_pages
from generator.reading.settings import Settings, read_settings
from tests import dom
from tests.altering import append, replace
from tests.conftest import ROOT, Built, Serve
from tests.small import TARGETS, small_project
from tests.test_cli import run

DECLARATION = "sstec/2024/targets/01"
EVALUATION = "sstec/2023/evaluations/06"


@pytest.fixture(scope="module")
def altered_site(altered: Built) -> Path:
    return altered.folder


def rows(site: Path, page: str) -> list[list[str]]:
    """The cells of every row of what the page says was altered."""
    (section,) = dom.find(dom.parse(site / page / "index.html"), "altered")
    return [[dom.text(cell) for cell in row.css("th, td")] for row in section.css("tbody tr")]


def test_page_tells_every_place_with_its_earlier_words(altered_site: Path) -> None:
    found = rows(altered_site, DECLARATION)
    assert found[:3] == [
        ["第 1 项指标 · 年度指标值", "符合会议、培训、差旅等经费支出标准", "符合会议、培训、差旅、出版等经费支出标准"],
        ["第 2 项指标 · 年度指标值", "≥6.00(条)", "≥5.00(条)"],
        ["第 2 项指标 · 年度指标值", "≥5.00(条)", "≥4.00(条)"],
    ]
    assert found[3][0] == "原第 3 项指标"
    assert "工作简报" in found[3][1]
    assert found[3][2] == "删去"
    assert found[4][:2] == ["第 9 项指标", "没有这一行"]
    assert found[5][0] == "项目绩效目标 · 年度总体目标"
    assert "每条时长8-15分钟" in found[5][1]
    assert found[5][1].startswith("一、围绕重点地区交流活动")
    assert found[5][2] == "…务示范案例片拍摄制作，每条时长10-15分钟，主要宣传上海科技对…表上现在的全文"
    assert len(found) == 6


def test_page_marks_what_differs_in_a_long_text(altered_site: Path) -> None:
    (section,) = dom.find(dom.parse(altered_site / DECLARATION / "index.html"), "altered")
    assert [dom.text(mark) for mark in section.css("del")] == ["8"]
    assert [dom.text(mark) for mark in section.css("ins")] == ["10"]


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        ("甲" * 70 + "旧", "甲" * 70, "甲" * 70 + "[旧]", "…" + "甲" * 15 + "[]"),
        ("旧" + "甲" * 70, "新的" + "甲" * 70, "[旧]" + "甲" * 70, "[新的]" + "甲" * 15 + "…"),
        ("甲" * 70 + "\n\n乙", "甲" * 70, "甲" * 70 + "|[乙]", "…"),
        ("甲" * 70, "甲" * 70 + "\n\n乙", "甲" * 70, "[乙]"),
        ("一" * 70 + "\n\n乙", "一" * 70 + "\n\n丙", "一" * 70 + "|[乙]", "[丙]"),
    ],
)
def test_what_differs_is_marked_and_the_rest_of_today_is_not_said_again(
    tmp_path: Path, before: str, after: str, was: str, now: str
) -> None:
    def prose(words: str) -> str:
        return "\n\n".join(f"          {paragraph}" for paragraph in words.split("\n\n"))

    root = small_project(tmp_path)
    record = root / TARGETS / "01.yml"
    replace(record, "    一、办好活动。\n\n    二、做好服务。\n", f"{prose(after)}\n")
    told = "amendments:\n  - date: 2024-06-20\n    what: 改\n    why: 改\n    approved_by: 示例局\n    fields:\n"
    append(record, f"{told}      - field: objectives.annual\n        was: |\n{prose(before)}\n")
    content = check_content(Settings(root, "示例", None)).content
    assert content is not None
    (form,) = (record.form for record in content.records if record.id == "unit/2024/targets/01")
    ((spot,),) = (each.spots for each in altered(form).told)

    def said(paragraphs: Paragraphs) -> str:
        return "|".join(
            "".join(f"[{each.words}]" if each.differs else each.words for each in pieces) for pieces in paragraphs
        )

    assert (said(spot.was), said(spot.now)) == (was, now)


def test_list_of_projects_says_which_were_altered(altered_site: Path) -> None:
    page = dom.parse(altered_site / "sstec/2024/targets/index.html")
    (table,) = page.css("#forms")
    assert [(dom.text(mark), mark.attributes["href"]) for mark in dom.find(table, "altered-mark")] == [
        ("有改动", "01/#alterations")
    ]


def test_head_of_the_page_says_how_often_and_when_last(altered_site: Path) -> None:
    (said,) = dom.find(dom.parse(altered_site / DECLARATION / "index.html"), "head__altered")
    assert dom.text(said) == "公开以后有改动：变更 2 次、勘误 1 次，最近一次在 2024-09-30"
    (said,) = dom.find(dom.parse(altered_site / EVALUATION / "index.html"), "head__altered")
    assert dom.text(said) == "公开以后有改动：勘误 1 次，最近一次在 2024-07-01"


def test_page_tells_what_why_and_by_whose_word(altered_site: Path) -> None:
    (section,) = dom.find(dom.parse(altered_site / DECLARATION / "index.html"), "altered")
    names = [dom.text(name) for name in dom.find(section, "altered__name")]
    assert names == ["勘误 1 2024-05-08", "变更 1 2024-06-20", "变更 2 2024-09-30"]
    said = dom.text(section)
    for words in ("原件第 2 页，年度指标值一列", "部分线下活动改为线上", "上海市科学技术委员会"):
        assert words in said


def marks(site: Path, page: str) -> dict[str, list[str]]:
    """For each altered place its marks' words, by the id of the row or section that holds it."""
    found: dict[str, list[str]] = {}
    for mark in dom.find(dom.parse(site / page / "index.html"), "altered-mark"):
        holder = mark.parent
        while holder is not None and not holder.attributes.get("id"):
            holder = holder.parent
        assert holder is not None
        found.setdefault(str(holder.attributes["id"]), []).append(f"{dom.text(mark)} {mark.attributes['href']}")
    return found


def test_altered_values_are_marked_where_they_stand_today(altered_site: Path) -> None:
    assert marks(altered_site, DECLARATION) == {
        "goals": ["变更 2 #a03"],
        "i01": ["勘误 1 #a01"],
        "i02": ["变更 1 #a02", "变更 2 #a03"],
        "i09": ["变更 2 #a03"],
    }
    assert marks(altered_site, EVALUATION) == {"i03": ["勘误 1 #a01"]}


def test_documents_page_tells_its_own_alterations(altered_site: Path) -> None:
    assert rows(altered_site, "sstec/2024/targets") == [
        [
            "文件标题",
            "上海科学技术交流中心2024年度项目绩效目标汇总表",
            "上海科学技术交流中心2024年度财政项目绩效目标汇总表",
        ]
    ]


def test_page_without_alterations_says_nothing_of_them(altered_site: Path) -> None:
    page = dom.parse(altered_site / "sstec/2024/targets/02/index.html")
    assert not [*dom.find(page, "altered"), *dom.find(page, "altered-mark")]


def test_download_carries_the_alterations(altered_site: Path) -> None:
    facts = json.loads((altered_site / DECLARATION / "record.json").read_text("utf-8"))
    assert [(each["date"], each["why"], each["approved_by"]) for each in facts["amendments"]] == [
        ("2024-06-20", "年度任务安排有调整", "上海市科学技术委员会"),
        ("2024-09-30", "部分线下活动改为线上", "上海市科学技术委员会"),
    ]
    assert facts["amendments"][1]["fields"][1] == {
        "field": "indicators[3]",
        "dropped": {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "协同创新，加强长三角区域科技合作与交流- 工作简报",
            "target": "≥2.00(条)",
        },
    }
    assert facts["corrections"][0]["source"] == "原件第 2 页，年度指标值一列"


def test_page_does_not_say_what_is_withheld(tmp_path: Path) -> None:
    """The earliest wording is withheld by the second alteration, which the first one led to."""
    root = small_project(tmp_path)
    record = root / TARGETS / "01.yml"
    append(record, """amendments:
  - date: 2024-06-20
    what: 换了项目性质。
    why: 任务调整
    approved_by: 示例局
    fields:
      - field: nature
        was: 其他项目
  - date: 2024-07-20
    what: 撤下不该公开的文字。
    why: 原文有个人信息
    approved_by: 示例局
    fields:
      - field: nature
        withheld: 个人信息保护法第四十七条
      - field: indicators[2]
        withheld: 个人信息保护法第四十七条
        dropped:
          level1: 产出指标
          level2: 数量指标
          name: 某人的讲座
""")  # fmt: skip
    content = check_content(Settings(root, "示例", None)).or_raise()
    (page,) = (each.data for each in render_pages(make_plan(content)) if each.path == "unit/2024/targets/01/index.md")
    (tmp_path / "page.html").write_bytes(page)
    (part,) = dom.find(dom.parse(tmp_path / "page.html"), "altered")
    found = [[dom.text(cell) for cell in row.css("th, td")] for row in part.css("tbody tr")]
    assert found == [
        ["项目性质", "其他项目", "（依法不再显示）"],
        ["项目性质", "原文依法不再显示，依据：个人信息保护法第四十七条", "其他一次性项目"],
        [
            "原第 2 项指标",
            "一级指标产出指标二级指标数量指标三级指标某人的讲座"
            "这一行有文字依法不再显示，依据：个人信息保护法第四十七条",
            "删去",
        ],
    ]


def test_marks_follow_a_row_that_a_later_alteration_moved_down(tmp_path: Path) -> None:
    """An alteration names the row as it stood then; its mark stands at the same row of today."""
    root = small_project(tmp_path)
    record = root / TARGETS / "01.yml"
    row = "  - level1: 产出指标\n    level2: 数量指标\n    name: 新的一行\n    target: '=1(次)'\n"
    replace(record, "indicators:\n", f"indicators:\n{row}")
    replace(root / TARGETS / "disclosure.yml", "indicators: 8", "indicators: 9")
    append(record, """amendments:
  - date: 2024-06-20
    what: 场次减少。
    why: 任务调整
    approved_by: 示例局
    fields:
      - field: indicators[1].target
        was: "≥6.00(场)"
  - date: 2024-07-20
    what: 加一行。
    why: 任务调整
    approved_by: 示例局
    fields:
      - field: indicators[1]
""")  # fmt: skip
    content = check_content(Settings(root, "示例", None)).or_raise()
    (form,) = (record.form for record in content.records if record.id == "unit/2024/targets/01")
    assert history(form)[1] == ()
    told = altered(form)
    assert {key: [mark.name for mark in found] for key, found in told.marks.items()} == {
        "indicators[2].target": ["变更 1"],
        "indicators[1]": ["变更 2"],
    }
    assert [(spot.name, spot.anchor) for each in told.told for spot in each.spots] == [
        ("第 1 项指标 · 年度指标值", "i02"),
        ("第 1 项指标", "i01"),
    ]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1280, 390])
def test_reader_goes_from_a_value_to_its_earlier_words_and_back(
    page: Page, altered_site: Path, serve: Serve, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{serve(altered_site)}/{DECLARATION}/")
    page.locator("#i02").get_by_role("link", name="变更 2").click()
    item = page.locator("#a03")
    assert "≥5.00(条)" in item.inner_text()
    page.wait_for_function("document.querySelector('#a03').getBoundingClientRect().top < innerHeight")
    item.get_by_role("link", name="第 2 项指标 · 年度指标值").click()
    assert page.url.endswith("#i02")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.needs("chromium")
def test_earlier_words_are_printed(page: Page, altered_site: Path, serve: Serve) -> None:
    page.goto(f"{serve(altered_site)}/{DECLARATION}/")
    page.emulate_media(media="print")
    assert page.locator("#a01").is_visible()
    assert page.locator("#i02 .altered-mark").first.is_visible()


@pytest.mark.needs("chromium")
def test_marks_are_large_enough_to_touch(page: Page, altered_site: Path, serve: Serve) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{serve(altered_site)}/{DECLARATION}/")
    sizes = [mark.bounding_box() for mark in page.locator(".altered-mark").all()]
    assert len(sizes) == 5
    assert all(size and min(size["width"], size["height"]) >= 24 for size in sizes)


# --- the guide

GUIDE = (ROOT / "docs" / "editing.zh-CN.md").read_text("utf-8").partition("## 十二、改已公开的内容")[2]


def guided(root: Path) -> Path:
    """The change that the guide's example tells, made in the record that it names."""
    record = root / "content/sstec/2024/targets/02.yml"
    replace(record, '"=1(次)"', '"=2(次)"')
    text = record.read_text("utf-8")
    dropped = next(row for row in text.split("  - level1: ") if "工作完成时效性" in row)
    added = "产出指标\n    level2: 数量指标\n    name: 参加培训人数\n    target: '≥60(人)'\n"
    record.write_text(f"{text.replace(f'  - level1: {dropped}', '')}  - level1: {added}", "utf-8")
    return record


def test_example_of_the_guide_passes_against_what_was_published(project: Path, site: Path) -> None:
    (example,) = GUIDE.split("```yaml\n")[1:]
    append(guided(project), example.split("```")[0])
    checked = check_content(read_settings(project), published=read_site(site))
    assert [problem.code for problem in checked.problems if problem.code.startswith(("alter", "published"))] == []


def test_message_of_the_guide_is_what_the_check_says(project: Path, site: Path) -> None:
    guided(project)
    done = run(project, "check", "--published", str(site))
    message = GUIDE.split("```\ncontent")[1].split("```")[0]
    assert f"content{message}" in done.stderr
