"""A label or value that could not be told from the source is explained to the reader."""

from generator.reading.model import Evaluation
from generator.rules.rule import Found, RecordScope, rule
from generator.words.problems import Basis, Check, Words

UNEXPLAINED = Check(
    "gap-unexplained",
    Words("缺的内容没有说明", "a gap without explanation"),
    Words(
        "第 {number} 项指标应有{what}，或在 note 里说明为何没有",
        "indicator {number} needs {key}, or a note that says why not",
    ),
    Words("没有写，也没有 note", "there is neither"),
    Words("补录；来源辨认不清的，在记录末尾用 note 说明。", "add it; if the source does not show it, say so in note."),
    basis=Basis("logic", Words("公开的表缺了什么，要告诉读者", "a reader is told what a published form lacks")),
    looks_at=Words(
        "各项指标的一级、二级指标，年度指标值，实际完成值", "level 1, level 2, target and actual of each indicator"
    ),
)


@rule(UNEXPLAINED, RecordScope)
def are_explained(scope: RecordScope) -> Found:
    """Level 1, level 2, target and actual are there, or the record has a note."""
    if scope.form.note:
        return
    expected = {"level1": "一级指标", "level2": "二级指标", "target": "年度指标值"}
    if isinstance(scope.form, Evaluation):
        expected["actual"] = "实际完成值"
    for index, indicator in enumerate(scope.form.indicators):
        for key, what in expected.items():
            if getattr(indicator, key) is None:
                facts = {"number": str(index + 1), "what": what, "key": key}
                yield scope.record.origin.problem(UNEXPLAINED, "indicators", index, **facts)
