"""Dates stand in order."""

from datetime import timedelta

from generator.problems import Basis, Check, Severity, Words
from generator.rules.rule import DeclarationScope, DisclosureScope, Found, Unable, rule

ORDER = Check(
    "date-order",
    Words("日期先后颠倒", "dates out of order"),
    Words("应不早于{earlier_name} {earlier}", "a day not before {earlier} is expected"),
    Words("现为 {found}", "found {found}"),
    Words("与原表核对两个日期。", "compare both dates with the form."),
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
        "批复（{approved}）后 {days} 日内公开，最晚 {deadline}",
        "publication within {days} days of approval ({approved}), by {deadline}, is expected",
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
            "预算法第十四条，预算法实施条例第六条，上海市预算审查监督条例第十六条",
            "Budget Law, art. 14; its regulation, art. 6; Shanghai regulation on budget supervision, art. 16",
        ),
    ),
    looks_at=Words("disclosure.yml 的批复日期、公开日期", "days of approval and publication in disclosure.yml"),
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
    facts, days = scope.disclosure.facts, scope.profile.disclosure_days
    if facts.approved is None:
        yield Unable(Words("批复日期未注明", "the day of approval is unknown"))
        return
    deadline = facts.approved + timedelta(days=days)
    said = {"approved": facts.approved.isoformat(), "days": str(days), "deadline": deadline.isoformat()}
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
