"""Hostile text stays text, in every field: the pages' skeletons are those of harmless text, and nothing runs.

One site holds a centre with a declaration and an evaluation for each payload, with the payload in every text field;
another holds the same with harmless words. What a site has once (its name, its menu, its publisher, the titles of
its pages) holds several payloads one after the other. All go through the whole line.
"""

import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from markupsafe import Markup, escape
from playwright.sync_api import Browser, Page
from pydantic import BaseModel
from selectolax.lexbor import LexborNode

from generator.commands.by_engine import build_by_engine
from generator.exports.compress import SUFFIX
from generator.exports.feed import centre_feed, site_feed
from generator.figures.targets import Target
from generator.line.check import check_content
from generator.pages.environment import new_environment, shown
from generator.pages.plan import make_plan
from generator.pipeline import build_site
from generator.reading.load import load_bytes
from generator.reading.model import CentreFacts, Declaration, Evaluation, EvaluationsFacts, SiteFacts, TargetsFacts
from generator.reading.settings import read_settings
from generator.words.place import Lines
from generator.words.problems import EngineStop, SettingsStop
from tests import dom
from tests.conftest import Serve
from tests.hostile import (
    FILES,
    HARMLESS,
    HUGE,
    PAYLOADS,
    REFUSED,
    RUN,
    TOKENS,
    declaration,
    evaluation,
    harmless,
    hostile_project,
    leaves,
    named_project,
    replaced,
    site_facts,
    texts,
    write,
    write_centre,
    written,
)
from tests.small import problems, small_project
from tests.validator import validated

KEPT_WORDS = 60
TOGETHER = 15  # payloads in one name: a site has one, and would have to be built for each
# Of waivers, which are never published; `field` names a place and takes no other words.
UNPUBLISHED = {"rule", "reason", "by", "field"}
OF_RECORDS = UNPUBLISHED | {"continues"}  # the id of another form: other words are refused
ROWS = UNPUBLISHED | {"level1", "level2", "name", "target"}  # a document has none
MOVED = {"old", "new"}  # addresses: other words are refused
# What an editor's note may become: notes are a little Markdown (generator/words/prose.py).
OF_NOTES = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br"}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile_project(tmp_path_factory.mktemp("hostile"), PAYLOADS)
    # a parser of Markdown hangs on such a text, were it handed one
    long = folder / "content/c1/2024/targets/01.yml"
    facts = json.loads(long.read_text("utf-8"))
    write(long, facts | {"objectives": {"overall": "短", "annual": "[" * 200_000}})
    return build_site(read_settings(folder)).folder


@pytest.fixture(scope="module")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile_project(tmp_path_factory.mktemp("harmless"), tuple(map(harmless, PAYLOADS)))
    long = folder / "content/c1/2024/targets/01.yml"
    facts = json.loads(long.read_text("utf-8"))
    write(long, facts | {"objectives": {"overall": "短", "annual": "长" * 200_000}})
    return build_site(read_settings(folder)).folder


def pages(site: Path) -> dict[str, Path]:
    """Every page by its URL; the address of a project, which follows its name, is told by its centre alone."""
    found = {_place(path.relative_to(site).as_posix()): path for path in sorted(site.rglob("*.html"))}
    assert len(found) > len(PAYLOADS) * 6
    assert len([place for place in found if place.endswith("/projects/*/index.html")]) == len(PAYLOADS)
    return found


def _place(path: str) -> str:
    return re.sub("/projects/[0-9a-f]{10}/", "/projects/*/", path)


def skeleton(page: Path) -> list[tuple[str, tuple[str, ...]]]:
    """A page's elements and attributes, but for what follows the words: notes, and the marks between two wordings."""
    root = dom.parse(page)
    for note in root.css("div.note"):
        wrong = [node.tag for node in inside(note) if node.tag not in OF_NOTES]
        wrong += [name for node in inside(note) for name in node.attributes if name not in ("href", "start")]
        assert wrong == [], page
        for child in list(note.iter()):
            child.decompose()
    return [found for found in dom.skeleton(root) if found not in (("del", ()), ("ins", ()))]


def inside(node: LexborNode) -> list[LexborNode]:
    return [found for found in node.traverse(include_text=False) if found.mem_id != node.mem_id]


def test_payloads_are_many_and_of_one_kind_each() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
    assert len([payload for payload in PAYLOADS if RUN in payload]) >= 30


def test_templates_escape_words_whatever_holds_them() -> None:
    for words in PAYLOADS:
        assert shown(words) == shown(Target(words)) == escape(words)
        assert shown(escape(words)) == escape(words)
        assert f"{Markup('<b>')}{shown(words)}" == Markup("<b>{}").format(words)
    assert any(shown(words) != words for words in PAYLOADS)


@pytest.mark.parametrize(
    ("template", "due"),
    [
        ("{% macro own(word) %}<b>{{ word }}</b>{% endmacro %}{{ own(words) }}", "<b>{0}</b>"),
        ("{% macro own(word) %}<b>{{ word }}</b>{% endmacro %}{{ own(words) ~ words }}", "<b>{0}</b>{0}"),
        ("{% macro own(word) %}<b>{{ word }}</b>{% endmacro %}{{ own(own(words)) }}", "<b><b>{0}</b></b>"),
        (
            "{% macro own(word) %}<b>{{ word }}</b>{% endmacro %}{% for own in [same] %}{{ own(words) }}{% endfor %}",
            "{0}",
        ),
        ("{% macro own(word, same) %}{{ same(word) }}{% endmacro %}{{ own(words, same) }}", "{0}"),
        ("{{ words if words else '' }}{{ ' <' if words else '' }}", "{0} &lt;"),
    ],
)
def test_compiled_templates_escape_words_once(template: str, due: str) -> None:
    made = new_environment().from_string(template)
    for words in PAYLOADS:
        assert made.render(words=words, same=lambda word: word) == due.format(escape(words))


def free_texts(model: type[BaseModel]) -> set[str]:
    """The keys under which a model, or one within it, takes words as they come."""
    found: set[str] = set()
    for key, info in model.model_fields.items():
        said = repr((info.annotation, info.metadata))
        if within := nested(info.annotation):
            found |= free_texts(within)
        elif "pattern" not in said and re.search(r"<function _(line|prose|note)\b|targets\.Target", said):
            found.add(key)
    return found


def nested(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := nested(part))), None)


@pytest.mark.parametrize(
    ("model", "facts", "elsewhere"),
    [
        (CentreFacts, FILES["centre.yml"], set()),
        (TargetsFacts, FILES["2024/targets/disclosure.yml"], ROWS),
        (EvaluationsFacts, FILES["2024/evaluations/disclosure.yml"], ROWS),
        (Declaration, FILES["2024/targets/01.yml"], OF_RECORDS),
        (Evaluation, FILES["2024/evaluations/01.yml"], OF_RECORDS),
        (SiteFacts, site_facts(HARMLESS), MOVED),
    ],
)
def test_every_text_field_of_a_model_is_tried(
    model: type[BaseModel], facts: dict[str, object], elsewhere: set[str]
) -> None:
    tried = {next(key for key in reversed(path) if isinstance(key, str)) for path in texts(facts)}
    free = free_texts(model)
    assert len(free) >= 4
    assert free - tried - elsewhere == set()


def test_hostile_text_leaves_every_skeleton_unchanged(hostile_site: Path, harmless_site: Path) -> None:
    others = pages(harmless_site)
    for place, page in pages(hostile_site).items():
        assert skeleton(page) == skeleton(others[place]), place


def test_hostile_text_makes_no_other_files(hostile_site: Path, harmless_site: Path) -> None:
    def files(site: Path) -> set[str]:
        found = {_place(path.relative_to(site).as_posix()) for path in site.rglob("*") if path.is_file()}
        return {
            path
            for path in found
            if "/texts/" not in path and not path.startswith("search/") and not path.endswith(SUFFIX)
        }

    assert files(hostile_site) == files(harmless_site)


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
    outlines, address = make_plan(content).outlines, "https://example.org/"
    found = [*site_feed(outlines, "示例", address)]
    found += [file for outline in outlines for file in centre_feed(outline, "示例", address)]
    feeds = {file.path: file.data for file in found}
    assert len(feeds) == len(PAYLOADS) + 1
    for number, words in enumerate(map(str.strip, PAYLOADS), 1):
        feed = ElementTree.fromstring(feeds[f"c{number}/feed.xml"])
        told = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
        assert told.count(words) == 2  # the publications of its two documents


def test_hostile_text_leaves_the_data_package_valid(hostile_site: Path) -> None:
    counted = validated(hostile_site / "data")
    assert (counted["declarations"], counted["evaluations"]) == (len(PAYLOADS), len(PAYLOADS))


def test_site_by_the_engine_alone_has_the_same_skeletons(hostile_site: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(hostile_site.parent.parent, project, ignore=shutil.ignore_patterns("build"))
    site = build_by_engine(read_settings(project)).folder
    for page in pages(hostile_site).values():
        assert skeleton(site / page.relative_to(hostile_site)) == skeleton(page), page


# ── in the browser ───────────────────────────────────────────


@pytest.fixture
def said(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and all that it says: on the console, of errors, of the policy, of dialogs."""
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.add_init_script("addEventListener('securitypolicyviolation', ({ violatedDirective: d }) => console.error(d))")
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    yield page, told
    context.close()


@pytest.mark.needs("chromium")
def test_hostile_text_runs_nothing_in_the_browser(
    hostile_site: Path, said: tuple[Page, list[str]], serve: Serve
) -> None:
    page, told = said
    address = serve(hostile_site)
    for number in range(1, len(PAYLOADS) + 1):
        for url in ("2024/targets/01/", "2024/evaluations/01/"):
            page.goto(f"{address}/c{number}/{url}")
            assert page.evaluate("window.broken === undefined"), PAYLOADS[number - 1]
            assert page.url == f"{address}/c{number}/{url}"
    assert told == []


@pytest.mark.needs("chromium")
def test_hostile_text_runs_nothing_where_hits_are_shown(
    hostile_site: Path, said: tuple[Page, list[str]], serve: Serve
) -> None:
    page, told = said
    address = serve(hostile_site)
    shown = 0
    for url in ("search/", "search/?list=indicators"):
        for number in range(1, 6):
            page.goto(f"{address}/{url}{'&' if '?' in url else '?'}page={number}")
            page.locator("[data-search-count]").wait_for()
            shown += page.locator("[data-record-id]").count()
            assert page.evaluate("window.broken === undefined")
    assert shown > 2 * len(PAYLOADS)
    assert told == []


# ── what a site has once ─────────────────────────────────────


@pytest.fixture(scope="module")
def named_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sites called by several payloads one after the other, and one called by harmless words."""
    payloads = [words for words in PAYLOADS if words != TOKENS]
    several = [" ".join(payloads[start : start + TOGETHER]) for start in range(0, len(payloads), TOGETHER)]

    def built(words: str) -> Path:
        return build_site(read_settings(named_project(tmp_path_factory.mktemp("named"), words))).folder

    every = (HARMLESS, *several)
    with ThreadPoolExecutor(2) as pool:  # the engine is a program of its own
        return dict(zip(every, pool.map(built, every), strict=True))


def test_name_that_is_a_shells_token_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(EngineStop, match="应出现 0 次"):
        build_site(read_settings(named_project(tmp_path, TOKENS)))


def test_hostile_names_leave_every_skeleton_unchanged(named_sites: dict[str, Path]) -> None:
    usual = named_sites[HARMLESS]
    names = sorted(path.relative_to(usual) for path in usual.rglob("*.html"))
    assert len(names) >= 9
    wanted = {name: skeleton(usual / name) for name in names}
    for words, site in named_sites.items():
        assert {name: skeleton(site / name) for name in names} == wanted, words[:KEPT_WORDS]


def test_hostile_names_are_shown_as_written(named_sites: dict[str, Path]) -> None:
    for words, site in named_sites.items():
        page = dom.parse(site / "about/index.html")
        (title,), (heading,), (name,) = page.css("head title"), page.css("h1"), page.css(".masthead__name a")
        assert title.text().strip() == f"{words} – {words}", words[:KEPT_WORDS]
        assert heading.text() == name.text() == words, words[:KEPT_WORDS]
        menu = page.css(".tabs__link")
        assert [link.text() for link in menu].count(words) == len(menu) - 1 >= 4  # all but the search
        foot = {link.text() for link in page.css(".foot__links a")}
        assert foot == {words}
        facts = [item.text().partition("：")[2] for item in page.css(".foot__facts li")]
        assert facts == [words] * 8, words[:KEPT_WORDS]
        (site_name,) = page.css('meta[name="SiteName"]')
        assert site_name.attributes["content"] == words


@pytest.mark.needs("chromium")
def test_hostile_names_run_nothing_in_the_browser(
    named_sites: dict[str, Path], said: tuple[Page, list[str]], serve: Serve
) -> None:
    page, told = said
    for words, site in named_sites.items():
        address = serve(site)
        for url in ("", "about/"):
            page.goto(f"{address}/{url}")
            assert page.evaluate("window.broken === undefined"), words[:KEPT_WORDS]
    assert told == []


# ── texts of 100,000 characters ──────────────────────────────


def test_name_of_100000_characters_is_published_whole(tmp_path: Path) -> None:
    """The site's name and as much of its menu, and of what site.yml says, as their files can hold."""
    named_project(tmp_path, HUGE, most=9)
    facts = site_facts(HARMLESS)
    for key in ("publisher", "operator", "contact", "hours", "address", "postcode", "complaints", "tagline"):
        facts[key] = HUGE
    write(tmp_path / "content/site.yml", facts)
    page = dom.parse(build_site(read_settings(tmp_path)).folder / "about/index.html")
    assert page.text().count(HUGE) >= 12
    assert not page.css("b")


def test_text_of_100000_characters_is_published_whole_in_every_field(tmp_path: Path) -> None:
    """Each centre has as many fields of that length as its files can hold."""
    hostile_project(tmp_path, ())
    waiting = {name: texts(facts) for name, facts in FILES.items()}
    fields = sum(map(len, waiting.values()))
    number = 0
    while any(waiting.values()):
        number += 1
        folder = tmp_path / f"content/c{number}"
        write_centre(folder, HARMLESS)
        for name, paths in waiting.items():
            facts = FILES[name]
            for at, path in enumerate(paths[:9]):
                # an earlier wording differs from the present one; the same unit is named in the same words
                facts = replaced(facts, path, f"{at if path[-1] == 'was' else ''}{HUGE}")
            write(folder / name, facts)
            del paths[:9]
    assert fields > 60
    site = build_site(read_settings(tmp_path)).folder
    for page in ("2024/targets/01/index.html", "2024/evaluations/01/index.html", "2024/targets/index.html"):
        assert HUGE in dom.parse(site / "c1" / page).text()
        assert not dom.parse(site / "c1" / page).css("b")


# ── what is refused ──────────────────────────────────────────


EVERY_FILE = FILES | {"site.yml": site_facts(HARMLESS)}


@pytest.mark.parametrize(("words", "at"), REFUSED.values(), ids=REFUSED)
def test_invisible_character_is_refused_at_its_place_in_every_field(words: str, at: int) -> None:
    asked = 0
    for name, facts in EVERY_FILE.items():
        for place in texts(facts):
            text = written(replaced(facts, place, f"正 {words}"))
            found = load_bytes(text.encode(), name).problems
            assert [problem.code for problem in found] in (["character"], ["character-form"]), place
            escaped = words not in text  # JSON spells some as \u0000, and a value in escapes is placed where it begins
            offset = text.index('"正') if escaped else text.index(words) + at
            assert found[0].place == Lines(text, name).place(offset), place
            asked += 1
    assert asked > 80


def test_turned_words_in_any_field_stop_the_check(tmp_path: Path) -> None:
    words, _ = REFUSED["right-to-left override"]
    small_project(tmp_path)
    homes = {"site.yml": "content", "2024/evaluations/01.yml": "content/unit"}
    for name, facts in EVERY_FILE.items():
        path = tmp_path / homes.get(name, "content/unit") / name
        usual = path.read_bytes()
        for place in texts(facts)[::5]:
            path.write_text(written(replaced(facts, place, words)), "utf-8")
            assert [found.place.file for found in problems(tmp_path) if found.code == "character"] == [
                path.relative_to(tmp_path).as_posix()
            ]
        path.write_bytes(usual)


@pytest.mark.parametrize("words", [words for words, _ in REFUSED.values()], ids=REFUSED)
def test_invisible_character_is_refused_in_the_settings(tmp_path: Path, words: str) -> None:
    named_project(tmp_path, f"正 {words}")
    with pytest.raises(SettingsStop, match=r"mkdocs\.yml:3:"):
        read_settings(tmp_path)


def test_payload_in_a_field_of_numbers_days_or_choices_is_refused_at_its_line(tmp_path: Path) -> None:
    small_project(tmp_path)
    names = {"content/unit/2024/targets/01.yml", "content/unit/2023/evaluations/01.yml"}
    facts = {"content/unit/2024/targets/01.yml": declaration(1, HARMLESS)}
    facts |= {"content/unit/2023/evaluations/01.yml": evaluation(1, HARMLESS)}
    asked = 0
    for name in sorted(names):
        folder = (tmp_path / name).parent
        for path, words in leaves(facts[name]):
            free = HARMLESS in words or path[-1] in ("target", "field") or path[-2:] == ("fields", "was")
            if free:
                continue
            for number, payload in enumerate(map(str.strip, PAYLOADS), 1000):
                write(folder / f"{number}.yml", replaced(facts[name], path, payload))
            found = {problem.place.file for problem in problems(tmp_path) if problem.path == path}
            assert len(found) == len(PAYLOADS), path
            asked += len(PAYLOADS)
            for number in range(1000, 1000 + len(PAYLOADS)):
                (folder / f"{number}.yml").unlink()
    assert asked > 30 * len(PAYLOADS)


def test_address_of_the_site_is_refused_where_it_is_none(tmp_path: Path) -> None:
    settings = named_project(tmp_path, HARMLESS) / "mkdocs.yml"
    good = settings.read_text("utf-8")
    for address in (
        'https://x.example/"><script>',
        "javascript:x()",
        "https://x.example/?a",
        "//x.example/",
        "https://",
    ):
        settings.write_text(good.replace('"', "'").replace("https://site.example/open", json.dumps(address)), "utf-8")
        with pytest.raises(SettingsStop, match="site_url"):
            read_settings(tmp_path)
    settings.write_text(good, "utf-8")
    assert read_settings(tmp_path).site_url == "https://site.example/open/"
