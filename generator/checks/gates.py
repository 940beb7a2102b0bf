"""What must be so, besides the checks, before content is published: it is signed off, and no address is lost."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from generator.changes.told import alterations_of
from generator.reading.content import Content, Disclosure, Record, withdrawn_ids
from generator.words.place import Place
from generator.words.problems import Basis, Check, Problem, Words
from generator.words.urls import hand_page_file, record_url

UNSIGNED = Check(
    "sign-off",
    Words("没有签发", "not signed off"),
    Words("site.yml 写了 sign_off: required，应有签发 signed_off", "signed_off is expected, as site.yml asks for it"),
    Words("没有写", "there is none"),
    Words(
        "由有权的人签发以后，在 disclosure.yml 写 signed_off，下面两行：by 谁签发，on 哪一天。",
        "once it is signed off, write signed_off in disclosure.yml with by and on.",
    ),
    basis=Basis(
        "logic",
        Words("本站的规定：签发以后才公开", "the site's own rule: nothing is published before it is signed off"),
    ),
    looks_at=Words("disclosure.yml 的签发", "the sign-off in disclosure.yml"),
    waivable=False,
)
EARLY = Check(
    "sign-off-early",
    Words("签发以后又有改动", "altered after it was signed off"),
    Words("签发日期应不早于最后一次改动 {last}", "a sign-off not before the last alteration, {last}, is expected"),
    Words("现为 {found}", "found {found}"),
    Words("改动也要签发：由有权的人重新签发，改 signed_off 的 on。", "have it signed off again."),
    basis=Basis(
        "logic", Words("签发的是改动以后的内容", "what is signed off is what is published, alterations and all")
    ),
    looks_at=Words(
        "签发日期和每次变更、勘误、撤下的日期", "the day of the sign-off and those of alterations and withdrawals"
    ),
    waivable=False,
)
MOVED = Check(
    "moved-address",
    Words("换网址写得不对", "a moved address that cannot be"),
    Words("{expected}", "{expected_en}"),
    Words("现为“{found}”", "found “{found}”"),
    Words(
        "改 site.yml 的 moved：old 是原来的网址，new 是现在的，都不带域名，如 about/old/。", "mend moved in site.yml."
    ),
    basis=Basis("logic", Words("换网址要有来处和去处", "a move has a place that it leaves and one that it leads to")),
    looks_at=Words("site.yml 的 moved", "moved in site.yml"),
    waivable=False,
)
VANISHED = Check(
    "published-address",
    Words("公开过的网址没有了", "an address that was published is gone"),
    Words("应有公开过的 /{url}", "the published /{url} is expected"),
    Words("没有了", "it is gone"),
    Words(
        "恢复它；换了网址的，写进 site.yml 的 moved；依法撤下的表，写进 disclosure.yml 的 withdrawn。",
        "restore it; or name the new address in moved of site.yml, or the withdrawn form in disclosure.yml.",
    ),
    basis=Basis(
        "logic",
        Words("公布的网址不再改动，引用它的人还找得到", "an address that was published stays, for those who cite it"),
    ),
    looks_at=Words("公开过的全部网址", "every address ever published"),
    waivable=False,
)
RETURNED = Check(
    "withdrawn-returned",
    Words("撤下的表又回来了", "a withdrawn form is back"),
    Words(
        "{on} 撤下（{reason}）的表，不应照旧公开", "a form that was withdrawn on {on} should not be published as it was"
    ),
    Words(
        "它还在，也没有撤下以后的、写明 withheld 的变更或勘误",
        "it is there, without a later alteration that has withheld",
    ),
    Words(
        "删去这张表，在 disclosure.yml 的 withdrawn 里写上；去掉不能公开的文字重新公开的，写变更或勘误，"
        "用 withheld 写明依据。",
        "remove it and name it in withdrawn of disclosure.yml; or publish it without the words, told by withheld.",
    ),
    basis=Basis(
        "law",
        Words(
            "个人信息保护法第 25 条，保守国家秘密法第 35 条",
            "Personal Information Protection Law §25, State Secrets Law §35",
        ),
    ),
    looks_at=Words("撤下过的表", "forms that were withdrawn"),
    waivable=False,
)
ENTRIES = (UNSIGNED, EARLY, MOVED, VANISHED, RETURNED)


def sign_offs(content: Content) -> Iterator[Problem]:
    """Documents that are not signed off, or were before their last alteration, where site.yml asks for it."""
    if content.site.sign_off != "required":
        return
    for disclosure in content.disclosures:
        signed = disclosure.facts.signed_off
        last = max(_days(disclosure), default=None)
        if signed is None:
            yield disclosure.origin.problem(UNSIGNED, "signed_off")
        elif last and signed.on < last:
            facts = {"last": last.isoformat(), "found": signed.on.isoformat()}
            yield disclosure.origin.problem(EARLY, "signed_off", "on", **facts)


def _days(disclosure: Disclosure) -> Iterator[date]:
    """The days of all alterations and withdrawals of a document."""
    for holder in (disclosure.facts, *(record.form for record in disclosure.records)):
        yield from (alteration.date for _, _, alteration in alterations_of(holder))
    yield from (each.on for each in disclosure.facts.withdrawn)


def moved_addresses(content: Content, pages: Iterable[str]) -> Iterator[Problem]:
    """Moves of which the old address is still a page, or the new one is none, or none but the move's own.

    Args:
        content: What is disclosed.
        pages: The URLs of its pages, those of the moves too.
    """
    there = Counter(pages)
    for index, each in enumerate(content.site.moved):
        if there[each.old] > 1:  # besides the page that leads to the new address
            said = {"expected": "old 应是现在没有的网址", "expected_en": "an old address where nothing is now"}
            yield content.site_origin.problem(MOVED, "moved", index, "old", **said, found=each.old)
        if each.new not in there or each.new == each.old:
            said = {"expected": "new 应是现有的网页", "expected_en": "a new address where there is a page"}
            yield content.site_origin.problem(MOVED, "moved", index, "new", **said, found=each.new)


def lost_addresses(content: Content, missing: Iterable[str]) -> Iterator[Problem]:
    """Addresses that were published and are gone, and of which nothing is said.

    Args:
        content: What is disclosed.
        missing: The addresses that the new site does not have.
    """
    gone = tuple(record_url(identity) for each in content.disclosures for identity in withdrawn_ids(each))
    moved = {each.old for each in content.site.moved}
    below = [old for old in moved if old.endswith("/")]
    for url in missing:
        if not url.startswith((*gone, *below)) and url not in moved:
            yield Problem(VANISHED, Place(hand_page_file(url) or "content"), facts={"url": url})


def returned(content: Content, withdrawn: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    """Forms that were withdrawn from what is published, and are there as if nothing had happened.

    Args:
        content: What is disclosed.
        withdrawn: Of each its id, the day (ISO) and the reason.
    """
    records = {record.id: record for record in content.records}
    for identity, on, reason in withdrawn:
        record = records.get(identity)
        if record and not _withholds(record, on):
            yield record.origin.problem(RETURNED, on=on, reason=reason)


def _withholds(record: Record, on: str) -> bool:
    return any(
        alteration.date.isoformat() >= on and any(each.withheld for each in alteration.fields)
        for _, _, alteration in alterations_of(record.form)
    )
