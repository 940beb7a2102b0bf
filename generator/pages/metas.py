"""What a page's head says of its column and of the page itself (国办发〔2017〕47号, 网页标签).

Tags of the site (`SiteName` and its like) are the theme's, since they are the same on every page. A column is the
list that a page is, or that it stands in. Nothing here is dated by the build: `PubDate` comes with a page, from its
document.
"""

from dataclasses import replace

from generator.facts.page import Page
from generator.words.urls import HOME, SEARCH

_ABOUT = ("about/", "help/", SEARCH)  # pages that say of the site, not what is disclosed


def with_metas(page: Page) -> Page:
    """The page with all that its head names; the home page stands in no column."""
    return page if page.url == HOME else replace(page, metas=_column(page) | dict(page.metas))


def _column(page: Page) -> dict[str, str]:
    """The column: that of its list for a form or document, which has a title of its own; else the page itself."""
    own = "ArticleTitle" not in page.metas
    name = page.title if own else page.metas["ColumnName"]
    return {
        "ColumnName": name,
        "ColumnDescription": page.description if own else "，".join(crumb.text for crumb in page.crumbs[1:]),
        "ColumnKeywords": ",".join(dict.fromkeys((*(crumb.text for crumb in page.crumbs[1:]), name))),
        "ColumnType": "网站说明" if page.url.startswith(_ABOUT) else "信息公开",
    }
