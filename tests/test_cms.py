"""The browser form: its fields are those of the schemas; a record changed in it is as if it was written by hand."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.commands.regaining import Keeper
from generator.editing.cms_config import cms_config, fields_of
from generator.editing.comments import carried, comments_of
from generator.editing.editor_schema import SCHEMAS, schema_files
from generator.reading.find import find_content
from generator.reading.load import load_bytes
from generator.reading.settings import Settings
from generator.words.tree import Tree
from tests.conftest import ROOT, copy_project
from tests.language_server.client import Json
from tests.test_fmt import REAL
from tests.test_serve import free_port, wait_for

RECORD = "content/sspec/2026/targets/02.yml"


def agreed(fields: list[Json], schema: Json, *, optional: bool = False) -> int:
    """How many fields were compared with their keys of the schema; each must say the same."""
    assert [field["name"] for field in fields] == list(schema["properties"])
    seen = 0
    for field in fields:
        key = schema["properties"][field["name"]]
        assert field["label"] == key["title"]
        required = field["name"] in schema.get("required", ()) and not optional
        assert field["required"] is required
        inner = field.get("field", field)
        one = key.get("items", key)
        assert inner.get("options", []) == one.get("enum", [])
        assert inner.get("pattern", [None, None]) == [one.get("pattern"), one.get("patternErrorMessage")]
        assert (field["widget"] == "list") is (key["type"] == "array")
        if "properties" in one:
            left_out = (optional or not required) if key["type"] == "object" else optional
            seen += agreed(field["fields"], one, optional=left_out)
        seen += 1
    return seen


def test_fields_patterns_and_choices_of_the_form_are_those_of_the_schemas() -> None:
    schemas = {name.removesuffix(".json"): json.loads(text) for name, text in schema_files()}
    assert sum(agreed(fields_of(model), schemas[name]) for name, _, model in SCHEMAS) > 150


def test_every_file_of_the_content_has_its_form() -> None:
    config = cms_config(find_content(ROOT, ROOT / "content")[0], {"name": "proxy"})
    files = [file["file"] for collection in config["collections"] for file in collection["files"]]
    assert sorted(files) == sorted(path.relative_to(ROOT).as_posix() for path, _ in REAL)
    names = [collection["name"] for collection in config["collections"]]
    assert len(set(names)) == len(names)


def test_form_for_a_git_server_is_written_with_its_backend(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    script = root / "build" / "cms" / "decap-cms@3.16.3.js"
    script.parent.mkdir(parents=True)
    script.write_text("// taken from its package before\n", "utf-8")
    (root / "gitlab.yml").write_text("name: gitlab\nrepo: office/disclosure\n", "utf-8")
    words = ["--write", str(root / "form"), "--backend", str(root / "gitlab.yml")]
    subprocess.run([sys.executable, "-m", "generator", "cms", "--root", str(root), *words], cwd=ROOT, check=True)
    config = json.loads((root / "form" / "config.yml").read_text("utf-8"))
    assert config["backend"] == {"name": "gitlab", "repo": "office/disclosure"}
    assert {path.name for path in (root / "form").iterdir()} == {"index.html", "config.yml", "decap-cms.js"}


# --- comments that the form loses ---


def tree_of(text: str) -> Tree:
    loaded = load_bytes(text.encode(), "x.yml")
    assert loaded.tree
    return loaded.tree


def test_comments_follow_their_rows_when_rows_are_added_and_taken_away() -> None:
    before = tree_of(
        "# 全文\nname: 甲\nindicators:\n  # 一\n  - name: 子\n  # 二\n  - name: 丑\n  # 三\n  - name: 寅\n"
    )
    after = tree_of("name: 甲\nindicators:\n  - name: 新\n  - name: 子\n  - name: 寅\n")
    found = carried(comments_of(before), before, after)
    assert dict(found.above) == {
        (): ("# 全文",), ("indicators", 1): ("# 一",), ("indicators",): ("# 二",), ("indicators", 2): ("# 三",)
    }  # fmt: skip
    assert found.count() == 4


def test_keeper_gives_back_what_a_form_editor_lost(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    keeper = Keeper(Settings(root, "示例", None))
    path = root / RECORD
    good = path.read_text("utf-8")
    assert good.count("#") > 3
    bare = "".join(line for line in good.splitlines(keepends=True) if not line.lstrip().startswith("#"))
    path.write_text(bare.replace('"', ""), "utf-8")
    keeper.settle(path)
    assert path.read_text("utf-8") == good


def test_keeper_leaves_a_deleted_comment_deleted(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    keeper = Keeper(Settings(root, "示例", None))
    path = root / RECORD
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines.remove(next(line for line in lines if line.lstrip().startswith("#")))
    path.write_text("".join(lines), "utf-8")
    keeper.settle(path)
    assert path.read_text("utf-8") == "".join(lines)


# --- the real form ---


class Form:
    def __init__(self, root: Path) -> None:
        self.root, self.port = root, free_port()
        self.talk = root / "talk.txt"
        words = [sys.executable, "-m", "generator", "cms", "--root", str(root), "--port", str(self.port)]
        with self.talk.open("wb") as stderr:
            self.process = subprocess.Popen(words, cwd=ROOT, stderr=stderr, start_new_session=True)
        assert wait_for(lambda: "表单：" in self.talk.read_text("utf-8"), 120), self.talk.read_text("utf-8")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)  # the form's server ends with it
        assert self.process.wait(timeout=20) == 0


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    running = Form(copy_project(tmp_path_factory.mktemp("form")))
    yield running
    running.stop()


@pytest.fixture
def record(browser: Browser, form: Form) -> Iterator[Page]:
    """The form of a record, opened; nothing of it is asked elsewhere."""
    context = browser.new_context(locale="zh-CN")
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{form.port}/")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("绩效目标申报表").first).to_be_visible()
    page.goto(f"http://127.0.0.1:{form.port}/#/collections/sspec-2026-targets/entries/02")
    expect(page.get_by_label("项目类别")).to_be_visible(timeout=30_000)
    yield page
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []
    context.close()


def publish(page: Page) -> None:
    page.get_by_role("button", name="发布").first.click()
    page.get_by_role("menuitem").first.click()


@pytest.mark.needs("npm")
@pytest.mark.needs("chromium")
def test_record_changed_in_the_form_differs_in_that_line_only(record: Page, form: Form) -> None:
    path = form.root / RECORD
    good = path.read_text("utf-8")
    record.get_by_label("项目类别").fill("改过的类别")
    publish(record)
    wanted = good.replace("category: 特定目标类", "category: 改过的类别")
    assert wait_for(lambda: path.read_text("utf-8") == wanted), path.read_text("utf-8")
    for command in (["fmt", "--check"], ["check"]):
        words = [sys.executable, "-m", "generator", *command, "--root", str(form.root)]
        assert subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.needs("npm")
@pytest.mark.needs("chromium")
def test_form_refuses_a_figure_in_words_in_our_words(record: Page, form: Form) -> None:
    before = (form.root / RECORD).read_text("utf-8")
    record.get_by_label("年度资金申请总额").fill("四十万")
    publish(record)
    expect(record.get_by_text("应为数字，如 5,073,780.00 或 56.00").first).to_be_visible()
    assert (form.root / RECORD).read_text("utf-8") == before
