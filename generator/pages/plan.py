"""Records → every page there will be: its URL, its template, its title, and all it may speak of.

The plan names every page before one is rendered. A page's `inputs` are all that its template sees. The pages below a
centre are planned from the centre alone (`plan_centre`), those of the whole site from the centres' outlines
(`plan_rest`): neither needs more than that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.changes.lineage import others_of, projects
from generator.data.events import feed_of
from generator.facts.findings import findings
from generator.facts.page import Page
from generator.facts.shell import Shell
from generator.facts.summary import summary_of
from generator.pages.about_pages import (
    checks_page,
    contact_page,
    glossary_page,
    hand_page,
    handbook_page,
    map_page,
    search_page,
)
from generator.pages.centre_pages import centre_page, year_pages
from generator.pages.data_pages import base_of, data_page, register_page
from generator.pages.disclosure_pages import disclosure_page
from generator.pages.form_pages import form_pages
from generator.pages.gone import moved_pages, withdrawn_pages
from generator.pages.home_page import home_page
from generator.pages.metas import with_metas
from generator.pages.outline import Outline, outline_of
from generator.pages.project_pages import centre_projects_page, project_links, project_pages, projects_page
from generator.pages.years_pages import years_pages
from generator.profiles.profile import read_profile
from generator.reading.content import Centre, Content
from generator.words.problems import Problem


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page, and what the downloads are made of."""

    content: Content
    outlines: tuple[Outline, ...]
    pages: tuple[Page, ...]
    site_url: str | None = None

    @property
    def urls(self) -> frozenset[str]:
        return frozenset(page.url for page in self.pages)


@dataclass(frozen=True, slots=True)
class CentrePlan:
    """The pages below a centre, and what the rest of the site says of it."""

    pages: tuple[Page, ...]
    outline: Outline


def shells_of(pages: Iterable[Page], *others: Iterable[Shell]) -> tuple[Shell, ...]:
    """Every shell that a page is set into, and others, once each."""
    found = {page.shell for page in pages if page.shell}.union(*others)
    return tuple(sorted(found, key=lambda shell: shell.url))


def make_plan(content: Content, site_url: str | None = None, problems: Iterable[Problem] = ()) -> Plan:
    """Name every page in a fixed order: home, centres with years, records and projects, all years, search, data …

    Args:
        content: What is disclosed.
        site_url: The site's address with a slash at its end, or None while it has none.
        problems: What the check found; pages show of it what site.yml wants shown.
    """
    problems = tuple(problems)
    plans = [plan_centre(content, centre, site_url, problems) for centre in content.centres]
    outlines = tuple(plan.outline for plan in plans)
    home, *others = plan_rest(content, outlines, site_url)
    pages = (home, *(page for plan in plans for page in plan.pages), *others)
    return Plan(content, outlines, pages, site_url)


def plan_centre(front: Content, centre: Centre, site_url: str | None, problems: Iterable[Problem]) -> CentrePlan:
    """The pages below a centre: the centre, its years, each with its documents and forms, its projects.

    Args:
        front: What belongs to no centre.
        centre: The centre.
        site_url: As for `make_plan`.
        problems: What the check found, at least in this centre.
    """
    site = front.site
    own, found = projects(centre), tuple(summary_of(each) for each in centre.disclosures)
    others, links, shown = others_of(own), project_links(centre, own), findings(site, centre, problems)
    pages = [centre_page(centre, found, own, feed_of(centre) if site_url else None), *year_pages(centre, found)]
    for disclosure, summary in zip(centre.disclosures, found, strict=True):
        pages.append(disclosure_page(site, centre, disclosure, summary))
        pages.extend(form_pages(site, centre, disclosure, summary, others, links, shown, site_url))
        pages.extend(withdrawn_pages(disclosure, centre))
    if own:
        pages.append(centre_projects_page(centre, own))
        pages.extend(project_pages(centre, own, read_profile(site.profile)))
    pages = list(map(with_metas, pages))
    return CentrePlan(tuple(pages), outline_of(centre, found, own, pages, base_of(site_url)))


def plan_rest(front: Content, outlines: Sequence[Outline], site_url: str | None) -> tuple[Page, ...]:
    """The pages that belong to no centre, the home page first.

    Args:
        front: What belongs to no centre.
        outlines: All centres, in the site's order.
        site_url: As for `make_plan`.
    """
    pages = [
        home_page(front, outlines),
        projects_page(outlines),
        *years_pages(outlines),
        search_page(outlines),
        data_page(front, outlines, site_url),
        register_page(outlines),
        *map(hand_page, front.pages),
        *moved_pages(front),
        glossary_page(),
        checks_page(),
        handbook_page(),
        contact_page(front.site),
    ]
    return tuple(map(with_metas, (*pages, map_page(outlines, pages))))
