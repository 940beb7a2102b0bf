"""Names: the unit is the centre, and projects of a disclosure have different names."""

from generator.reading.content import Record
from generator.rules.rule import Found, RecordScope, WholeScope, rule
from generator.words.problems import Basis, Check, Words

IMPLEMENTER = Check(
    "implementer",
    Words("实施单位与单位名称不符", "the implementer is not the centre"),
    Words("应为 {expected}", "{expected} is expected"),
    Words("现为“{found}”", "found “{found}”"),
    Words(
        "与原表核对。原表印了别的名称，就把它写进 centre.yml 的 former_names；否则记录放错了文件夹。",
        "compare with the form. If it prints another name, add it to former_names of centre.yml; "
        "else the record lies in the wrong folder.",
    ),
    basis=Basis("logic", Words("一张表放在它的单位之下", "a form is published under its own centre")),
    looks_at=Words("实施单位，与 centre.yml 的名称、曾用名", "the implementer, beside the names of centre.yml"),
)
DUPLICATE = Check(
    "duplicate-project",
    Words("项目重复", "a project stands twice"),
    Words("同一份文件里每个项目只有一张表", "one form for each project of a document is expected"),
    Words("“{name}”在 {other} 已有", "“{name}” stands in {other} already"),
    Words(
        "与原表核对项目名称，删去重复的记录。",
        "compare the names with the document; delete the record that is twice there.",
    ),
    basis=Basis("logic", Words("一个项目一张表", "a project has one form")),
    looks_at=Words("同一份文件里各张表的项目名称", "the project names of one document"),
)


@rule(IMPLEMENTER, RecordScope)
def implementer_is_centre(scope: RecordScope) -> Found:
    facts, found = scope.centre.facts, scope.form.implementer
    names = (facts.name, *facts.former_names)
    if found not in names:
        expected = " / ".join(f"“{name}”" for name in names)
        yield scope.record.origin.problem(IMPLEMENTER, "implementer", expected=expected, found=found)


@rule(DUPLICATE, WholeScope)
def projects_differ(scope: WholeScope) -> Found:
    first: dict[str, Record] = {}
    for record in scope.disclosure.records:
        other = first.setdefault(record.form.name, record)
        if other is not record:
            yield record.origin.problem(DUPLICATE, "name", name=record.form.name, other=other.origin.file)
