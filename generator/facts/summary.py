"""What lists say of a disclosure and of its records: how many, how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nlargest
from typing import NamedTuple

from generator.facts.bars import Part, share
from generator.facts.page import Link
from generator.facts.totals import (
    Asked,
    Funds,
    Reported,
    asked_of,
    funds_asked,
    funds_budgeted,
    kind_of,
    kinds,
    reported_of,
)
from generator.figures.amounts import YUAN_PER, written
from generator.reading.content import Disclosure, Record
from generator.reading.model import Declaration, Evaluation
from generator.words.urls import Kind, disclosure_url, indicator_anchor, record_url

DISCLOSURE_NAMES: dict[Kind, str] = {"targets": "绩效目标", "evaluations": "绩效自评"}
FORM_NAMES: dict[Kind, str] = {"targets": "绩效目标申报表", "evaluations": "绩效自评表"}

WAN = YUAN_PER["万元"]
_LARGEST = 10  # projects named where the centres of a year are compared


class Large(NamedTuple):
    """A project among those with the most money: the link to its form, and its funds, yuan."""

    link: Link
    funds: Funds


@dataclass(frozen=True, slots=True)
class Summary:
    """A disclosure in a list: where it stands, what its forms come to, and those with the most money.

    It holds no form, so that the whole site's lists can be made of kept summaries.
    """

    url: str
    title: str
    name: str
    year: int
    kind: Kind
    sums: Asked | Reported
    largest: tuple[Large, ...]

    @property
    def asked(self) -> Asked | None:
        """What declarations come to; None of evaluations."""
        return self.sums if isinstance(self.sums, Asked) else None

    @property
    def reported(self) -> Reported | None:
        """What evaluations come to; None of declarations."""
        return self.sums if isinstance(self.sums, Reported) else None

    @property
    def records(self) -> int:
        return self.sums.records

    @property
    def indicators(self) -> int:
        return self.sums.indicators

    @property
    def requested(self) -> Decimal:
        """What declarations ask for, yuan."""
        return self.asked.funds.total if self.asked else Decimal(0)

    @property
    def revised(self) -> Decimal:
        """What evaluations could spend, yuan."""
        return self.reported.revised.total if self.reported else Decimal(0)

    @property
    def spent(self) -> Decimal:
        """What evaluations spent, yuan."""
        return self.reported.spent.total if self.reported else Decimal(0)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in the table of its disclosure.

    `funds` are what its form asks for or may spend, `spent` what an evaluation reports. `share` is what it has of the
    disclosure's money, percent, and `parts` the bar of that. `kinds` are its indicators of each of the disclosure's
    level 1 labels: how many, and the URL of the first.
    """

    number: str
    url: str
    form: Declaration | Evaluation
    funds: Funds
    spent: Funds | None
    share: Decimal
    parts: tuple[Part, ...]
    kinds: tuple[tuple[int, str], ...]

    @property
    def amount(self) -> Decimal:
        """What its form asks for or may spend, yuan."""
        return self.funds.total

    @property
    def indicators(self) -> int:
        return len(self.form.indicators)

    @property
    def sources(self) -> str:
        """The keys of the sources that give it money, for filters."""
        return " ".join(source.key for source, amount in self.funds.parts if amount)


def summary_of(disclosure: Disclosure) -> Summary:
    """A disclosure's line in a list."""
    funds = [
        Large(Link(record_url(record.id), record.form.name), funds_of(record.form)) for record in disclosure.records
    ]
    return Summary(
        disclosure_url(disclosure.id),
        disclosure.facts.title,
        f"{disclosure.year} 年度{DISCLOSURE_NAMES[disclosure.kind]}",
        disclosure.year,
        disclosure.kind,
        asked_of(disclosure) if disclosure.kind == "targets" else reported_of(disclosure),
        tuple(the_largest(funds)),
    )


def the_largest(found: Iterable[Large]) -> list[Large]:
    """Those with the most money, the largest first, of equal ones the first."""
    return nlargest(_LARGEST, found, key=lambda large: large.funds.total)


def in_words(summary: Summary) -> str:
    """A disclosure in one sentence."""
    money = (
        f"年度资金申请总额 {written(summary.requested)} 元"
        if summary.kind == "targets"
        else f"全年预算数 {written(summary.revised / WAN)} 万元，全年执行数 {written(summary.spent / WAN)} 万元"
    )
    return f"{summary.records} 个项目，{money}，{summary.indicators} 项绩效指标。"


def lines_of(disclosure: Disclosure) -> list[RecordLine]:
    """The records of a disclosure as the lines of its table, in printed order."""
    records = disclosure.records
    labels = [kind.level1 for kind in kinds(records)]
    whole = sum((funds_of(record.form).total for record in records), Decimal(0))
    return [_line(record, labels, whole) for record in records]


def _line(record: Record, labels: Sequence[str | None], whole: Decimal) -> RecordLine:
    form, url = record.form, record_url(record.id)
    funds = funds_of(form)
    spent = funds_budgeted(form, "spent") if isinstance(form, Evaluation) else None
    own = [kind_of(indicator.level1) for indicator in form.indicators]
    counts = (
        (own.count(label), f"{url}#{indicator_anchor(own.index(label) + 1)}" if label in own else "")
        for label in labels
    )
    return RecordLine(
        record.number, url, form, funds, spent, share(funds.total, whole), funds.bar(whole), tuple(counts)
    )  # fmt: skip


def funds_of(form: Declaration | Evaluation) -> Funds:
    """What a declaration asks for, or an evaluation may spend."""
    return funds_asked(form) if isinstance(form, Declaration) else funds_budgeted(form, "revised")
