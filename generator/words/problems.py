"""What a problem is, and how it is said to an editor.

Every module that can find a fault declares the fault's `Entry` beside the code that finds it; the
entries together are the catalogue. A `Problem` is one finding: an entry, a place, the facts.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from generator.words.place import Place
from generator.words.secrets import masked

Language = Literal["zh", "en"]

_LINE_SHOWN = 60  # characters of a source line that are shown from the place on
_FACT_SHOWN = 200


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Words(NamedTuple):
    """One saying in the editors' language and in English."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of problem: its title, what was expected, what was found, how to mend it.

    The last three may name facts in braces (`{sum}`); a `Problem` of this kind brings them. The
    source line of a `confidential` one is not repeated in messages: they end up in logs.
    """

    code: str
    title: Words
    expected: Words
    found: Words
    mend: Words
    severity: Severity = Severity.ERROR
    confidential: bool = False


class Basis(NamedTuple):
    """Why something is expected: an article of law, logic (arithmetic and sense), or the practice of others.

    What only practice says is never an error.
    """

    kind: Literal["law", "logic", "practice"]
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Entry):
    """The entry of a rule: besides, what the rule looks at and why.

    A finding of a check that is not `waivable` stands whatever a record's `waivers` say.
    """

    basis: Basis
    looks_at: Words
    waivable: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` names the field by its keys (`("funding", "total")`), `label` in Chinese."""

    entry: Entry
    place: Place
    path: tuple[str | int, ...] = ()
    label: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.entry.code


def dotted(path: Iterable[str | int]) -> str:
    """`("indicators", 3, "target")` → `indicators[4].target`: list places count from 1 as readers do."""
    said = ""
    for key in path:
        said += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if said else key
    return said


def visible(text: str, most: int = _FACT_SHOWN) -> str:
    """`text` as a message may show it: one line, no number of a person, nothing that steers a terminal, not endless."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in masked(text)[:most])
    return shown if len(text) <= most else shown + "…"


def many(count: int, noun: str, plural: str = "") -> str:
    """English for so many: `1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {plural or f'{noun}s'}"


def cells(text: str) -> int:
    """Width of `text` on a terminal: a Han character takes two cells."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _excerpt(line: str, place: Place) -> str:
    """The source line with a caret under the place; a long line is cut around it."""
    line, start = masked(line), max(0, place.column - 1 - _LINE_SHOWN // 2)
    before = visible(line[start : place.column - 1])
    after = visible(line[place.column - 1 :], most=_LINE_SHOWN)
    lead = "…" if start else ""
    number = f"{place.line:5} | "
    return f"{number}{lead}{before}{after}\n{' ' * len(number)}{' ' * cells(lead + before)}^"


class Said(NamedTuple):
    """A problem in one language, its facts filled in."""

    title: str
    expected: str
    found: str
    mend: str


def said(problem: Problem, language: Language) -> Said:
    """The words of a problem's entry with its facts, made harmless for a terminal."""
    facts = {key: visible(fact) for key, fact in problem.facts.items()}
    entry = problem.entry
    words = (entry.expected, entry.found, entry.mend)
    return Said(entry.title.said(language), *(each.said(language).format(**facts) for each in words))


def say(problem: Problem, line: str | None, language: Language = "zh") -> str:
    """A problem in full: place, field, expected, found, the line with a caret, how to mend.

    Args:
        problem: What was found.
        line: The source line at its place, or None when there is none to show.
        language: `zh` for editors, `en` for developers.
    """
    words = said(problem, language)
    name = visible(dotted(problem.path))
    if problem.label and name:
        subject = f"{problem.label} ({name}): " if language == "zh" else f"{name} ({problem.label}): "
    else:
        subject = f"{problem.label or name}: " if problem.label or name else ""
    stop, mend = ("；", "怎样改：") if language == "zh" else ("; ", "How to mend: ")
    parts = [f"{visible(str(problem.place))}: {subject}{words.expected}{stop}{words.found} [{problem.code}]"]
    if line is not None and problem.place.line and not problem.entry.confidential:
        parts.append(_excerpt(line, problem.place))
    parts.append(f"  {mend}{words.mend}")
    return "\n".join(parts)


class Refused(ValueError):
    """A value that a parser does not take: the entry and facts become a `Problem` where its place is known."""

    def __init__(self, entry: Entry, **facts: str) -> None:
        super().__init__(entry.code)
        self.entry = entry
        self.facts = facts


class Stop(Exception):
    """The line cannot go on. `status` is the program's exit status."""

    status = 1


class ContentStop(Stop):
    """Records with errors: nothing is written."""

    status = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


class SettingsStop(Stop):
    """A project folder or an option that cannot be used."""

    status = 2


class EngineStop(Stop):
    """The site engine failed."""

    status = 3


class BusyStop(Stop):
    """Another build or another publisher is at work."""

    status = 75


class LostStop(Stop):
    """The system ended a process that was at work."""

    status = 71  # EX_OSERR


class ChangedStop(Stop):
    """The content changed while it was built or published."""

    status = 75


class VerifyStop(Stop):
    """The built site is not what was planned."""

    status = 4


class PublishStop(Stop):
    """The site could not be published; what is published stays as it was unless the message says otherwise."""

    status = 5
