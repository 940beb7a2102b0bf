"""What a check found, for machines: JSON of our own, GitHub's workflow commands, GitLab's Code Quality report.

No format repeats a source line; numbers of persons are masked wherever they stand.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Literal, get_args

from generator.checks.judge import Outcome
from generator.checks.report import Row
from generator.words.problems import Language, Problem, Severity, dotted, said, visible
from generator.words.secrets import masked

Format = Literal["text", "json", "github", "gitlab"]
FORMATS: tuple[Format, ...] = get_args(Format)
VERSION = 1  # of our JSON: raised when a key changes its meaning or goes away

# An error stops publication; the rest is for a person to look at.
_GITLAB = {Severity.ERROR: "blocker", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    words, place = said(problem, language), problem.place
    return {
        "code": problem.code,
        "severity": problem.entry.severity.value,
        "title": words.title,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "field": masked(dotted(problem.path)),
        "label": problem.label,
        "expected": words.expected,
        "found": words.found,
        "mend": words.mend,
    }


def as_json(
    problems: Iterable[Problem], outcomes: Sequence[Outcome], rows: Iterable[Row], on: date | None, language: Language
) -> str:
    """The whole of what was found (docs/check-formats.md)."""
    report = {
        "version": VERSION,
        "on": on.isoformat() if on else None,
        "documents": [asdict(row) for row in rows],
        "checks": [
            {
                "code": outcome.check.code,
                "document": outcome.document,
                "outcome": outcome.state,
                "found": len(outcome.problems),
                "waived": len(outcome.waived),
            }
            for outcome in outcomes
        ],
        "problems": [_problem(problem, language) for problem in problems],
        "waived": [
            _problem(waived.problem, language)
            | {
                "reason": masked(waived.waiver.reason),
                "by": masked(waived.waiver.by),
                "until": waived.waiver.until.isoformat(),
            }
            for outcome in outcomes
            for waived in outcome.waived
        ],
        "unable": [
            {"code": outcome.check.code, "document": outcome.document, "why": unable.why.said(language)}
            for outcome in outcomes
            for unable in outcome.unable
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def _message(problem: Problem, language: Language) -> str:
    words = said(problem, language)
    stop, end = ("；", "。") if language == "zh" else ("; ", ". ")
    name = problem.label if language == "zh" else dotted(problem.path)
    head = f"{visible(name)}: " if name else ""
    return f"{head}{words.expected}{stop}{words.found}{end}{words.mend}"


def _escaped(text: str, more: str = "") -> str:
    """`%`, line breaks, and in properties `:` and `,`, as the runner reads them back."""
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_github(problems: Iterable[Problem], language: Language) -> str:
    """A workflow command a line; the runner sets it beside the line of the file."""
    lines = []
    for problem in problems:
        place = problem.place
        properties: dict[str, str] = {"file": place.file}
        if place.line:
            properties |= {"line": str(place.line), "col": str(place.column)}
        properties["title"] = f"{problem.entry.title.said(language)} [{problem.code}]"
        named = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
        lines.append(f"::{problem.entry.severity.value} {named}::{_escaped(_message(problem, language))}")
    return "\n".join(lines)


def _stable(fact: str) -> str:
    """A fact as a message shows it, but for line and column of a place in a file."""
    return re.sub(r"(\.(?:yml|md|txt)):[0-9]+:[0-9]+", r"\1", visible(fact))


def as_gitlab(problems: Iterable[Problem], language: Language) -> str:
    """A Code Quality report: a subset of Code Climate's issues.

    A fingerprint does not contain a line, its own or one that is spoken of, so that a finding stays the
    same one when lines are added above it; the same finding twice at one field is told apart by counting.
    """
    seen: Counter[str] = Counter()
    issues = []
    for problem in problems:
        facts = json.dumps(sorted((key, _stable(fact)) for key, fact in problem.facts.items()), ensure_ascii=False)
        identity = "\n".join((problem.code, problem.place.file, dotted(problem.path), facts))
        seen[identity] += 1
        issues.append(
            {
                "type": "issue",
                "check_name": problem.code,
                "description": _message(problem, language),
                "categories": ["Bug Risk"],
                "fingerprint": hashlib.sha256(f"{identity}\n{seen[identity]}".encode()).hexdigest(),
                "severity": _GITLAB[problem.entry.severity],
                "location": {"path": problem.place.file, "lines": {"begin": max(1, problem.place.line)}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1)
