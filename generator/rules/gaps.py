"""A label or value that could not be told from the source is explained to the reader."""

from collections.abc import Iterator

from generator.content import Record
from generator.model import Evaluation
from generator.problems import Entry, Problem, Words

UNEXPLAINED = Entry(
    "gap-unexplained",
    Words(
        "第 {number} 项指标应有{what}，或在 note 里说明为何没有",
        "indicator {number} needs {key}, or a note that says why not",
    ),
    Words("没有写，也没有 note", "there is neither"),
    Words("补录；来源辨认不清的，在记录末尾用 note 说明。", "add it; if the source does not show it, say so in note."),
)


def are_explained(record: Record) -> Iterator[Problem]:
    """Level 1, level 2, target and actual are there, or the record has a note."""
    if record.form.note:
        return
    expected = {"level1": "一级指标", "level2": "二级指标", "target": "年度指标值"}
    if isinstance(record.form, Evaluation):
        expected["actual"] = "实际完成值"
    for index, indicator in enumerate(record.form.indicators):
        for key, what in expected.items():
            if getattr(indicator, key) is None:
                facts = {"number": str(index + 1), "what": what, "key": key}
                yield record.origin.problem(UNEXPLAINED, "indicators", index, **facts)
