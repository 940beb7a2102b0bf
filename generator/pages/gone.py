"""Pages at addresses that were published and hold nothing of their own any more: forms withdrawn, pages moved."""

from collections.abc import Iterator

from generator.facts.page import HOME_LINK, Link, Page
from generator.facts.summary import DISCLOSURE_NAMES, FORM_NAMES
from generator.pages.centre_pages import crumbs_to_year
from generator.reading.content import Centre, Content, Disclosure, withdrawn_ids
from generator.words.urls import disclosure_url, record_url

TEMPLATE = "gone"


def withdrawn_pages(disclosure: Disclosure, centre: Centre) -> Iterator[Page]:
    """For each withdrawn form of a document a page that says when and why."""
    up = Link(disclosure_url(disclosure.id), DISCLOSURE_NAMES[disclosure.kind])
    crumbs = (*crumbs_to_year(centre, disclosure.year), up)
    for identity, each in zip(withdrawn_ids(disclosure), disclosure.facts.withdrawn, strict=True):
        title = f"第 {each.number} 张{FORM_NAMES[disclosure.kind]}已撤下"
        said = f"这张表已于 {each.on.isoformat()} 撤下：{each.reason}"
        inputs = {"said": said, "way": Link(up.url, disclosure.facts.title)}
        yield Page(record_url(identity), TEMPLATE, title, said, inputs, crumbs)


def moved_pages(content: Content) -> Iterator[Page]:
    """For each page that moved a page at its old address that leads to the new one; files that moved have none."""
    for each in content.site.moved:
        if each.old.endswith("/"):
            said = "内容在新的网址；这个网址留着，以便以前的链接找得到。"
            inputs = {"said": said, "way": Link(each.new, "到现在的网页")}
            yield Page(each.old, TEMPLATE, "这一页换了网址", f"这一页换了网址。{said}", inputs, (HOME_LINK,))
