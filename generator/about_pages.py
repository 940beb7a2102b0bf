"""The pages about the site itself: search, checks, and what is written by hand."""

from generator.catalogue import handbook
from generator.content import Content, HandPage
from generator.page import HAND_WRITTEN, HOME_LINK, Link, Page
from generator.urls import SEARCH, centre_url, checks_url, hand_page_url


def search_page(content: Content) -> Page:
    """The search; without script it leads to the centres."""
    description = f"在 {len(content.records)} 张表里检索任何文字和数字：项目、指标、金额、目标。"
    centres = [Link(centre_url(centre.id), centre.facts.name) for centre in content.centres]
    return Page(SEARCH, "search", "检索", description, {"centres": centres}, (HOME_LINK,))


def checks_page() -> Page:
    """Every check: its code, severity, basis, what it looks at, how to mend."""
    groups = handbook()
    counts = [sum(len(checks) for _, checks in group.sections) for group in groups]
    description = f"公开以前核对每张表的 {counts[0]} 项规则：代码、程度、依据、看什么、怎样改。"
    return Page(checks_url(), "checks", "核对规则", description, {"groups": groups, "counts": counts}, (HOME_LINK,))


def hand_page(page: HandPage) -> Page:
    """A page written by hand in content/pages."""
    url = hand_page_url(page.name)
    return Page(url, HAND_WRITTEN, page.title, page.title, {"body": page.body}, (HOME_LINK,))
