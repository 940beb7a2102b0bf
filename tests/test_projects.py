"""One project through the years: which forms are of it, where its page is, what became of its indicators."""

import shutil
from pathlib import Path

import pytest

from generator.changes.lineage import Project, followed, projects
from generator.facts.project import story_of, years_of
from generator.facts.yearly import change_of, threads
from generator.figures.targets import parse_target
from generator.line.check import check_content
from generator.pages.plan import make_plan
from generator.pipeline import build_site
from generator.profiles.profile import read_profile
from generator.reading.content import Centre, Content
from generator.reading.settings import Settings, read_settings
from generator.words.urls import project_url
from tests import dom
from tests.conftest import copy_project
from tests.small import EVALUATIONS, SAME_YEAR, TARGETS, small_project

SHANGHAI = read_profile("shanghai")


def centre_of(root: Path) -> Centre:
    (centre,) = check_content(Settings(root, "示例", None)).or_raise().centres
    return centre


def ids(found: tuple[Project, ...]) -> list[list[str]]:
    return [[form.record.id for form in project.forms] for project in found]


# --- which forms are of a project


def test_forms_of_one_name_are_one_project_oldest_first(tmp_path: Path) -> None:
    assert ids(projects(centre_of(small_project(tmp_path)))) == [
        ["unit/2023/evaluations/01", "unit/2024/targets/01", "unit/2024/evaluations/01"],
        ["unit/2023/evaluations/02", "unit/2024/targets/02"],
    ]


def renamed(root: Path, *, continues: bool = True) -> Path:
    """The second project has another name in 2024."""
    file = root / TARGETS / "02.yml"
    words = file.read_text("utf-8").replace("科技普及", "科普工程")
    file.write_text(words + ("continues: unit/2023/evaluations/02\n" if continues else ""), "utf-8")
    return root


def test_form_continues_an_earlier_one_under_another_name(tmp_path: Path) -> None:
    found = projects(centre_of(renamed(small_project(tmp_path))))
    assert ids(found)[1] == ["unit/2023/evaluations/02", "unit/2024/targets/02"]
    assert found[1].names == ("科技普及", "科普工程")
    assert found[1].name == "科普工程"


def test_form_under_another_name_is_a_project_of_its_own_without_a_word(tmp_path: Path) -> None:
    found = projects(centre_of(renamed(small_project(tmp_path), continues=False)))
    assert ids(found)[1:] == [["unit/2023/evaluations/02"], ["unit/2024/targets/02"]]


def test_form_whose_name_the_centre_changed_stays_in_its_project(tmp_path: Path) -> None:
    root = renamed(small_project(tmp_path), continues=False)
    amendment = "amendments:\n  - date: 2024-06-20\n    what: 项目改名\n    why: 与批复一致\n    approved_by: 示例局\n"
    file = root / TARGETS / "02.yml"
    file.write_text(
        f"{file.read_text('utf-8')}{amendment}    fields:\n      - field: name\n        was: 科技普及\n", "utf-8"
    )
    assert ids(projects(centre_of(root)))[1] == ["unit/2023/evaluations/02", "unit/2024/targets/02"]


def test_projects_of_the_real_content_are_those_of_one_name(content: Content) -> None:
    several = {project.name: [form.record.id for form in project.forms] for centre in content.centres
               for project in followed(projects(centre))}  # fmt: skip
    assert several == {
        "绿色技术银行综合管理与运行": ["sstec/2023/evaluations/01", "sstec/2024/targets/06"],
        "技术转移合作": ["sstec/2023/evaluations/03", "sstec/2024/targets/07"],
        "信息化建设项目": ["sstec/2023/evaluations/04", "sstec/2024/targets/05"],
        "国内外科技合作交流": ["sstec/2023/evaluations/05", "sstec/2024/targets/01"],
        "加强科技类社会组织党建工作": ["sstec/2023/evaluations/06", "sstec/2024/targets/02"],
    }


# --- where its page is


def urls(root: Path) -> set[str]:
    plan = make_plan(check_content(Settings(root, "示例", None)).or_raise())
    return {url for url in plan.urls if url.startswith("unit/projects/")}


def test_page_keeps_its_url_when_an_older_year_is_added(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    before = urls(root)
    assert project_url("unit", "科技服务") in before
    shutil.copytree(root / EVALUATIONS, root / "content/unit/2022/evaluations")
    assert projects(centre_of(root))[0].years == (2022, 2023, 2024)
    assert urls(root) == before


def test_page_keeps_its_url_when_its_project_is_renamed(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    before = urls(root)
    after = urls(renamed(root))
    assert before < after
    assert after - before == {project_url("unit", "科普工程")}


def test_page_under_another_name_leads_to_the_project(tmp_path: Path) -> None:
    root = copy_project(tmp_path, with_content=False)
    small_project(root)
    renamed(root)
    site = build_site(read_settings(root)).folder
    page = dom.parse(site / project_url("unit", "科普工程") / "index.html")
    own = project_url("unit", "科技普及").split("/")[-2]
    assert page.css(f'a[href="../{own}/"]')
    assert "科技普及、科普工程" in dom.text(page)


def test_project_of_a_single_form_has_no_page(site: Path) -> None:
    assert not (site / project_url("sstec", "火灾报警系统升级改造")).exists()
    listed = dom.text(dom.parse(site / "sstec/projects/index.html"))
    assert "火灾报警系统升级改造" in listed


def test_forms_lead_to_their_project_and_back(site: Path) -> None:
    url = project_url("sstec", "绿色技术银行综合管理与运行")
    page = dom.parse(site / url / "index.html")
    for form in ("2023/evaluations/01", "2024/targets/06"):
        assert page.css(f'a[href="../../{form}/"]')
        there = dom.parse(site / "sstec" / form / "index.html")
        assert there.css(f'a[href="../../../projects/{url.split("/")[-2]}/"]')


# --- what became of a target


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("=15.00(家)", "=20.00(家)", "提高"),
        ("≥300(人)", "≥200(人)", "降低"),
        ("≥0.80(万人次)", "≥9000(人次)", "提高"),
        ("≤10(次)", "≤5(次)", "上限收紧"),
        ("<5(次)", "<10(次)", "上限放宽"),
        ("=2(场)", "=2.00(场)", "不变"),
        ("≥90(%)", "≥ 90 (百分比)", "不变"),
        (">90(%)", "≥ 90 (百分比)", "符号改变"),
        ("≥3(次)", "≥6.00(条)", "单位改变"),
        ("≥90(null)", "≥90(百分比)", "单位改变"),
        ("≥5(次)", "≤8(次)", "上下限改变"),
        ("满意", "≥90.00(百分比)", "改为数值"),
        ("≥90.00(百分比)", "系统账号开通率≥90%", "改为文字"),
        ("达到国内先进", "达到国际先进", "措辞改变"),
        ("2023 年底前上线", "2024年底前上线", "不变"),
    ],
)
def test_change_of_a_target_is_said_in_words(before: str, after: str, change: str) -> None:
    assert change_of(parse_target(before), parse_target(after), cost=False) == change


def test_cost_without_a_sign_is_a_limit() -> None:
    assert change_of(parse_target("100(万元)"), parse_target("90(万元)"), cost=True) == "上限收紧"


def test_target_that_the_source_does_not_tell_is_not_compared() -> None:
    assert change_of(None, parse_target("=1(次)"), cost=False) == "无法比较"


def story(content: Content, name: str) -> dict[str, list[tuple[str | None, str]]]:
    """Each indicator by the name it had last: for each year its name, and what became of it."""
    (project,) = (found for centre in content.centres for found in projects(centre) if found.name == name)
    return {
        [mention.row.indicator.name for mention in thread.mentions if mention.row][-1]: [
            (mention.row.indicator.name if mention.row else None, mention.change) for mention in thread.mentions
        ]
        for thread in threads(years_of(project), SHANGHAI)
    }


def test_indicators_of_the_real_project_are_told_from_year_to_year(content: Content) -> None:
    told = story(content, "加强科技类社会组织党建工作")
    assert told == {
        "组织开展科技社会组织党建培训": [
            ("组织开展科技社会组织党建培训", ""),
            ("组织开展科技社会组织党建培训", "不变"),
        ],
        "培训合格率": [("培训合格率", ""), ("培训合格率", "不变")],
        "工作完成时效性": [("时效性", ""), ("工作完成时效性", "不变")],
        "党建工作推进情况": [(None, ""), ("党建工作推进情况", "新增")],
        "服务对象满意率": [(None, ""), ("服务对象满意率", "新增")],
        "覆盖率": [("覆盖率", ""), (None, "取消")],
        "社会组织工作人员、参培人员满意度": [("社会组织工作人员、参培人员满意度", ""), (None, "取消")],
        "预算执行率": [("预算执行率", ""), (None, "取消")],
    }


def test_every_indicator_of_every_form_of_a_project_is_told_once(content: Content) -> None:
    looked_at = 0
    for centre in content.centres:
        for project in followed(projects(centre)):
            found = threads(years_of(project), SHANGHAI)
            for place, form in enumerate(project.forms):
                told = [thread.mentions[place].row for thread in found]
                names = sorted(row.indicator.name for row in told if row)
                assert names == sorted(indicator.name for indicator in form.record.form.indicators)
                looked_at += len(names)
    assert looked_at == 81 + 92


def three_years(root: Path) -> Project:
    """The first project of the small content, with a declaration of 2025 that goes on differently."""
    small_project(root)
    folder = root / "content/unit/2025/targets"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_bytes((root / TARGETS / "source.txt").read_bytes())
    facts = (
        (root / TARGETS / "disclosure.yml").read_text("utf-8").replace("2024", "2025").replace("20,000.00", "10,000.00")
    )
    (folder / "disclosure.yml").write_text(
        facts.replace("records: 2", "records: 1").replace("indicators: 8", "indicators: 3"), "utf-8"
    )
    form = (root / TARGETS / "01.yml").read_text("utf-8").replace("2024-", "2025-")
    form = form.replace('"≥5.00(场)"', '"≥4.00(场)"').replace("受益企业数", "受益企业数量")
    start = form.index("  - level1: 满意度指标")
    form = form[:start] + form[form.index("  - level1: 效益指标") :]
    (folder / "01.yml").write_text(form, "utf-8")
    return projects(centre_of(root))[0]


def test_three_years_are_compared_one_by_one(tmp_path: Path) -> None:
    project = three_years(tmp_path)
    assert project.years == (2023, 2024, 2025)
    told = story_of(project, SHANGHAI)
    assert [step.name for step in told.steps] == ["2023 → 2024", "2024 → 2025"]
    found = {
        [mention.row.indicator.name for mention in thread.mentions if mention.row][-1]: [
            mention.change for mention in thread.mentions
        ]
        for group in told.groups
        for thread in group.threads
    }
    assert found["活动场次"][1:] == ["不变", "降低"]
    assert found["参加者满意度"][1:] == ["不变", "取消"]
    assert found["受益企业数量"][2] == "不变"


def test_declaration_and_evaluation_of_a_year_stand_together(tmp_path: Path) -> None:
    project = three_years(tmp_path)
    year = years_of(project)[1]
    assert year.declaration
    assert year.evaluation
    first = threads(years_of(project), SHANGHAI)[0].mentions[1]
    assert first.declared
    assert first.evaluated
    assert first.evaluated.url.startswith(SAME_YEAR.removeprefix("content/"))


def test_course_of_an_indicator_is_drawn_on_one_scale(content: Content) -> None:
    (project,) = (found for centre in content.centres for found in projects(centre) if found.name == "技术转移合作")
    (course,) = story_of(project, SHANGHAI).courses
    assert course.name == "走访科技类社会组织、新型研发机构、企业"
    assert [(figure.name, figure.target.printed, str(figure.parts[0].width)) for figure in course.figures] == [
        ("2023 指标值", "=15.00(家)", "75.00"),
        ("2023 实际完成值", "15.00(家)", "75.00"),
        ("2024 指标值", "=20.00(家)", "100.00"),
    ]


def test_project_page_says_the_money_as_printed_and_compares_it(site: Path) -> None:
    page = dom.parse(site / project_url("sstec", "绿色技术银行综合管理与运行") / "index.html")
    words = dom.text(page)
    for said in (
        "总分 99.60，等级 优",
        "129.67 万元，执行率 96.05%",
        "申请 1,800,000.00 元",
        "全部为当年财政拨款",
        "2024 年度申请总额是 2023 年度全年预算数的 133.33%。",
    ):
        assert said in words
    shown = [dom.text(row.css("td")[0]) for row in page.css(".accounts tbody tr")]
    assert shown == ["1,350,000.00", "1,296,700.00", "1,800,000.00"]
