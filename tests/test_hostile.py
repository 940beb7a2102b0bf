"""Hostile record text stays text: the pages' skeletons are those of harmless records.

One project holds a declaration and an evaluation for each payload, with the payload in every text
field; another holds the same with harmless words. Both go through the real engine.
"""

import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from generator.feed import feed_files
from generator.pipeline import build_site, check_content
from generator.plan import make_plan
from generator.settings import read_settings
from tests import dom
from tests.conftest import Serve, copy_project
from tests.validator import validated

PAYLOADS = (
    "<script>window.broken = 1</script>",
    "</article></div></main><script>window.broken = 1</script>",
    "<img src=x onerror=window.broken=1>",
    "<svg/onload=window.broken=1>",
    '"><b onmouseover=window.broken=1>',
    "' autofocus onfocus='window.broken=1",
    "<!-- comment",
    "--> <b>bold</b>",
    "<![CDATA[ <b>x</b> ]]>",
    "<?php echo 1 ?>",
    "</title><b>title</b>",
    "</textarea><b>x</b>",
    "&lt;b&gt;kept&lt;/b&gt; &amp;amp; &#60;b&#62;",
    "[link](javascript:window.broken=1)",
    "![image](x.png) **bold** `code` # heading",
    "<javascript:window.broken=1>",
    "{{ 7*7 }} {% raw %} {# x #}",
    "${7*7} <%= 7 %> #{7}",
    "--8<-- 'mkdocs.yml'",
    "{: onclick=window.broken=1 }",
    "[TOC]",
    "*[HTML]: x",
    "[^1]: footnote [^1]",
    "!!! note 'x'",
    "| a | b |",
    "~~~html",
    "```",
    "1. item",
    "- item",
    "    code",
    "\\<b\\>",
    "=1+1",
    "%3Cscript%3E",
    "http://x.example/ www.x.example",
    "wzxhzdk:0",
    "klzzwxh:0000",
    "'\";:,./?-_=+",
    "[" * 3_000,
    "**" * 500 + "x",
    "字" * 3_000,
)
HARMLESS = "平常的文字"
KEPT_WORDS = 60
LONG = 50


def harmless(payload: str) -> str:
    """Words as long as a payload: the earlier wording of a long text is shown otherwise than that of a short one."""
    return (HARMLESS * len(payload))[: len(payload)] if len(payload) > LONG else HARMLESS


def alterations(words: str, field: str, row: dict[str, str] | None) -> dict[str, object]:
    """An amendment and a correction, all their words the payload; a row dropped and one added where there are rows."""
    rows: list[object] = [{"field": "indicators[1]", "dropped": row}, {"field": "indicators[1]"}] if row else []
    said = {"date": "2024-06-01", "what": words}
    return {
        "amendments": [
            said | {"why": words, "approved_by": words, "fields": [{"field": field, "was": f"{words}\n\n又 {words}"}]}
        ],
        "corrections": [said | {"source": words, "fields": [{"field": field, "was": f"甲 {words}"}, *rows]}],
    }


def declaration(number: int, words: str) -> dict[str, object]:
    row = {"level1": words, "level2": words, "name": words, "target": words}
    return {
        "name": f"{number} {words}",
        "nature": words,
        "category": words,
        "department": words,
        "implementer": words,
        "start": "2024-01-01",
        "end": "2024-12-31",
        "funding": {"total": "1.00", "appropriation": "1.00", "carryover": "0.00", "other": "0.00"},
        "objectives": {"overall": words, "annual": f"{words}\n\n{words}"},
        "indicators": [row, row | {"target": "≥1(x)"}],
    } | alterations(words, "start", row)


def evaluation(number: int, words: str) -> dict[str, object]:
    money = {"initial": "1.00", "revised": "1.00", "spent": "1.00", "points": "10.00", "execution_rate": "100.00"}
    none = {
        "initial": "0.00",
        "revised": "0.00",
        "spent": "0.00",
        "points": "-",
        "execution_rate": "0.00",
        "score": "-",
    }
    row = {"level1": words, "level2": words, "name": words, "target": words, "actual": words, "deviation": words}
    return {
        "name": f"{number} {words}",
        "department": words,
        "implementer": words,
        "budget": {"total": money | {"score": "10.00"}, "appropriation": money | {"points": "-", "score": "-"}}
        | {"carryover": none, "other": none},
        "expected": words,
        "achieved": f"{words}\n\n{words}",
        "indicators": [row | {"points": "90.00", "score": "90.00"}],
        "total_points": "100.00",
        "total_score": "100.00",
        "grade": words,
    } | alterations(words, "total_score", row | {"points": "90.00", "score": "90.00"})


def write(path: Path, facts: object) -> None:
    """A YAML file: JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")


def hostile_project(folder: Path, payloads: tuple[str, ...]) -> Path:
    """A project with one centre for each payload, all its words the payload."""
    copy_project(folder, with_content=False)
    for number, words in enumerate(map(str.strip, payloads), 1):
        centre = folder / "content" / f"c{number}"
        facts: dict[str, object] = {
            "title": words,
            "title_origin": "本站拟定",
            "approved": "未注明",
            "published": "2024-03-01",
        }
        facts |= {"source": {"sha256": hashlib.sha256(b"source").hexdigest()}}
        write(centre / "centre.yml", {"name": words, "former_names": [words], "department": words})
        expected: dict[str, dict[str, str]] = {
            "targets": {"records": "1", "indicators": "2", "total": "1.00"},
            "evaluations": {"records": "1", "indicators": "1", "revised": "1.00", "spent": "1.00"},
        }
        for kind, expect in expected.items():
            place = centre / "2024" / kind
            write(place / "disclosure.yml", facts | {"expect": expect} | alterations(words, "approved", None))
            (place / "source.txt").write_bytes(b"source")
            make = declaration if kind == "targets" else evaluation
            write(place / "01.yml", make(1, words))
    # a parser of Markdown hangs on such a text, were it handed one
    long = folder / "content/c1/2024/targets/01.yml"
    write(long, declaration(1, payloads[0].strip()) | {"objectives": {"overall": "短", "annual": "[" * 200_000}})
    return folder


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile_project(tmp_path_factory.mktemp("hostile"), PAYLOADS)
    return build_site(read_settings(folder)).folder


@pytest.fixture(scope="module")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile_project(tmp_path_factory.mktemp("harmless"), tuple(map(harmless, PAYLOADS)))
    return build_site(read_settings(folder)).folder


def pages(site: Path) -> dict[str, Path]:
    """Every page by its URL; the address of a project, which follows its name, is told by its centre alone."""
    found = {_place(path.relative_to(site).as_posix()): path for path in sorted(site.rglob("*.html"))}
    assert len(found) > len(PAYLOADS) * 6
    assert len([place for place in found if place.endswith("/projects/*/index.html")]) == len(PAYLOADS)
    return found


def _place(path: str) -> str:
    return re.sub("/projects/[0-9a-f]{10}/", "/projects/*/", path)


def test_hostile_text_leaves_every_skeleton_unchanged(hostile_site: Path, harmless_site: Path) -> None:
    others = pages(harmless_site)
    for place, page in pages(hostile_site).items():
        assert skeleton(page) == skeleton(others[place]), place


def skeleton(page: Path) -> list[tuple[str, tuple[str, ...]]]:
    """A page's elements but for the marks of what differs between two wordings, which follow the words."""
    return [found for found in dom.skeleton(dom.parse(page)) if found not in (("del", ()), ("ins", ()))]


def test_hostile_text_is_shown_as_written(hostile_site: Path) -> None:
    for number, words in enumerate(PAYLOADS, 1):
        (sheet,) = dom.find(dom.parse(hostile_site / f"c{number}/2024/targets/01/index.html"), "sheet")
        shown = sheet.text()
        assert shown.count(words.strip()) >= 12, words[:KEPT_WORDS]


def test_hostile_text_stands_in_titles_as_written(hostile_site: Path) -> None:
    for number, words in enumerate(PAYLOADS, 1):
        (title,) = dom.parse(hostile_site / f"c{number}/2024/targets/01/index.html").css("head title")
        assert f"1 {' '.join(words.split())}" in dom.text(title), words[:KEPT_WORDS]


def test_hostile_text_stands_in_data_blocks_as_written(hostile_site: Path) -> None:
    for number, words in enumerate(map(str.strip, PAYLOADS), 1):
        page = dom.parse(hostile_site / f"c{number}/2024/targets/01/index.html")
        (block,) = page.css('script[type="application/ld+json"]')
        facts = json.loads(block.text())
        assert facts["creator"]["name"] == words
        assert f"1 {words}" in facts["name"]


def test_hostile_text_stands_in_feeds_as_written(hostile_site: Path) -> None:
    content = check_content(read_settings(hostile_site.parent.parent)).or_raise()
    feeds = {file.path: file.data for file in feed_files(make_plan(content, "https://example.org/"), "示例")}
    assert len(feeds) == len(PAYLOADS) + 1
    for number, words in enumerate(map(str.strip, PAYLOADS), 1):
        feed = ElementTree.fromstring(feeds[f"c{number}/feed.xml"])
        told = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
        assert told.count(words) == 2  # the publications of its two documents


def test_hostile_text_leaves_the_data_package_valid(hostile_site: Path) -> None:
    counted = validated(hostile_site / "data")
    assert (counted["declarations"], counted["evaluations"]) == (len(PAYLOADS), len(PAYLOADS))


@pytest.mark.needs("chromium")
def test_hostile_text_runs_nothing_in_the_browser(hostile_site: Path, browser: Browser, serve: Serve) -> None:
    address = serve(hostile_site)
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    for number in range(1, len(PAYLOADS) + 1):
        for kind in ("targets", "evaluations"):
            page.goto(f"{address}/c{number}/2024/{kind}/01/")
            assert page.evaluate("window.broken === undefined")
    page.close()
    assert said == []
