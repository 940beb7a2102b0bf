"""The search finds every record that holds a text, and only those: from Python, and in the browser over its index."""

import itertools
import json
import os
import random
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Error, Page

from bench.indexing import whole_search
from bench.records import write_project
from generator.line.check import check_content
from generator.reading.content import Content
from generator.reading.settings import read_settings
from generator.search import shards
from generator.search.cells import FACETS, Searchable, searchables
from generator.search.hits import INDICATOR_ORDERS, RECORD_ORDERS, Hit, Request, search_indicators, search_records
from generator.search.postings import places_of, read_shard
from generator.search.shards import make_shards
from generator.search.tape import Posting, Tape, joined_tapes, record_tape
from generator.words.normal import fold, terms
from tests.conftest import ROOT, Serve

CASES = ROOT / "tests" / "search"
WORDS = json.loads((CASES / "words.json").read_text("utf-8"))
QUESTIONS = json.loads((CASES / "questions.json").read_text("utf-8"))["questions"]
READERS = (CASES / "readers.txt").read_text("utf-8").splitlines()
SHOWN = 25
PAGE = "<!DOCTYPE html><title>–</title>"

# Asks the index in the browser many questions; each answer is its count, the first hits, the facets' counts.
ASK = """async ([questions, shown]) => {
  const { openIndex } = await import("/assets/js/search/index.js");
  const index = await openIndex(new URL("/search/index.json", location.href));
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
    return list(searchables(content.centres))


def search_site(folder: Path, content: Content) -> Path:
    """What the search needs of a site: its files, its scripts, and a page to stand on."""
    for file in whole_search(content.centres):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    shutil.copytree(ROOT / "theme_overrides/assets/js", folder / "assets/js")
    (folder / "index.html").write_text(PAGE, "utf-8")
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
    assert fold(folded) == folded


@pytest.mark.parametrize(("query", "expected"), WORDS["terms"])
def test_terms_are_read_as_documented(query: str, expected: list[Any]) -> None:
    assert [[term.text, term.excluded, term.folded] for term in terms(query)] == expected


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
            queries.map((query) => terms(query).map(({ text, excluded, folded }) => [text, excluded, folded])),
            marks.map(([text, query]) => matches(text, terms(query).map(({ folded }) => folded))
              .map(([start, end]) => text.slice(start, end))),
          ];
        }""",
        [texts, queries, WORDS["marks"]],
    )
    assert folded == [fold(text) for text in texts]
    assert read == [[[term.text, term.excluded, term.folded] for term in terms(query)] for query in queries]
    assert marked == [parts for _, _, parts in WORDS["marks"]]


@pytest.mark.parametrize("question", QUESTIONS, ids=[f"{place}-{each['q']}" for place, each in enumerate(QUESTIONS)])
def test_python_answers_the_questions(records: list[Searchable], question: dict[str, Any]) -> None:
    assert asked(records, question) == question["found"]


@pytest.mark.needs("chromium")
def test_browser_answers_the_questions(real_page: Page) -> None:
    answers = real_page.evaluate(ASK, [QUESTIONS, 1000])
    assert [answer["hits"] for answer in answers] == [question["found"] for question in QUESTIONS]


def plain_values() -> dict[str, list[str]]:
    """Every printed value of every record, by its id: read from the files without the generator's reader."""
    found: dict[str, list[str]] = {}
    for path in sorted(ROOT.glob("content/*/*/*/[0-9]*.yml")):
        facts = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - nothing is constructed but strings
        place = path.relative_to(ROOT / "content").with_suffix("")
        disclosure = yaml.load((path.parent / "disclosure.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
        form = "财政项目支出绩效目标申报表" if place.parts[2] == "targets" else "财政项目支出绩效自评表"
        values = [disclosure["title"], form, f"{place.parts[1]}年度"]
        waiting = [value for key, value in facts.items() if key not in ("note", "waivers")]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                values.append(value)
            else:
                waiting += value.values() if isinstance(value, dict) else value
        for block in ("funding", "budget", "project_funding"):
            unit = facts.get(block, {}).get("unit")
            if unit:
                values.remove(unit)
        found[place.as_posix()] = values
    return found


def plainly(text: str) -> str:
    """The normal form as the issue of it words it, written without the generator's."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(" " if sign.isspace() else sign for sign in text)
    text = re.sub(" +", " ", text)
    kept = []
    for at, sign in enumerate(text):
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        latin = len(around) == 2 and at > 0 and all(each.isalnum() and ord(each) < 0x250 for each in around)
        if sign != " " or latin:
            kept.append(sign)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", "".join(kept), flags=re.ASCII)


def test_search_finds_what_a_grep_of_the_files_finds(records: list[Searchable]) -> None:
    """Truth that shares no code with the search, for parts of any value; every digit and comma among them."""
    values = plain_values()
    folded = {name: [plainly(value) for value in found] for name, found in values.items()}
    every = sorted({value for found in values.values() for value in found})
    assert len(values) == 36
    assert len(every) > 900
    chosen = random.Random(9)  # noqa: S311 - not for secrets
    parts = ["1,2", "3,5", "9,0", "2024,", "100，", "，12", "5,073", "5,073,780", "780.00", "色技术", "3+6"]
    while len(parts) < 1500:
        value = chosen.choice(every)
        start = chosen.randrange(len(value))
        parts.append(value[start : start + chosen.randint(1, 12)])
    found_some = 0
    for part in parts:
        needle = plainly(part)
        if not needle:
            continue
        truth = {name for name, found in folded.items() if any(needle in value for value in found)}
        assert set(asked(records, {"q": quoted(part)})) == truth, part
        found_some += bool(truth)
    assert found_some > 1300


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
    records = list(searchables(many.centres))
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


@pytest.mark.needs("chromium")
def test_very_many_terms_are_ranked_as_python_ranks_them(real_page: Page, records: list[Searchable]) -> None:
    figures = [text for text in printed(records[24:30]) if text[0].isdigit()]
    many = [
        "0.00 " * 35,
        "0 " * 250,
        " ".join(map(quoted, figures[:60])),
        " ".join(quoted(text[:3]) for text in printed(records)[:40]),
        " ".join("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会"),
    ]
    questions: list[dict[str, Any]] = [
        {"q": query, "list": which} for query in many for which in ("records", "indicators")
    ]
    questions.append({"q": "0.00 " * 35, "facets": {"centre": ["sgst"]}})
    assert compare(real_page, records, questions) > 4


@pytest.mark.needs("chromium")
def test_amount_as_both_ends_of_a_range_finds_its_record(real_page: Page, records: list[Searchable]) -> None:
    amounts = [f"{found.amount / 10_000:f}" for found in records]
    questions = [{"q": "", "from": amount, "to": amount} for amount in amounts]
    assert compare(real_page, records, questions) == len(records)


@pytest.mark.needs("chromium")
def test_file_of_other_content_under_a_right_name_is_not_believed(
    browser: Browser, serve: Serve, content: Content, tmp_path: Path
) -> None:  # fmt: skip
    folder = search_site(tmp_path, content)
    for kind in ("search/p", "*/texts"):
        files = sorted(folder.glob(f"{kind}/*"))
        others = [file.read_bytes() for file in files]
        for file, data in zip(files, [*others[1:], others[0]], strict=True):
            file.write_bytes(data)
    page = open_page(browser, serve(folder))
    for query in ("孵化", ""):
        with pytest.raises(Error, match="检索文件损坏"):
            page.evaluate(ASK, [[{"q": query}], 5])


def hostile() -> Iterator[tuple[int, str]]:
    """Values with characters outside the basic plane, of one character, and one that holds a pair many times."""
    for cell, value in enumerate(("𠮷", "𠮷野家", "a", "人人人人", "\U0001f600\U0001f600", "ab" * 500)):
        yield cell * 3, value


def tape_of(values: Iterable[tuple[int, str]]) -> Tape:
    """The tape of one part as that of a site."""
    tape = record_tape(values)
    return joined_tapes([(0, tape)], len(tape.codes), len(tape.cells))


def folded_values(content: Content) -> list[tuple[int, str]]:
    return [(cell, fold(text)) for cell, text in enumerate(printed(list(searchables(content.centres)))) if fold(text)]


def read_postings(shards: Iterable[bytes]) -> list[Posting]:
    """Every posting of some shards, in their order."""
    found = []
    for stream in shards:
        shard = read_shard(stream)
        for place, pair in enumerate(shard.pairs.tolist()):
            cells, marks = places_of(shard.part(place, place + 1))
            assert len(cells) == shard.counts[place]
            found += [(pair, *each) for each in zip(cells.tolist(), marks.tolist(), strict=True)]
    return found


def test_shards_hold_every_posting_once_and_in_order(many: Content) -> None:
    for values in (list(hostile()), folded_values(many)):
        streams = [stream for _, stream in make_shards(tape_of(values))]
        plain = [
            ((ord(units[at]) << 16) | ord(units[at + 1]), cell, 2 * at + (at + 2 == len(units) - 1))
            for cell, text in values
            for units in ("".join(map(chr, memoryview(text.encode("utf-16-le")).cast("H"))) + "\0",)
            for at in range(len(units) - 1)
        ]
        assert read_postings(streams) == sorted(plain)
    assert len(streams) > 10


def test_shards_are_the_same_whoever_makes_them(many: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = tape_of(folded_values(many))
    whole = [stream for _, stream in make_shards(tape)]
    monkeypatch.setattr(shards, "_PORTION", 1 << 15)
    assert len(list(shards._portions(tape))) > 2
    for processors in (1, 3):
        monkeypatch.setattr(os, "cpu_count", lambda processors=processors: processors)
        assert [stream for _, stream in make_shards(tape)] == whole


def test_shards_are_about_as_large_as_they_aim_at(many: Content) -> None:
    sizes = [(int(shard.sizes.sum()), len(shard.pairs)) for shard, _ in make_shards(tape_of(folded_values(many)))]
    aim = 16 << 10
    assert len(sizes) > 20
    assert all(size <= aim * 5 / 4 for size, pairs in sizes if pairs > 1)
    assert 0.8 * aim < sum(size for size, _ in sizes) / len(sizes) < 1.2 * aim


def test_search_files_are_the_same_bytes_each_time(content: Content) -> None:
    first, second = (list(whole_search(content.centres)) for _ in range(2))
    assert first == second
    assert len(first) > 10


def test_what_stands_only_in_labels_or_neighbours_is_not_found(records: list[Searchable]) -> None:
    """年初预算数 is a label of every evaluation; 来源文本 and 上一张 stand on every page."""
    for label in ("年初预算数", "来源文本", "上一张", "打印本表"):
        assert asked(records, {"q": label}) == []


def test_a_match_never_spans_two_cells(records: list[Searchable]) -> None:
    """Ends and beginnings of neighbouring cells, joined, are found only where one cell holds them."""
    tried = 0
    for found in records:
        for row in found.rows:
            cells = [text for text in row if text]
            for one, other in itertools.pairwise(cells):
                joined = fold(one)[-4:] + fold(other)[:4]
                truth = {each.record.id for each in records if any(joined in fold(text) for text in printed([each]))}
                assert set(asked(records, {"q": quoted(joined)})) == truth
                tried += not truth
        if tried > 300:
            return
    raise AssertionError("too few neighbours were tried")
