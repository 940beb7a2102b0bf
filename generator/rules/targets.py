"""Target values: quantities with units, percentages within reach, bounds on the right side."""

import re
from collections.abc import Iterator

from generator.figures.numerals import folded
from generator.figures.quantities import find_quantities
from generator.figures.targets import Target, is_percent, parse_target
from generator.profiles.measures import Measures, Vocabulary
from generator.reading.model import Evaluation, Indicator
from generator.rules.rule import Found, RecordScope, rule
from generator.words.problems import Basis, Check, Severity, Words

_ASK = Words(
    "先与原表核对。录错了就改正；原表就是这样印的，照录，并提醒单位下次改正。",
    "compare with the form and correct a slip; what the form prints so stays: tell the centre for the next time.",
)
_TARGETS = Words("各项指标的年度指标值", "the target of each indicator")
_MEASURABLE = Basis("practice", Words("绩效目标应当细化量化", "targets should be specific and measurable"))

UNIT = Check(
    "unit-missing",
    Words("指标值没有计量单位", "a quantity without a unit"),
    Words("数字后面应有计量单位，如 (次)、(%)", "a unit behind the number is expected, like (次), (%)"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.WARNING,
    basis=Basis("logic", Words("没有单位的数说不清是多少", "a number without a unit does not say how much")),
    looks_at=_TARGETS,
)
MIXED = Check(
    "percent-mixed",
    Words("百分比的写法不一", "percent is written in two ways"),
    Words(
        "一张表里百分比用一种写法；前面第 {other} 项写作“{first}”",
        "one way of writing percent is expected; indicator {other} has “{first}”",
    ),
    Words("这里写作“{found}”", "found “{found}”"),
    _ASK,
    Severity.NOTICE,
    basis=Basis("practice", Words("同一张表用同一种单位", "one form, one way of writing a unit")),
    looks_at=_TARGETS,
)
FULL = Check(
    "percent-at-least-full",
    Words("指标值为 ≥100%", "a target of ≥100%"),
    Words("比率最多 100%，应为 =100%", "a share is 100% at most: =100% is expected"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.NOTICE,
    basis=Basis("logic", Words("比率不会超过 100%，“≥”没有意义", "a share does not pass 100%, so ≥ says nothing")),
    looks_at=_TARGETS,
)
ABOVE = Check(
    "percent-above-full",
    Words("比率超过 100%", "a share above 100%"),
    Words("比率应不超过 100%", "a share of at most 100% is expected"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.WARNING,
    basis=Basis(
        "logic", Words("部分不多于整体；增长率等除外", "a part is not more than the whole; growth is excepted")
    ),
    looks_at=Words("各项指标的年度指标值、实际完成值", "target and actual of each indicator"),
)
SATISFACTION = Check(
    "satisfaction-bound",
    Words("满意度没有下限", "satisfaction without a lower bound"),
    Words("满意度应写明下限，如 ≥90.00(%)", "a lower bound is expected, like ≥90.00(%)"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.NOTICE,
    basis=_MEASURABLE,
    looks_at=Words("满意度指标的年度指标值", "the targets of satisfaction"),
)
NO_NUMBER = Check(
    "quantity-without-number",
    Words("数量指标没有数", "a quantity without a number"),
    Words("数量指标应写明多少", "a number is expected of a 数量指标"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.WARNING,
    basis=_MEASURABLE,
    looks_at=Words("二级指标为数量指标的年度指标值", "targets whose level 2 is 数量指标"),
)
COST = Check(
    "cost-at-least",
    Words("成本指标写成了下限", "a cost with a lower bound"),
    Words("成本应写上限，如 ≤130.00(万元)", "an upper bound is expected of a cost, like ≤130.00(万元)"),
    Words("现为“{found}”", "found “{found}”"),
    _ASK,
    Severity.WARNING,
    basis=Basis("logic", Words("成本要控制，不是越多越好", "a cost is to be kept down")),
    looks_at=Words("成本指标的年度指标值；说节约、降低多少的除外", "the targets of costs; savings are excepted"),
)
IN_WORDS = Check(
    "quantity-in-words",
    Words("指标值像数量，却没有读成数量", "a target that looks like a quantity but is read as words"),
    Words("数量应写成 ≥5.00(项) 的样子", "a quantity is expected to look like ≥5.00(项)"),
    Words("现为“{found}”，按文字处理，不参加计算", "found “{found}”, taken as words and not reckoned with"),
    Words(
        "与原表核对；多录了引号、漏录了括号，就改正；原表就是这样印的，不必改。",
        "compare with the form: a quotation mark too many, a bracket too few? What the form prints so stays.",
    ),
    Severity.NOTICE,
    basis=Basis("logic", Words("读不成数量就不能核对", "what is not read as a quantity is not checked")),
    looks_at=_TARGETS,
)

_WHOLE = 100  # percent: what the sign says, no choice of anybody
_DIGITS = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两]")
_QUOTES = "“”\"'‘’「」"
_SIGNED = re.compile(r"[≥≤><=≧≦]\s*[0-9][0-9,.]*\s*([^0-9，。、；,;]{0,6})")
_ASCII = re.compile("[0-9]")
_BRACKETS = re.compile("[()（） ]")
_BARE = re.compile(r"[0-9][0-9,.]*\s*(\S{1,4})")


def _targets(scope: RecordScope) -> Iterator[tuple[int, Indicator, Target]]:
    for index, indicator in enumerate(scope.form.indicators):
        if indicator.target:
            yield index, indicator, indicator.target


@rule(UNIT, RecordScope)
def quantities_have_units(scope: RecordScope) -> Found:
    for index, _, target in _targets(scope):
        if target.value is not None and (target.unit is None or target.unit in scope.measures.words.nothing):
            yield scope.record.origin.problem(UNIT, "indicators", index, "target", found=target.printed)


@rule(MIXED, RecordScope)
def percent_is_written_one_way(scope: RecordScope) -> Found:
    """Said once for a form; `%` of any width is one way."""
    first: tuple[int, str] | None = None
    for index, _, target in _targets(scope):
        unit = target.unit or ""
        if not is_percent(unit):
            continue
        first = first or (index, unit)
        if folded(unit) != folded(first[1]):
            facts = {"other": str(first[0] + 1), "first": first[1], "found": unit}
            yield scope.record.origin.problem(MIXED, "indicators", index, "target", **facts)
            return


def _is_share(indicator: Indicator, value: Target, words: Vocabulary) -> bool:
    """A percentage that cannot pass 100: no growth, no change."""
    return is_percent(value.unit) and not any(word in indicator.name for word in words.may_exceed)


@rule(FULL, RecordScope)
def full_share_is_exact(scope: RecordScope) -> Found:
    for index, indicator, target in _targets(scope):
        if (
            target.value == _WHOLE
            and target.comparison in ("≥", ">")
            and _is_share(indicator, target, scope.measures.words)
        ):
            yield scope.record.origin.problem(FULL, "indicators", index, "target", found=target.printed)


@rule(ABOVE, RecordScope)
def shares_are_at_most_full(scope: RecordScope) -> Found:
    keys = ("target", "actual") if isinstance(scope.form, Evaluation) else ("target",)
    for index, indicator in enumerate(scope.form.indicators):
        for key in keys:
            value: Target | None = getattr(indicator, key)
            if value and value.value and value.value > _WHOLE and _is_share(indicator, value, scope.measures.words):
                yield scope.record.origin.problem(ABOVE, "indicators", index, key, found=value.printed)


@rule(SATISFACTION, RecordScope)
def satisfaction_has_a_bound(scope: RecordScope) -> Found:
    for index, indicator, target in _targets(scope):
        if indicator.level1 != scope.measures.words.satisfaction:
            continue
        bound = target.comparison in ("≥", ">") or target.value == _WHOLE
        if not (bound if target.value is not None else _DIGITS.search(target.printed)):
            yield scope.record.origin.problem(SATISFACTION, "indicators", index, "target", found=target.printed)


@rule(NO_NUMBER, RecordScope)
def quantities_have_numbers(scope: RecordScope) -> Found:
    for index, indicator, target in _targets(scope):
        is_quantity = indicator.level2 == scope.measures.words.quantity
        if is_quantity and target.value is None and not _DIGITS.search(target.printed):
            yield scope.record.origin.problem(NO_NUMBER, "indicators", index, "target", found=target.printed)


@rule(COST, RecordScope)
def costs_are_limited(scope: RecordScope) -> Found:
    words = scope.measures.words
    for index, indicator, target in _targets(scope):
        is_saving = any(word in indicator.name for word in words.cost_saved)
        is_cost = words.names_cost(indicator.level1, indicator.level2) and not is_saving
        if is_cost and target.comparison in ("≥", ">"):
            yield scope.record.origin.problem(COST, "indicators", index, "target", found=target.printed)


@rule(IN_WORDS, RecordScope)
def quantities_are_read(scope: RecordScope) -> Found:
    for index, _, target in _targets(scope):
        if target.value is None and _looks_like_quantity(target.printed, scope.measures):
            yield scope.record.origin.problem(IN_WORDS, "indicators", index, "target", found=target.printed)


def _looks_like_quantity(printed: str, measures: Measures) -> bool:
    """`≥８０００(人次)`, `1-3(次)`, `8,000人次以上`: nothing but a quantity, in other words than a form's."""
    bare = folded(printed).strip(_QUOTES)
    if parse_target(bare).value is not None or _SIGNED.fullmatch(bare):
        return True
    found = _BARE.fullmatch(bare)
    if found and found[1] in measures.words.units:
        return True
    said = _BRACKETS.sub("", bare)
    return _ASCII.search(said) is not None and any(
        (each.start, each.end) == (0, len(said)) for each in find_quantities(said, measures.usage)
    )
