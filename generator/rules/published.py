"""What was published stays: nothing vanishes, and nothing changes without being said.

A record's alterations tell how it came from what was published to what it says now. Undone, they must
give back the published words.
"""

from collections.abc import Iterator

from generator.changes import compare_forms
from generator.content import Origin
from generator.dates import UNKNOWN
from generator.diff import stretch
from generator.history import (
    KindOfAlteration,
    Wording,
    alterations_of,
    history,
    printed_now,
    told,
    wording_before,
)
from generator.model import DisclosureFacts, Form
from generator.place import Place
from generator.printed import ROWS, Keys, Printed, in_line
from generator.problems import Basis, Check, Problem, Words, dotted
from generator.rules.rule import Found, PublishedScope, PublishedUrls, Unable, rule
from generator.state import Altered, altered_of
from generator.urls import hand_page_file
from generator.validate import label

_STAYS = Basis(
    "logic",
    Words(
        "公开过的内容和网址不悄悄改变、不消失：有人已经看过、引用过、下载过",
        "what was published neither changes silently nor vanishes: people have read, cited and saved it",
    ),
)
_AGAINST = Words("与已公开的站点（--published）比", "compared with the published site (--published)")
_UNREAD = Unable(Words("有表读不出来", "a form could not be read"))

CHANGED = Check(
    "published-changed",
    Words("公开过的内容改了，没有说明", "a silent change of what was published"),
    Words("公开过的是{was}", "{was_en} was published"),
    Words("{now}", "{now_en}"),
    Words(
        "单位改的，写进 amendments；录错了改正的，写进 corrections：{say}。不该改的，改回去。",
        "say it in amendments if the centre changed it, in corrections if it was miscopied: {say_en}. Else restore it.",
    ),
    basis=_STAYS,
    looks_at=Words(
        "公开过的每张表的每一格、每份文件的标题、批复日期和来源", "every field of every form; titles and sources"
    ),
    waivable=False,
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
    basis=_STAYS,
    looks_at=Words("公开过的变更和勘误", "published amendments and corrections"),
    waivable=False,
)
LATER = Check(
    "published-order",
    Words("新的改动早于公开过的改动", "a new alteration before a published one"),
    Words("应不早于公开过的最后一次改动 {earlier}", "a day not before {earlier}, the last published one, is expected"),
    Words("现为 {found}", "found {found}"),
    Words("核对日期；公开过的改动之后才能再改。", "see to the day: what is new comes after what was published."),
    basis=_STAYS,
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
        "从 git 历史或公开的数据里恢复。表作废了也要保留，在 note 里说明；改了名、移了位置的，放回原处。",
        "restore it from git or from the published data. One that is void stays, with a note; what moved goes back.",
    ),
    basis=_STAYS,
    looks_at=_AGAINST,
    waivable=False,
)
PAGE = Check(
    "published-page",
    Words("公开过的网址不见了", "a published address vanished"),
    Words("应有公开过的网页 /{url}", "the published page /{url} is expected"),
    Words("不见了", "it is gone"),
    Words("恢复这一页；内容不再有用的，留下网页，写明情况。", "restore the page; if it is of no use, let it say so."),
    basis=_STAYS,
    looks_at=_AGAINST,
    waivable=False,
)


Holder = Form | DisclosureFacts


@rule(RECORD, PublishedScope)
def records_stay(scope: PublishedScope) -> Found:
    """Every published form is there, under its number."""
    if scope.disclosure is None:
        what = {"what": f"文件“{scope.before.title}”", "what_en": f"document “{scope.before.title}”"}
        yield Problem(RECORD, Place(f"content/{scope.before.id}"), facts=what)
        return
    found = {record.id for record in scope.disclosure.records}
    for identity, record in scope.before.records.items():
        if identity not in found and not scope.disclosure.whole:
            yield _UNREAD
        elif identity not in found:
            what = {"what": f"表“{record.name}”", "what_en": f"form “{record.name}”"}
            yield Problem(RECORD, Place(f"content/{identity}.yml"), facts=what)


@rule(PAGE, PublishedUrls)
def pages_stay(scope: PublishedUrls) -> Found:
    """Every published page is there; those of a form or document that vanished are not said again."""
    for url in sorted(scope.before - scope.now):
        if not any(url.startswith(gone) or gone.startswith(url) for gone in scope.vanished):
            yield Problem(PAGE, Place(hand_page_file(url) or "content"), facts={"url": url})


@rule(DAY, PublishedScope)
def day_of_publication_stays(scope: PublishedScope) -> Found:
    """A known day of publication is never changed; one that was not known may become known."""
    was = scope.before.printed.at(("published",))
    if scope.disclosure and was != UNKNOWN:
        now = printed_now(scope.disclosure.facts).at(("published",))
        if was != now:
            yield scope.disclosure.origin.problem(DAY, "published", was=str(was), now=str(now))


@rule(CHANGED, PublishedScope)
def words_stay(scope: PublishedScope) -> Found:
    """With the new alterations undone, every form says what was published."""
    for holder, origin, before, published in _pairs(scope):
        _, faults = history(holder)
        if faults or _gone(holder, published):
            yield Unable(Words("变更或勘误写得有错，改好再比", "its alterations have mistakes; mend them first"))
        else:
            yield from _changed(holder, origin, before, published)


@rule(ALTERATION, PublishedScope)
def alterations_stay(scope: PublishedScope) -> Found:
    for holder, origin, _, published in _pairs(scope):
        for kind, found in _gone(holder, published):
            names = {"kind": label(type(holder), (kind,)), "kind_en": kind}
            what = {"date": str(found.get("date")), "what": str(found.get("what"))}
            yield origin.problem(ALTERATION, kind, **names, **what)


@rule(LATER, PublishedScope)
def new_alterations_come_later(scope: PublishedScope) -> Found:
    for holder, origin, _, published in _pairs(scope):
        earlier = max((str(found.get("date")) for _, found in published), default="")
        for kind, index in _new(holder, published):
            day = getattr(holder, kind)[index].date.isoformat()
            if day < earlier:
                yield origin.problem(LATER, kind, index, "date", earlier=earlier, found=day)


def _pairs(scope: PublishedScope) -> Iterator[tuple[Holder, Origin, Printed, Altered]]:
    """The document's facts and each of its forms, beside what was published of them."""
    if scope.disclosure:
        yield scope.disclosure.facts, scope.disclosure.origin, scope.before.printed, scope.before.altered
        for record in scope.disclosure.records:
            before = scope.before.records.get(record.id)
            if before:
                yield record.form, record.origin, before.printed, before.altered


def _gone(holder: Holder, published: Altered) -> Altered:
    """The published alterations that the form does not tell any more, or tells in other words."""
    kept = altered_of(holder)
    return tuple(each for each in published if each not in kept)


def _new(holder: Holder, published: Altered) -> list[tuple[KindOfAlteration, int]]:
    """The kind and index of each alteration that was not published."""
    return [
        (kind, index) for kind, index, alteration in alterations_of(holder) if (kind, told(alteration)) not in published
    ]


def _changed(holder: Holder, origin: Origin, before: Printed, published: Altered) -> Found:
    latest = [getattr(holder, kind)[index] for kind, index in _new(holder, published)]
    wording = wording_before(holder, latest)
    change = compare_forms(type(holder), before, wording.form)
    for field in change.fields:
        known = field.before != UNKNOWN or field.keys not in (("approved",), ("published",))
        if known and field.keys not in (("note",), ("published",)):
            name = dotted(field.keys)
            said = Words(f"field 写 {name}，was 照录公开过的文字", f"field {name}, was the words published")
            yield _silent(holder, origin, wording, field.keys, (field.before, field.after), said)
    for row in change.added:
        keys = (ROWS, _number(row.after))
        said = Words(f"field 写 {dotted(keys)}", f"field {dotted(keys)}")
        yield _silent(holder, origin, wording, keys, (None, row.row.get("name")), said)
    for row in change.dropped:
        keys = (ROWS, _number(row.before))
        said = Words(
            f"field 写 {dotted(keys)}，dropped 下照录这一行", f"field {dotted(keys)}, dropped the row as published"
        )
        yield _silent(holder, origin, wording, (ROWS,), (row.row.get("name"), None), said)
    for row in change.moved:
        keys, old = (ROWS, _number(row.after)), dotted((ROWS, _number(row.before)))
        said = Words(
            f"写两处，删去的 field: {old} 和 dropped，添上的 field: {dotted(keys)}",
            f"two fields: {old} with dropped, and {dotted(keys)} for the row as it stands now",
        )
        was, now = f"第 {_number(row.before) + 1} 项", f"第 {_number(row.after) + 1} 项"
        yield _silent(holder, origin, wording, keys, (was, now), said)


def _number(place: int | None) -> int:
    if place is None:
        raise TypeError("the row is not in this form")
    return place


def _silent(
    holder: Holder, origin: Origin, wording: Wording, keys: Keys, words: tuple[str | None, str | None], said: Words
) -> Problem:
    """A silent change, pointed at in today's record; a row that has gone since is pointed at by its table."""
    was, now = words
    if was is not None and now is not None:
        was, now = stretch(was, now)
    at = keys if len(keys) == 1 else wording.present(keys) or (ROWS,)
    if wording == Wording.now(holder):
        found = Words("现为{}，没有写变更或勘误", "it is {} now, and no amendment or correction says so")
    else:
        found = Words("照新写的变更、勘误推回去，得到的是{}", "with the new amendments and corrections undone it is {}")
    facts = {
        "was": _quoted(was).zh,
        "was_en": _quoted(was).en,
        "now": found.zh.format(_quoted(now).zh),
        "now_en": found.en.format(_quoted(now).en),
        "say": said.zh,
        "say_en": said.en,
    }
    return origin.problem(CHANGED, *at, **facts)


def _quoted(words: str | None) -> Words:
    return Words("空白", "a blank") if words is None else Words(*(f"“{in_line(words)}”",) * 2)
