"""The indicators of a project from year to year: which row is which, and what became of its target, in words.

Rows are matched as everywhere (`matching`); what two years ask for is compared only where it can be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.changes.matching import Known, lasting, matched, timeless
from generator.figures.targets import Target, plain
from generator.figures.trend import trend_of
from generator.profiles.measures import Vocabulary
from generator.profiles.profile import Profile
from generator.reading.content import Record
from generator.reading.model import Indicator, ScoredIndicator
from generator.words.urls import indicator_anchor, record_url

ADDED, DROPPED, KEPT = "新增", "取消", "不变"
UNIT, WORDING, SIGN, BOUND = "单位改变", "措辞改变", "符号改变", "上下限改变"
TO_NUMBER, TO_WORDS, UNTOLD = "改为数值", "改为文字", "无法比较"
MORE, LESS, STRICTER, LOOSER = "提高", "降低", "上限收紧", "上限放宽"


@dataclass(frozen=True, slots=True)
class YearOf:
    """The forms of a project of one year; a project has one of a kind at most."""

    year: int
    declaration: Record | None
    evaluation: Record | None


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator row of a form: what it says, the URL of its place, and by what it is known in other years."""

    indicator: Indicator
    url: str
    known_by: Known


@dataclass(frozen=True, slots=True)
class Mention:
    """What the forms of a year say of an indicator: as declared, as evaluated, or neither.

    `change` says what became of it since the year before; it is empty where there is none to compare with.
    `reworded` says that it is called differently than the year before, and was matched by likeness.
    """

    declared: Row | None = None
    evaluated: Row | None = None
    change: str = ""
    reworded: bool = False

    @property
    def row(self) -> Row | None:
        return self.declared or self.evaluated

    @property
    def said(self) -> bool:
        """There is something to say: an indicator, or that there is none any longer."""
        return self.row is not None or bool(self.change)

    @property
    def kept(self) -> bool:
        return self.change == KEPT

    @property
    def answer(self) -> ScoredIndicator | None:
        """What the evaluation says."""
        indicator = self.evaluated.indicator if self.evaluated else None
        return indicator if isinstance(indicator, ScoredIndicator) else None

    @property
    def restated(self) -> Target | None:
        """The target that the evaluation prints, where it is another than was declared."""
        if self.declared is None or self.evaluated is None:
            return None
        target = self.evaluated.indicator.target
        return target if target and change_of(self.declared.indicator.target, target, cost=False) != KEPT else None


_NOTHING, _GONE = Mention(), Mention(change=DROPPED)


@dataclass(frozen=True, slots=True)
class Thread:
    """An indicator through the years: a mention for each year of the project; its levels as they are called last."""

    level1: str | None
    level2: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The threads of one level 1 and level 2."""

    level1: str | None
    level2: str | None
    threads: tuple[Thread, ...]


def change_of(before: Target | None, after: Target | None, *, cost: bool) -> str:
    """What became of a target, in words; of a `cost` a bare number is a ceiling.

    Years, blanks and decimals that say nothing are no change. Numbers are compared within one unit only.
    """
    if before is None or after is None:
        return UNTOLD
    if before.value is None and after.value is None:
        return KEPT if timeless(before.printed) == timeless(after.printed) else WORDING
    if before.value is None or after.value is None:
        return TO_NUMBER if before.value is None else TO_WORDS
    return _change_of_number(plain(before), plain(after), cost=cost)


def _change_of_number(was: Target, now: Target, *, cost: bool) -> str:
    if was.unit != now.unit:
        return UNIT
    if was.value == now.value:
        return KEPT if was.comparison == now.comparison else SIGN
    trend = trend_of(was, now, cost=cost)
    if trend is None:
        return BOUND
    is_limit = cost or now.comparison in ("≤", "<")
    return {
        "strengthened": STRICTER if is_limit else MORE,
        "weakened": LOOSER if is_limit else LESS,
    }[trend]


def threads(years: Sequence[YearOf], profile: Profile) -> tuple[Thread, ...]:
    """Every indicator of a project: in the order of the newest form, then those that are no more, newest first.

    Args:
        years: The project's forms by year, oldest first; rows are matched from each year to the next.
        profile: What the jurisdiction measures forms by; its words tell what is a cost.
    """
    running: list[list[Mention]] = []
    ended: list[list[Mention]] = []
    before: list[Row] = []
    for number, year in enumerate(years):
        pairs, words = tuple(_pairs(year)), profile.of(year.year).words
        now = [row for declared, evaluated in pairs if (row := declared or evaluated)]
        old_of = {new: old for old, new in _matched(before, now)}
        gone = set(range(len(before))) - set(old_of.values())
        ended = [[*running[old], _GONE] for old in sorted(gone)] + [[*each, _NOTHING] for each in ended]
        goes_on: list[list[Mention]] = []
        for new, pair in enumerate(pairs):
            old = old_of.get(new)
            if old is None:
                goes_on.append([*[_NOTHING] * number, Mention(*pair, ADDED if number else "")])
            else:
                goes_on.append([*running[old], _changed(before[old].indicator, now[new].indicator, pair, words)])
        running, before = goes_on, now
    return tuple(map(_thread, (*running, *ended)))


def _matched(before: Iterable[Row], now: Iterable[Row]) -> list[tuple[int, int]]:
    return matched([row.known_by for row in before], [row.known_by for row in now])


_Pair = tuple[Row | None, Row | None]


def _pairs(year: YearOf) -> Iterator[_Pair]:
    """The rows of a year: those declared, each with its answer, then those that only the evaluation has."""
    declared, evaluated = _rows(year.declaration), _rows(year.evaluation)
    answers = dict(_matched(declared, evaluated))
    for number, row in enumerate(declared):
        yield row, evaluated[answers[number]] if number in answers else None
    answered = set(answers.values())
    yield from ((None, row) for number, row in enumerate(evaluated) if number not in answered)


def _rows(record: Record | None) -> list[Row]:
    if record is None:
        return []
    url = record_url(record.id)
    rows = enumerate(record.form.indicators, 1)
    return [Row(indicator, f"{url}#{indicator_anchor(number)}", lasting(indicator)) for number, indicator in rows]


def _changed(was: Indicator, own: Indicator, pair: _Pair, words: Vocabulary) -> Mention:
    change = change_of(was.target, own.target, cost=words.names_cost(own.level1, own.level2))
    return Mention(*pair, change, timeless(was.name) != timeless(own.name))


def _thread(mentions: Sequence[Mention]) -> Thread:
    last = next(mention.row for mention in reversed(mentions) if mention.row)
    return Thread(last.indicator.level1, last.indicator.level2, tuple(mentions))


def groups_of(found: Iterable[Thread]) -> tuple[Group, ...]:
    """Threads by their levels, each level where it comes up first."""
    levels: dict[str | None, dict[str | None, list[Thread]]] = {}
    for thread in found:
        levels.setdefault(thread.level1, {}).setdefault(thread.level2, []).append(thread)
    return tuple(
        Group(level1, level2, tuple(group)) for level1, below in levels.items() for level2, group in below.items()
    )
