"""The pages about the site itself: search, checks, guide, terms, contact, the site's map, what is written by hand."""

from collections.abc import Iterable, Sequence

from generator.checks.catalogue import handbook
from generator.facts.glossary import read_glossary
from generator.facts.page import HAND_WRITTEN, HOME_LINK, Link, Page
from generator.pages.handbook import read_guide
from generator.pages.outline import Outline, nodes
from generator.reading.content import HandPage
from generator.reading.model import SiteFacts
from generator.words.urls import CHECKS, CONTACT, GLOSSARY, HANDBOOK, SEARCH, SITE_MAP, hand_page_url, term_anchor

# What a reader may want to know of the publisher, in the order of the page; what site.yml does not say is said to be
# missing.
_WHO = ("publisher", "operator", "contact", "hours", "address", "postcode", "complaints")
_NUMBERS = ("site_code", "icp", "police")


def search_page(outlines: Sequence[Outline]) -> Page:
    """The search; without script it leads to the centres."""
    records = sum(outline.records for outline in outlines)
    description = f"在 {records} 张表里检索任何文字和数字：项目、指标、金额、目标。"
    centres = [outline.link for outline in outlines]
    return Page(SEARCH, "search", "检索", description, {"centres": centres}, (HOME_LINK,))


def checks_page() -> Page:
    """Every check: its code, severity, basis, what it looks at, how to mend."""
    groups = handbook()
    counts = [sum(len(checks) for _, checks in group.sections) for group in groups]
    description = f"公开以前核对每张表的 {counts[0]} 项规则：代码、程度、依据、看什么、怎样改。"
    return Page(CHECKS, "checks", "核对规则", description, {"groups": groups, "counts": counts}, (HOME_LINK,))


def handbook_page() -> Page:
    """The editors' guide: from a document as received to a published form, every step and message explained."""
    guide = read_guide()
    description = "录入和核对表格的同事用：从收到的文件到公开的网页，每一步怎样做，每种提示怎样改。"
    return Page(HANDBOOK, "handbook", guide.title, description, {"guide": guide}, (HOME_LINK,))


def glossary_page() -> Page:
    """Every word of the forms that readers may ask for, with what it means."""
    sections = [
        (section.title, [(term, term_anchor(term.key)) for term in section.terms])
        for section in read_glossary().sections
    ]
    count = sum(len(terms) for _, terms in sections)
    description = f"绩效目标申报表和绩效自评表上的 {count} 个词是什么意思。"
    return Page(GLOSSARY, "glossary", "名词解释", description, {"sections": sections}, (HOME_LINK,))


def contact_page(site: SiteFacts) -> Page:
    """Who publishes the site, how to reach them, where to complain."""
    inputs = {"who": _named(site, _WHO), "numbers": _named(site, _NUMBERS), "reachable": site.contact is not None}
    description = "本站由谁公开、怎样联系，发现错误怎样反映，对信息公开工作有意见向哪里投诉。"
    return Page(CONTACT, "contact", "联系与投诉", description, inputs, (HOME_LINK,))


def _named(site: SiteFacts, keys: Iterable[str]) -> list[tuple[str, str | None]]:
    return [(str(SiteFacts.model_fields[key].title), getattr(site, key)) for key in keys]


def map_page(outlines: Iterable[Outline], others: Iterable[Page]) -> Page:
    """The site's map for people: every page below the page it belongs to, but forms and projects, which others list.

    Args:
        outlines: The centres, in the site's order.
        others: All other pages of the site that are of no centre, in the plan's order.
    """
    centres = [node for outline in outlines for node in outline.map]
    about = nodes(others)
    description = "本站的全部页面：各单位、各年度、各份文件，以及关于本站的说明。"
    inputs = {"centres": centres, "about": about, "search": Link(SEARCH, "检索")}
    return Page(SITE_MAP, "map", "网站地图", description, inputs, (HOME_LINK,))


def hand_page(page: HandPage) -> Page:
    """A page written by hand in content/pages."""
    url = hand_page_url(page.name)
    return Page(url, HAND_WRITTEN, page.title, page.title, {"body": page.body}, (HOME_LINK,))
