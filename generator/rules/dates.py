"""Dates stand in order."""

from generator.problems import Basis, Check, Words
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
