"""The words of the forms that a page explains at its foot."""

from collections.abc import Iterator
from typing import Any

from generator.facts.glossary import Term, read_glossary
from generator.words.urls import Kind

Json = dict[str, Any]

# Labels that the templates print, by which the words at the foot of a page are chosen.
_LABELS: dict[Kind, frozenset[str]] = {
    "targets": frozenset(
        "项目名称 项目性质 项目类别 主管部门 实施单位 计划开始日期 计划完成日期 项目资金总额 财政资金 "
        "年度资金申请总额 当年财政拨款 上年结转资金 其他资金 项目总目标 年度总体目标 "
        "绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值".split()
    ),
    "evaluations": frozenset(
        "项目名称 主管部门 实施单位 年初预算数 全年预算数 全年执行数 分数 执行率(%) 得分 "
        "年度资金总额 当年财政拨款 上年结转资金 其他资金 预期目标 实际完成情况 "
        "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 偏差原因分析及改进措施 总分 评分等级".split()
    ),
}


def term(word: str) -> str:
    """The anchor of a printed word, `""` when none explains it."""
    found = read_glossary().named(word)
    return found.anchor if found else ""


def terms(kind: Kind, rows: list[Json]) -> list[str]:
    """The anchors of the words that stand at the foot of a page, in the glossary's order."""
    words = _LABELS[kind] | {row[key] for row in rows for key in ("level1", "level2")}
    return [each.anchor for each in _all_terms() if words & {each.word, *each.also}]


def term_facts() -> dict[str, Json]:
    """Every word of the forms by its anchor; peers look up those of a page."""
    return {each.anchor: {"anchor": each.anchor, "word": each.word, "means": each.means} for each in _all_terms()}


def _all_terms() -> Iterator[Term]:
    return (each for section in read_glossary().sections for each in section.terms)
