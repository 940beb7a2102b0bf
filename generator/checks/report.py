"""What a check found, for people: a table of the documents, what could not be checked, what was waived."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.checks.catalogue import SEVERITIES
from generator.checks.judge import Outcome
from generator.checks.waivers import Waived
from generator.rules.rule import Unable
from generator.words.problems import Language, Problem, Severity, Words, cells, many, visible
from generator.words.urls import KINDS

# The groups of the table's columns: numbers of findings, and of checks, which make up all checks of a document.
_GROUPS = (
    (Words("发现几处", "findings"), (*SEVERITIES.values(), Words("豁免", "waived"))),
    (
        Words("检查几项", "checks"),
        (Words("有发现", "fired"), Words("通过", "passed"), Words("未能检查", "could not run")),
    ),
)
# What is counted of a document, as `Row` has it.
_COUNTED = (*SEVERITIES, "waived", "fired", "passed", "unable")
_DOCUMENT = Words("文件", "document")
_REST = Words("单位、本站和手写页面", "centres, site and pages")
# How many are named where many share a reason.
_SHOWN = 3
_CHECKS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its findings by severity, those that were waived, and its checks by outcome."""

    document: str
    errors: int
    warnings: int
    notices: int
    waived: int
    fired: int
    passed: int
    unable: int

    @property
    def figures(self) -> tuple[tuple[int, ...], ...]:
        """The numbers by group of columns."""
        return (self.errors, self.warnings, self.notices, self.waived), (self.fired, self.passed, self.unable)


def document_of(file: str) -> str:
    """`content/sstec/2024/targets/03.yml` → `sstec/2024/targets`; "" for what lies outside documents."""
    parts = file.split("/")[1:4]
    return "/".join(parts) if len(parts) == 3 and parts[2] in KINDS else ""  # noqa: PLR2004


def rows(problems: Iterable[Problem], outcomes: Iterable[Outcome]) -> list[Row]:
    """A row for each document, what lies outside documents last."""
    found: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        found[document_of(problem.place.file), problem.entry.severity] += 1
    for outcome in outcomes:
        found[outcome.document, outcome.state] += 1
        found[outcome.document, "waived"] += len(outcome.waived)
    documents = sorted({document for document, _ in found}, key=lambda name: (not name, name))
    return [Row(document, *(found[document, what] for what in _COUNTED)) for document in documents]


def table(found: Sequence[Row], language: Language) -> str:
    """The rows in columns, two cells of a terminal for a Han character, with a line of sums."""
    names = [row.document or _REST.said(language) for row in found]
    if len(found) > 1:
        names.append("合计" if language == "zh" else "total")
    blocks = [_left(["", _DOCUMENT.said(language), *names])]
    for group, (title, columns) in enumerate(_GROUPS):
        aligned = []
        for column, name in enumerate(columns):
            figures = [row.figures[group][column] for row in found]
            if len(found) > 1:
                figures.append(sum(figures))
            aligned.append(_right([name.said(language), *map(str, figures)]))
        blocks.append(_left([title.said(language), *map("  ".join, zip(*aligned, strict=True))]))
    return "\n".join(map(" │ ".join, zip(*blocks, strict=True)))


def _left(words: Sequence[str]) -> list[str]:
    """Words of one width: blanks behind them."""
    wide = max(map(cells, words))
    return [word + " " * (wide - cells(word)) for word in words]


def _right(words: Sequence[str]) -> list[str]:
    """Words of one width: blanks before them."""
    wide = max(map(cells, words))
    return [" " * (wide - cells(word)) + word for word in words]


def unchecked(outcomes: Iterable[Outcome], language: Language) -> Iterator[str]:
    """A line for each check and reason for which it could not run, and the documents concerned."""
    places: dict[tuple[str, Unable], list[str]] = {}
    titles: dict[str, Words] = {}
    for outcome in outcomes:
        titles[outcome.check.code] = outcome.check.title
        for unable in outcome.unable:
            places.setdefault((outcome.check.code, unable), []).append(outcome.document or _REST.said(language))
    by_reason: dict[tuple[Unable, tuple[str, ...]], list[str]] = {}
    for (code, unable), documents in places.items():
        by_reason.setdefault((unable, tuple(documents)), []).append(code)
    for (unable, where), codes in by_reason.items():
        yield _unchecked(unable, where, [(titles[code], code) for code in codes], language)


def _unchecked(unable: Unable, documents: tuple[str, ...], checks: list[tuple[Words, str]], language: Language) -> str:
    some, are_many = documents[:_SHOWN], len(checks) > _CHECKS_SHOWN
    if language == "en":
        more = f" and {len(documents) - len(some)} more" if len(documents) > len(some) else ""
        named = f"{len(checks)} checks" if are_many else ", ".join(code for _, code in checks)
        return f"  {unable.why.en}: {named} ({', '.join(some)}{more})"
    more = f" 等 {len(documents)} 份" if len(documents) > len(some) else ""
    named = f"{len(checks)} 项检查" if are_many else "、".join(f"{title.zh} [{code}]" for title, code in checks)
    return f"  {unable.why.zh}：{named}（{'、'.join(some)}{more}）"


def waivers(outcomes: Iterable[Outcome], language: Language) -> Iterator[str]:
    """A line for each finding that stands by a waiver."""
    for outcome in outcomes:
        for waived in outcome.waived:
            yield _waived(waived, language)


def _waived(waived: Waived, language: Language) -> str:
    problem, waiver = waived.problem, waived.waiver
    reason, by = visible(waiver.reason), visible(waiver.by)
    head = f"  {problem.place} [{problem.code}] {problem.entry.title.said(language)}"
    if language == "en":
        return f"{head}: {reason} ({by}, until {waiver.until})"
    return f"{head}：{reason}（{by}，有效期至 {waiver.until}）"


def counted(counts: Counter[Severity], language: Language) -> str:
    """`2 处错误、1 处警告`: how many of each severity, those that there are."""
    there = [severity for severity in Severity if counts[severity]]
    if language == "en":
        return ", ".join(many(counts[each], each.value) for each in there)
    return "、".join(f"{counts[each]} 处{SEVERITIES[each].zh}" for each in there)
