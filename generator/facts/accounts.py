"""Documents beside one another: what each comes to, its money as bars on one scale, and what all come to.

There is one table for what was asked for and one for what was budgeted and spent; nothing is added across them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.facts.bars import Part, bar
from generator.facts.page import Link
from generator.facts.summary import Summary
from generator.facts.totals import Asked, Kind, Reported


@dataclass(frozen=True, slots=True)
class Account:
    """A document: `link` leads to it; `parts` are the sources of what was asked for, or what was spent and is left.

    `counts` are its indicators of each kind that the `sums` of all have.
    """

    link: Link
    sums: Asked | Reported
    parts: tuple[Part, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Documents of one kind, and what all of them come to."""

    rows: tuple[Account, ...]
    sums: Asked | Reported


def asked_table(named: Sequence[tuple[str, Summary]]) -> Accounts | None:
    """The documents of declarations among those named; None where there is none."""
    own = [(Link(each.url, name), each.asked) for name, each in named if each.asked]
    if not own:
        return None
    sums = sum((each for _, each in own), Asked())
    most = max(each.funds.length for _, each in own)
    rows = [Account(link, each, each.funds.bar(most), _counts(sums.kinds, each.kinds)) for link, each in own]
    return Accounts(tuple(rows), sums)


def reported_table(named: Sequence[tuple[str, Summary]]) -> Accounts | None:
    """The documents of evaluations among those named; None where there is none."""
    own = [(Link(each.url, name), each.reported) for name, each in named if each.reported]
    if not own:
        return None
    sums = sum((each for _, each in own), Reported())
    most = max(max(each.revised.total, each.spent.total) for _, each in own)
    rows = [Account(link, each, spending_bar(each, most), _counts(sums.kinds, each.kinds)) for link, each in own]
    return Accounts(tuple(rows), sums)


def spending_bar(sums: Reported, whole: Decimal) -> tuple[Part, ...]:
    """What was spent, and what is left of the budget; the full length is `whole`, yuan."""
    left = max(sums.revised.total - sums.spent.total, Decimal(0))
    return bar([("actual", sums.spent.total), ("rest", left)], whole)


def _counts(labels: Iterable[Kind], own: Iterable[Kind]) -> tuple[int, ...]:
    counts = {kind.level1: kind.count for kind in own}
    return tuple(counts.get(kind.level1, 0) for kind in labels)
