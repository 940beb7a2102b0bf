"""axe-core finds nothing on any kind of page: WCAG 2.2 A and AA and best practice, at three widths, in every look."""

from collections.abc import Iterator
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import BROUGHT, Built, Serve
from tests.kinds import kinds, visit

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("npm")]

AXE = BROUGHT / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ASK = """async tags => {
  const { violations } = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target}: ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def address(altered: Built, serve: Serve) -> str:
    return serve(altered.folder)


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds on a page, a line each."""
    found = page.evaluate(ASK, TAGS)
    assert isinstance(found, list)
    return [" ".join(str(each).split()) for each in found]


Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[Scheme, Literal["active", "none"]], ...] = (("light", "none"), ("dark", "none"), ("light", "active"))


def test_every_kind_of_page_passes_in_every_look(altered: Built, address: str, reader: Page) -> None:
    found: list[str] = []
    looked_at = 0
    for name, url in kinds(altered.plan).items():
        visit(reader, address, url)
        for (scheme, forced), width in product(LOOKS, (1280, 390, 320)):
            reader.set_viewport_size({"width": width, "height": 800})
            reader.emulate_media(color_scheme=scheme, forced_colors=forced)
            found += [f"{name} at {width}, {scheme}, forced {forced}: {fault}" for fault in faults(reader)]
            looked_at += 1
    assert found == []
    assert looked_at >= 16 * 9


def test_a_fault_would_be_found(address: str, reader: Page) -> None:
    reader.goto(f"{address}/")
    reader.locator("h1").evaluate("title => title.insertAdjacentHTML('afterend', '<h3>跳级</h3><img src=>')")
    assert {fault.split()[0] for fault in faults(reader)} == {"heading-order", "image-alt"}
