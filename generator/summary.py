"""What lists say of a disclosure and of its records: how many, how much."""

from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import written
from generator.content import Disclosure, budgeted, requested
from generator.model import Declaration, Evaluation
from generator.urls import Kind, disclosure_url, record_url

DISCLOSURE_NAMES: dict[Kind, str] = {"targets": "绩效目标", "evaluations": "绩效自评"}
FORM_NAMES: dict[Kind, str] = {"targets": "绩效目标申报表", "evaluations": "绩效自评表"}

WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Summary:
    """A disclosure in a list: where it stands and what it adds up to, money in yuan."""

    disclosure: Disclosure
    url: str
    name: str
    year: int
    kind: Kind
    records: int
    indicators: int
    requested: Decimal
    revised: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in the table of its disclosure; `amount` is what its form asks for or may spend, yuan."""

    number: str
    url: str
    form: Declaration | Evaluation
    amount: Decimal
    indicators: int


def summary_of(disclosure: Disclosure) -> Summary:
    """A disclosure's line in a list; the sums that its kind of form does not print are zero."""
    targets = disclosure.kind == "targets"
    return Summary(
        disclosure,
        disclosure_url(disclosure.centre, disclosure.year, disclosure.kind),
        f"{disclosure.year} 年度{DISCLOSURE_NAMES[disclosure.kind]}",
        disclosure.year,
        disclosure.kind,
        len(disclosure.records),
        disclosure.indicators,
        requested(disclosure) if targets else Decimal(0),
        Decimal(0) if targets else budgeted(disclosure, "revised"),
        Decimal(0) if targets else budgeted(disclosure, "spent"),
    )


def in_words(summary: Summary) -> str:
    """A disclosure in one sentence."""
    money = (
        f"年度资金申请总额 {written(summary.requested)} 元"
        if summary.kind == "targets"
        else f"全年预算数 {written(summary.revised / WAN)} 万元，全年执行数 {written(summary.spent / WAN)} 万元"
    )
    return f"{summary.records} 个项目，{money}，{summary.indicators} 项绩效指标。"


def lines_of(summary: Summary) -> list[RecordLine]:
    """The records of a disclosure as the lines of its table, in printed order."""
    return [
        RecordLine(found.number, record_url(found.id), found.form, amount_of(found.form), len(found.form.indicators))
        for found in summary.disclosure.records
    ]


def amount_of(form: Declaration | Evaluation) -> Decimal:
    """What a declaration asks for, or an evaluation may spend, in yuan."""
    if isinstance(form, Declaration):
        return form.funding.total.in_yuan(form.funding.unit)
    return form.budget.total.revised.in_yuan(form.budget.unit)
