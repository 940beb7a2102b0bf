"""Money: the parts are the total, in every row and column."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.figures.amounts import YUAN_PER, MoneyUnit, written
from generator.figures.targets import plain
from generator.reading.content import Record
from generator.reading.model import Declaration
from generator.rules.rule import DeclarationScope, EvaluationScope, Found, RecordScope, rule
from generator.words.problems import Basis, Check, Problem, Severity, Words

SUM = Check(
    "funding-sum",
    Words("资金总额与各项来源之和不符", "the parts of the money do not make its total"),
    Words("应等于各项来源之和 {sum}", "the sum of its parts, {sum}, is expected"),
    Words("现为 {total}，相差 {difference}", "found {total}, off by {difference}"),
    Words(
        "先与原表核对。录错了就改正；原表就是这样印的，请向单位核实，再用 waivers 写明理由公开。",
        "compare with the form and correct a slip; if the form prints it so, ask the centre, "
        "and give the reason in waivers.",
    ),
    basis=Basis("logic", Words("总额等于各部分之和", "a total is the sum of its parts")),
    looks_at=Words(
        "申报表的本年度资金、整个项目的资金（三格都有数时）；自评表项目资金的每一列",
        "money of the year and (if all three are given) of the whole project; each column of an evaluation's budget",
    ),
)

CEILING = Check(
    "cost-ceiling",
    Words("成本控制数与申请资金不同", "the cost ceilings are not the money asked for"),
    Words("应与年度资金申请总额 {total} {unit} 相等", "the money asked for, {total} {unit}, is expected"),
    Words("现为{found}", "found {found_en}"),
    Words(
        "与原表核对两处金额和单位；原表就是这样印的，请向单位核实。",
        "compare both amounts and their units with the form; if it prints them so, ask the centre.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("项目总成本控制在申请的资金以内", "a project costs what is asked for, at most")),
    looks_at=Words(
        "成本指标里项目总成本的上限，或几项成本控制数之和（元、万元），与申请总额",
        "the limit of total cost, or the sum of several, beside the money asked for",
    ),
)
SLIP = Check(
    "money-unit-slip",
    Words("元和万元像是弄混了", "元 and 万元 look mixed up"),
    Words("{expected}", "{expected_en}"),
    Words("现为 {found} {unit}", "found {found} {unit}"),
    Words(
        "与原表核对金额和单位；表上印的单位不是通常的，就写 unit。",
        "compare amount and unit with the form; write unit if the form prints another than usual.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("差一万倍，多半是单位弄错", "a factor of ten thousand is most likely a slip of units")),
    looks_at=Words(
        "一年的资金总额，本身的大小，以及与同一项目相邻年度的表相比",
        "a year's total: its size, and beside the neighbouring forms of the project",
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


@rule(CEILING, DeclarationScope)
def ceiling_is_what_is_asked_for(scope: DeclarationScope) -> Found:
    """A ceiling of the whole project is the money asked for; ceilings of its parts make it together.

    One part alone may leave others without a ceiling; it is only not more than what is asked for.
    """
    funding = scope.form.funding
    asked, ceilings = funding.total.in_yuan(funding.unit), list(_ceilings(scope))
    wholes = [each for each in ceilings if each.is_whole]
    judged = [each for each in wholes if each.yuan != asked][:1] if wholes else ceilings
    together = sum((each.yuan for each in ceilings), Decimal(0))
    is_one_part = len(ceilings) == 1 and not wholes
    if not judged or together == asked or (is_one_part and together < asked):
        return
    found = "、".join(f"“{each.printed}”" for each in judged)
    said = {"found": found, "found_en": found.replace("、", ", ")}
    if len(judged) > 1:
        total = written(together / YUAN_PER[funding.unit])
        said = {
            "found": f"{found}，合计 {total} {funding.unit}",
            "found_en": f"{said['found_en']}, together {total} {funding.unit}",
        }
    facts = {"total": funding.total.printed, "unit": funding.unit, **said}
    yield scope.record.origin.problem(CEILING, "indicators", judged[0].index, "target", **facts)


@dataclass(frozen=True, slots=True)
class _Ceiling:
    """An indicator (from 0) that limits what the project or a part of it costs."""

    index: int
    printed: str
    yuan: Decimal
    is_whole: bool


def _ceilings(scope: DeclarationScope) -> Iterator[_Ceiling]:
    words = scope.measures.words
    for index, indicator in enumerate(scope.form.indicators):
        if indicator.target is None or not words.names_cost(indicator.level1, indicator.level2):
            continue
        limit, name = plain(indicator.target), indicator.name
        if limit.value is None or limit.unit != "元" or not any(word in name for word in words.cost_total):
            continue
        is_whole = (
            scope.form.name in name
            or any(word in name for word in words.cost_whole)
            or name.startswith(words.cost_total)
        )
        yield _Ceiling(index, indicator.target.printed, limit.value, is_whole)


def _total(record: Record) -> tuple[Decimal, str, MoneyUnit, tuple[str, ...]]:
    """A year's money of a project: yuan, as printed, its unit, where it stands."""
    form = record.form
    if isinstance(form, Declaration):
        return (
            form.funding.total.in_yuan(form.funding.unit),
            str(form.funding.total),
            form.funding.unit,
            ("funding", "total"),
        )
    row = form.budget.total
    path = ("budget", "total", "revised")
    return row.revised.in_yuan(form.budget.unit), str(row.revised), form.budget.unit, path


@rule(SLIP, RecordScope)
def money_is_of_its_unit(scope: RecordScope) -> Found:
    sense = scope.measures.money
    yuan, printed, unit, path = _total(scope.record)
    if not yuan:
        return
    said = {"found": printed, "unit": unit}
    if not sense.least_yuan <= yuan <= sense.most_yuan:
        least, most = written(sense.least_yuan), written(sense.most_yuan)
        said |= {
            "expected": f"一年的资金总额通常在 {least} 元至 {most} 元之间",
            "expected_en": f"a sum from {least} to {most} 元 is usual",
        }
        yield scope.record.origin.problem(SLIP, *path, **said)
        return
    for other in scope.others:
        theirs, shown, their_unit, _ = _total(other.record)
        if abs(other.year - scope.disclosure.year) > 1 or not theirs:
            continue
        ratio = max(yuan / theirs, theirs / yuan) / sense.slip
        if 1 / sense.slack <= ratio <= sense.slack:
            beside = f"{other.record.origin.file} {shown} {their_unit}"
            said |= {"expected": f"应与 {beside} 相近", "expected_en": f"something near {beside} is expected"}
            yield scope.record.origin.problem(SLIP, *path, **said)
            return
