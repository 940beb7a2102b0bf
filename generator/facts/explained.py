"""How an evaluation's score came about: what it is composed of, what it comes to, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.facts.bars import Part, bar
from generator.facts.glossary import read_glossary
from generator.facts.reckoned import Reckoning, reckonings
from generator.facts.row_scores import RowScore, row_score
from generator.figures.amounts import written
from generator.profiles.measures import Measures
from generator.profiles.scoring import summed
from generator.reading.model import Evaluation

NO_LEVEL = "一级指标缺"
# The dimensions that have a colour of their own; any other shares one.
_SERIES = frozenset({"cost", "output", "benefit", "satisfaction"})
_TOLD_FROM = Decimal(9)  # percent of a bar in which a figure fits on the narrowest screen
_NAMED_FROM = Decimal(22)  # and a figure with its name


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the total, or the total: its name, the series of its colour, points, score, points lost."""

    name: str
    series: str
    points: Decimal
    score: Decimal

    @property
    def lost(self) -> Decimal:
        return self.points - self.score


@dataclass(frozen=True, slots=True)
class Explained:
    """The story of a score; `score_told` and `budget_told` say in words what the bars show."""

    components: tuple[Component, ...]
    whole: Component
    score_bar: tuple[Part, ...]
    score_told: str
    budget_bar: tuple[Part, ...]
    budget_told: str
    reckonings: tuple[Reckoning, ...]
    rows: tuple[RowScore, ...]

    @property
    def losses(self) -> tuple[RowScore, ...]:
        """The rows that lost points."""
        return tuple(row for row in self.rows if row.lost)

    @property
    def budget_lost(self) -> str:
        """What budget execution lost; `""` where it lost nothing."""
        lost = self.components[0].lost
        return written(lost) if lost > 0 else ""

    @property
    def differing(self) -> int:
        """How many figures do not come to what is printed."""
        return sum(not each.agrees for each in self.reckonings) + sum(not row.agrees for row in self.rows)


def explained(form: Evaluation, measures: Measures) -> Explained:
    """How an evaluation's score came about.

    Args:
        form: The evaluation.
        measures: What it is measured by: rounding, grades, the words of answers.
    """
    components = tuple(_components(form))
    points, score = (sum((getattr(part, key) for part in components), Decimal(0)) for key in ("points", "score"))
    row, unit = form.budget.total, form.budget.unit
    return Explained(
        components,
        Component("总分", "", points, score),
        tuple(_score_bar(components, max(points, score))),
        "；".join(_told(part) for part in components),
        bar([("spent", min(row.spent.number, row.revised.number))], row.revised.number),
        f"全年预算数 {row.revised} {unit}，全年执行数 {row.spent} {unit}，执行率 {row.execution_rate}%",
        tuple(reckonings(form, measures)),
        tuple(row_score(number, indicator, measures) for number, indicator in enumerate(form.indicators, 1)),
    )


def _components(form: Evaluation) -> Iterator[Component]:
    """Budget execution, then each level 1 in the order in which the form prints them."""
    row = form.budget.total
    yield Component("预算执行", "budget", summed([row.points]), summed([row.score]))
    for label in dict.fromkeys(indicator.level1 for indicator in form.indicators):
        rows = [indicator for indicator in form.indicators if indicator.level1 == label]
        term = read_glossary().named(label)
        series = term.key if term and term.key in _SERIES else "other"
        points, score = summed(each.points for each in rows), summed(each.score for each in rows)
        yield Component(label or NO_LEVEL, series, points, score)


def _told(part: Component) -> str:
    lost = f"，扣 {written(part.lost)} 分" if part.lost > 0 else ""
    return f"{part.name} {written(part.points)} 分，得 {written(part.score)} 分{lost}"


def _score_bar(components: tuple[Component, ...], whole: Decimal) -> Iterator[Part]:
    """Each part's score, and behind it what it lost."""
    pieces: list[tuple[str, Decimal, str]] = []
    for part in components:
        pieces += [(part.series, part.score, part.name.removesuffix("指标")), ("lost", max(part.lost, Decimal(0)), "")]
    drawn = [piece for piece in pieces if piece[1]]
    for (_, amount, name), piece in zip(drawn, bar([each[:2] for each in drawn], whole), strict=True):
        figure = written(amount).removesuffix(".00")
        told = f"{name} {figure}" if piece.width >= _NAMED_FROM else figure
        yield replace(piece, told=told) if name and piece.width >= _TOLD_FROM else piece
