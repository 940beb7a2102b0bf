"""Money: the parts are the total, in every row and column."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import written
from generator.content import Record
from generator.problems import Basis, Check, Problem, Words
from generator.rules.rule import DeclarationScope, EvaluationScope, Found, rule

SUM = Check(
    "funding-sum",
    Words("资金总额与各项来源之和不符", "the parts of the money do not make its total"),
    Words("应等于各项来源之和 {sum}", "the sum of its parts, {sum}, is expected"),
    Words("现为 {total}，相差 {difference}", "found {total}, off by {difference}"),
    Words(
        "先与原表核对。录错了就改正；原表就是这样印的，请向单位核实后再公开。",
        "compare with the form. Correct a slip of copying; if the form prints it so, ask the centre before publishing.",
    ),
    basis=Basis("logic", Words("总额等于各部分之和", "a total is the sum of its parts")),
    looks_at=Words(
        "申报表的本年度资金、整个项目的资金（三格都有数时）；自评表项目资金的每一列",
        "money of the year and (if all three are given) of the whole project; each column of an evaluation's budget",
    ),
)

PARTS = ("appropriation", "carryover", "other")
COLUMNS = ("initial", "revised", "spent")


def _differs(record: Record, total: Decimal, parts: Decimal, *path: str) -> Iterator[Problem]:
    if total != parts:
        facts = {"sum": written(parts), "total": written(total), "difference": written(abs(total - parts))}
        yield record.origin.problem(SUM, *path, **facts)


@rule(SUM, DeclarationScope)
def asked_for_adds_up(scope: DeclarationScope) -> Found:
    """财政拨款 + 结转 + 其他 = 总额, for the year and for the whole project."""
    form = scope.form
    parts = sum((getattr(form.funding, part).number for part in PARTS), Decimal(0))
    yield from _differs(scope.record, form.funding.total.number, parts, "funding", "total")
    whole = form.project_funding
    if whole and whole.total and whole.fiscal and whole.other:
        parts = whole.fiscal.number + whole.other.number
        yield from _differs(scope.record, whole.total.number, parts, "project_funding", "total")


@rule(SUM, EvaluationScope)
def budget_adds_up(scope: EvaluationScope) -> Found:
    """The same for each column of a budget."""
    budget = scope.form.budget
    for column in COLUMNS:
        parts = sum((getattr(getattr(budget, part), column).number for part in PARTS), Decimal(0))
        yield from _differs(scope.record, getattr(budget.total, column).number, parts, "budget", "total", column)
