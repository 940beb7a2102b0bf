"""Every kind of problem by subject, and docs/problems.md made of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.checks import gates
from generator.checks.waivers import WAIVER_CHECKS
from generator.figures import amounts, dates
from generator.reading import fields, find, load, reader, syntax, validate
from generator.rules.rule import Rule
from generator.rules.subjects import PUBLISHED, SUBJECTS
from generator.words import text
from generator.words.problems import Check, Entry, Severity, Words


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one subject."""

    title: Words
    entries: tuple[Entry, ...]


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
            reader.PAGE_TITLE,
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
            fields.EMPTY,
            fields.LINE_BREAK,
            fields.BLANKS,
            fields.CHOICE,
            fields.SHAPE,
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
GATES = Section(Words("发布以前", "Before publication"), gates.ENTRIES)
CATALOGUE = (*_READING, *RULES, GATES, WAIVERS)

BASES = {"law": Words("法规", "law"), "logic": Words("常理", "logic"), "practice": Words("惯例", "practice")}
SEVERITIES = {
    Severity.ERROR: Words("错误", "errors"),
    Severity.WARNING: Words("警告", "warnings"),
    Severity.NOTICE: Words("提示", "notices"),
}


def shown(words: Words) -> Words:
    """The words without the facts that a finding brings."""
    return Words(*(re.sub(r"\{[^}]*\}", "…", each) for each in words))


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of problem as the site's handbook lists it, in Chinese; what is found in reading has no `basis`."""

    code: str
    title: str
    severity: str
    waivable: str
    basis: str
    looks_at: str
    mend: str


@dataclass(frozen=True, slots=True)
class Group:
    """Subjects of the handbook that are looked at on the same occasion."""

    title: str
    sections: tuple[tuple[str, tuple[Listed, ...]], ...]


def handbook() -> tuple[Group, ...]:
    """Every kind of problem for the site's own page: of each check, at publication, and in reading."""
    at_publication = [section for section in RULES if section.title == PUBLISHED]
    each_time = [section for section in RULES if section.title != PUBLISHED]
    return (
        _group("每次检查都核对的", (*each_time, WAIVERS)),
        _group("发布时另外核对的", (*at_publication, GATES)),
        _group("读文件时发现的", _READING),
    )


def _group(title: str, sections: Iterable[Section]) -> Group:
    listed = ((section.title.zh, tuple(_listed(entry) for entry in section.entries)) for section in sections)
    return Group(title, tuple(listed))


def _listed(entry: Entry) -> Listed:
    severity, mend = SEVERITIES[entry.severity].zh, shown(entry.mend).zh
    if not isinstance(entry, Check):
        return Listed(entry.code, entry.title.zh, severity, "不能豁免", "", shown(entry.expected).zh, mend)
    basis = f"{BASES[entry.basis.kind].zh}：{entry.basis.words.zh}"
    waivable = "可以豁免" if entry.waivable else "不能豁免"
    return Listed(entry.code, entry.title.zh, severity, waivable, basis, entry.looks_at.zh, mend)


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
