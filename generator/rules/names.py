"""Names: the unit is the centre, and projects of a disclosure have different names."""

from collections.abc import Iterator

from generator.content import Centre, Disclosure, Record
from generator.problems import Entry, Problem, Words

IMPLEMENTER = Entry(
    "implementer",
    Words("应为 {expected}", "{expected} is expected"),
    Words("现为“{found}”", "found “{found}”"),
    Words(
        "与原表核对。原表印了别的名称，就把它写进 centre.yml 的 former_names；否则记录放错了文件夹。",
        "compare with the form. If it prints another name, add it to former_names of centre.yml; "
        "else the record lies in the wrong folder.",
    ),
)
DUPLICATE = Entry(
    "duplicate-project",
    Words("同一份文件里每个项目只有一张表", "one form for each project of a document is expected"),
    Words("“{name}”在 {other} 已有", "“{name}” stands in {other} already"),
    Words(
        "与原表核对项目名称，删去重复的记录。",
        "compare the names with the document; delete the record that is twice there.",
    ),
)


def implementer_is_centre(record: Record, centre: Centre) -> Iterator[Problem]:
    names = (centre.facts.name, *centre.facts.former_names)
    if record.form.implementer not in names:
        expected = " / ".join(f"“{name}”" for name in names)
        yield record.origin.problem(IMPLEMENTER, "implementer", expected=expected, found=record.form.implementer)


def projects_differ(disclosure: Disclosure) -> Iterator[Problem]:
    first: dict[str, Record] = {}
    for record in disclosure.records:
        other = first.setdefault(record.form.name, record)
        if other is not record:
            yield record.origin.problem(DUPLICATE, "name", name=record.form.name, other=other.origin.file)
