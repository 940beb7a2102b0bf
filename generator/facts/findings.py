"""What a form's page says of the findings of the checks, where `show_findings` of site.yml wants them there.

Only what rules say of a form's printed words: never a waiver, never what must not be repeated, and no file name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.changes.printed import parse_spot, spoken
from generator.checks.catalogue import BASES, SEVERITIES
from generator.facts.altered import field_anchor
from generator.facts.summary import FORM_NAMES
from generator.reading.content import Centre, Record
from generator.reading.model import BESIDE, ShowFindings, SiteFacts
from generator.words.problems import Check, Problem, Severity, said
from generator.words.urls import check_url

_SHOWN: dict[ShowFindings, frozenset[Severity]] = {
    "不公开": frozenset(),
    "警告": frozenset({Severity.WARNING}),
    "警告和提示": frozenset({Severity.WARNING, Severity.NOTICE}),
}
_OURS = BESIDE | {"note"}
# A file of the content as facts of a finding name it, perhaps with line and column.
_FILE = re.compile(r"(content/[a-z0-9/-]+\.yml)(?::\d+:\d+)?")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in readers' words: `expected` and `found` quote the form, on which it stands at `anchor`."""

    severity: str
    title: str
    place: str
    anchor: str | None
    expected: str
    found: str
    basis: str
    rule_url: str


def findings(site: SiteFacts, centre: Centre, problems: Iterable[Problem]) -> Mapping[str, tuple[Finding, ...]]:
    """The findings that a centre's pages show, by the id of their form, in the files' order.

    Args:
        site: What is known of the site; its `show_findings` decides. Without it there are none.
        centre: The centre.
        problems: What the check found; those of other files are left out.
    """
    shown = _SHOWN[site.show_findings]
    if not shown:
        return {}
    records = {record.origin.file: record for found in centre.disclosures for record in found.records}
    names = {
        record.origin.file: f"{disclosure.year} 年度{FORM_NAMES[disclosure.kind]}第 {record.number} 张"
        for disclosure in centre.disclosures
        for record in disclosure.records
    }
    found: dict[str, list[Finding]] = {}
    for problem in problems:
        record, check = records.get(problem.place.file), problem.entry
        if record and isinstance(check, Check) and check.severity in shown and _is_public(problem):
            found.setdefault(record.id, []).append(_finding(problem, check, record, names))
    return {record: tuple(each) for record, each in found.items()}


def _is_public(problem: Problem) -> bool:
    return not problem.entry.confidential and bool(problem.path) and problem.path[0] not in _OURS


def _finding(problem: Problem, check: Check, record: Record, names: Mapping[str, str]) -> Finding:
    model, words = type(record.form), said(problem, "zh")
    # a cell that the finding holds this one against is named as readers know it, not by line and column
    other = parse_spot(problem.facts.get("value_key", ""))
    own = spoken(model, other) if other else "本表"

    def public(text: str) -> str:
        return _FILE.sub(lambda file: own if file[1] == record.origin.file else names.get(file[1], "另一张表"), text)

    return Finding(
        SEVERITIES[check.severity].zh,
        words.title,
        spoken(model, problem.path),
        field_anchor(problem.path),
        public(words.expected),
        public(words.found),
        f"{BASES[check.basis.kind].zh}：{check.basis.words.zh}",
        check_url(check.code),
    )
