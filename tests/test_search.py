"""The search finds every record that holds a text, and only those: from Python, and in the browser over its index."""

import json
import random
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bench.records import write_project
from generator import postings
from generator.cells import FACETS, Searchable, searchables
from generator.content import Content
from generator.normal import fold, terms
from generator.pipeline import check_content
from generator.plan import Plan
from generator.postings import make_shards, record_tape
from generator.search import INDICATOR_ORDERS, RECORD_ORDERS, Hit, Request, search_indicators, search_records
from generator.search_files import search_files
from generator.settings import read_settings
from tests.conftest import ROOT, Serve

CASES = ROOT / "tests" / "search"
WORDS = json.loads((CASES / "words.json").read_text("utf-8"))
QUESTIONS = json.loads((CASES / "questions.json").read_text("utf-8"))["questions"]
READERS = (CASES / "readers.txt").read_text("utf-8").splitlines()
SHOWN = 25

# Asks the index in the browser many questions; each answer is its count, the first hits, the facets' counts.
ASK = """async ([questions, shown]) => {
  const { openIndex } = await import("/assets/js/search/index.js");
  const index = await openIndex(new URL("/search/", location.href));
  const answers = [];
  for (const question of questions) {
    const answer = await index.ask(question);
    const hits = await answer.hits(0, shown);
    const facets = answer.facets.map(({ key, values }) => [key, values.map(({ value, count }) => [value, count])]);
    answers.push({
      count: answer.count,
      hits: hits.map((hit) => (hit.row ? `${hit.id}#${hit.row}` : hit.id)),
      facets: Object.fromEntries(facets.map(([key, values]) => [key, Object.fromEntries(values)])),
    });
  }
  return answers;
}"""


def quoted(text: str) -> str:
    """A text as one term of a query."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def said(hit: Hit) -> str:
    return hit.found.record.id if hit.row is None else f"{hit.found.record.id}#{hit.row + 1}"


def asked(records: list[Searchable], question: dict[str, Any]) -> list[str]:
    """What Python answers to a question as the browser takes it."""
    limits = {name: Decimal(question[key]) for name, key in (("least", "from"), ("most", "to")) if question.get(key)}
    request = Request(
        question["q"],
        {key: tuple(values) for key, values in question.get("facets", {}).items()},
        order=question.get("sort", "relevance"),
        descending=question.get("descending"),
        **limits,
    )
    search = search_indicators if question.get("list") == "indicators" else search_records
    return [said(hit) for hit in search(records, request)]


def printed(records: list[Searchable]) -> list[str]:
    """Every printed value of every record."""
    return [text for found in records for cells in (found.head, *found.rows) for text in cells if text]


def substrings(records: list[Searchable], count: int, seed: int) -> list[str]:
    """Parts of 1 to 12 characters of values, and a few long ones, each as one term."""
    chosen = random.Random(seed)  # noqa: S311 - not for secrets
    values = printed(records)
    long = [value for value in values if len(value) > 100]
    found = []
    for place in range(count):
        value = chosen.choice(long if place % 50 == 0 else values)
        most = 500 if place % 50 == 0 else 12
        start = chosen.randrange(len(value))
        found.append(quoted(value[start : start + chosen.randint(1, most)]))
    return found


@pytest.fixture(scope="module")
def records(content: Content) -> list[Searchable]:
    return list(searchables(content))


def search_site(folder: Path, content: Content) -> Path:
    """What the search needs of a site: its files, its scripts, and a page to stand on."""
    for file in search_files(Plan(content, ())):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    shutil.copytree(ROOT / "theme_overrides/assets/js", folder / "assets/js")
    (folder / "index.html").write_text("<!DOCTYPE html><title>–</title>", "utf-8")
    return folder


@pytest.fixture(scope="module")
def real_page(browser: Browser, serve: Serve, content: Content, tmp_path_factory: pytest.TempPathFactory) -> Page:
    return open_page(browser, serve(search_site(tmp_path_factory.mktemp("real-search"), content)))


def open_page(browser: Browser, address: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(address)
    return page


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Generated records, over several disclosures and years."""
    project = write_project(tmp_path_factory.mktemp("many") / "project", ROOT, 160, seed=11)
    return check_content(read_settings(project)).or_raise()


@pytest.mark.parametrize(("text", "folded"), WORDS["fold"])
def test_fold_makes_the_form_to_compare(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("query", "expected"), WORDS["terms"])
def test_terms_are_read_as_documented(query: str, expected: list[Any]) -> None:
    assert [[term.text, term.excluded, list(term.spellings)] for term in terms(query)] == expected


@pytest.mark.needs("chromium")
def test_browser_reads_words_as_python_does(real_page: Page, records: list[Searchable]) -> None:
    values = sorted(set(printed(records)))
    assert len(values) > 900
    texts = [text for text, _ in WORDS["fold"]] + values
    queries = [query for query, _ in WORDS["terms"]] + [value[:40] for value in values]
    folded, read, marked = real_page.evaluate(
        """async ([texts, queries, marks]) => {
          const { fold, terms, matches } = await import("/assets/js/search/words.js");
          return [
            texts.map(fold),
            queries.map((query) => terms(query).map(({ text, excluded, spellings }) => [text, excluded, spellings])),
            marks.map(([text, query]) => matches(text, terms(query).flatMap(({ spellings }) => spellings))
              .map(([start, end]) => text.slice(start, end))),
          ];
        }""",
        [texts, queries, WORDS["marks"]],
    )
    assert folded == [fold(text) for text in texts]
    assert read == [[[term.text, term.excluded, list(term.spellings)] for term in terms(query)] for query in queries]
    assert marked == [parts for _, _, parts in WORDS["marks"]]


@pytest.mark.parametrize("question", QUESTIONS, ids=[f"{place}-{each['q']}" for place, each in enumerate(QUESTIONS)])
def test_python_answers_the_questions(records: list[Searchable], question: dict[str, Any]) -> None:
    assert asked(records, question) == question["found"]


@pytest.mark.needs("chromium")
def test_browser_answers_the_questions(real_page: Page) -> None:
    answers = real_page.evaluate(ASK, [QUESTIONS, 1000])
    assert [answer["hits"] for answer in answers] == [question["found"] for question in QUESTIONS]


def test_search_finds_what_a_plain_grep_of_the_files_finds(records: list[Searchable]) -> None:
    """Truth that shares no code with the search: words that stand in one line of the records' own files."""
    for words in ("色技术", "孵化器", "科创共同体", "党建", "火灾报警", "网络安全"):
        files = [path for path in sorted(ROOT.glob("content/*/*/*/[0-9]*.yml")) if words in path.read_text("utf-8")]
        assert files
        expected = {path.relative_to(ROOT / "content").with_suffix("").as_posix() for path in files}
        assert set(asked(records, {"q": words})) == expected


def compare(page: Page, records: list[Searchable], questions: list[dict[str, Any]]) -> int:
    """Hold the browser's answers against Python's; returns how many found something."""
    answers = page.evaluate(ASK, [questions, SHOWN])
    wrong = []
    for question, answer in zip(questions, answers, strict=True):
        expected = asked(records, question)
        if (answer["count"], answer["hits"]) != (len(expected), expected[:SHOWN]):
            wrong.append((question, answer["count"], len(expected)))
    assert wrong == []
    return sum(answer["count"] > 0 for answer in answers)


@pytest.mark.needs("chromium")
def test_browser_finds_every_part_of_every_value_of_the_real_forms(real_page: Page, records: list[Searchable]) -> None:
    queries = READERS + substrings(records, 2_000, seed=1)
    assert compare(real_page, records, [{"q": query} for query in queries]) >= 2_000
    assert compare(real_page, records, [{"q": query, "list": "indicators"} for query in queries[:600]]) > 300


@pytest.mark.needs("chromium")
def test_browser_finds_every_part_among_many_records(
    browser: Browser, serve: Serve, many: Content, tmp_path: Path
) -> None:  # fmt: skip
    records = list(searchables(many))
    page = open_page(browser, serve(search_site(tmp_path, many)))
    questions = [{"q": query} for query in substrings(records, 300, seed=2)]
    pairs = zip(substrings(records, 100, seed=3), substrings(records, 100, seed=4), strict=True)
    questions += [{"q": f"{one} {other}"} for one, other in pairs]
    pairs = zip(substrings(records, 50, seed=5), substrings(records, 50, seed=6), strict=True)
    questions += [{"q": f"{one} -{other}"} for one, other in pairs]
    assert compare(page, records, questions) > 300


@pytest.mark.needs("chromium")
def test_browser_sorts_as_python_does(real_page: Page, records: list[Searchable]) -> None:
    orders = [("records", order) for order in RECORD_ORDERS] + [("indicators", order) for order in INDICATOR_ORDERS]
    questions = [
        {"q": query, "list": which, "sort": order, **turn}
        for which, order in orders
        for query in ("", "服务", "满意度")
        for turn in ({}, {"descending": True}, {"descending": False})
    ]
    assert compare(real_page, records, questions) == len(questions)


FACETED: list[dict[str, Any]] = [
    {},
    {"q": "科技"},
    {"q": "服务", "facets": {"year": ["2024"]}},
    {"facets": {"year": ["2024", "2026"], "centre": ["stic"], "level1": ["满意度指标"]}},
    {"facets": {"amount": ["100-500", "1000-"], "form": ["targets"]}, "from": "120", "to": "3900"},
    {"facets": {"nature": ["没有这种"]}},
    {"q": "培训", "list": "indicators", "facets": {"level2": ["数量指标"], "centre": ["sgst", "stic"]}},
]


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("question", FACETED, ids=range(len(FACETED)))
def test_counts_beside_facets_follow_the_query_and_the_other_facets(
    real_page: Page, records: list[Searchable], question: dict[str, Any]
) -> None:  # fmt: skip
    whole = {"q": "", "list": "records", "facets": {}} | question
    (answer,) = real_page.evaluate(ASK, [[whole], 1])
    assert answer["count"] == len(asked(records, whole))
    values = {key: {value for found in records for value in found.facets.get(key, ())} for key in FACETS}
    for key in FACETS:
        others = {other: chosen for other, chosen in whole["facets"].items() if other != key}
        counts = {value: len(asked(records, whole | {"facets": others | {key: [value]}})) for value in values[key]}
        expected = {value: count for value, count in counts.items() if count or value in whole["facets"].get(key, ())}
        expected |= {value: 0 for value in whole["facets"].get(key, ()) if value not in values[key]}
        assert answer["facets"][key] == expected


def hostile() -> Iterator[tuple[int, str]]:
    """Values with characters outside the basic plane, of one character, and one that holds a pair many times."""
    for cell, value in enumerate(("𠮷", "𠮷野家", "a", "人人人人", "\U0001f600\U0001f600", "ab" * 500)):
        yield cell * 3, value


def test_shards_hold_each_pair_once_and_in_order() -> None:
    shards = list(make_shards(record_tape(hostile())))
    assert [shard.first for shard in shards] == sorted(shard.first for shard in shards)
    assert shards[0].first == "a\0"


def test_shards_are_the_same_whether_one_process_makes_them_or_several(
    many: Content, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    values = [(cell, fold(text)) for cell, text in enumerate(printed(list(searchables(many)))) if fold(text)]
    tape = record_tape(values)
    monkeypatch.setattr(postings, "_PORTION", 1 << 15)
    portions = list(postings._portions(tape))
    assert len(portions) > 2
    by_many = list(make_shards(tape))
    assert by_many == [shard for low, high in portions for shard in postings._shards(tape, low, high, postings._LEAST)]


def test_search_files_are_the_same_bytes_each_time(content: Content) -> None:
    first, second = (list(search_files(Plan(content, ()))) for _ in range(2))
    assert first == second
    assert len(first) > 10


def test_what_stands_only_in_labels_or_neighbours_is_not_found(records: list[Searchable]) -> None:
    """年初预算数 is a label of every evaluation; 来源文本 and 上一张 stand on every page."""
    for label in ("年初预算数", "来源文本", "上一张", "打印本表"):
        assert asked(records, {"q": label}) == []


def test_a_match_never_spans_two_cells(records: list[Searchable]) -> None:
    form = records[0].record.form
    joined = form.indicators[0].name[-3:] + str(form.indicators[0].target)[:2]
    assert asked(records, {"q": quoted(joined)}) == []
