"""The subjects of the rules, what each is called, and every rule in its order.

A rule is a function decorated with the `Check` it judges by; a subject's rules are those of its
module, in their order. A new subject is added to `SUBJECTS`.
"""

from types import ModuleType

from generator.rules import (
    alterations,
    attainment,
    continuing,
    dates,
    expectation,
    funding,
    gaps,
    grades,
    names,
    narrative,
    privacy,
    published,
    scores,
    structure,
    targets,
    wording,
    years,
)
from generator.rules.rule import Rule
from generator.words.problems import Words

PUBLISHED = Words("与已公开的内容相比", "Beside what was published")
# What each subject is called in the catalogue.
SUBJECTS: tuple[tuple[Words, ModuleType], ...] = (
    (Words("与来源文件相符", "As the source has it"), expectation),
    (Words("名称", "Names"), names),
    (Words("日期和公开期限", "Dates and the deadline"), dates),
    (Words("表的构成", "What a form consists of"), structure),
    (Words("缺的内容", "Gaps"), gaps),
    (Words("文字", "Wording"), wording),
    (Words("资金", "Money"), funding),
    (Words("指标值", "Targets"), targets),
    (Words("执行率和得分", "Rates and scores"), scores),
    (Words("完成情况", "Attainment"), attainment),
    (Words("分值安排和等级", "Points and grades"), grades),
    (Words("文字与指标", "Text against indicators"), narrative),
    (Words("接续的表", "Forms that go on with others"), continuing),
    (Words("不同的表之间", "Across forms"), years),
    (Words("变更和勘误", "Amendments and corrections"), alterations),
    (PUBLISHED, published),
    (Words("不能公开的", "What must not be published"), privacy),
)

RULES: tuple[Rule, ...] = tuple(
    found for _, subject in SUBJECTS for found in vars(subject).values() if isinstance(found, Rule)
)
