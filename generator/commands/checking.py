"""The command `check`: judge every record, and say what came of it in the format asked for."""

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.checks.formats import FORMATS, as_github, as_gitlab, as_json
from generator.checks.judge import Outcome
from generator.checks.report import Row, counted, rows, table, unchecked, waivers
from generator.commands.recall import read_published
from generator.commands.telling import summary, talk, tell
from generator.figures.dates import parse_date
from generator.line.check import Findings, check_content, check_records
from generator.reading.settings import Settings
from generator.words.problems import ContentStop, Language, Refused, SettingsStop, Severity, Words, many, visible


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes."""
    parser.add_argument("paths", metavar="文件", nargs="*", type=Path, help="只列出这些文件、文件夹的结果（默认全部）")
    parser.add_argument(
        "--published", metavar="文件夹", help="已公开的站点（如 build/site）：公开过的内容不得悄悄改变、不得消失"
    )
    parser.add_argument("--strict", action="store_true", help="有警告也算没有通过")
    parser.add_argument("--format", choices=FORMATS, default="text", help="结果的格式（默认 text）")
    parser.add_argument(
        "--on", type=as_day, metavar="日期", help="按哪一天核对期限（默认：记录里最晚的批复或公开日期）"
    )
    parser.set_defaults(run=_check)


def as_day(word: str) -> date:
    """A day as a word of the command line."""
    try:
        return parse_date(word)
    except Refused:
        raise argparse.ArgumentTypeError(f"应为日期，如 2024-01-01，现为 {word}") from None


def _check(settings: Settings, options: argparse.Namespace) -> int:
    for path in options.paths:
        if not os.path.lexists(path):
            raise SettingsStop(f"没有这个文件或文件夹：{visible(str(path))}（no such file or folder）")
    published = None if options.published is None else read_published(options.published, options.lang)
    every: Findings = (
        check_records(settings, options.on) if published is None else check_content(settings, options.on, published)
    )
    checked = _within(every, options.paths, settings)
    problems, outcomes, language = checked.problems, checked.outcomes, options.lang
    found = rows(problems, outcomes)
    if options.format == "json":
        print(as_json(problems, outcomes, found, checked.on, language))
    elif options.format == "github":
        print(as_github(problems, language))
    elif options.format == "gitlab":
        print(as_gitlab(problems, language))
    else:
        tell(problems, settings.root, language)
        _print_report(found, outcomes, language)
    counts = Counter(problem.entry.severity for problem in problems)
    refused = bool(options.strict and counts[Severity.WARNING])
    talk(_verdict(checked, counts, language, refused=refused))
    return ContentStop.status if counts[Severity.ERROR] or refused else 0


def _within(checked: Findings, paths: Sequence[Path], settings: Settings) -> Findings:
    """What was found in some files and folders; all was read and judged together all the same."""
    if not paths:
        return checked
    asked = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - a link is not followed

    def among(file: Path) -> bool:
        return any(here in (file, *file.parents) for here in asked)

    return replace(
        checked,
        problems=tuple(found for found in checked.problems if among(settings.root / found.place.file)),
        outcomes=tuple(found for found in checked.outcomes if among(settings.content / found.document)),
    )


def _print_report(found: Sequence[Row], outcomes: Sequence[Outcome], language: Language) -> None:
    parts = [table(found, language)]
    for title, lines in (
        (Words("未能检查：", "Not checked:"), unchecked(outcomes, language)),
        (Words("已豁免：", "Waived:"), waivers(outcomes, language)),
    ):
        if said := list(lines):
            parts.append("\n".join((title.said(language), *said)))
    print("\n\n".join(parts), flush=True)


def _verdict(checked: Findings, counts: Counter[Severity], language: Language, *, refused: bool) -> str:
    """The last line; `refused` are warnings that --strict does not let pass."""
    if checked.seen is None or counts[Severity.ERROR]:
        return summary(checked.problems, language)
    disclosures, records, indicators = checked.seen.disclosures, checked.seen.records, checked.seen.indicators
    remarks = counted(checked.remarks, language)
    if language == "en":
        seen = ", ".join((many(disclosures, "document"), many(records, "form"), many(indicators, "indicator")))
        more = f", {remarks}" if remarks else ""
        return f"{'Not passed (--strict)' if refused else 'Passed'}: {seen}, no error{more}."
    seen = f"{disclosures} 份文件，{records} 张表，{indicators} 项指标"
    more = f"，{remarks}" if remarks else ""
    return f"{'没有通过（--strict，有警告）' if refused else '检查通过'}：{seen}，没有错误{more}。"
