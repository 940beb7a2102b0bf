"""Every kind of problem by subject, and docs/problems.md made of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator import amounts, content, dates, find, load, model, syntax, text, validate
from generator.problems import Check, Entry, Words
from generator.rules import SUBJECTS
from generator.rules.rule import Rule
from generator.waivers import WAIVER_CHECKS


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one subject."""

    title: Words
    entries: tuple[Entry, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Check))


# What is found while files are read; none of it can be waived.
_READING = (
    Section(
        Words("文件和文件夹", "Files and folders"),
        (
            find.STRAY,
            find.ABSENT,
            find.LINK,
            text.TOO_LARGE,
            text.ENCODING,
            text.CHARACTER,
            text.NOT_NFC,
            content.PAGE_TITLE,
        ),
    ),
    Section(
        Words("YAML 的写法", "YAML"),
        (syntax.SYNTAX, load.QUOTES, load.COMMENT, load.FEATURE, load.DUPLICATE, load.LIMIT, load.NOT_A_TABLE),
    ),
    Section(
        Words("键和值", "Keys and values"),
        (
            validate.MISSING,
            validate.UNKNOWN,
            model.EMPTY,
            model.LINE_BREAK,
            model.BLANKS,
            model.CHOICE,
            model.SHAPE,
            amounts.NOT_A_NUMBER,
            amounts.NOT_A_COUNT,
            dates.NOT_A_DATE,
        ),
    ),
)

RULES = tuple(
    Section(
        title,
        tuple({rule.check.code: rule.check for rule in vars(subject).values() if isinstance(rule, Rule)}.values()),
    )
    for title, subject in SUBJECTS
)
WAIVERS = Section(Words("豁免", "Waivers"), WAIVER_CHECKS)
CATALOGUE = (*_READING, *RULES, WAIVERS)

BASES = {"law": Words("法规", "law"), "logic": Words("常理", "logic"), "practice": Words("惯例", "practice")}
SEVERITIES = {"error": Words("错误", "error"), "warning": Words("警告", "warning"), "notice": Words("提示", "notice")}


def shown(words: Words) -> Words:
    """The words without the facts that a finding brings."""
    return Words(*(re.sub(r"\{[^}]*\}", "…", each) for each in words))


@dataclass(frozen=True, slots=True)
class Listed:
    """A check as the site's handbook lists it, in Chinese."""

    code: str
    title: str
    severity: str
    basis: str
    looks_at: str
    mend: str


def handbook() -> list[tuple[str, list[Listed]]]:
    """The checks of forms, by subject, for the site's own page."""
    return [(section.title.zh, [_listed(check) for check in section.checks]) for section in RULES]


def _listed(check: Check) -> Listed:
    severity, basis = SEVERITIES[check.severity].zh, f"{BASES[check.basis.kind].zh}：{check.basis.words.zh}"
    return Listed(check.code, check.title.zh, severity, basis, check.looks_at.zh, shown(check.mend).zh)


def problems_page() -> str:
    """docs/problems.md."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# Problems"
    yield ""
    yield "Every kind of problem that `make check` can find. `make docs` writes this page from the entries in the code."
    yield ""
    yield "An error stops a build. A warning is most likely a fault; a notice is for a person to look at. Neither stops"
    yield "a build, but `check --strict` fails by a warning. What rests on practice only is never an error."
    for section in CATALOGUE:
        yield ""
        yield f"## {section.title.en} · {section.title.zh}"
        for entry in section.entries:
            yield ""
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    expected, mend = shown(entry.expected), shown(entry.mend)
    waivable = isinstance(entry, Check) and entry.waivable
    yield f"### `{entry.code}` {entry.title.zh}"
    yield ""
    yield f"{_capital(entry.title.en)}. {_capital(entry.severity.value)}; {'can' if waivable else 'cannot'} be waived."
    yield ""
    if isinstance(entry, Check):
        yield f"* Basis, {entry.basis.kind}: {_both(entry.basis.words)}"
        yield f"* Looks at: {_both(entry.looks_at)}"
    yield f"* Message: {_both(expected)}"
    yield f"* How to mend: {_both(mend)}"


def _both(words: Words) -> str:
    return f"{_marked(words.en)} · {_marked(words.zh)}"


def _marked(said: str) -> str:
    """Signs that Markdown would read."""
    return re.sub(r"([*_<>|`\[\]])", r"\\\1", said)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
