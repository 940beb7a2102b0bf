"""Forms beside one another: evaluation and declaration of a year, this year and last, projects of one document."""

import re
from collections.abc import Iterable, Sequence

from generator.changes.matching import Pairs, are_alike, pairs_of, timeless
from generator.figures.targets import Target, plain
from generator.figures.trend import trend_of
from generator.reading.content import Record
from generator.reading.model import Indicator
from generator.rules.rule import DeclarationScope, EvaluationScope, Found, RecordScope, Unable, WholeScope, rule
from generator.words.problems import Basis, Check, Severity, Words

_COMPARE = Words("与两张原表核对，录错了就改正。", "compare with both forms, and correct a slip.")
_PROMISE = Basis("logic", Words("自评要对照申报时定的目标", "an evaluation answers the targets that were declared"))
_WATCH = Basis("practice", Words("目标降低、取消要有理由", "there are reasons for lowering or dropping a target"))

DIFFERS = Check(
    "target-differs",
    Words("自评表的指标值与申报表不同", "the evaluation has another target than the declaration"),
    Words("应与申报表（{file}）的“{declared}”相同", "“{declared}” is expected, as declared in {file}"),
    Words("现为“{found}”", "found “{found}”"),
    Words(
        "与两张原表核对，录错了就改正；年中调整过目标的，可在 waivers 里说明。",
        "compare with both forms and correct a slip; if the target was changed during the year, waivers may say so.",
    ),
    Severity.WARNING,
    basis=_PROMISE,
    looks_at=Words(
        "自评表与同一年度、同一项目的申报表的指标值", "targets of a project's evaluation and declaration of a year"
    ),
)
UNANSWERED = Check(
    "indicator-unanswered",
    Words("申报的指标在自评表里没有", "a declared indicator is not evaluated"),
    Words("申报表（{file}）的指标都应自评", "every indicator declared in {file} is expected here"),
    Words("没有：{names}，共 {count} 项", "missing: {names} ({count} in all)"),
    _COMPARE,
    Severity.WARNING,
    basis=_PROMISE,
    looks_at=Words(
        "自评表与同一年度、同一项目的申报表的指标", "indicators of a project's evaluation and declaration of a year"
    ),
)
LOWERED = Check(
    "target-lowered",
    Words("指标要求比上一年度放松", "less is asked for than last year"),
    Words("上一年度（{file}）为“{before}”", "last year's target ({file}) is “{before}”"),
    Words("今年为“{found}”，{how}", "found “{found}”: {how_en}"),
    Words(
        "与两张原表核对，录错了就改正；确实放松了的，请单位说明理由。",
        "compare with both forms and correct a slip; if less is asked for indeed, ask the centre for the reason.",
    ),
    Severity.NOTICE,
    basis=_WATCH,
    looks_at=Words("同一项目上一年度的同名指标", "last year's indicator of the same name and project"),
)
UNIT = Check(
    "unit-changed",
    Words("计量单位与上一年度不同", "another unit than last year's"),
    Words("上一年度（{file}）为“{before}”", "last year's target ({file}) is “{before}”"),
    Words("今年为“{found}”", "found “{found}”"),
    _COMPARE,
    Severity.NOTICE,
    basis=_WATCH,
    looks_at=Words("同一项目上一年度的同名指标", "last year's indicator of the same name and project"),
)
DROPPED = Check(
    "indicator-dropped",
    Words("上一年度的指标今年没有了", "an indicator of last year is no more"),
    Words("上一年度（{file}）有这些指标", "last year's form ({file}) has these indicators"),
    Words("今年没有同名或名称相近的：{names}，共 {count} 项", "none of their or a like name: {names} ({count} in all)"),
    Words("与两张原表核对；指标可以调整，无误就不必改。", "compare with both forms; indicators may change."),
    Severity.NOTICE,
    basis=_WATCH,
    looks_at=Words("同一项目上一年度的指标", "last year's indicators of the same project"),
)
ELSEWHERE = Check(
    "projects-disagree",
    Words("同一个指标在两个项目里的指标值不同", "two projects state one measure differently"),
    Words("{file} 里同名的指标为“{other}”", "the indicator of this name in {file} has “{other}”"),
    Words("这里为“{found}”", "found “{found}”"),
    Words("与两张原表核对；说的不是一回事，就不必改。", "compare with both forms; they may speak of different things."),
    Severity.NOTICE,
    basis=Basis("logic", Words("同一件事只有一个数", "one thing has one figure")),
    looks_at=Words("一份文件里不同项目的同名、同单位指标", "indicators of one name and unit in a document's projects"),
)

_NOT_DECLARED = Unable(Words("没有同一年度的申报表", "there is no declaration of the same year"))
_LESS_PROMISED = Words("比上一年度少", "less than last year")
_LIMIT_RAISED = Words("上限比上一年度高", "a higher limit than last year")
_NO_LAST_YEAR = Unable(Words("没有上一年度的表", "there is no form of last year"))
_PARENTHESIS = re.compile("[（(][^（()）]*[)）]")
_NAMED = 3  # of many missing indicators


class _Others:
    """Indicators of another form, found by name, or by name and unit where several have one name."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.named: dict[str, list[Indicator]] = {}
        self.measured: dict[tuple[str, str | None], list[Indicator]] = {}
        for indicator in indicators:
            name = timeless(indicator.name)
            self.named.setdefault(name, []).append(indicator)
            self.measured.setdefault((name, _unit(indicator)), []).append(indicator)

    def partner(self, indicator: Indicator) -> Target | None:
        """The target of the only indicator that can be meant."""
        name = timeless(indicator.name)
        for found in (self.named.get(name, []), self.measured.get((name, _unit(indicator)), [])):
            if len(found) == 1:
                return found[0].target
        return None


def _unit(indicator: Indicator) -> str | None:
    return plain(indicator.target).unit if indicator.target else None


def _unnamed(others: Iterable[Indicator], own: Iterable[Indicator]) -> list[Indicator]:
    """The others whose names are not here."""
    here = {timeless(each.name) for each in own}
    return [each for each in others if timeless(each.name) not in here]


def _gone(others: Sequence[Indicator], own: Sequence[Indicator]) -> list[Indicator]:
    """The others that are not here, nor anything that may be one of them in other words, under whatever level."""
    new = [_core(each) for each in _unnamed(own, others)]
    gone = ((each, _core(each)) for each in _unnamed(others, own))
    return [each for each, core in gone if not any(are_alike(core, other) for other in new)]


def _core(indicator: Indicator) -> Pairs:
    """The pairs of a name without what stands in parentheses: lists and sizes that come and go."""
    return pairs_of(_PARENTHESIS.sub("", timeless(indicator.name)))


def _named(indicators: Sequence[Indicator]) -> dict[str, str]:
    names = [each.name for each in indicators[:_NAMED]]
    some = "、".join(f"“{name}”" for name in names) + ("……" if len(indicators) > _NAMED else "")
    return {"names": some, "count": str(len(indicators))}


def _declared(scope: EvaluationScope) -> Record | None:
    here = (scope.disclosure.year, "targets")
    return next((each.record for each in scope.others if (each.year, each.kind) == here), None)


def _last_year(scope: RecordScope) -> Record | None:
    """Last year's declaration, or else its evaluation, which repeats the targets."""
    found = {each.kind: each.record for each in scope.others if each.year == scope.disclosure.year - 1}
    return found.get("targets") or found.get("evaluations")


def _same(one: Target, other: Target) -> bool:
    if one.value is None or other.value is None:
        return timeless(one.printed) == timeless(other.printed)
    one, other = plain(one), plain(other)
    return (one.value, one.unit, one.comparison) == (other.value, other.unit, other.comparison)


@rule(DIFFERS, EvaluationScope)
def targets_are_those_declared(scope: EvaluationScope) -> Found:
    declared = _declared(scope)
    if declared is None:
        yield _NOT_DECLARED
        return
    others = _Others(declared.form.indicators)
    for index, indicator in enumerate(scope.form.indicators):
        other = others.partner(indicator)
        if indicator.target and other and not _same(indicator.target, other):
            facts = {"file": declared.origin.file, "declared": other.printed, "found": indicator.target.printed}
            yield scope.record.origin.problem(DIFFERS, "indicators", index, "target", **facts)


@rule(UNANSWERED, EvaluationScope)
def declared_indicators_are_evaluated(scope: EvaluationScope) -> Found:
    declared = _declared(scope)
    if declared is None:
        yield _NOT_DECLARED
    elif missing := _unnamed(declared.form.indicators, scope.form.indicators):
        yield scope.record.origin.problem(UNANSWERED, "indicators", file=declared.origin.file, **_named(missing))


@rule(LOWERED, DeclarationScope)
def targets_are_kept_up(scope: DeclarationScope) -> Found:
    last = _last_year(scope)
    if last is None:
        yield _NO_LAST_YEAR
        return
    others = _Others(last.form.indicators)
    for index, indicator in enumerate(scope.form.indicators):
        before = others.partner(indicator)
        if not indicator.target or not before or plain(before).value == plain(indicator.target).value:
            continue  # >90 and ≥90 are called the same
        is_cost = scope.measures.words.names_cost(indicator.level1, indicator.level2)
        if trend_of(before, indicator.target, cost=is_cost) == "weakened":
            facts = {"file": last.origin.file, "before": before.printed, "found": indicator.target.printed}
            is_limit = is_cost or before.comparison in ("≤", "<")
            how = _LIMIT_RAISED if is_limit else _LESS_PROMISED
            facts |= {"how": how.zh, "how_en": how.en}
            yield scope.record.origin.problem(LOWERED, "indicators", index, "target", **facts)


@rule(UNIT, DeclarationScope)
def units_are_kept(scope: DeclarationScope) -> Found:
    last = _last_year(scope)
    if last is None:
        yield _NO_LAST_YEAR
        return
    words, others = scope.measures.words, _Others(last.form.indicators)
    for index, indicator in enumerate(scope.form.indicators):
        now, before = indicator.target, others.partner(indicator)
        if not now or not before or not now.unit or not before.unit or before.unit in words.nothing:
            continue
        if plain(now).unit != plain(before).unit:
            facts = {"file": last.origin.file, "before": before.printed, "found": now.printed}
            yield scope.record.origin.problem(UNIT, "indicators", index, "target", **facts)


@rule(DROPPED, DeclarationScope)
def indicators_are_kept(scope: DeclarationScope) -> Found:
    last = _last_year(scope)
    if last is None:
        yield _NO_LAST_YEAR
    elif missing := _gone(last.form.indicators, scope.form.indicators):
        yield scope.record.origin.problem(DROPPED, "indicators", file=last.origin.file, **_named(missing))


@rule(ELSEWHERE, WholeScope)
def projects_agree(scope: WholeScope) -> Found:
    first: dict[tuple[str, str | None], tuple[Record, Target]] = {}
    for record in scope.disclosure.records:
        for index, indicator in enumerate(record.form.indicators):
            name, target = timeless(indicator.name), indicator.target
            if len(name) < scope.measures.texts.specific_name or target is None or target.value is None:
                continue
            other, theirs = first.setdefault((name, plain(target).unit), (record, target))
            if other is not record and not _same(target, theirs):
                facts = {"file": other.origin.file, "other": theirs.printed, "found": target.printed}
                yield record.origin.problem(ELSEWHERE, "indicators", index, "target", **facts)
