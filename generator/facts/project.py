"""The story of a project: its forms by year, its money, its goals, and its indicators from year to year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.changes.lineage import Project
from generator.facts.bars import Part, share
from generator.facts.courses import Course, course_of
from generator.facts.page import Link
from generator.facts.totals import Funds, funds_asked, funds_budgeted
from generator.facts.yearly import Group, Thread, YearOf, groups_of, threads
from generator.figures.amounts import written
from generator.profiles.profile import Profile
from generator.reading.model import Declaration, Evaluation
from generator.words.urls import record_url

_Stated = Sequence[tuple[int, tuple[tuple[str, str, Funds], ...]]]  # by year what `_stated` gives


@dataclass(frozen=True, slots=True)
class YearCard:
    """A year of a project at a glance: its forms, None where there is none, and what they say, as name and words."""

    year: int
    declaration: Link | None
    evaluation: Link | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that a form of a year states; `parts` are its sources, on one scale for all amounts of the project."""

    name: str
    url: str
    funds: Funds
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal or an achievement as printed."""

    name: str
    url: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one year of the project to the next: how many indicators became what."""

    name: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that the page of a project says; `ratios` are sentences on the money of neighbouring years."""

    years: tuple[YearCard, ...]
    money: tuple[Money, ...]
    ratios: tuple[str, ...]
    goals: tuple[Goal, ...]
    steps: tuple[Step, ...]
    groups: tuple[Group, ...]
    courses: tuple[Course, ...]


def story_of(project: Project, profile: Profile) -> Story:
    """The story of a project, measured by the profile."""
    years = years_of(project)
    found = threads(years, profile)
    stated = [(year.year, tuple(_stated(year))) for year in years]
    return Story(
        tuple(map(_card, years)),
        tuple(_money(stated)),
        tuple(_ratios(stated)),
        tuple(goal for year in years for goal in _goals(year)),
        tuple(_steps(years, found)),
        groups_of(found),
        tuple(course for thread in found if (course := course_of(thread, years))),
    )


def years_of(project: Project) -> tuple[YearOf, ...]:
    """The project's forms by year, oldest first."""
    forms = {(form.year, form.kind): form.record for form in project.forms}
    return tuple(YearOf(year, forms.get((year, "targets")), forms.get((year, "evaluations"))) for year in project.years)


def _declared(year: YearOf) -> tuple[Declaration, str] | None:
    """The declaration of a year and its URL."""
    record = year.declaration
    return (record.form, record_url(record.id)) if record and isinstance(record.form, Declaration) else None


def _evaluated(year: YearOf) -> tuple[Evaluation, str] | None:
    """The evaluation of a year and its URL."""
    record = year.evaluation
    return (record.form, record_url(record.id)) if record and isinstance(record.form, Evaluation) else None


def _card(year: YearOf) -> YearCard:
    facts: list[tuple[str, str]] = []
    declaration = evaluation = None
    if declared := _declared(year):
        asked, url = declared
        declaration = Link(url, f"申请 {asked.funding.total} {asked.funding.unit}")
        facts += [("资金来源", _sources(asked)), ("申报指标", f"{len(asked.indicators)} 项")]
    if evaluated := _evaluated(year):
        form, url = evaluated
        total, unit = form.budget.total, form.budget.unit
        evaluation = Link(url, f"总分 {form.total_score}，等级 {form.grade}")
        facts += [
            ("全年预算数", f"{total.revised} {unit}"),
            ("全年执行数", f"{total.spent} {unit}，执行率 {total.execution_rate}%"),
            ("自评指标", f"{len(form.indicators)} 项"),
        ]
    return YearCard(year.year, declaration, evaluation, tuple(facts))


def _sources(form: Declaration) -> str:
    """Where the money asked for comes from, in words; sources that give none are left out."""
    given = [(source.name, amount) for source, amount in funds_asked(form).parts if amount]
    if len(given) == 1:
        return f"全部为{given[0][0]}"
    return "，".join(f"{name} {written(amount)} 元" for name, amount in given) or "无"


def _stated(year: YearOf) -> Iterator[tuple[str, str, Funds]]:
    """Every amount that the forms of a year state: name, URL, money."""
    if declared := _declared(year):
        asked, url = declared
        yield "申请总额", url, funds_asked(asked)
    if evaluated := _evaluated(year):
        form, url = evaluated
        yield "全年预算数", url, funds_budgeted(form, "revised")
        yield "全年执行数", url, funds_budgeted(form, "spent")


def _money(stated: _Stated) -> Iterator[Money]:
    whole = max((funds.length for _, amounts in stated for *_, funds in amounts), default=Decimal(0))
    for year, amounts in stated:
        for name, url, funds in amounts:
            yield Money(f"{year} 年度{name}", url, funds, funds.bar(whole))


def _ratios(stated: _Stated) -> Iterator[str]:
    """What a year's request, or else its budget, is of that of the year before; compared, never added."""
    totals = [(year, {name: funds.total for name, _, funds in amounts}) for year, amounts in stated]
    for (before, earlier), (now, later) in pairwise(totals):
        was = next((name for name in ("全年预算数", "申请总额") if earlier.get(name)), None)
        own = next((name for name in ("申请总额", "全年预算数") if name in later), None)
        if was and own:
            percent = share(later[own], earlier[was])
            yield f"{now} 年度{own}是 {before} 年度{was}的 {percent}%"


def _goals(year: YearOf) -> Iterator[Goal]:
    declared = _declared(year)
    if declared:
        asked, url = declared
        yield Goal(f"{year.year} 年度总体目标", url, asked.objectives.annual)
    if evaluated := _evaluated(year):
        form, url = evaluated
        if not declared:  # an evaluation repeats the goal
            yield Goal(f"{year.year} 年度预期目标", url, form.expected)
        yield Goal(f"{year.year} 年度实际完成情况", url, form.achieved)


def _steps(years: Sequence[YearOf], found: Sequence[Thread]) -> Iterator[Step]:
    for number, (before, now) in enumerate(pairwise(years), 1):
        counts = Counter(change for thread in found if (change := thread.mentions[number].change))
        yield Step(f"{before.year} → {now.year}", tuple(counts.most_common()))
