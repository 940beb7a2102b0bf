"""Dates stand in order."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.changes.told import alterations_of
from generator.reading.content import Disclosure, Origin
from generator.rules.rule import DeclarationScope, DisclosureScope, Found, Unable, WholeScope, rule
from generator.words.problems import Basis, Check, Severity, Words

ORDER = Check(
    "date-order",
    Words("日期先后颠倒", "dates out of order"),
    Words("应不早于{earlier_name} {earlier}", "a day not before {earlier} is expected"),
    Words("现为 {found}", "found {found}"),
    Words(
        "核对两个日期：计划日期看原表，批复、公开日期看批复文件和公开的网页。",
        "check both: planned days by the form, approval and publication by the approval and the web page.",
    ),
    basis=Basis(
        "logic", Words("先开始后完成，先批复后公开", "what begins comes before what ends; approval before publication")
    ),
    looks_at=Words(
        "申报表的计划开始、计划完成日期；disclosure.yml 的批复、公开日期",
        "planned first and last day of a declaration; days of approval and publication of a document",
    ),
)
YEAR = Check(
    "date-outside-year",
    Words("计划日期不在本年度", "planned days outside the year"),
    Words("计划开始到计划完成，应有 {year} 年的日子", "planned days that reach into {year} are expected"),
    Words("现为 {start} 至 {end}", "found {start} to {end}"),
    Words(
        "与原表核对两个日期，并看这张表是否放错了年度。",
        "compare both days with the form; does it lie under the wrong year?",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("年度目标在本年度内完成", "a year's targets are reached within the year")),
    looks_at=Words("申报表的计划开始、计划完成日期，与年度文件夹", "planned days, beside the year's folder"),
)
CLOCK = Check(
    "disclosure-clock",
    Words("公开晚于期限", "published after the deadline"),
    Words(
        "批复（{approved}）后 {days} 日内公开，最晚 {deadline}（{basis}）",
        "publication within {days} days of approval ({approved}), by {deadline}, is expected ({basis})",
    ),
    Words("{found}", "{found_en}"),
    Words(
        "核对批复日期和公开日期；确实晚了，照实写，可在 waivers 里说明原因。",
        "check both days; if it was late indeed, leave them true, and say why in waivers.",
    ),
    Severity.WARNING,
    basis=Basis(
        "law",
        Words(
            "预算法第十四条，预算法实施条例第六条；各地另有规定的，见提示里的依据",
            "Budget Law, art. 14; its regulation, art. 6; the message names what a jurisdiction rules besides",
        ),
    ),
    looks_at=Words("disclosure.yml 的批复日期、公开日期", "days of approval and publication in disclosure.yml"),
)
UNLIKELY = Check(
    "date-unlikely",
    Words("日期不合常理", "an unlikely day"),
    Words("{year} 年度的文件，日期应在 {first} 至 {last}", "a day from {first} to {last} is expected for {year}"),
    Words("现为 {found}", "found {found}"),
    Words(
        "看年份是否打错；默认的核对日期取记录里最晚的一天，错的年份会让豁免都过期。",
        "is the year mistyped? Deadlines are judged on the latest day by default: a wrong year lets waivers expire.",
    ),
    Severity.WARNING,
    basis=Basis(
        "logic",
        Words(
            "批复、公开在年度前后，改动不会在核对以后",
            "a budget is approved and published about its year, and nothing was altered after the day of judgement",
        ),
    ),
    looks_at=Words(
        "disclosure.yml 的批复、公开日期，变更和勘误的日期", "days of approval and publication; days of alterations"
    ),
)


@rule(ORDER, DeclarationScope)
def project_in_order(scope: DeclarationScope) -> Found:
    form = scope.form
    if form.end < form.start:
        facts = {"earlier_name": "计划开始日期", "earlier": form.start.isoformat(), "found": form.end.isoformat()}
        yield scope.record.origin.problem(ORDER, "end", **facts)


@rule(ORDER, DisclosureScope)
def disclosed_in_order(scope: DisclosureScope) -> Found:
    facts = scope.disclosure.facts
    approved, published = facts.approved, facts.published
    if not approved or not published:
        yield Unable(Words("批复或公开日期未注明", "the day of approval or publication is unknown"))
    elif published < approved:
        said = {"earlier_name": "批复日期", "earlier": approved.isoformat(), "found": published.isoformat()}
        yield scope.disclosure.origin.problem(ORDER, "published", **said)


@rule(YEAR, DeclarationScope)
def project_is_of_the_year(scope: DeclarationScope) -> Found:
    """A project may last for several years; this one is among them."""
    year, start, end = scope.disclosure.year, scope.form.start, scope.form.end
    if year < start.year or end.year < year:
        key = "start" if year < start.year else "end"
        yield scope.record.origin.problem(YEAR, key, year=str(year), start=start.isoformat(), end=end.isoformat())


@rule(CLOCK, DisclosureScope)
def disclosed_in_time(scope: DisclosureScope) -> Found:
    facts, limit = scope.disclosure.facts, scope.measures.disclosure
    if facts.approved is None:
        yield Unable(Words("批复日期未注明", "the day of approval is unknown"))
        return
    deadline = facts.approved + timedelta(days=limit.days)
    said = {"approved": facts.approved.isoformat(), "days": str(limit.days), "deadline": deadline.isoformat()}
    said["basis"] = limit.basis
    if facts.published and facts.published > deadline:
        day = facts.published.isoformat()
        said |= {"found": f"公开日期为 {day}", "found_en": f"published on {day}"}
        yield scope.disclosure.origin.problem(CLOCK, "published", **said)
    elif not facts.published and scope.on and scope.on > deadline:
        day = scope.on.isoformat()
        said |= {"found": f"到 {day} 公开日期仍未注明", "found_en": f"no day of publication is known by {day}"}
        yield scope.disclosure.origin.problem(CLOCK, "published", **said)
    elif not facts.published:
        yield Unable(Words("公开日期未注明", "the day of publication is unknown"))


@rule(UNLIKELY, WholeScope)
def days_are_likely(scope: WholeScope) -> Found:
    """Near the document's year, and not after the day of judgement; by default that is the latest day there is."""
    year, years = scope.disclosure.year, scope.measures.disclosure_years
    first = date(max(year - years.before, date.min.year), 1, 1)
    last = date(min(year + years.after, date.max.year), 12, 31)
    told = {"year": str(year)}
    for key in ("approved", "published"):
        day = getattr(scope.disclosure.facts, key)
        # a mistyped year that is the latest day known is also the day of judgement: it bounds nothing then
        until = min(last, scope.on) if scope.on and scope.on >= first else last
        if day and not first <= day <= until:
            said = {"first": first.isoformat(), "last": until.isoformat(), "found": day.isoformat()}
            yield scope.disclosure.origin.problem(UNLIKELY, key, **told, **said)
    for origin, path, day in _alterations(scope.disclosure):
        if scope.on and day > scope.on:
            said = {"first": first.isoformat(), "last": scope.on.isoformat(), "found": day.isoformat()}
            yield origin.problem(UNLIKELY, *path, **told, **said)


def _alterations(disclosure: Disclosure) -> Iterator[tuple[Origin, tuple[str | int, ...], date]]:
    """The days of the alterations of a document and its forms, and where they stand."""
    for holder, origin in (
        (disclosure.facts, disclosure.origin),
        *((record.form, record.origin) for record in disclosure.records),
    ):
        for kind, index, alteration in alterations_of(holder):
            yield origin, (kind, index, "date"), alteration.date
