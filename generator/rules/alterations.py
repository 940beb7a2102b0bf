"""What records and documents say of their own alterations: amendments and corrections."""

from collections.abc import Iterator

from generator.changes.history import KindOfFault, history
from generator.changes.told import KINDS_OF_ALTERATION, Holder
from generator.reading.content import Disclosure, Origin
from generator.rules.rule import DisclosureScope, Found, RecordScope, Rule, Unable, rule
from generator.words.problems import Basis, Check, Problem, Words

_KEPT = Basis(
    "logic",
    Words(
        "读者要能从现在的表和每次改动，一步步看到以前公开过的文字",
        "from the form of today and its alterations a reader can find every wording that was published",
    ),
)
_LOOKS_AT = Words(
    "记录和 disclosure.yml 里的 amendments（变更）和 corrections（勘误）",
    "amendments and corrections of records and of disclosure.yml",
)

FIELD = Check(
    "altered-field",
    Words("改动写的不是表上的一格", "an alteration of what is no field"),
    Words("应为表上的一格，如 indicators[3].target", "the name of a field is expected, like indicators[3].target"),
    Words("现为“{found}”{near}", "found “{found}”{near_en}"),
    Words(
        "照检查提示里括号中的写法：funding.total 是年度资金申请总额，indicators[3].target 是第 3 项的指标值，"
        "indicators[3] 是整行。",
        "name it as messages do: funding.total, indicators[3].target, or indicators[3] for a whole row.",
    ),
    basis=_KEPT,
    looks_at=_LOOKS_AT,
    waivable=False,
)
NO_ROW = Check(
    "altered-row",
    Words("改动写的行数不对", "an alteration of a row that is not there"),
    Words("表上应有第 {number} 项指标", "the form should have an indicator {number}"),
    Words("只有 {count} 项", "it has {count}"),
    Words(
        "按这次改动以后的次序数；删去的行，写它原来是第几项。",
        "count the rows as they were right after this alteration; a dropped row has the number that it had before.",
    ),
    basis=_KEPT,
    looks_at=_LOOKS_AT,
    waivable=False,
)
NOTHING = Check(
    "altered-nothing",
    Words("改动前后的文字相同", "an alteration of nothing"),
    Words("原来的文字（was）应与改动以后的不同", "was should differ from what the form says after the alteration"),
    Words("都是{found}", "both are {found_en}"),
    Words(
        "was 照录改动以前公开的文字，表上写现在的文字；原来空白的，不写 was。",
        "was holds the words published before, the form those of now; leave was out where nothing stood.",
    ),
    basis=_KEPT,
    looks_at=_LOOKS_AT,
    waivable=False,
)
TWICE = Check(
    "altered-twice",
    Words("一次改动里同一格写了两次", "one alteration names a field twice"),
    Words("一次改动里，同一格只写一次", "a field is named once in an alteration"),
    Words("“{found}”写了两次", "“{found}” is named twice"),
    Words(
        "改了两次的，分成两条，各写各的日期；写重了的，删去一处。",
        "write two alterations with their dates if it was altered twice; else delete one.",
    ),
    basis=_KEPT,
    looks_at=_LOOKS_AT,
    waivable=False,
)
ROW_WORDS = Check(
    "altered-row-words",
    Words("整行的增删和一格的改动写混了", "an alteration of a row and of a cell at once"),
    Words(
        "整行的增删写 field: indicators[3]，删去的另写 dropped；一格的改动写 field 到格，另写 was",
        "field: indicators[3] for a row, with dropped if it is gone; a cell's own name, with was, for a cell",
    ),
    Words("这里写了 {found}", "found {found} here"),
    Words(
        "添一行，只写 field；删一行，dropped 下面照录那一行，不写 was；改一格，不写 dropped。",
        "an added row has field alone, a dropped one dropped and no was, a cell no dropped.",
    ),
    basis=_KEPT,
    looks_at=_LOOKS_AT,
    waivable=False,
)
WITHHELD = Check(
    "altered-withheld",
    Words("withheld 写得不对", "withheld in the wrong place"),
    Words(
        "withheld（不再显示的依据）代替一格的 was，或写在 dropped 旁边",
        "withheld stands in place of a cell's was, or beside a dropped row",
    ),
    Words("这里写了 {found}", "found {found} here"),
    Words(
        "原文不能再显示的，删去 was，只写 withheld；添一行的，不写 withheld。",
        "delete was where the words must not be shown, and leave withheld; an added row has none.",
    ),
    basis=Basis(
        "law",
        Words("个人信息保护法第四十七条：应删除的个人信息不再公开", "Personal Information Protection Law, art. 47"),
    ),
    looks_at=_LOOKS_AT,
    waivable=False,
)
DAY = Check(
    "alteration-date",
    Words("改动的日期不对", "an alteration on an impossible day"),
    Words("应不早于{earlier_name} {earlier}", "a day not before {earlier} is expected"),
    Words("现为 {found}", "found {found}"),
    Words(
        "核对日期；各次改动按日期从早到晚排，新的写在最后。",
        "see to the days; alterations stand in their order, the latest at the end.",
    ),
    basis=Basis("logic", Words("公开以后才有改动", "what is not yet published is not altered")),
    looks_at=_LOOKS_AT,
    waivable=False,
)


def _faults(holder: Holder, origin: Origin, kind: KindOfFault, check: Check) -> Iterator[Problem]:
    """The faults of one kind in what a form or document says of its alterations."""
    _, faults = history(holder)
    for fault in faults:
        if fault.kind == kind:
            yield origin.problem(check, *fault.path, **fault.facts)


def _of_records(check: Check, kind: KindOfFault) -> Rule:
    return rule(check, RecordScope)(lambda scope: _faults(scope.form, scope.record.origin, kind, check))


def _of_documents(check: Check, kind: KindOfFault) -> Rule:
    """Of a document's facts the title, the day of approval and the source may be altered."""
    return rule(check, DisclosureScope)(
        lambda scope: _faults(scope.disclosure.facts, scope.disclosure.origin, kind, check)
    )


record_names_fields = _of_records(FIELD, "field")
record_has_the_rows = _of_records(NO_ROW, "row")
record_was_different = _of_records(NOTHING, "nothing")
record_names_fields_once = _of_records(TWICE, "twice")
record_rows_are_whole = _of_records(ROW_WORDS, "words")
record_withholds_what_was = _of_records(WITHHELD, "withheld")


@rule(DAY, RecordScope)
def record_altered_in_order(scope: RecordScope) -> Found:
    return _days(scope.form, scope.record.origin, scope.disclosure)


document_names_fields = _of_documents(FIELD, "field")
document_was_different = _of_documents(NOTHING, "nothing")
document_names_fields_once = _of_documents(TWICE, "twice")
document_has_no_rows = _of_documents(ROW_WORDS, "words")
document_withholds_what_was = _of_documents(WITHHELD, "withheld")


@rule(DAY, DisclosureScope)
def document_altered_in_order(scope: DisclosureScope) -> Found:
    return _days(scope.disclosure.facts, scope.disclosure.origin, scope.disclosure)


def _days(holder: Holder, origin: Origin, disclosure: Disclosure) -> Found:
    """Not before publication, and one after the other."""
    published = disclosure.facts.published
    if (holder.amendments or holder.corrections) and not published:
        yield Unable(Words("公开日期未注明，改动的日期没有可比的", "the day of publication is not known"))
    for kind in KINDS_OF_ALTERATION:
        name, earlier = "公开日期", published
        for index, alteration in enumerate(getattr(holder, kind)):
            if earlier and alteration.date < earlier:
                facts = {"earlier_name": name, "earlier": earlier.isoformat(), "found": alteration.date.isoformat()}
                yield origin.problem(DAY, kind, index, "date", **facts)
            name, earlier = "上一次的日期", alteration.date
