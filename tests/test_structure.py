"""Headings, landmarks and tables of every built page make sense read aloud, in order."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborNode

from tests import dom
from tests.conftest import Built

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SECTIONING = {"article", "aside", "main", "nav", "section"}

Pages = dict[str, LexborNode]


@pytest.fixture(scope="module")
def pages(altered: Built) -> Pages:
    """Every page of the site, read once, by its path."""
    found = {str(path.relative_to(altered.folder)): dom.parse(path) for path in sorted(altered.folder.rglob("*.html"))}
    assert len(found) > len(altered.plan.pages)
    return found


def name_of(node: LexborNode, page: LexborNode) -> str:
    """An element's name, from its label or from what labels it."""
    if node.attributes.get("aria-label"):
        return str(node.attributes["aria-label"])
    labels = (node.attributes.get("aria-labelledby") or "").split()
    return " ".join(dom.text(found) for label in labels for found in page.css(f"#{label}"))


def headings(page: LexborNode) -> list[LexborNode]:
    """The headings in document order."""
    return [node for node in page.traverse() if node.tag in HEADINGS]


def landmarks(page: LexborNode) -> Iterator[tuple[str, str]]:
    """The landmarks in document order: role and name. A section or form is one when it has a name."""
    roles = {"nav": "navigation", "aside": "complementary", "main": "main", "section": "region", "form": "form"}
    for node in page.traverse():
        tag, name = str(node.tag), name_of(node, page)
        inside = any(str(above.tag) in SECTIONING for above in above_of(node))
        role = node.attributes.get("role") or roles.get(tag)
        if role not in (*roles.values(), "search", None):
            continue
        if tag in ("header", "footer"):
            role = None if inside else {"header": "banner", "footer": "contentinfo"}[tag]
        if role and (name or role not in ("region", "form")):
            yield role, name


def above_of(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def test_page_is_said_to_be_chinese(pages: Pages) -> None:
    assert {page.attributes.get("lang") for page in pages.values()} == {"zh-CN"}


def test_page_has_one_title_and_no_level_is_skipped(pages: Pages) -> None:
    for url, page in pages.items():
        levels = [int(str(heading.tag)[1]) for heading in headings(page)]
        assert levels.count(1) == 1, url
        assert levels[0] == 1, f"{url}: the first heading is not the title"
        for one, next_one in pairwise(levels):
            assert next_one <= one + 1, f"{url}: from h{one} to h{next_one}"


def test_headings_say_something(pages: Pages) -> None:
    for url, page in pages.items():
        for heading in headings(page):
            filled_by_script = heading.css("[data-search]") or "data-search" in heading.attributes
            assert dom.text(heading) or filled_by_script, f"{url}: an empty {heading.tag}"


def test_landmarks_are_whole_and_in_order(pages: Pages) -> None:
    for url, page in pages.items():
        roles = [role for role, _ in landmarks(page)]
        frame = [role for role in roles if role in ("banner", "main", "contentinfo")]
        assert frame == ["banner", "main", "contentinfo"], url
        assert roles[0] == "banner", url


def test_landmarks_of_a_kind_differ_by_name(pages: Pages) -> None:
    for url, page in pages.items():
        found = [(role, name) for role, name in landmarks(page) if role not in ("banner", "main", "contentinfo")]
        twice = {landmark for landmark in found if found.count(landmark) > 1}
        assert twice == set(), url


def test_tables_have_a_caption_and_heads_for_every_cell(pages: Pages) -> None:
    looked_at = 0
    for url, page in pages.items():
        for table in page.css("table"):
            where = f"{url}: {dom.text(table)[:30]}"
            by_hand = any(node.attributes.get("class") == "text" for node in above_of(table))
            assert table.css("caption") or by_hand, where
            for cell in table.css("tbody th, tfoot th" if by_hand else "th"):
                assert cell.attributes.get("scope") or cell.attributes.get("id"), f"{where}: {dom.text(cell)}"
            ids = {cell.attributes.get("id") for cell in table.css("th")}
            for cell in table.css("td[headers]"):
                assert set((cell.attributes["headers"] or "").split()) <= ids, where
            looked_at += 1
    assert looked_at > 80


def test_skip_link_comes_first_and_lands_on_the_content(pages: Pages) -> None:
    for url, page in pages.items():
        first = page.css_first("a, button, input:not(.md-toggle), select")
        assert first is not None
        assert (dom.text(first), first.attributes.get("href")) == ("跳到正文", "#content"), url
        assert len(page.css("#content")) == 1, url


def test_references_between_elements_lead_somewhere(pages: Pages) -> None:
    for url, page in pages.items():
        ids = {node.attributes["id"] for node in page.css("[id]")}
        for key in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for node in page.css(f"[{key}]"):
                assert set((node.attributes[key] or "").split()) <= ids, f"{url}: {key}={node.attributes[key]}"
