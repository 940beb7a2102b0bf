"""The handle: `python -m generator build|check|serve`."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from generator.catalogue import problems_page
from generator.dates import parse_date
from generator.formats import FORMATS, as_github, as_gitlab, as_json
from generator.judge import Outcome
from generator.pipeline import Checked, build_site, by_engine_alone, check_content, stamped
from generator.problems import ContentStop, Language, Problem, Refused, SettingsStop, Severity, Stop, Words, say
from generator.report import Row, counted, rows, table, unchecked, waivers
from generator.serve import serve
from generator.settings import Settings, read_settings
from generator.text import MAX_BYTES

_BOLD, _RED, _PLAIN = "\033[1m", "\033[31m", "\033[0m"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (see `generator.problems`)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console may say otherwise
    options = _parser().parse_args(words)
    try:
        settings = read_settings(Path(os.path.abspath(options.root)))  # noqa: PTH100 - resolve() fails on a circle of links
        return int(options.run(settings, options))
    except ContentStop as stop:
        _tell(_errors(stop.problems), options.root, options.lang)
        _talk(_summary(stop.problems, options.lang))
        return stop.status
    except Stop as stop:
        _talk(str(stop))
        return stop.status
    except OSError as error:
        _talk(f"读写文件没有成功（cannot read or write）：{error}")
        return SettingsStop.status
    except KeyboardInterrupt:
        _talk("已中断，原有的站点没有改动。（interrupted; the last site is untouched）")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="generator", description="预算绩效公开站点：检查记录、生成站点、预览。")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help_, description=help_)
        found.add_argument("--root", type=Path, default=Path(), help="项目文件夹（默认当前文件夹）")
        found.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示的语言 / language of messages")
        return found

    check = command("check", "检查全部记录，不写任何文件")
    check.add_argument("--strict", action="store_true", help="有警告也算没有通过")
    check.add_argument("--format", choices=FORMATS, default="text", help="结果的格式（默认 text）")
    check.add_argument("--on", type=_day, metavar="日期", help="按哪一天核对期限（默认：记录里最晚的批复或公开日期）")
    check.set_defaults(run=_check)
    build = command("build", "检查、生成并核验整个站点，放在 build/site")
    build.add_argument("--engine-alone", action="store_true", help="由站点引擎逐页生成（慢，用来对照）")
    build.set_defaults(run=_build)
    command("catalogue", "写出 docs/problems.md：全部问题的说明").set_defaults(run=_catalogue)
    preview = command("serve", "在本机预览；保存记录后页面自动更新")
    preview.add_argument("--port", type=_port, default=8000, help="端口（默认 8000）")
    preview.set_defaults(run=_serve)
    return parser


def _day(word: str) -> date:
    try:
        return parse_date(word)
    except Refused:
        raise argparse.ArgumentTypeError(f"应为日期，如 2024-01-01，现为 {word}") from None


def _port(word: str) -> int:
    port = int(word)
    if not 0 < port < 1 << 16:
        raise argparse.ArgumentTypeError(f"端口应为 1 到 65535，现为 {word}")
    return port


def _check(settings: Settings, options: argparse.Namespace) -> int:
    checked = check_content(settings, options.on)
    problems, outcomes, language = checked.problems, checked.outcomes, options.lang
    found = rows(problems, outcomes)
    if options.format == "json":
        print(as_json(problems, outcomes, found, checked.on, language))
    elif options.format == "github":
        print(as_github(problems, language))
    elif options.format == "gitlab":
        print(as_gitlab(problems, language))
    else:
        _tell(problems, settings.root, language)
        _print_report(found, outcomes, language)
    counts = Counter(problem.entry.severity for problem in problems)
    _talk(_verdict(checked, counts, language))
    failed = counts[Severity.ERROR] or (options.strict and counts[Severity.WARNING])
    return ContentStop.status if failed else 0


def _print_report(found: Sequence[Row], outcomes: Sequence[Outcome], language: Language) -> None:
    parts = [table(found, language)]
    for title, lines in (
        (Words("未能检查：", "Not checked:"), unchecked(outcomes, language)),
        (Words("已豁免：", "Waived:"), waivers(outcomes, language)),
    ):
        if said := list(lines):
            parts.append("\n".join((title.said(language), *said)))
    print("\n\n".join(parts), flush=True)


def _verdict(checked: Checked, counts: Counter[Severity], language: Language) -> str:
    if checked.content is None or counts[Severity.ERROR]:
        return _summary(checked.problems, language)
    content = checked.content
    disclosures, records = len(content.disclosures), len(content.records)
    indicators = sum(len(record.form.indicators) for record in content.records)
    remarks = counted(checked.problems, language)
    if language == "en":
        more = f", {remarks}" if remarks else ""
        return f"Passed: {disclosures} documents, {records} forms, {indicators} indicators, no error{more}."
    more = f"，{remarks}" if remarks else ""
    return f"检查通过：{disclosures} 份文件，{records} 张表，{indicators} 项指标，没有错误{more}。"


def _build(settings: Settings, options: argparse.Namespace) -> int:
    _talk("检查记录，生成页面，运行站点引擎，核验……")
    site = build_site(settings, by_engine_alone if options.engine_alone else stamped)
    print(f"站点已生成并核验：{site.folder}（{site.pages} 页）")
    if site.remarks:
        _talk(f"另有{counted(site.remarks, 'zh')}：make check 逐条列出")
    print("查看：make serve，或 python -m generator serve，再用浏览器打开 http://127.0.0.1:8000/")
    return 0


def _catalogue(_: Settings, __: argparse.Namespace) -> int:
    print(problems_page(), end="")
    return 0


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    def tell(checked: Checked) -> None:
        _tell(_errors(checked.problems), settings.root, options.lang)

    return serve(settings, options.port, tell, _talk)


def _talk(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What stops a build; the rest is told by `check`."""
    return tuple(problem for problem in problems if problem.entry.severity is Severity.ERROR)


def _tell(problems: Sequence[Problem], root: Path, language: Language) -> None:
    """Every problem in full, each with its source line."""
    lines: dict[str, list[str]] = {}
    for problem in problems:
        line = None
        if problem.place.line and not problem.entry.confidential:
            file = problem.place.file
            lines[file] = lines[file] if file in lines else _lines(root / file)
            index = problem.place.line - 1
            line = lines[file][index] if index < len(lines[file]) else None
        _talk(_painted(say(problem, line, language), sys.stderr) + "\n")


def _lines(path: Path) -> list[str]:
    """A file's lines for showing; what cannot be read is not shown."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return []


def _painted(said: str, stream: TextIO) -> str:
    if not stream.isatty() or os.environ.get("NO_COLOR"):
        return said
    first, _, rest = said.partition("\n")
    return f"{_BOLD}{_RED}{first}{_PLAIN}\n{rest}"


def _summary(problems: Sequence[Problem], language: Language) -> str:
    errors = _errors(problems)
    files = len({problem.place.file for problem in errors})
    if language == "en":
        return f"{len(errors)} errors in {files} files; nothing was written."
    return f"共 {len(errors)} 处错误，在 {files} 个文件里；没有写任何文件，原有的站点没有改动。"
