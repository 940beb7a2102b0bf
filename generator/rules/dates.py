"""Dates stand in order."""

from collections.abc import Iterator

from generator.content import Disclosure, Record
from generator.model import Declaration
from generator.problems import Entry, Problem, Words

ORDER = Entry(
    "date-order",
    Words("应不早于{earlier_name} {earlier}", "a day not before {earlier} is expected"),
    Words("现为 {found}", "found {found}"),
    Words("与原表核对两个日期。", "compare both dates with the form."),
)


def project_in_order(record: Record) -> Iterator[Problem]:
    form = record.form
    if isinstance(form, Declaration) and form.end < form.start:
        facts = {"earlier_name": "计划开始日期", "earlier": form.start.isoformat(), "found": form.end.isoformat()}
        yield record.origin.problem(ORDER, "end", **facts)


def disclosed_in_order(disclosure: Disclosure) -> Iterator[Problem]:
    approved, published = disclosure.facts.approved, disclosure.facts.published
    if approved and published and published < approved:
        facts = {"earlier_name": "批复日期", "earlier": approved.isoformat(), "found": published.isoformat()}
        yield disclosure.origin.problem(ORDER, "published", **facts)
