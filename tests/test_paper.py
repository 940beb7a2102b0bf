"""The form on A4, printed by Chromium into a PDF: the same structure as the official form, page by page."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.reading.content import Content
from generator.reading.model import Evaluation
from generator.words.urls import record_url
from tests.conftest import Built, Serve

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("pdftotext")]

# The longest declaration and evaluation, the shortest evaluation, one altered after publication.
LONG_DECLARATION = "sstec/2024/targets/01"
LONG_EVALUATION = "sstec/2023/evaluations/05"
SHORT_EVALUATION = "sstec/2023/evaluations/06"
FOOT = re.compile(r"第(\d+)页，共(\d+)页")
STORY = "得分是怎样构成的"
HEADINGS = ("变更与勘误", "改动之处原来改为", "预期目标实际完成情况", "比较", "整理说明（不是原表内容）：", "共33项")

Print = Callable[[str], list[str]]


def joined(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def altered_address(altered: Built, serve: Serve) -> str:
    return serve(altered.folder)


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def pages_of(reader: Page, address: str, file: Path) -> list[str]:
    """The text of each page of a form's print, as it lies on the paper."""
    reader.goto(address, wait_until="networkidle")
    reader.pdf(path=file, prefer_css_page_size=True, print_background=True)
    words = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout
    return text.split("\f")[:-1]


@pytest.fixture
def printed(reader: Page, address: str, tmp_path: Path) -> Print:
    return lambda record: pages_of(reader, f"{address}/{record_url(record)}", tmp_path / "form.pdf")


@pytest.mark.parametrize("record", [LONG_DECLARATION, LONG_EVALUATION, SHORT_EVALUATION])
def test_every_page_is_numbered_of_so_many(printed: Print, record: str) -> None:
    pages = printed(record)
    feet = [FOOT.findall(joined(page))[-1] for page in pages]
    assert feet == [(str(number), str(len(pages))) for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize(
    ("record", "heads"),
    [
        (LONG_DECLARATION, "一级指标二级指标三级指标年度(/项目)指标值"),
        (LONG_EVALUATION, "年度指标值实际完成值分值得分"),
    ],
)
def test_page_that_goes_on_with_rows_repeats_heads_and_labels(printed: Print, record: str, heads: str) -> None:
    """A page that begins among the rows has the column heads, then level 1 and 2 of its first row."""
    pages = [joined(page) for page in printed(record)]
    form = pages[: next((number for number, page in enumerate(pages) if page.startswith(STORY)), len(pages))]
    begun = next(number for number, page in enumerate(form) if heads in page or "三级指标" in page)
    rest = [page for page in form[begun + 1 :] if not page.startswith("整理说明")]
    assert rest
    for page in rest:
        top = page[:60]
        assert "三级指标" in top, top
        assert re.search(r"(产出|效益|满意度|成本)", page[len("一级指标二级指标三级指标") :][:60]), top


@pytest.mark.parametrize("record", [LONG_DECLARATION, LONG_EVALUATION, SHORT_EVALUATION])
def test_no_heading_stands_alone_at_the_foot_of_a_page(
    reader: Page, address: str, altered_address: str, tmp_path: Path, record: str
) -> None:
    for base in (address, altered_address):
        for page in pages_of(reader, f"{base}/{record_url(record)}", tmp_path / "form.pdf"):
            last = FOOT.split(joined(page))[0].removesuffix("财政项目支出绩效信息公开")
            assert not last.endswith(HEADINGS), last[-60:]


@pytest.mark.parametrize("record", [LONG_DECLARATION, LONG_EVALUATION, SHORT_EVALUATION])
def test_nothing_of_the_form_is_cut_off(printed: Print, content: Content, record: str) -> None:
    """Every value and name that stands in one line on paper is found; longer ones by their first characters."""
    (form,) = (each.form for each in content.records if each.id == record)
    text = joined("".join(printed(record)))
    looked_at = 0
    for row in form.indicators:
        values = [joined(row.name)[:6], joined(str(row.target or ""))[:6]]
        if isinstance(form, Evaluation):
            values += [str(getattr(row, "points")), str(getattr(row, "score"))]  # noqa: B009 - rows of either kind
        for value in values:
            assert value in text, value
            looked_at += 1
    assert looked_at > 20


def test_story_of_a_score_begins_a_page_of_its_own(printed: Print) -> None:
    pages = [joined(page) for page in printed(LONG_EVALUATION)]
    assert sum(page.startswith(STORY) for page in pages) == 1
    before = "".join(pages[: [page.startswith(STORY) for page in pages].index(True)])
    assert "评分等级优" in before
    assert "怎样算" not in before


def test_short_evaluation_is_one_page_and_its_story_another(printed: Print) -> None:
    assert len(printed(SHORT_EVALUATION)) == 2
