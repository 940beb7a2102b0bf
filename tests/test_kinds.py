"""Every kind of page in Chromium: quiet under the policy, from one host, light, whole at every width and zoom."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.conftest import Built, Serve
from tests.kinds import kinds, visit

pytestmark = pytest.mark.needs("chromium")

DESK = 1280
# 200 % and 400 % of a window of 1280, a phone, a window between them
NARROW = (640, 320, 390, 1000)
HEAVIEST = 120_000
TOGETHER = 6


@pytest.fixture(scope="module")
def pages(altered: Built) -> dict[str, str]:
    found = kinds(altered.plan)
    assert len(found) > 15
    return found


@pytest.fixture(scope="module")
def address(altered: Built, serve: Serve) -> str:
    return serve(altered.folder)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    yield context.new_page()
    context.close()


def weight(response: Response) -> int:
    """What an answer weighs on its way when the server compresses, in bytes."""
    body = response.body()
    return len(body) if response.url.endswith((".bin", ".png")) else len(gzip.compress(body, 6))


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit: what a page weighs with all that it needs, what its browser says, which addresses it asks."""

    weight: int
    said: list[str]
    asked: list[str]


def first_visit(browser: Browser, address: str) -> Callable[[], Visit]:
    """Open a page with an empty cache; hands back how to wait until it asks for nothing more."""
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    page = context.new_page()
    said: list[str] = []
    answers: list[Response] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"no {request.url}"))
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a builtin has no signature
    page.goto(address, wait_until="commit")

    def ended() -> Visit:
        page.wait_for_load_state("networkidle")
        visit = Visit(sum(map(weight, answers)), said, [answer.url for answer in answers])
        context.close()
        return visit

    return ended


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str, pages: dict[str, str]) -> dict[str, Visit]:
    """A first visit to every kind of page, by its name; some at a time, since each waits half a second for silence."""
    found: dict[str, Visit] = {}
    names = list(pages)
    while names:
        some = {name: first_visit(browser, f"{address}/{pages[name]}") for name in names[:TOGETHER]}
        found |= {name: ended() for name, ended in some.items()}
        del names[:TOGETHER]
    return found


def test_page_weighs_little_on_a_first_visit(visits: dict[str, Visit]) -> None:
    assert {name: visit.weight for name, visit in visits.items() if visit.weight > HEAVIEST} == {}
    assert min(visit.weight for visit in visits.values()) > 10_000


def test_page_is_quiet_under_the_policy(visits: dict[str, Visit]) -> None:
    # the error page asks for its one script at every depth
    assert {name: visit.said for name, visit in visits.items() if visit.said and name != "error"} == {}


def test_page_asks_one_host_for_all_it_needs(visits: dict[str, Visit], address: str) -> None:
    own = (f"{address}/", f"blob:{address}", "data:")
    assert {name: url for name, visit in visits.items() for url in visit.asked if not url.startswith(own)} == {}
    assert min(len(visit.asked) for visit in visits.values()) > 15


SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The words of the content that are shown: without the heads of columns, which cards say at each cell, empty cells,
# the numbers of rows, and the facets, which fold behind a button.
WORDS = """() => {
  const apart = "script, thead, [scope=col], .nothing, .list__index, .sift";
  const words = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: node } = walker.currentNode;
    const shown = node.checkVisibility({ visibilityProperty: true });
    if (data.trim() && shown && !node.closest(apart)) words.push(data.trim());
  }
  return words;
}"""


def test_page_loses_nothing_at_any_width_and_zoom(reader: Page, address: str, pages: dict[str, str]) -> None:
    read = 0
    for name, url in pages.items():
        reader.set_viewport_size({"width": DESK, "height": 900})
        visit(reader, address, url)
        wide = reader.evaluate(WORDS)
        for width in NARROW:
            reader.set_viewport_size({"width": width, "height": 800})
            assert reader.evaluate(SIDEWAYS) <= 0, f"{name} at {width}"
            narrow = reader.evaluate(WORDS)
            assert [words for words in wide if words not in narrow] == [], f"{name} at {width}"
        read += len(wide)
    assert read > 3000


COLUMNS = """() => [...document.querySelectorAll("table.cards:has([scope=col]) tbody td:not([data-label])")]
  .filter((cell) => cell.innerText.trim() && cell.checkVisibility()).map((cell) => cell.outerHTML)"""


def test_cards_say_the_column_of_every_cell(reader: Page, address: str, pages: dict[str, str]) -> None:
    reader.set_viewport_size({"width": 320, "height": 800})
    for name, url in pages.items():
        visit(reader, address, url)
        assert reader.evaluate(COLUMNS) == [], name


MOVING = """() => [...document.querySelectorAll("*")].filter((node) => node.checkVisibility()).filter((node) =>
  [null, "::before", "::after"].some((part) => {
    const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(node, part);
    return animationName !== "none" || /[1-9]/.test(transitionDuration) || scrollBehavior === "smooth";
  })).map((node) => node.outerHTML.slice(0, 80))"""


def test_nothing_moves_for_who_wants_no_motion(reader: Page, address: str, pages: dict[str, str]) -> None:
    reader.emulate_media(reduced_motion="reduce")
    for name, url in pages.items():
        visit(reader, address, url)
        assert reader.evaluate(MOVING) == [], name
