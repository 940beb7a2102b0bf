"""What was reached beside what was aimed at: answers, points lost, points given."""

from collections.abc import Iterator
from decimal import Decimal

from generator.figures.amounts import written
from generator.figures.targets import Target, plain
from generator.profiles.scoring import attained_scores, is_met, measured
from generator.reading.model import ScoredIndicator
from generator.rules.rule import EvaluationScope, Found, rule
from generator.words.problems import Basis, Check, Severity, Words

_ASK = Words(
    "先与原表核对。录错了就改正；原表就是这样印的，请单位说明。",
    "compare with the form and correct a slip; what the form prints so is for the centre to explain.",
)
_SCORING = Basis("practice", Words("自评打分办法", "the usual scoring of self-evaluations"))
_LOOKS_AT = Words(
    "各项指标的年度指标值、实际完成值、分值、得分、偏差原因",
    "target, actual, points, score and reason of each indicator",
)

ANSWER_UNIT = Check(
    "answer-unit",
    Words("完成值与指标值对不上", "an actual that does not answer its target"),
    Words("应与指标值“{target}”同为数量、同一单位", "a quantity in the unit of the target “{target}” is expected"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.WARNING,
    basis=Basis("logic", Words("单位不同的两个数不能比较", "numbers of different units cannot be compared")),
    looks_at=Words("数量指标值，与它的实际完成值", "targets that are quantities, beside their actual values"),
)
ANSWER = Check(
    "textual-answer",
    Words("文字指标的完成值不是通常的说法", "an unusual answer to a target in words"),
    Words("文字指标通常答“{expected}”", "a target in words is usually answered “{expected}”"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.NOTICE,
    basis=_SCORING,
    looks_at=Words("文字指标值，与它的实际完成值", "targets in words, beside their actual values"),
)
LOST = Check(
    "met-but-points-lost",
    Words("达到指标值却扣了分", "the target was met, but points were lost"),
    Words("达到了指标值“{target}”，应得满分 {points}", "the target “{target}” is met: {points} points are expected"),
    Words("完成值“{actual}”，得分 {found}", "actual “{actual}”, score {found}"),
    _ASK,
    Severity.WARNING,
    basis=_SCORING,
    looks_at=_LOOKS_AT,
)
NO_REASON = Check(
    "loss-without-reason",
    Words("扣了分，没有说明原因", "points were lost without a reason"),
    Words("没有得满分的，应写偏差原因分析及改进措施", "a reason and remedy is expected where points are lost"),
    Words("分值 {points}，得分 {found}，没有写", "{found} of {points} points, and no reason"),
    Words(
        "与原表核对，漏录了就补上 deviation；原表没有，请单位补充说明。",
        "compare with the form and add deviation if it was left out; else ask the centre for one.",
    ),
    Severity.WARNING,
    basis=_SCORING,
    looks_at=_LOOKS_AT,
)
OVERSHOOT = Check(
    "large-overshoot",
    Words("远远超过指标值，没有说明原因", "the target was far passed without a reason"),
    Words(
        "达到指标值 {factor} 倍以上的，应说明原因（指标值是否定低了）",
        "a reason is expected from {factor} times the target on (was it set too low?)",
    ),
    Words("指标值“{target}”，完成值“{found}”", "target “{target}”, actual “{found}”"),
    Words(
        "与原表核对完成值；无误的，可请单位说明。", "compare the actual value with the form; the centre may explain it."
    ),
    Severity.NOTICE,
    basis=_SCORING,
    looks_at=_LOOKS_AT,
)
SCORE = Check(
    "quantity-score",
    Words("没有达到指标值，得分算不拢", "the score of a missed target does not compute"),
    Words(
        "指标值“{target}”，完成值“{actual}”，分值 {points}，按比例应得 {expected}",
        "target “{target}”, actual “{actual}”, {points} points: {expected} is expected",
    ),
    Words("现为 {found}", "found {found}"),
    _ASK,
    Severity.WARNING,
    basis=_SCORING,
    looks_at=_LOOKS_AT,
)


def _indicators(scope: EvaluationScope) -> Iterator[tuple[int, ScoredIndicator, Target, Target]]:
    for index, indicator in enumerate(scope.form.indicators):
        if indicator.target and indicator.actual:
            yield index, indicator, indicator.target, indicator.actual


def _measured(scope: EvaluationScope) -> Iterator[tuple[int, ScoredIndicator, Target, Decimal]]:
    """Indicators whose actual value can be compared with the target: both in one unit."""
    for index, indicator, target, actual in _indicators(scope):
        if found := measured(target, actual):
            yield index, indicator, *found


@rule(ANSWER_UNIT, EvaluationScope)
def quantities_are_answered(scope: EvaluationScope) -> Found:
    for index, _, target, actual in _indicators(scope):
        if target.value is not None and (actual.value is None or plain(target).unit != plain(actual).unit):
            facts = {"target": target.printed, "found": actual.printed}
            yield scope.record.origin.problem(ANSWER_UNIT, "indicators", index, "actual", **facts)


@rule(ANSWER, EvaluationScope)
def words_are_answered(scope: EvaluationScope) -> Found:
    usual = (*scope.measures.words.met, *scope.measures.words.not_met)
    for index, _, target, actual in _indicators(scope):
        said = actual.printed
        if target.value is None and said not in usual and said != target.printed and not any(map(str.isdigit, said)):
            facts = {"expected": usual[0], "found": said}
            yield scope.record.origin.problem(ANSWER, "indicators", index, "actual", **facts)


@rule(LOST, EvaluationScope)
def met_targets_have_all_points(scope: EvaluationScope) -> Found:
    met = {index for index, _, target, actual in _measured(scope) if is_met(target, actual)}
    for index, indicator, target, actual in _indicators(scope):
        points, score = indicator.points.number, indicator.score.number
        if points is None or score is None or score >= points:
            continue
        if index in met or actual.printed in scope.measures.words.met:
            facts = {"target": target.printed, "actual": actual.printed, "points": indicator.points.printed}
            yield scope.record.origin.problem(
                LOST, "indicators", index, "score", found=indicator.score.printed, **facts
            )


def _explained(scope: EvaluationScope, indicator: ScoredIndicator) -> bool:
    """Whether a reason is given: `无` is none."""
    return indicator.deviation is not None and indicator.deviation not in scope.measures.words.nothing


@rule(NO_REASON, EvaluationScope)
def losses_are_explained(scope: EvaluationScope) -> Found:
    for index, indicator in enumerate(scope.form.indicators):
        points, score = indicator.points.number, indicator.score.number
        if points is not None and score is not None and score < points and not _explained(scope, indicator):
            facts = {"points": indicator.points.printed, "found": indicator.score.printed}
            yield scope.record.origin.problem(NO_REASON, "indicators", index, "score", **facts)


@rule(OVERSHOOT, EvaluationScope)
def overshoots_are_explained(scope: EvaluationScope) -> Found:
    factor = scope.measures.scores.overshoot
    for index, indicator, target, actual in _measured(scope):
        if target.comparison in ("≤", "<") or not target.value or _explained(scope, indicator):
            continue
        if actual >= factor * target.value and indicator.actual:
            facts = {"factor": str(factor), "target": target.printed, "found": indicator.actual.printed}
            yield scope.record.origin.problem(OVERSHOOT, "indicators", index, "actual", **facts)


@rule(SCORE, EvaluationScope)
def missed_targets_have_their_share(scope: EvaluationScope) -> Found:
    """Quantities only; a target in words is judged by people."""
    for index, indicator, target, actual in _measured(scope):
        points, score = indicator.points.number, indicator.score.number
        if points is None or score is None or not target.value or is_met(target, actual):
            continue
        accepted = attained_scores(target, actual, points, scope.measures.scores.missed, scope.measures.rounding)
        if score not in accepted and indicator.actual:
            facts = {
                "target": target.printed,
                "actual": indicator.actual.printed,
                "points": indicator.points.printed,
                "expected": " / ".join(written(each) for each in sorted(accepted)),
                "found": indicator.score.printed,
            }
            yield scope.record.origin.problem(SCORE, "indicators", index, "score", **facts)
