"""Changes, said: as text for an office reader, as Markdown for a merge request.

Words of records stand in the Markdown as code, in which nothing is markup, an address or a mention.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.changes.comparison import Changes, DisclosureChange, FieldChange, FormChange, Money, RowChange
from generator.changes.printed import in_line, spoken
from generator.changes.state import DisclosureState, RecordState
from generator.changes.told import Alterations, KindOfAlteration, Told
from generator.figures.amounts import written
from generator.reading.fields import Model
from generator.reading.model import CentreFacts, DisclosureFacts
from generator.words.problems import Language, Words, dotted, many, visible
from generator.words.secrets import masked

_SHOWN = 60  # characters of a text that are shown whole; of a longer one only where it differs
_AROUND = 15  # characters shown before and after that

_SENTENCE, _HEADING, _RECORD, _CHANGE, _PART = range(5)

NOTHING = Words(
    "没有变化：两边公开的文件、表和网址都相同。（不比较手写页面的文字和站点设置。）",
    "No change: documents, forms and addresses are the same. (Hand-written words and settings are not compared.)",
)
_BLANK = Words("空白", "blank")
_KINDS: dict[KindOfAlteration, Words] = {
    "amendments": Words("变更", "amendment"),
    "corrections": Words("勘误", "correction"),
}
_TRENDS = {"weakened": Words("，指标放低", ", weakened"), "strengthened": Words("，指标提高", ", strengthened")}
Quote = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the outline, and how deep it stands."""

    level: int
    text: str


def as_text(changes: Changes, language: Language) -> str:
    return _set(_Outline(language, visible_whole).lines(changes), ("", "\n", "  ", "    ", "      "), "")


def as_markdown(changes: Changes, language: Language) -> str:
    return _set(_Outline(language, as_code).lines(changes), ("", "\n### ", "\n#### ", "- ", "  - "), "\n")


def _set(lines: Iterable[_Line], marks: Sequence[str], below_heading: str) -> str:
    text, heading = "", False
    for line in lines:
        listed = line.level >= _CHANGE
        text += (below_heading if heading and listed else "") + marks[line.level] + line.text + "\n"
        heading = not listed
    return text


def visible_whole(text: str) -> str:
    shown = in_line(text)
    return visible(shown, most=len(shown))


def as_code(text: str) -> str:
    """A Markdown code span that shows `text`, whatever it holds."""
    shown = visible_whole(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence, blank = "`" * (longest + 1), " " if shown[:1] in ("`", " ", "") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def stretch(before: str, after: str) -> tuple[str, str]:
    """Two texts, or of long ones the part in which they differ, with a few characters around it."""
    if max(len(before), len(after)) <= _SHOWN:
        return before, after
    head, tail = common_ends(before, after)
    start = max(0, head - _AROUND)
    # Masked before they are cut: half a number would not be known as one.
    return (
        _cut(masked(before), start, len(before) - tail + _AROUND),
        _cut(masked(after), start, len(after) - tail + _AROUND),
    )


def first_difference(before: str, after: str) -> int:
    """How many characters two texts have in common at their beginning."""
    shortest = min(len(before), len(after))
    return next((at for at in range(shortest) if before[at] != after[at]), shortest)


def common_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters two texts have in common at their beginning, and behind that at their end."""
    head = first_difference(before, after)
    rest = min(len(before), len(after)) - head
    return head, next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)


def _cut(text: str, start: int, end: int) -> str:
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


class _Outline:
    """Says changes line by line; `quote` makes the words of records harmless."""

    def __init__(self, language: Language, quote: Quote) -> None:
        self.language = language
        self.quote = quote

    def say(self, zh: str, en: str) -> str:
        return Words(zh, en).said(self.language)

    def words(self, found: str | None) -> str:
        return _BLANK.said(self.language) if found is None else self.quote(found)

    def lines(self, changes: Changes) -> Iterator[_Line]:
        if not changes:
            yield _Line(_SENTENCE, NOTHING.said(self.language))
            return
        yield _Line(_SENTENCE, self.headline(changes))
        for document in changes.disclosures:
            yield _Line(_HEADING, f"{self.quote(document.disclosure.title)} {self.quote(document.disclosure.id)}")
            yield from self.document(document)
        yield from self.listed(self.say("不见了的文件", "Documents gone"), map(self.named, changes.vanished))
        yield from self.listed(self.say("新的文件", "New documents"), map(self.named, changes.added))
        centres = (
            f"{self.quote(str(each.keys[0]))} {self.centre_field(str(each.keys[1]))}"
            f"{self.words(each.before)} → {self.words(each.after)}"
            for each in changes.centres
        )
        yield from self.listed(self.say("单位", "Centres"), centres)
        gone = (self.quote(f"/{url}") for url in changes.urls_vanished)
        yield from self.listed(self.say("不见了的网址", "Addresses gone"), gone)
        come = (self.quote(f"/{url}") for url in changes.urls_added)
        yield from self.listed(self.say("新的网址", "New addresses"), come)

    def centre_field(self, key: str) -> str:
        return self.say(f"{spoken(CentreFacts, (key,))} ({key})：", f"{key}: ")

    def headline(self, changes: Changes) -> str:
        altered = sum(len(each.records) for each in changes.disclosures)
        come = sum(len(each.added) for each in changes.disclosures) + sum(len(each.records) for each in changes.added)
        gone = sum(len(each.vanished) for each in changes.disclosures)
        gone += sum(len(each.records) for each in changes.vanished)
        urls = len(changes.urls_vanished)
        return self.say(
            f"改了 {altered} 张表，新增 {come} 张，不见 {gone} 张；不见了的网址 {urls} 个。",
            f"{many(altered, 'form')} changed, {come} new, {gone} gone; {many(urls, 'address', 'addresses')} gone.",
        )

    def named(self, found: DisclosureState) -> str:
        count = self.say(f"（{len(found.records)} 张表）", f" ({many(len(found.records), 'form')})")
        return f"{self.quote(found.id)} {self.quote(found.title)}{count}"

    def listed(self, title: str, items: Iterable[str]) -> Iterator[_Line]:
        for at, item in enumerate(items):
            if at == 0:
                yield _Line(_HEADING, title)
            yield _Line(_CHANGE, item)

    def document(self, change: DisclosureChange) -> Iterator[_Line]:
        yield from self.form(DisclosureFacts, change.facts)
        yield from self.altered(change.said, change.unsaid)
        for gone in change.vanished:
            yield _Line(_CHANGE, self.say("这张表不见了：", "form gone: ") + self.record_name(gone))
        for come in change.added:
            yield _Line(_CHANGE, self.say("新的表：", "new form: ") + self.record_name(come))
        for record in change.records:
            yield _Line(_RECORD, self.record_name(record.record))
            yield from self.form(record.record.model, record.form)
            yield from self.altered(record.said, record.unsaid)

    def record_name(self, record: RecordState) -> str:
        return f"{self.quote(record.id)} {self.quote(record.name)}"

    def form(self, model: type[Model], change: FormChange) -> Iterator[_Line]:
        for field in change.fields:
            yield from self.field(model, field)
        for row in change.dropped:
            yield self.row(self.say("删了原第 {before} 项指标：", "dropped, old number {before}: "), row)
        for row in change.added:
            yield self.row(self.say("添了第 {after} 项指标：", "added as number {after}: "), row)
        for row in change.moved:
            said = self.say("原第 {before} 项指标移到第 {after} 项：", "moved from number {before} to {after}: ")
            yield self.row(said, row)

    def row(self, said: str, change: RowChange) -> _Line:
        found = {"before": change.before, "after": change.after}
        places = {key: 0 if place is None else place + 1 for key, place in found.items()}
        return _Line(_CHANGE, said.format(**places) + " / ".join(map(self.quote, change.row.values())))

    def field(self, model: type[Model], change: FieldChange) -> Iterator[_Line]:
        name = dotted(change.keys) if self.language == "en" else f"{spoken(model, change.keys)} ({dotted(change.keys)})"
        colon = self.say("：", ": ")
        if change.before is None or change.after is None or max(len(change.before), len(change.after)) <= _SHOWN:
            more = self.money(change.money) if change.money else ""
            more += _TRENDS[change.trend].said(self.language) if change.trend else ""
            yield _Line(_CHANGE, f"{name}{colon}{self.words(change.before)} → {self.words(change.after)}{more}")
            return
        was, now = stretch(change.before, change.after)
        yield _Line(_CHANGE, name)
        yield _Line(_PART, self.say("原：", "was: ") + self.quote(was))
        yield _Line(_PART, self.say("现：", "now: ") + self.quote(now))

    def money(self, money: Money) -> str:
        percent = "" if money.percent is None else self.say("（{:+}%）", " ({:+}%)").format(money.percent)
        less = self.say("，减少 {} 元", ", less by {} yuan")
        more = self.say("，增加 {} 元", ", more by {} yuan")
        return (less if money.difference < 0 else more).format(written(abs(money.difference))) + percent

    def altered(self, said: Alterations, unsaid: Alterations) -> Iterator[_Line]:
        for kind, told in said:
            yield _Line(_CHANGE, self.say("新写的", "new ") + self.alteration(kind, told))
        for kind, told in unsaid:
            yield _Line(_CHANGE, self.say("不再写的", "no longer said: ") + self.alteration(kind, told))

    def alteration(self, kind: KindOfAlteration, told: Told) -> str:
        date, what = (self.quote(told[key]) for key in ("date", "what"))
        return f"{_KINDS[kind].said(self.language)} {date} {what}"
