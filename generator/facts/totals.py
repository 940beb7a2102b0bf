"""What forms add up to: money by its source, indicators by their kind, scores and grades.

What declarations ask for and what evaluations report are never added together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from generator.facts.bars import Part, bar, share
from generator.figures.amounts import written
from generator.reading.content import Disclosure, Record, declarations, evaluations
from generator.reading.model import Declaration, Evaluation
from generator.words.urls import record_url

Column = Literal["revised", "spent"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where money comes from: its key in the records, its name on the forms, its colour in bars."""

    key: str
    name: str
    series: str


SOURCES = (
    Source("appropriation", "当年财政拨款", "grant"),
    Source("carryover", "上年结转资金", "carry"),
    Source("other", "其他资金", "other"),
)
# The usual level 1 labels in their usual order, and their colours; other labels are counted together, so that a table
# of many forms has few columns.
_SERIES = {"产出指标": "output", "效益指标": "benefit", "满意度指标": "satisfaction", "成本指标": "cost"}
OTHER_LABELS = "其他名称"


@dataclass(frozen=True, slots=True)
class Funds:
    """Money by its source, yuan. `total` is what forms print as their total."""

    total: Decimal = Decimal(0)
    appropriation: Decimal = Decimal(0)
    carryover: Decimal = Decimal(0)
    other: Decimal = Decimal(0)

    def __add__(self, more: "Funds") -> "Funds":
        return Funds(
            self.total + more.total,
            self.appropriation + more.appropriation,
            self.carryover + more.carryover,
            self.other + more.other,
        )

    @property
    def parts(self) -> tuple[tuple[Source, Decimal], ...]:
        return tuple((source, getattr(self, source.key)) for source in SOURCES)

    @property
    def length(self) -> Decimal:
        """What a bar of them must hold: the total, or the parts where a form prints more of them."""
        return max(self.total, sum((amount for _, amount in self.parts), Decimal(0)))

    def shares(self) -> tuple[tuple[Source, Decimal, Decimal], ...]:
        """Each source with its money and its share of the total, percent."""
        return tuple((source, amount, share(amount, self.total)) for source, amount in self.parts)

    def bar(self, whole: Decimal | None = None) -> tuple[Part, ...]:
        """The sources as a bar; its full length is `whole`, or these funds."""
        return bar(((source.series, amount) for source, amount in self.parts), self.length if whole is None else whole)

    @property
    def told(self) -> str:
        """The sources in words, for who does not see the bar."""
        return "，".join(f"{source.name} {written(amount)} 元" for source, amount in self.parts)


def funds_asked(form: Declaration) -> Funds:
    """What a declaration asks for."""
    amounts = (form.funding.total, *(getattr(form.funding, source.key) for source in SOURCES))
    return Funds(*(amount.in_yuan(form.funding.unit) for amount in amounts))


def funds_budgeted(form: Evaluation, column: Column) -> Funds:
    """A column of an evaluation's budget."""
    rows = (form.budget.total, *(getattr(form.budget, source.key) for source in SOURCES))
    return Funds(*(getattr(row, column).in_yuan(form.budget.unit) for row in rows))


@dataclass(frozen=True, slots=True)
class Kind:
    """Indicators of one level 1: how many, and the colour that it has; None where the source does not tell it."""

    level1: str | None
    count: int

    @property
    def series(self) -> str:
        return _SERIES.get(self.level1 or "", "other")


def kind_of(level1: str | None) -> str | None:
    """The kind that an indicator of this level 1 is counted under."""
    return level1 if level1 is None or level1 in _SERIES else OTHER_LABELS


def kinds(records: Iterable[Record]) -> tuple[Kind, ...]:
    """How many indicators there are of each kind, in the usual order; kinds of which there are none are left out."""
    return _ordered(Counter(kind_of(indicator.level1) for record in records for indicator in record.form.indicators))


def _counted(found: Iterable[Kind]) -> Counter[str | None]:
    return Counter({kind.level1: kind.count for kind in found})


def _ordered(counts: Mapping[str | None, int]) -> tuple[Kind, ...]:
    return tuple(Kind(level1, counts[level1]) for level1 in (*_SERIES, OTHER_LABELS, None) if level1 in counts)


def kinds_bar(found: Sequence[Kind]) -> tuple[Part, ...]:
    """The kinds as a bar, with their names where there is room."""
    whole = Decimal(sum(kind.count for kind in found))
    words = [(kind.level1 or "").removesuffix("指标") for kind in found]
    return bar(((kind.series, Decimal(kind.count)) for kind in found), whole, words)


def kinds_told(found: Iterable[Kind]) -> str:
    return "，".join(f"{kind.level1 or '一级指标不明'} {kind.count} 项" for kind in found)


@dataclass(frozen=True, slots=True)
class Asked:
    """What declarations come to together."""

    records: int = 0
    indicators: int = 0
    funds: Funds = field(default_factory=Funds)
    kinds: tuple[Kind, ...] = ()

    def __add__(self, more: "Asked") -> "Asked":
        return Asked(
            self.records + more.records,
            self.indicators + more.indicators,
            self.funds + more.funds,
            _ordered(_counted(self.kinds) + _counted(more.kinds)),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """The total score of a form: its number, as printed, and the form's URL."""

    number: Decimal
    printed: str
    url: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What evaluations come to together; `lowest` and `highest` are the scores at the ends, if any is printed.

    `graded` counts the grades in the order in which they were met.
    """

    records: int = 0
    indicators: int = 0
    kinds: tuple[Kind, ...] = ()
    revised: Funds = field(default_factory=Funds)
    spent: Funds = field(default_factory=Funds)
    graded: tuple[tuple[str, int], ...] = ()
    lowest: Score | None = None
    highest: Score | None = None

    def __add__(self, more: "Reported") -> "Reported":
        scores = [each for each in (self.lowest, self.highest, more.lowest, more.highest) if each]
        return Reported(
            self.records + more.records,
            self.indicators + more.indicators,
            _ordered(_counted(self.kinds) + _counted(more.kinds)),
            self.revised + more.revised,
            self.spent + more.spent,
            tuple((Counter(dict(self.graded)) + Counter(dict(more.graded))).items()),
            *_ends(scores),
        )

    @property
    def grades(self) -> tuple[tuple[str, int], ...]:
        """How many forms have each grade, the commonest first."""
        return tuple(Counter(dict(self.graded)).most_common())

    @property
    def rate(self) -> Decimal:
        """Spending as a share of the budget, percent, rounded half up."""
        return share(self.spent.total, self.revised.total)


def asked_of(disclosure: Disclosure) -> Asked:
    """What the declarations of a document come to."""
    funds = [funds_asked(form) for _, form in declarations(disclosure)]
    return Asked(len(funds), disclosure.indicators, sum(funds, Funds()), kinds(disclosure.records))


def reported_of(disclosure: Disclosure) -> Reported:
    """What the evaluations of a document come to."""
    found = tuple(evaluations(disclosure))
    scores = [
        Score(form.total_score.number, form.total_score.printed, record_url(record.id))
        for record, form in found
        if form.total_score.number is not None
    ]
    return Reported(
        len(found),
        disclosure.indicators,
        kinds(disclosure.records),
        sum((funds_budgeted(form, "revised") for _, form in found), Funds()),
        sum((funds_budgeted(form, "spent") for _, form in found), Funds()),
        tuple(Counter(form.grade for _, form in found).items()),
        *_ends(scores),
    )


def _ends(scores: Sequence[Score]) -> tuple[Score | None, Score | None]:
    """The lowest score, of equal ones the first, and the highest, of equal ones the last."""
    ordered = sorted(scores, key=lambda score: score.number)
    return (ordered[0], ordered[-1]) if ordered else (None, None)
