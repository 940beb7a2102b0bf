"""What was published stays: nothing vanishes, and nothing changes without being said.

A record's alterations tell how it came from what was published to what it says now. Undone, they must
give back the published words.
"""

from collections.abc import Iterator

from generator.changes.history import history, printed_now
from generator.changes.state import DisclosureState, RecordState
from generator.changes.told import Alterations, Holder, KindOfAlteration, all_told, alterations_of, is_kept, told
from generator.figures.dates import UNKNOWN
from generator.reading.content import Origin, withdrawn_ids
from generator.reading.validate import label
from generator.rules.rule import UNREAD, Found, PublishedCentre, PublishedScope, PublishedUrls, Unable, rule
from generator.rules.silent import CHANGED, STAYS, silent_changes
from generator.words.place import Place
from generator.words.problems import Basis, Check, Problem, Words
from generator.words.urls import disclosure_json_url, draws_on, hand_page_file, is_project_url, record_json_url

_AGAINST = Words("与已公开的站点（--published）比", "compared with the published site (--published)")
_LEFT = Words("内容不再有用的，留下网页，写明情况", "if it is of no use, let it say so")
_RENAMED = Words(
    "项目换了名称的，在较晚的表里写 continues", "if the project has another name, say `continues` in the later form"
)

ALTERATION = Check(
    "published-alteration",
    Words("公开过的变更、勘误改了或不见了", "a published amendment or correction changed or vanished"),
    Words("公开过的{kind} {date} 应原样保留", "the one of {date} published in {kind_en} should be kept as it is"),
    Words("没有找到“{what}”", "“{what}” is not there"),
    Words(
        "从公开的数据（record.json、disclosure.json）里照录回来；写错了的，另加一条勘误，不改旧的。",
        "copy it back from the published data; to mend it, add a correction.",
    ),
    basis=STAYS,
    looks_at=Words("公开过的变更和勘误", "published amendments and corrections"),
    waivable=False,
)
LATER = Check(
    "published-order",
    Words("新的改动早于公开过的改动", "a new alteration before a published one"),
    Words("应不早于公开过的最后一次改动 {earlier}", "a day not before {earlier}, the last published one, is expected"),
    Words("现为 {found}", "found {found}"),
    Words("核对日期；公开过的改动之后才能再改。", "see to the day: what is new comes after what was published."),
    basis=STAYS,
    looks_at=Words("新写的变更和勘误的日期", "the days of new amendments and corrections"),
    waivable=False,
)
DAY = Check(
    "published-date",
    Words("公开日期改了", "the day of publication changed"),
    Words("公开过的公开日期是 {was}", "{was} was published as the day of publication"),
    Words("现为 {now}", "it is {now} now"),
    Words(
        "改回 {was}。公开日期是事实，不因改动而变；改动的日期写在变更或勘误里。",
        "restore {was}: the day of publication is a fact; the day of a change stands in its amendment or correction.",
    ),
    basis=Basis("logic", Words("公开日期是事实，不随改动而变", "a day of publication is a fact; no change alters it")),
    looks_at=Words("disclosure.yml 的公开日期", "the day of publication in disclosure.yml"),
    waivable=False,
)
RECORD = Check(
    "published-record",
    Words("公开过的表不见了", "a published form vanished"),
    Words("应有公开过的{what}", "the published {what_en} is expected"),
    Words("不见了", "it is gone"),
    Words(
        "从 git 历史或公开的数据里恢复。表作废了也要保留，在 note 里说明；改了名、移了位置的，放回原处。"
        "依法不能再公开的，写进 disclosure.yml 的 withdrawn。",
        "restore it from git or from the published data. One that is void stays, with a note; what moved goes back. "
        "What must not be read any longer stands in withdrawn of disclosure.yml.",
    ),
    basis=STAYS,
    looks_at=_AGAINST,
    waivable=False,
)
PAGE = Check(
    "published-page",
    Words("公开过的网址不见了", "a published address vanished"),
    Words("应有公开过的网页 /{url}", "the published page /{url} is expected"),
    Words("不见了", "it is gone"),
    Words("恢复这一页；{mend}。", "restore the page; {mend_en}."),
    basis=STAYS,
    looks_at=_AGAINST,
    waivable=False,
)
NUMBER = Check(
    "published-number",
    Words("公开过的表换了编号", "a published form has another number"),
    Words("公开过的 {file} 是“{was}”", "“{was}” was published as {file}"),
    Words("现为“{now}”，{why}", "it is “{now}” now, {why_en}"),
    Words(
        "把文件改回公开时的编号，新的表编在后面；项目改了名称的，写变更或勘误。",
        "give the files their published numbers back, new forms the next ones. A new name is told as an alteration.",
    ),
    basis=STAYS,
    looks_at=Words("每张表的编号和项目名称", "the number and the project of every form"),
    waivable=False,
)
CENTRE = Check(
    "published-centre",
    Words("单位的名称或主管部门改了，没有说明", "a silent change of a centre's facts"),
    Words("公开过的“{was}”应仍在单位的页面上", "“{was}”, which was published, should still be on the centre's page"),
    Words("不见了", "it is gone"),
    Words(
        "单位改了名称或主管部门的，{where}；不该改的，改回去。",
        "if the centre has changed, {where_en}; else restore it.",
    ),
    basis=STAYS,
    looks_at=Words("centre.yml 的名称、曾用名和主管部门", "name, former names and department in centre.yml"),
    waivable=False,
)


@rule(RECORD, PublishedScope)
def records_stay(scope: PublishedScope) -> Found:
    """Every published form is there, under its number."""
    if scope.disclosure is None:
        what = {"what": f"文件“{scope.before.title}”", "what_en": f"document “{scope.before.title}”"}
        yield Problem(RECORD, Place(f"content/{scope.before.id}"), facts=what)
        return
    found = {record.id for record in scope.disclosure.records} | set(withdrawn_ids(scope.disclosure))
    for identity, record in scope.before.records.items():
        if identity not in found and not scope.disclosure.whole:
            yield UNREAD
        elif identity not in found:
            what = {"what": f"表“{record.name}”", "what_en": f"form “{record.name}”"}
            yield Problem(RECORD, Place(f"content/{identity}.yml"), facts=what)


@rule(PAGE, PublishedUrls)
def pages_stay(scope: PublishedUrls) -> Found:
    """Every published page is there; what is made of a form or document that vanished is not said again."""
    for url in sorted(scope.before - scope.now):
        if not any(url.startswith(gone) or gone.startswith(url) or draws_on(url, gone) for gone in scope.vanished):
            mend = _RENAMED if is_project_url(url) else _LEFT
            facts = {"url": url, "mend": mend.zh, "mend_en": mend.en}
            yield Problem(PAGE, Place(hand_page_file(url) or "content"), facts=facts)


@rule(DAY, PublishedScope)
def day_of_publication_stays(scope: PublishedScope) -> Found:
    """A known day of publication is never changed; one that was not known may become known."""
    was = scope.before.printed.at(("published",))
    if scope.disclosure and was != UNKNOWN:
        now = printed_now(scope.disclosure.facts).at(("published",))
        if was != now:
            yield scope.disclosure.origin.problem(DAY, "published", was=str(was), now=str(now))


@rule(NUMBER, PublishedScope)
def forms_keep_their_numbers(scope: PublishedScope) -> Found:
    """A number is an address: two forms that changed places would each answer for the other."""
    elsewhere = _renumbered(scope)
    for record in scope.disclosure.records if scope.disclosure else ():
        if why := elsewhere.get(record.id):
            facts = {"file": _file(record.id), "was": scope.before.records[record.id].name, "now": record.form.name}
            yield record.origin.problem(NUMBER, "name", **facts, why=why.zh, why_en=why.en)


@rule(CENTRE, PublishedCentre)
def centre_stays(scope: PublishedCentre) -> Found:
    """Earlier names are kept as former ones, an earlier department in the note: both stand on the centre's page."""
    facts, origin = scope.centre.facts, scope.centre.origin
    for name in dict.fromkeys((scope.before.name, *scope.before.former_names)):
        if name not in (facts.name, *facts.former_names):
            key = "name" if name == scope.before.name else "former_names"
            where = Words("在 former_names 里写上它", "former_names should hold it")
            yield origin.problem(CENTRE, key, was=name, where=where.zh, where_en=where.en)
    department = scope.before.department
    if department is None:
        yield Unable(Words("公开的数据是旧程序写的，没有主管部门", "the published data do not say the department"))
    elif department != facts.department and department not in (facts.note or ""):
        where = Words("在 note 里说明原来是它", "the note should say it")
        yield origin.problem(CENTRE, "department", was=department, where=where.zh, where_en=where.en)


@rule(CHANGED, PublishedScope)
def words_stay(scope: PublishedScope) -> Found:
    """With the new alterations undone, every form says what was published."""
    for holder, origin, before in _pairs(scope):
        _, faults = history(holder)
        data = record_json_url(before.id) if isinstance(before, RecordState) else disclosure_json_url(before.id)
        if faults or _gone(holder, before.altered):
            yield Unable(Words("变更或勘误写得有错，改好再比", "its alterations have mistakes; mend them first"))
        else:
            yield from silent_changes(holder, origin, before.printed, _new(holder, before.altered), data)


@rule(ALTERATION, PublishedScope)
def alterations_stay(scope: PublishedScope) -> Found:
    for holder, origin, before in _pairs(scope):
        for kind, found in _gone(holder, before.altered):
            names = {"kind": label(type(holder), (kind,)), "kind_en": kind}
            yield origin.problem(ALTERATION, kind, **names, date=found["date"], what=found["what"])


@rule(LATER, PublishedScope)
def new_alterations_come_later(scope: PublishedScope) -> Found:
    """One that stands where a published one is gone is no new one, but that one in other words."""
    for holder, origin, before in _pairs(scope):
        published = before.altered
        earlier = max((found["date"] for _, found in published), default="")
        gone = _gone(holder, published)
        for kind, index in _new(holder, published):
            own = [each for each in published if each[0] == kind]
            day = getattr(holder, kind)[index].date.isoformat()
            is_reworded = index < len(own) and own[index] in gone
            if day < earlier and not is_reworded:
                yield origin.problem(LATER, kind, index, "date", earlier=earlier, found=day)


def _pairs(scope: PublishedScope) -> Iterator[tuple[Holder, Origin, DisclosureState | RecordState]]:
    """The document's facts and each of its forms, beside what was published; forms of other numbers aside."""
    if scope.disclosure:
        yield scope.disclosure.facts, scope.disclosure.origin, scope.before
        elsewhere = _renumbered(scope)
        for record in scope.disclosure.records:
            before = scope.before.records.get(record.id)
            if before and record.id not in elsewhere:
                yield record.form, record.origin, before


def _renumbered(scope: PublishedScope) -> dict[str, Words]:
    """Of each record whose number now has another form, by id, where the one or the other is or was."""
    records = scope.disclosure.records if scope.disclosure else ()
    published = {record.name: identity for identity, record in scope.before.records.items()}
    now = {record.form.name: record.id for record in records}
    found: dict[str, Words] = {}
    for record in records:
        before = scope.before.records.get(record.id)
        if before is None or before.name == record.form.name:
            continue
        if (was_at := published.get(record.form.name)) is not None:
            found[record.id] = Words(f"它公开时是 {_file(was_at)}", f"which was published as {_file(was_at)}")
        elif (is_at := now.get(before.name)) is not None:
            found[record.id] = Words(f"公开过的那张现在是 {_file(is_at)}", f"and the published one is {_file(is_at)}")
    return found


def _file(identity: str) -> str:
    return f"{identity.rpartition('/')[2]}.yml"


def _gone(holder: Holder, published: Alterations) -> Alterations:
    """The published alterations that the form does not tell any more, or tells in other words."""
    now = all_told(holder)
    return tuple(each for each in published if not any(is_kept(each, found) for found in now))


def _new(holder: Holder, published: Alterations) -> list[tuple[KindOfAlteration, int]]:
    """The kind and index of each alteration that was not published."""
    return [
        (kind, index)
        for kind, index, alteration in alterations_of(holder)
        if not any(is_kept(each, (kind, told(alteration))) for each in published)
    ]
