"""Money: the parts are the total, in every row and column."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import written
from generator.content import Record
from generator.model import Declaration, Evaluation
from generator.problems import Entry, Problem, Words

SUM = Entry(
    "funding-sum",
    Words("应等于各项来源之和 {sum}", "the sum of its parts, {sum}, is expected"),
    Words("现为 {total}，相差 {difference}", "found {total}, off by {difference}"),
    Words(
        "先与原表核对。录错了就改正；原表就是这样印的，请向单位核实后再公开。",
        "compare with the form. Correct a slip of copying; if the form prints it so, ask the centre before publishing.",
    ),
)

PARTS = ("appropriation", "carryover", "other")
COLUMNS = ("initial", "revised", "spent")


def _differs(record: Record, total: Decimal, parts: Decimal, *path: str) -> Iterator[Problem]:
    if total != parts:
        facts = {"sum": written(parts), "total": written(total), "difference": written(abs(total - parts))}
        yield record.origin.problem(SUM, *path, **facts)


def parts_add_up(record: Record) -> Iterator[Problem]:
    """财政拨款 + 结转 + 其他 = 总额, for the year, the whole project, and each column of a budget."""
    form = record.form
    if isinstance(form, Declaration):
        parts = sum((getattr(form.funding, part).number for part in PARTS), Decimal(0))
        yield from _differs(record, form.funding.total.number, parts, "funding", "total")
        whole = form.project_funding
        if whole and whole.total and whole.fiscal and whole.other:
            parts = whole.fiscal.number + whole.other.number
            yield from _differs(record, whole.total.number, parts, "project_funding", "total")
    elif isinstance(form, Evaluation):
        for column in COLUMNS:
            parts = sum((getattr(getattr(form.budget, part), column).number for part in PARTS), Decimal(0))
            total = getattr(form.budget.total, column).number
            yield from _differs(record, total, parts, "budget", "total", column)
