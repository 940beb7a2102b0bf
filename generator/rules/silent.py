"""What of a form changed since it was published without a word, each change said where an editor mends it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.changes.comparison import FieldChange, RowChange, compare_forms
from generator.changes.diff import first_difference, stretch
from generator.changes.history import WITHHELD, Withheld, Wording, history, wording_before
from generator.changes.printed import ROWS, Keys, Printed, in_line
from generator.changes.told import Holder, KindOfAlteration
from generator.figures.dates import UNKNOWN
from generator.reading.content import Origin
from generator.reading.spread import Spread
from generator.words.problems import Basis, Check, Problem, Words, dotted

STAYS = Basis(
    "logic",
    Words(
        "公开过的内容和网址不悄悄改变、不消失：有人已经看过、引用过、下载过",
        "what was published neither changes silently nor vanishes: people have read, cited and saved it",
    ),
)
CHANGED = Check(
    "published-changed",
    Words("公开过的内容改了，没有说明", "a silent change of what was published"),
    Words("公开过的是{was}", "{was_en} was published"),
    Words("{now}", "{now_en}"),
    Words(
        "单位改的，写进 amendments；录错了改正的，写进 corrections：{say}。不该改的，改回去。"
        "有个人信息、不能再显示的，不写 was，写 withheld 和依据。",
        "say it in amendments if the centre changed it, in corrections if it was miscopied: {say_en}. Else restore it. "
        "Personal data is not said again: withheld with the law in place of was.",
    ),
    basis=STAYS,
    looks_at=Words(
        "公开过的每张表的每一格、每份文件的标题、批复日期和来源", "every field of every form; titles and sources"
    ),
    waivable=False,
)
_GONE = Words("没有", "nothing")


def silent_changes(
    holder: Holder, origin: Origin, before: Printed, new: Collection[tuple[KindOfAlteration, int]], data: str
) -> Iterator[Problem]:
    """Every change of a form that its `new` alterations do not tell.

    Args:
        holder: The form, or a document's facts.
        origin: Its file.
        before: What was published.
        new: The alterations that were not, by kind and index.
        data: The published file that holds all of its words.
    """
    wording = wording_before(holder, new)
    change = compare_forms(type(holder), before, _with_published(wording, before, Wording.now(holder).form))
    silent = _Silent(holder, origin, wording, new, data)
    for field in change.fields:
        became_known = field.keys == ("approved",) and field.before == UNKNOWN
        if not became_known and field.keys not in (("note",), ("published",)):
            yield silent.field(field)
    for row in change.added:
        keys = (ROWS, _number(row.after))
        said = Words(f"field 写 {dotted(keys)}", f"field {dotted(keys)}")
        yield silent.problem(wording.present(keys) or (ROWS,), (None, row.row.get("name")), said)
    if change.dropped:
        yield silent.dropped(change.dropped)
    for row in change.moved:
        keys, old = (ROWS, _number(row.after)), dotted((ROWS, _number(row.before)))
        said = Words(
            f"写两处，删去的 field: {old} 和 dropped，添上的 field: {dotted(keys)}",
            f"two fields: {old} with dropped, and {dotted(keys)} for the row as it stands now",
        )
        was, now = f"第 {_number(row.before) + 1} 项", f"第 {_number(row.after) + 1} 项"
        yield silent.problem(wording.present(keys) or (ROWS,), (was, now), said)


def _with_published(wording: Wording, published: Printed, today: Printed) -> Printed:
    """The form with the published words where its own are withheld: but for those that still stand in it."""
    form = wording.form

    def words(keys: Keys, own: str) -> str:
        was, present = published.at(keys), wording.present(keys)
        stands = present is not None and today.at(present) == was
        return own if not isinstance(own, Withheld) or was is None or stands else was

    return Printed(
        {keys: words(keys, own) for keys, own in form.fields.items()},
        tuple({key: words((ROWS, at, key), own) for key, own in row.items()} for at, row in enumerate(form.rows)),
    )


def _number(place: int | None) -> int:
    if place is None:
        raise TypeError("the row is not in this form")
    return place


@dataclass(frozen=True, slots=True)
class _Silent:
    """Says the silent changes of one form, each where an editor mends it.

    `wording` is the form with its `new` alterations undone; `data` is the published file that holds all of its words.
    """

    holder: Holder
    origin: Origin
    wording: Wording
    new: Collection[tuple[KindOfAlteration, int]]
    data: str

    def field(self, change: FieldChange) -> Problem:
        """At the `was` of a new alteration that names the field, else at the first character that differs."""
        name = dotted(change.keys)
        was, now = change.before, change.after
        told = self.told(change.keys)
        if told and now == WITHHELD:
            said = Words(
                "写 withheld 的一格，公开过的文字应先从表上删去",
                "where words are withheld, words were published, and the form does not hold them any longer",
            )
            return self.problem(told, (was, now), said)
        if told:
            said = Words(
                f"这一处已经写了，把 was 改成公开过的文字（全文在公开的 {self.data}）",
                f"it is told here already: was should hold the words published (in {self.data})",
            )
            return self.problem(told, (was, now), said)
        said = Words(f"field 写 {name}，was 照录公开过的文字", f"field {name}, was the words published")
        present = self.wording.present(change.keys)
        if present and was and now and stretch(was, now) != (was, now):
            said = Words(f"{said.zh}（全文在公开的 {self.data}）", f"{said.en} (whole in {self.data})")
            return self.problem(present, (was, now), said, first_difference(was, now))
        return self.problem(present or (ROWS,), (was, now), said)

    def told(self, keys: Keys) -> Keys | None:
        """Where the earliest new alteration of a field says what stood there."""
        present = self.wording.present(keys)
        for step in history(self.holder)[0] if self.new and present else ():
            for number, touched in enumerate(step.touched):
                if (step.kind, step.index) in self.new and touched.present == present:
                    return (step.kind, step.index, "fields", number, "was")
        return None

    def dropped(self, rows: Sequence[RowChange]) -> Problem:
        """All rows that are gone: one finding."""
        names = "、".join(f"“{in_line(str(row.row.get('name')))}”" for row in rows)
        places = [dotted((ROWS, _number(row.before))) for row in rows]
        more = Words("", "") if len(rows) == 1 else Words("各自", " each")
        said = Words(
            f"field 写 {'、'.join(places)}，dropped 下{more.zh}照录这一行（全文在公开的 {self.data}）",
            f"field {', '.join(places)}, dropped{more.en} the row as published (whole in {self.data})",
        )
        was = Words(f"{len(rows)} 行指标：{names}", f"{len(rows)} rows: {names}")
        return self.origin.problem(CHANGED, ROWS, **_facts(was, self.now(_GONE), said))

    def now(self, words: Words) -> Words:
        if self.wording == Wording.now(self.holder):
            return Words(
                f"现为{words.zh}，没有写变更或勘误",
                f"it is {words.en} now, and no amendment or correction says so",
            )
        return Words(
            f"照新写的变更、勘误推回去，得到的是{words.zh}",
            f"with the new amendments and corrections undone it is {words.en}",
        )

    def problem(
        self, path: Keys, words: tuple[str | None, str | None], said: Words, differs: int | None = None
    ) -> Problem:
        """A silent change, pointed at in today's record; `differs` is the character of its words to point at."""
        was, now = words
        if was is not None and now is not None:
            was, now = stretch(was, now)
        facts = _facts(_quoted(was), self.now(_quoted(now)), said)
        if differs is None or words[1] is None:
            return self.origin.problem(CHANGED, *path, **facts)
        raw = dict(self.origin.words())[path]
        return Spread(self.origin).problem(CHANGED, path, raw, _in_raw(raw, words[1], differs), **facts)


def _facts(was: Words, now: Words, said: Words) -> dict[str, str]:
    return {"was": was.zh, "was_en": was.en, "now": now.zh, "now_en": now.en, "say": said.zh, "say_en": said.en}


def _in_raw(raw: str, words: str, offset: int) -> int:
    """Where a character of a form's words stands in the value of its file, which has other blanks and breaks."""
    before = sum(not character.isspace() for character in words[:offset])
    written = [at for at, character in enumerate(raw) if not character.isspace()]
    return written[min(before, len(written) - 1)]


def _quoted(words: str | None) -> Words:
    return Words("空白", "a blank") if words is None else Words(*(f"“{in_line(words)}”",) * 2)
