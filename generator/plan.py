"""Records → every page there will be: its URL, its template, its title, and all it may speak of.

The plan names every page before one is rendered. A page's `inputs` are all that its template sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.about_pages import checks_page, contact_page, glossary_page, hand_page, map_page, search_page
from generator.centre_pages import centre_page, year_pages
from generator.content import Content
from generator.data_pages import counted, data_page, feeds, register_page
from generator.disclosure_pages import disclosure_page
from generator.findings import findings
from generator.form_pages import form_pages
from generator.gone import moved_pages, withdrawn_pages
from generator.handbook_page import handbook_page
from generator.home_page import home_page
from generator.lineage import others_of, projects
from generator.metas import with_metas
from generator.page import Page
from generator.problems import Problem
from generator.profile import read_profile
from generator.project_pages import centre_projects_page, project_links, project_pages, projects_page
from generator.shell import Shell
from generator.summary import summary_of
from generator.urls import centre_feed_url
from generator.years_pages import years_pages


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page, and what the downloads are made of."""

    content: Content
    pages: tuple[Page, ...]
    site_url: str | None = None

    @property
    def urls(self) -> frozenset[str]:
        return frozenset(page.url for page in self.pages)

    @property
    def shells(self) -> tuple[Shell, ...]:
        """Every shell that a page of the plan is set into, once each."""
        return tuple(sorted({page.shell for page in self.pages if page.shell}, key=lambda shell: shell.url))


def make_plan(content: Content, site_url: str | None = None, problems: Iterable[Problem] = ()) -> Plan:
    """Name every page in a fixed order: home, centres with years, records and projects, all years, search, data …

    Args:
        content: What is disclosed.
        site_url: The site's address with a slash at its end, or None while it has none.
        problems: What the check found; pages show of it what site.yml wants shown.
    """
    shown = findings(content, problems)
    summaries = {centre.id: tuple(summary_of(found) for found in centre.disclosures) for centre in content.centres}
    lineages = {centre.id: projects(centre) for centre in content.centres}
    feed_of = {feed.url: feed for feed in feeds(content, site_url)}
    profile = read_profile(content.site.profile)
    pages: list[Page] = [home_page(content, summaries)]
    for centre in content.centres:
        own, found = lineages[centre.id], summaries[centre.id]
        pages.append(centre_page(centre, found, own, feed_of.get(centre_feed_url(centre.id))))
        pages.extend(year_pages(centre, found))
        others, links = others_of(own), project_links(centre, own)
        for summary in found:
            pages.append(disclosure_page(content.site, centre, summary))
            pages.extend(form_pages(content.site, centre, summary, others, links, shown, site_url))
            pages.extend(withdrawn_pages(summary.disclosure, centre))
        if own:
            pages.append(centre_projects_page(centre, own))
            pages.extend(project_pages(centre, own, profile))
    pages.append(projects_page([(centre, lineages[centre.id]) for centre in content.centres]))
    pages.extend(years_pages([(centre, summaries[centre.id]) for centre in content.centres]))
    pages.append(search_page(content))
    pages.append(data_page(content, site_url, counted(content)))
    pages.append(register_page(content))
    pages.extend(hand_page(page) for page in content.pages)
    pages.extend(moved_pages(content))
    pages.append(glossary_page())
    pages.append(checks_page())
    pages.append(handbook_page())
    pages.append(contact_page(content.site))
    pages.append(map_page(pages))
    return Plan(content, tuple(map(with_metas, pages)), site_url)
