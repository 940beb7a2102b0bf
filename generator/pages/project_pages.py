"""The pages of projects through the years: each project, those of a centre, all centres."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator.changes.lineage import Appearance, Project, followed
from generator.facts.page import HOME_LINK, Link, Page
from generator.facts.project import story_of
from generator.facts.totals import SOURCES
from generator.pages.centre_pages import crumbs_to_centre
from generator.pages.gone import TEMPLATE as MOVED
from generator.pages.outline import Outline
from generator.profiles.profile import Profile
from generator.reading.content import Centre
from generator.reading.model import Declaration
from generator.words.urls import PROJECTS, Kind, centre_projects_url, project_url, record_url

TITLE = "历年项目"
_COLUMN_NAMES: Mapping[Kind, str] = {"targets": "目标", "evaluations": "自评"}


def project_links(centre: Centre, projects: Iterable[Project]) -> dict[str, Link]:
    """For the id of each form of a project that has a page: the link to it."""
    return {
        form.record.id: Link(project_url(centre.id, project.names[0]), "历年对照", f"{len(project.forms)} 张表")
        for project in followed(projects)
        for form in project.forms
    }


def projects_page(outlines: Iterable[Outline]) -> Page:
    """The way to the projects of each centre."""
    listed = [
        (Link(centre_projects_url(centre.id), centre.name), centre.projects, centre.followed)
        for centre in outlines
        if centre.projects
    ]
    several = sum(count for *_, count in listed)
    description = (
        f"{sum(count for _, count, _ in listed)} 个项目，其中 {several} 个有不同年度或不同种类的表，可以并排对照。"
    )
    return Page(PROJECTS, "projects", TITLE, description, {"listed": listed}, (HOME_LINK,))


def centre_projects_page(centre: Centre, projects: Sequence[Project]) -> Page:
    """A centre's projects by document: a row for each, the newest first."""
    name = centre.facts.name
    description = f"{name}的 {len(projects)} 个项目和它们各年度的绩效目标申报表、绩效自评表。"
    return Page(
        centre_projects_url(centre.id),
        "centre-projects",
        f"{name}{TITLE}",
        description,
        {"centre": centre},
        crumbs_to_centre(centre),
        late=lambda: _matrix(centre, projects),
    )


def _matrix(centre: Centre, projects: Sequence[Project]) -> Mapping[str, object]:
    columns = sorted({form.time: (form.year, form.kind) for project in projects for form in project.forms}.items())
    links = project_links(centre, projects)
    newest = sorted(
        projects, key=lambda project: (tuple(-part for part in project.forms[-1].time), project.forms[-1].record.id)
    )
    rows = []
    for project in newest:
        forms = {form.time: _form(form) for form in project.forms}
        rows.append((project.name, links.get(project.forms[-1].record.id), [forms.get(time) for time, _ in columns]))
    names = [f"{year} 年度{_COLUMN_NAMES[kind]}" for _, (year, kind) in columns]
    return {"columns": names, "rows": rows, "followed": len(followed(projects))}


def _form(found: Appearance) -> Link:
    form = found.record.form
    if isinstance(form, Declaration):
        return Link(record_url(found.record.id), f"申请 {form.funding.total} {form.funding.unit}")
    total = form.budget.total
    return Link(
        record_url(found.record.id),
        f"执行 {total.spent} {form.budget.unit}",
        f"总分 {form.total_score}，等级 {form.grade}",
    )


def project_pages(centre: Centre, projects: Iterable[Project], profile: Profile) -> Iterator[Page]:
    """The page of each project of several forms, and one that leads there under each other name that it had.

    A project is told by its first name, so that years added before or after change no URL. Where two projects were
    called the same, the first keeps the page.
    """
    taken = {project_url(centre.id, project.names[0]) for project in followed(projects)}
    crumbs = (*crumbs_to_centre(centre), Link(centre_projects_url(centre.id), TITLE))
    for project in followed(projects):
        first, *others = project.names
        own = Link(project_url(centre.id, first), project.name)
        yield _project_page(centre, project, own.url, crumbs, profile)
        for name in others:
            url = project_url(centre.id, name)
            if url not in taken:
                taken.add(url)
                description = f"{centre.facts.name}的项目“{name}”，见“{project.name}”的历年对照。"
                inputs = {"said": f"这个项目先后用过这些名称：{'、'.join(project.names)}。", "way": own}
                yield Page(url, MOVED, name, description, inputs, crumbs)


def _project_page(centre: Centre, project: Project, url: str, crumbs: tuple[Link, ...], profile: Profile) -> Page:
    years = "、".join(f"{year} 年度" for year in project.years)
    description = (
        f"{centre.facts.name}“{project.name}”{years}的申报表和自评表并排对照：资金、目标、各项指标值和实际完成值。"
    )
    inputs = {"centre": centre, "project": project, "span": years, "sources": SOURCES}
    return Page(url, "project", project.name, description, inputs, crumbs, late=partial(_told, project, profile))


def _told(project: Project, profile: Profile) -> Mapping[str, object]:
    return {"story": story_of(project, profile)}
