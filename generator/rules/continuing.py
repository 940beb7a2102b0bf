"""`continues`: the earlier form of a project that goes on under another name."""

from generator.changes.lineage import Appearance, appearances
from generator.rules.rule import UNREAD, Found, RecordScope, rule
from generator.words.problems import Basis, Check, Words

_LEAVE_OUT = Words(
    "写编号，如 sstec/2023/evaluations/01。项目名称没有变的，删去这一行，程序按名称对应。",
    "write an id like sstec/2023/evaluations/01. Where the name is the same, delete the line: names are matched.",
)
_ONE_PROJECT = Basis("logic", Words("一个项目一年一张申报表、一张自评表", "a project has one form of each kind a year"))
_LOOKS_AT = Words("记录里的 continues", "`continues` of a record")

UNKNOWN = Check(
    "continues-unknown",
    Words("接续的表不存在", "a form goes on with one that is not there"),
    Words("应为本单位一张表的编号", "the id of a form of the centre is expected"),
    Words("现为“{found}”，没有这张表", "found “{found}”, which is none"),
    _LEAVE_OUT,
    basis=_ONE_PROJECT,
    looks_at=_LOOKS_AT,
)
NOT_EARLIER = Check(
    "continues-not-earlier",
    Words("接续的表不比这张早", "a form goes on with one that is not earlier"),
    Words(
        "应为较早年度的一张表；自评表也可以接续同一年度的申报表",
        "a form of an earlier year is expected, or for an evaluation a declaration of its year",
    ),
    Words("现为“{found}”，{what}", "found “{found}”, {what_en}"),
    _LEAVE_OUT,
    basis=_ONE_PROJECT,
    looks_at=_LOOKS_AT,
)
SHARED = Check(
    "continues-shared",
    Words("一个项目在同一份文件里有两张表", "a project has two forms in one document"),
    Words("同一份文件里每个项目只有一张表", "one form for each project of a document is expected"),
    Words("{one} 和 {other} 都成了这个项目的表", "{one} and {other} both belong to the project"),
    Words(
        "只让其中一张接续。一个项目分成几个的，接续主要的一个，其余的在 note 里说明。",
        "let one of them go on. Where a project was divided, its main part does; say of the others in their notes.",
    ),
    basis=_ONE_PROJECT,
    looks_at=_LOOKS_AT,
)


def _continued(scope: RecordScope) -> Appearance | None:
    """The form that the record says to go on with; None where there is none of this id."""
    return next((each for each in appearances(scope.centre) if each.record.id == scope.form.continues), None)


@rule(UNKNOWN, RecordScope)
def continued_form_is_there(scope: RecordScope) -> Found:
    found = scope.form.continues
    if found is None or _continued(scope):
        return
    if any(not disclosure.whole for disclosure in scope.centre.disclosures):
        yield UNREAD
    else:
        yield scope.record.origin.problem(UNKNOWN, "continues", found=found)


@rule(NOT_EARLIER, RecordScope)
def continued_form_is_earlier(scope: RecordScope) -> Found:
    own = Appearance(scope.record, scope.disclosure.year, scope.disclosure.kind)
    other = _continued(scope) if scope.form.continues else None
    if other and other.time >= own.time:
        what = Words("就是这张表自己", "the form itself") if other.record is own.record else _when(other)
        facts = {"found": other.record.id, "what": what.zh, "what_en": what.en}
        yield scope.record.origin.problem(NOT_EARLIER, "continues", **facts)


def _when(other: Appearance) -> Words:
    kind = Words("申报表", "declaration") if other.kind == "targets" else Words("自评表", "evaluation")
    return Words(f"是 {other.year} 年度的{kind.zh}", f"a {kind.en} of {other.year}")


@rule(SHARED, RecordScope)
def project_has_one_form_a_document(scope: RecordScope) -> Found:
    if scope.form.continues is None:
        return
    first = {(scope.disclosure.year, scope.disclosure.kind): scope.record.id}
    for other in scope.others:
        one = first.setdefault((other.year, other.kind), other.record.id)
        if one != other.record.id:
            yield scope.record.origin.problem(SHARED, "continues", one=one, other=other.record.id)
            return
