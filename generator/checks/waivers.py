"""Findings that the editors have looked at and let stand: `waivers` of a record or of disclosure.yml.

A waived finding is no error or warning any more; it is listed with its reason. Waivers are working
papers: no page and no download shows them.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.reading.content import Origin
from generator.reading.model import Waiver
from generator.words.problems import Basis, Check, Problem, Severity, Words, dotted

_ORDERLY = Basis("logic", Words("豁免要写得准、还有用", "a waiver is exact, and of use"))
_WAIVERS = Words("记录和 disclosure.yml 的 waivers", "waivers of records and of disclosure.yml")

NOT_WAIVABLE = Check(
    "waiver-rule",
    Words("豁免的检查代码不对", "a waiver of no such check"),
    Words("应为一项可以豁免的检查的代码", "the code of a check that may be waived is expected"),
    Words("现为“{found}”", "found “{found}”"),
    Words("{near}", "{near_en}"),
    basis=_ORDERLY,
    looks_at=_WAIVERS,
    waivable=False,
)
EXPIRED = Check(
    "waiver-expired",
    Words("豁免已过期", "a waiver has expired"),
    Words("应为不早于 {on} 的日期", "a day not before {on} is expected"),
    Words("现为 {until}", "found {until}"),
    Words("按单位的答复改正记录；还要保留的，写明新的期限。", "mend the record; or set a new day if it has to stay."),
    Severity.WARNING,
    basis=_ORDERLY,
    looks_at=_WAIVERS,
    waivable=False,
)
UNUSED = Check(
    "waiver-unused",
    Words("豁免没有用处", "a waiver without use"),
    Words("应有“{rule}”这样的问题", "a finding of “{rule}” is expected"),
    Words("这里没有", "there is none here"),
    Words(
        "问题已经改正，就删去这一条；写了 field 的，看是不是所指的那一格。",
        "delete the waiver if the fault was mended; see whether its field is the one that is meant.",
    ),
    Severity.WARNING,
    basis=_ORDERLY,
    looks_at=_WAIVERS,
    waivable=False,
)
WAIVER_CHECKS = (NOT_WAIVABLE, EXPIRED, UNUSED)


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that stands, and why."""

    problem: Problem
    waiver: Waiver


class Waivers:
    """The waivers of one document's files, and which of them were of use.

    Args:
        written: Each file, and the waivers that it holds.
        checks: Every check that may find something there, by code.
        on: The day on which a waiver must not have expired; None when no day is known.
    """

    def __init__(
        self, written: Iterable[tuple[Origin, tuple[Waiver, ...]]], checks: Mapping[str, Check], on: date | None
    ) -> None:
        self.by_file = {origin.file: (origin, waivers) for origin, waivers in written if waivers}
        self.checks = {*checks, *(check.code for check in WAIVER_CHECKS)}
        self.waivable = {code for code, check in checks.items() if check.waivable}
        self.on = on
        self.used: set[tuple[str, int]] = set()

    def _holds(self, waiver: Waiver) -> bool:
        return waiver.rule in self.waivable and not (self.on and waiver.until < self.on)

    def waiver_of(self, problem: Problem) -> Waiver | None:
        """The waiver by which a finding stands, if there is one; it was of use."""
        file = problem.place.file
        _, waivers = self.by_file.get(file, (None, ()))
        for index, waiver in enumerate(waivers):
            meant = waiver.rule == problem.code and waiver.field in (None, dotted(problem.path))
            if meant and self._holds(waiver):
                self.used.add((file, index))
                return waiver
        return None

    def _not_waivable(self, code: str) -> dict[str, str]:
        if code in self.checks:
            hint = "这一项检查不能豁免：删去这一条，改正所指的错误。", "this check cannot be waived: mend the fault."
        elif near := difflib.get_close_matches(code, self.waivable, n=1):
            hint = f"是否要写“{near[0]}”？", f"did you mean “{near[0]}”?"
        else:
            hint = (
                "代码见提示末尾的方括号；个人信息、涉密和读不出来的错误不能豁免。",
                "it stands in brackets behind a message; what is personal, secret or unreadable is never waived.",
            )
        return {"found": code, "near": hint[0], "near_en": hint[1]}

    def problems(self, passed: Iterable[str]) -> Iterator[Problem]:
        """What is wrong with the waivers themselves.

        Args:
            passed: Codes of checks that could look everywhere: only of these can a waiver be without use.
        """
        looked = set(passed)
        for file, (origin, waivers) in self.by_file.items():
            for index, waiver in enumerate(waivers):
                if waiver.rule not in self.waivable:
                    facts = self._not_waivable(waiver.rule)
                    yield origin.problem(NOT_WAIVABLE, "waivers", index, "rule", **facts)
                elif self.on and waiver.until < self.on:
                    facts = {"on": self.on.isoformat(), "until": waiver.until.isoformat()}
                    yield origin.problem(EXPIRED, "waivers", index, "until", **facts)
                elif (file, index) not in self.used and waiver.rule in looked:
                    yield origin.problem(UNUSED, "waivers", index, "rule", rule=waiver.rule)
