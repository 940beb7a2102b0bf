"""Whole pages as they are rendered, kept under `golden/`: a change of a template shows in the diff.

After a change that is wanted: `GOLDEN=write make test`, and read the diff before committing it.
"""

import os

import pytest

from generator.exports.downloads import form_files
from generator.pages.plan import make_plan, shells_of
from generator.pages.render import page_maker, render_engine_pages, render_pages, site_words
from generator.reading.content import Content
from generator.words.urls import project_url
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
PAGES = (
    "index.md",
    "sspec/index.md",
    "sspec/2026/index.md",
    "sspec/2026/targets/index.md",
    "sspec/2026/targets/02/index.md",
    "sspec/2026/targets/02/record.json",
    "sstec/2023/evaluations/index.md",
    "sstec/2023/evaluations/06/index.md",
    "sstec/2023/evaluations/06/record.json",
    f"{project_url('sstec', '加强科技类社会组织党建工作')}index.md",
    "sspec/projects/index.md",
    "years/2024/index.md",
    "_shell-year-columndescription-columnkeywords-columnname-columntype/x/index.md",
)


@pytest.fixture(scope="module")
def rendered(content: Content) -> dict[str, str]:
    plan = make_plan(content)
    # the home page and its shell stand in one place: the page is the one to see
    forms = [file for centre in content.centres for file in form_files(centre, None)]
    words = site_words(content, plan.outlines, None)
    files = [
        *render_engine_pages(plan.pages, shells_of(plan.pages), words, page_maker(words, None)),
        *render_pages(plan),
        *forms,
    ]
    return {file.path: file.data.decode() for file in files if file.path in PAGES}


@pytest.mark.parametrize("path", PAGES)
def test_page_is_rendered_as_agreed(rendered: dict[str, str], path: str) -> None:
    kept = GOLDEN / path.replace("/", "_")
    if os.environ.get("GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(rendered[path], "utf-8")
    assert rendered[path] == kept.read_text("utf-8")
