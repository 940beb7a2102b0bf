"""Feeds tell every dated publication and alteration, in XML that any reader takes, with ids that stay."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.data.events import Event
from generator.exports.feed import LATEST, atom, centre_feed, site_feed
from generator.line.check import check_content
from generator.pages.outline import latest
from generator.pages.plan import make_plan
from generator.reading.content import Content
from generator.reading.settings import read_settings
from tests.altering import DECLARATION, DISCLOSURE, alter, append, replace

ADDRESS = "https://example.org/open/"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(project: Path) -> Content:
    return check_content(read_settings(project)).or_raise()


def events(content: Content) -> tuple[Event, ...]:
    return latest(make_plan(content).outlines)


def undated(content: Content) -> int:
    return sum(outline.undated for outline in make_plan(content).outlines)


@pytest.fixture
def altered(project: Path) -> Content:
    """The real content with five alterations of three holders, and one document that states its day."""
    alter(project)
    replace(project / DISCLOSURE, "published: 未注明", "published: 2024-03-01")
    return read(project)


def feeds(content: Content, address: str | None = ADDRESS) -> dict[str, ElementTree.Element]:
    outlines = make_plan(content).outlines
    files = [*site_feed(outlines, "示例", address)]
    files += [file for outline in outlines for file in centre_feed(outline, "示例", address)]
    return {file.path: ElementTree.fromstring(file.data) for file in files}


def texts(feed: ElementTree.Element, tag: str) -> list[str]:
    return [entry.findtext(f"{ATOM}{tag}") or "" for entry in feed.iter(f"{ATOM}entry")]


def test_feed_tells_publications_and_alterations_latest_first(altered: Content) -> None:
    found = [(event.day.isoformat(), event.title.partition("：")[0]) for event in events(altered)]
    assert found == [
        ("2024-09-30", "变更"),
        ("2024-07-01", "勘误"),
        ("2024-06-20", "变更"),
        ("2024-05-08", "勘误"),
        ("2024-04-12", "勘误"),
        ("2024-03-01", "上海科学技术交流中心2024年度财政项目绩效目标汇总表"),
    ]
    feed = feeds(altered)["feed.xml"]
    assert texts(feed, "title") == [event.title for event in events(altered)]
    assert feed.findtext(f"{ATOM}updated") == "2024-09-30T00:00:00+08:00"


def test_feed_of_an_amendment_says_what_why_and_by_whose_approval(altered: Content) -> None:
    summary = texts(feeds(altered)["feed.xml"], "summary")[2]
    assert summary.split("\n") == [
        "经批复，会议、展会、区域对接会由 6 条调整为 5 条。",
        "变更原因：年度任务安排有调整",
        "批准单位：上海市科学技术委员会",
    ]


def test_feed_entry_leads_to_the_alteration_on_its_page(altered: Content) -> None:
    feed = feeds(altered)["feed.xml"]
    links = [link.attrib["href"] for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    # the page numbers alterations by their days: the correction of May is its first
    assert links[2] == f"{ADDRESS}sstec/2024/targets/01/#a02"
    assert links[-1] == f"{ADDRESS}sstec/2024/targets/"


def test_feed_of_a_centre_holds_its_own_events_and_others_have_none(altered: Content) -> None:
    found = feeds(altered)
    assert sorted(found) == ["feed.xml", "sstec/feed.xml"]
    assert len(texts(found["sstec/feed.xml"], "id")) == 6


def test_feed_without_an_address_of_the_site_is_left_out(altered: Content) -> None:
    assert feeds(altered, None) == {}


def test_feed_without_a_dated_event_is_left_out(content: Content) -> None:
    assert feeds(content) == {}
    assert undated(content) == 5


def test_feed_leaves_out_the_publication_of_an_undated_document(altered: Content) -> None:
    assert undated(altered) == 4
    told = texts(feeds(altered)["feed.xml"], "id")
    assert f"{ADDRESS}sstec/2024/targets/" in told
    assert f"{ADDRESS}sstec/2023/evaluations/" not in told


def test_feed_ids_differ_and_stay_when_an_earlier_alteration_is_added(altered: Content, project: Path) -> None:
    before = {event.title + event.summary: event.id for event in events(altered)}
    assert len(set(before.values())) == len(before)
    record = project / DECLARATION
    replace(record, "corrections:\n", """corrections:
  - date: 2024-04-01
    what: 项目性质当初录错。
    source: 原件第 1 页
    fields:
      - field: nature
        was: 别的性质
""")  # fmt: skip
    after = {event.title + event.summary: event.id for event in events(read(project))}
    assert len(after) == len(before) + 1
    assert {said: after[said] for said in before} == before


def test_feed_ids_of_two_alterations_of_one_day_differ(project: Path) -> None:
    append(project / DISCLOSURE, """corrections:
  - date: 2024-04-12
    what: 甲
    source: 原件封面
    fields:
      - field: title
        was: 另一个标题
  - date: 2024-04-12
    what: 乙
    source: 原件封面
    fields:
      - field: title
        was: 又一个标题
""")  # fmt: skip
    found = [event.id for event in events(read(project))]
    place = "sstec/2024/targets/#corrections-2024-04-12"
    assert found == [place, f"{place}-2"]


def event(content: Content, words: str, number: int = 0) -> Event:
    return Event(f"x/{number}", "x/", date(2024, 1, 1), words, words, content.centres[0].facts.name)


@pytest.mark.parametrize("words", ["\x00甲\x08\x0b\x1f乙\ufffe\uffff", "甲\ud800乙"])
def test_feed_drops_characters_that_xml_cannot_write(content: Content, words: str) -> None:
    feed = ElementTree.fromstring(atom([event(content, words)], "x", "示例", ADDRESS, "feed.xml", ""))
    assert texts(feed, "title") == ["甲乙"]


@pytest.mark.parametrize("words", ["<b>甲</b> &amp; ]]> \" ' <![CDATA[", "</title></feed>", "😀 甲\n乙"])
def test_feed_keeps_all_other_words_as_they_are(content: Content, words: str) -> None:
    feed = ElementTree.fromstring(atom([event(content, words)], "x", "示例", ADDRESS, "feed.xml", ""))
    assert texts(feed, "summary") == [words]


def test_feed_holds_the_latest_only(content: Content) -> None:
    many = [event(content, str(number), number) for number in range(LATEST + 1)]
    feed = ElementTree.fromstring(atom(many, "x", "示例", ADDRESS, "feed.xml", ""))
    assert texts(feed, "title") == [str(number) for number in range(LATEST)]


def test_feed_has_all_that_atom_asks_for(altered: Content) -> None:
    feed = feeds(altered)["feed.xml"]
    assert [child.tag.removeprefix(ATOM) for child in feed][:6] == ["id", "title", "updated", "link", "link", "author"]
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 6
    for entry in entries:
        assert {"id", "title", "updated", "link"} <= {child.tag.removeprefix(ATOM) for child in entry}


def test_feed_names_the_centre_but_for_what_the_site_set_right(altered: Content) -> None:
    feed = feeds(altered)["feed.xml"]
    name = f"{ATOM}author/{ATOM}name"
    told = {(entry.findtext(f"{ATOM}title") or "")[:2]: entry.findtext(name) for entry in feed.iter(f"{ATOM}entry")}
    assert told == {"变更": "上海科学技术交流中心", "勘误": None, "上海": "上海科学技术交流中心"}
    assert feed.findtext(name) == "示例"  # who speaks where an entry names none
