"""The handle: `python -m generator build|check|serve`."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from generator.amounts import parse_number
from generator.answer import lines, rows
from generator.cells import FACETS, searchables
from generator.content import data_date
from generator.pipeline import Checked, build_site, by_engine_alone, check_content, stamped
from generator.problems import ContentStop, Language, Problem, Refused, SettingsStop, Severity, Stop, say
from generator.search import INDICATOR_ORDERS, RECORD_ORDERS, Request, search_indicators, search_records
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
        _tell(stop.problems, options.root, options.lang)
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

    command("check", "检查全部记录，不写任何文件").set_defaults(run=_check)
    build = command("build", "检查、生成并核验整个站点，放在 build/site")
    build.add_argument("--engine-alone", action="store_true", help="由站点引擎逐页生成（慢，用来对照）")
    build.set_defaults(run=_build)
    preview = command("serve", "在本机预览；保存记录后页面自动更新")
    preview.add_argument("--port", type=_port, default=8000, help="端口（默认 8000）")
    preview.set_defaults(run=_serve)
    find = command("search", "在全部记录里检索，和网站的检索一样")
    find.add_argument("words", nargs="*", metavar="词", help="检索词；几个词都要有；词里有空格就加英文双引号")
    find.add_argument("--list", choices=("records", "indicators"), default="records", help="列出表格（默认）或指标")
    for key, label in FACETS.items():
        find.add_argument(f"--{key}", action="append", metavar="值", help=f"只要这些{label}；可以写几次")
    find.add_argument("--from", dest="least", type=_wan, metavar="万元", help="金额不少于")
    find.add_argument("--to", dest="most", type=_wan, metavar="万元", help="金额不多于")
    orders = dict.fromkeys((*RECORD_ORDERS, *INDICATOR_ORDERS))
    find.add_argument("--sort", choices=tuple(orders), default="relevance", help="排序（默认按相关程度）")
    find.add_argument("--order", choices=("asc", "desc"), help="从小到大，或从大到小")
    find.add_argument(
        "--limit", type=int, default=20, metavar="条", help="最多列出几条（默认 20；0 为全部；--json 总是全部）"
    )
    find.add_argument("--json", action="store_true", help="以 JSON 输出全部结果")
    find.set_defaults(run=_search)
    return parser


def _wan(word: str) -> Decimal:
    try:
        return parse_number(word)
    except Refused as error:
        raise argparse.ArgumentTypeError(f"应为以万元计的金额，如 12.5，现为 {word}") from error


def _port(word: str) -> int:
    port = int(word)
    if not 0 < port < 1 << 16:
        raise argparse.ArgumentTypeError(f"端口应为 1 到 65535，现为 {word}")
    return port


def _check(settings: Settings, options: argparse.Namespace) -> int:
    checked = check_content(settings)
    content = checked.or_raise()
    _tell(checked.problems, settings.root, options.lang)
    records = content.records
    indicators = sum(len(record.form.indicators) for record in records)
    disclosures = len(content.disclosures)
    if options.lang == "en":
        print(f"Passed: {disclosures} documents, {len(records)} forms, {indicators} indicators, no error.")
    else:
        print(f"检查通过：{disclosures} 份文件，{len(records)} 张表，{indicators} 项指标，没有错误。")
    return 0


def _build(settings: Settings, options: argparse.Namespace) -> int:
    _talk("检查记录，生成页面，运行站点引擎，核验……")
    site = build_site(settings, by_engine_alone if options.engine_alone else stamped)
    print(f"站点已生成并核验：{site.folder}（{site.pages} 页）")
    print("查看：make serve，或 python -m generator serve，再用浏览器打开 http://127.0.0.1:8000/")
    return 0


def _search(settings: Settings, options: argparse.Namespace) -> int:
    content = check_content(settings).or_raise()
    by_row = options.list == "indicators"
    if options.sort not in (INDICATOR_ORDERS if by_row else RECORD_ORDERS):
        raise SettingsStop(f"这种列表不能按 {options.sort} 排序（--list {options.list} has no order {options.sort}）")
    facets = {key: tuple(chosen) for key in FACETS if (chosen := getattr(options, key))}
    descending = {"asc": False, "desc": True, None: None}[options.order]
    request = Request(" ".join(options.words), facets, options.least, options.most, options.sort, descending)
    hits = (search_indicators if by_row else search_records)(searchables(content), request)
    if options.json:
        found = {"query": request.query, "date": data_date(content), "count": len(hits)}
        print(json.dumps(found | {"rows": rows(hits, settings.site_url)}, ensure_ascii=False, indent=2))
        return 0
    shown = hits[: options.limit or None]
    for line in lines(shown, request, options.lang):
        print(line)
    what = ("indicators" if by_row else "forms") if options.lang == "en" else ("项指标" if by_row else "张表")
    more = len(hits) - len(shown)
    if options.lang == "en":
        _talk(f"{len(hits)} {what} found" + (f", {more} not shown (--limit 0 shows all)." if more else "."))
    else:
        _talk(f"共找到 {len(hits)} {what}" + (f"，另有 {more} 条未列出（--limit 0 列出全部）。" if more else "。"))
    return 0


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    def tell(checked: Checked) -> None:
        _tell(checked.problems, settings.root, options.lang)

    return serve(settings, options.port, tell, _talk)


def _talk(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


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
    counts = Counter(problem.entry.severity for problem in problems)
    files = len({problem.place.file for problem in problems})
    if language == "en":
        return f"{counts[Severity.ERROR]} errors in {files} files; nothing was written."
    return f"共 {counts[Severity.ERROR]} 处错误，在 {files} 个文件里；没有写任何文件，原有的站点没有改动。"
