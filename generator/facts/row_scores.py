"""How each row of an evaluation came to its score, and what the rules say of it.

What is reckoned is `scoring`'s arithmetic; a target in words is judged by people, and that is said.
"""

from dataclasses import dataclass
from decimal import Decimal

from generator.facts.reckoned import either, exact_in_words, way_in_words
from generator.figures.amounts import written
from generator.figures.targets import Target
from generator.profiles.measures import Measures, School
from generator.profiles.scoring import attained_shares, is_met, measured, printed_forms
from generator.reading.model import ScoredIndicator
from generator.words.urls import indicator_anchor

_SCHOOLS: dict[School, str] = {
    "proportion": "完成值 ÷ 指标值 × 分值",
    "excess": "（1 − 超出的部分 ÷ 指标值）× 分值",
    "inverse": "指标值 ÷ 完成值 × 分值",
}
Scores = frozenset[Decimal]
_NONE: Scores = frozenset()


@dataclass(frozen=True, slots=True)
class RowScore:
    """A row's score told; `points` and `score` are as the form prints them.

    `said` is what the rules say, `reckoned` the score by them (`""` where none can be reckoned), `lost`
    the points that were lost (`""` where none were).
    """

    number: int
    anchor: str
    name: str
    points: str
    score: str
    said: str
    reckoned: str
    lost: str
    agrees: bool


def row_score(number: int, indicator: ScoredIndicator, measures: Measures) -> RowScore:
    """The story of one row; `number` counts from 1."""
    points, score = indicator.points.number, indicator.score.number
    lost = points - score if points is not None and score is not None else Decimal(0)
    said, due = _judged(indicator, measures)
    if lost > 0 and not indicator.deviation:
        said += "；“偏差原因分析及改进措施”一栏没有文字"
    return RowScore(
        number,
        indicator_anchor(number),
        indicator.name,
        indicator.points.printed,
        indicator.score.printed,
        said,
        either(due),
        written(lost) if lost > 0 else "",
        not due or score is None or score in due,
    )


def _judged(indicator: ScoredIndicator, measures: Measures) -> tuple[str, Scores]:
    """What the rules say of a row, and the scores that it may have by them: none where nothing can be reckoned."""
    target, actual, points = indicator.target, indicator.actual, indicator.points.number
    if target is None or actual is None:
        return "来源文本缺指标值或完成值，不能计算", _NONE
    if target.value is None:
        return _in_words(actual, indicator, measures), _NONE
    found = measured(target, actual)
    if found is None:
        return "完成值不是同一单位的数，不能与指标值相比，由单位自己打分", _NONE
    if points is None:
        return "没有分值，不能计算", _NONE
    return _in_numbers(*found, points, indicator.score.number, measures)


def _in_numbers(
    target: Target, actual: Decimal, points: Decimal, score: Decimal | None, measures: Measures
) -> tuple[str, Scores]:
    if is_met(target, actual):
        return f"{_met(target, actual)}，应得满分", frozenset({points})
    if not target.value:
        return f"{_number(actual)} 多于指标值 0，没有达到，由单位自己打分", _NONE
    return _missed(target, actual, points, score, measures)


def _in_words(actual: Target, indicator: ScoredIndicator, measures: Measures) -> str:
    lead = f"指标值是文字，不能用数字算；单位答“{actual}”"
    if actual.printed not in measures.words.met:
        return f"{lead}，由单位自己打分"
    if indicator.score.number == indicator.points.number:
        return f"{lead}，得满分"
    return f"{lead}，通常得满分，这里得 {indicator.score}"


def _met(target: Target, actual: Decimal) -> str:
    value = target.value or Decimal(0)
    if actual == value:
        said = f"{_number(actual)} 与指标值相等"
        return f"{said}，按达到算" if target.comparison in (">", "<") else said
    if target.comparison in ("≤", "<") or not value:
        return f"{_number(actual)} 不超过 {_number(value)}"
    return f"{_number(actual)} 多于 {_number(value)}，{'按达到算' if target.comparison == '=' else '达到指标值'}"


def _missed(
    target: Target, actual: Decimal, points: Decimal, score: Decimal | None, measures: Measures
) -> tuple[str, Scores]:
    """By the school that comes to the printed score; by every one where none does."""
    lead = f"{_number(actual)} 没有达到 {target.comparison or ''}{_number(target.value or Decimal(0))}："
    told: list[str] = []
    due = _NONE
    for school, share in attained_shares(target, actual, measures.scores.missed):
        exact = points * share
        forms, how = printed_forms(exact, measures.rounding), f"{_SCHOOLS[school]} = {exact_in_words(exact)}"
        if score in forms:
            return f"{lead}{how}{way_in_words(score, exact, measures.rounding)}", frozenset({score})
        told.append(how)
        due |= forms
    return f"{lead}{'；或 '.join(told)}", due


def _number(number: Decimal) -> str:
    """`15`, `8,000`, `0.5`: a number without idle decimals."""
    return f"{number.normalize():,f}"
