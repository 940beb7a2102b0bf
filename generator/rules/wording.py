"""Words of a form that betray a slip: a text repeated in its cell, what is left of a template, a text cut off."""

import re
from functools import cache

from generator.reading.spread import Spread
from generator.rules.rule import Found, RecordScope, rule
from generator.words.problems import Basis, Check, Problem, Severity, Words
from generator.words.secrets import masked

_COPY = Words(
    "与原表核对，录错了就改正；原表就是这样印的，照录，并可在 waivers 里说明。",
    "compare with the form and correct a slip; what the form prints so stays, and waivers may say so.",
)
_PRINTED = Words("表上各格的文字和各段文字", "the words of every cell and every text of a form")

REPEATED = Check(
    "repeated-text",
    Words("一格里的文字重复", "a text is repeated in its cell"),
    Words("同样的话只说一次", "the same words once are expected"),
    Words("“{text}”接连出现", "“{text}” stands again and again"),
    _COPY,
    Severity.WARNING,
    basis=Basis("logic", Words("多半是填表或复制时的笔误", "most likely a slip in filling in or copying")),
    looks_at=_PRINTED,
)
PLACEHOLDER = Check(
    "placeholder",
    Words("模板或占位文字没有换掉", "words of a template are left"),
    Words("应是填好的内容", "words that were filled in are expected"),
    Words("留有“{text}”", "“{text}” is left"),
    _COPY,
    Severity.WARNING,
    basis=Basis("logic", Words("占位文字不是内容", "a placeholder is no content")),
    looks_at=_PRINTED,
)
CUT_OFF = Check(
    "cut-off",
    Words("文字在半句处断了", "a text ends in mid-sentence"),
    Words("应是完整的句子", "whole sentences are expected"),
    Words("断在“{text}”", "it ends in “{text}”"),
    Words(
        "与原表核对，漏录了就补上；原表就断在这里，照录，在 note 里告诉读者，并可在 waivers 里说明。",
        "compare with the form and add what is missing; if the form ends there, say so in note, and in waivers.",
    ),
    Severity.WARNING,
    basis=Basis("logic", Words("句子没有写完", "the sentence is not finished")),
    looks_at=_PRINTED,
)
NO_STOP = Check(
    "full-stop-missing",
    Words("一段话的末尾没有句号", "a text without a full stop at its end"),
    Words("前面用了句号，末尾也应有", "a full stop is expected at the end, as within the text"),
    Words("末尾是“{text}”", "it ends in “{text}”"),
    Words(
        "与原表核对，看后面是否还有文字；原表就到这里，不必改。",
        "compare with the form: are there more words? If the form ends there, nothing is to be done.",
    ),
    Severity.NOTICE,
    basis=Basis("logic", Words("录入时可能漏了后面的文字", "the rest may have been left out in copying")),
    looks_at=Words("年度总体目标、预期目标、实际完成情况等段落", "objectives, expected and achieved"),
)

_PROSE = frozenset({"objectives", "expected", "achieved"})
_SENTENCE = re.compile(r"[^。；;\n]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("【", "】"))
_ENDS = "。！？!?.…”》）)"
_OPEN_END = tuple("，、：；,:;（《“【(")
_OPEN = re.compile(rf"[《“（【]|[{''.join(_OPEN_END)}]\s*\Z")  # one search, before they are told apart
_SHOWN = 12


@cache
def _again(least: int) -> re.Pattern[str]:
    """So many characters or more that follow themselves; bounded, so that a long text takes time by its length only."""
    return re.compile(rf"(.{{{least},60}}?)\1")


def _repeated(path: tuple[str | int, ...], text: str, least: int) -> tuple[int, str] | None:
    """A cell's words may stand again anywhere; of prose, sentences that follow one another are compared."""
    if path[0] not in _PROSE:
        found = next((each for each in _again(least).finditer(text) if _HAN.search(each[1])), None)
        return _last_of_run(text, found.end(), len(found[1])) if found else None
    before = ""
    for found in _SENTENCE.finditer(text):
        if len(found[0]) >= least and found[0] == before:
            return found.start(), found[0]
        before = found[0]
    return None


def _last_of_run(text: str, end: int, length: int) -> tuple[int, str]:
    """Where a run of equal pieces ends is where a phrase ends; its beginning may lie within one."""
    while end < len(text) and text[end] == text[end - length]:
        end += 1
    return end - length, text[end - length : end]


@rule(REPEATED, RecordScope)
def texts_are_said_once(scope: RecordScope) -> Found:
    spread, least = Spread(scope.record.origin), scope.measures.texts.repeated
    for path, text in scope.printed:
        if len(text) >= 2 * least and (found := _repeated(path, text, least)):
            yield spread.problem(REPEATED, path, text, found[0], text=found[1])


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


@rule(PLACEHOLDER, RecordScope)
def templates_are_filled_in(scope: RecordScope) -> Found:
    left, spread = _any_of(scope.measures.words.placeholders), Spread(scope.record.origin)
    for path, text in scope.printed:
        if found := left.search(text):
            yield spread.problem(PLACEHOLDER, path, text, found.start(), text=found[0])


def _ending(spread: Spread, check: Check, path: tuple[str | int, ...], text: str) -> Problem:
    """A problem at the last character of a value."""
    end = text.rstrip()
    return spread.problem(check, path, text, len(end) - 1, text=masked(end).rsplit("\n", 1)[-1][-_SHOWN:])


@rule(CUT_OFF, RecordScope)
def texts_are_whole(scope: RecordScope) -> Found:
    spread = Spread(scope.record.origin)
    for path, text in scope.printed:
        if _OPEN.search(text) and _is_cut_off(text.rstrip()):
            yield _ending(spread, CUT_OFF, path, text)


def _is_cut_off(text: str) -> bool:
    return text.endswith(_OPEN_END) or any(text.rfind(left) > text.rfind(right) for left, right in _PAIRS)


@rule(NO_STOP, RecordScope)
def texts_end_in_a_stop(scope: RecordScope) -> Found:
    spread = Spread(scope.record.origin)
    for path, text in scope.printed:
        end = text.rstrip()
        if path[0] in _PROSE and "。" in end and end[-1] not in _ENDS and not _is_cut_off(end):
            yield _ending(spread, NO_STOP, path, text)
