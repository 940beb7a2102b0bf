"""The command `search`: ask the records from the command line."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.figures.amounts import parse_number
from generator.line.check import check_content
from generator.reading.content import latest_day
from generator.reading.settings import Settings
from generator.search.answer import lines, rows
from generator.search.cells import FACETS, Searchable, searchables
from generator.search.hits import INDICATOR_ORDERS, RECORD_ORDERS, Request, search_indicators, search_records
from generator.words.problems import Language, Refused, SettingsStop

_SHOWN = 20  # values named where one is mistyped


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes; facets have the names that they have in the search page's address."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="词",
        help="检索词，写法同网站的检索框；有空格、减号、引号时整个放进单引号：'孵化器 -基地'、'\"服务 科技\"'",
    )
    parser.add_argument("--list", choices=("records", "indicators"), default="records", help="列出表格（默认）或指标")
    for key, label in FACETS.items():
        parser.add_argument(f"--{key}", action="append", metavar="值", help=f"只要这些{label}；可以写几次")
    parser.add_argument("--from", dest="least", type=_wan, metavar="万元", help="金额不少于")
    parser.add_argument("--to", dest="most", type=_wan, metavar="万元", help="金额不多于")
    orders = dict.fromkeys((*RECORD_ORDERS, *INDICATOR_ORDERS))
    parser.add_argument("--sort", choices=tuple(orders), default="relevance", help="排序（默认按相关程度）")
    parser.add_argument("--order", choices=("asc", "desc"), help="从小到大，或从大到小")
    parser.add_argument(
        "--limit", type=_count, default=20, metavar="条", help="最多列出几条（默认 20；0 为全部；--json 总是全部）"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出全部结果")
    parser.set_defaults(run=_search)


def _wan(word: str) -> Decimal:
    try:
        return parse_number(word)
    except Refused:
        said = f"应为以万元计的金额，如 12.5，现为 {word}（an amount in 万元 is expected, like 12.5）"
        raise argparse.ArgumentTypeError(said) from None


def _count(word: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", word):
        raise argparse.ArgumentTypeError(f"应为 0 或更大的整数，现为 {word}（a whole number is expected）")
    return int(word)


def _known(facets: Mapping[str, tuple[str, ...]], records: Iterable[Searchable]) -> None:
    """Refuse a facet's value that no record has: most likely it is mistyped.

    Raises:
        SettingsStop: with the values to choose from.
    """
    there: dict[str, dict[str, None]] = {key: {} for key in facets}
    for record in records:
        for key, values in there.items():
            values.update(dict.fromkeys(record.facets.get(key, ())))
    for key, values in there.items():
        for value in facets[key]:
            if value not in values:
                some = "、".join(sorted(values)[:_SHOWN])
                raise SettingsStop(f"--{key} 没有“{value}”；有：{some}（no such value of --{key}）")


def _search(settings: Settings, options: argparse.Namespace) -> int:
    by_row = options.list == "indicators"
    if options.sort not in (INDICATOR_ORDERS if by_row else RECORD_ORDERS):
        raise SettingsStop(f"这种列表不能按 {options.sort} 排序（--list {options.list} has no order {options.sort}）")
    content = check_content(settings).or_raise()
    facets = {key: tuple(chosen) for key in FACETS if (chosen := getattr(options, key))}
    descending = {"asc": False, "desc": True, None: None}[options.order]
    request = Request(" ".join(options.words), facets, options.least, options.most, options.sort, descending)
    records = list(searchables(content.centres))
    _known(facets, records)
    hits = (search_indicators if by_row else search_records)(records, request)
    if options.json:
        day = latest_day(content.centres)
        asked = {"list": options.list, "facets": facets, "from": options.least, "to": options.most}
        asked |= {"sort": options.sort, "order": options.order}
        found = {
            "query": request.query,
            "request": {key: str(value) if isinstance(value, Decimal) else value for key, value in asked.items()},
            "date": day.isoformat() if day else None,
            "count": len(hits),
        }
        print(json.dumps(found | {"rows": rows(hits, settings.site_url)}, ensure_ascii=False, indent=2))
        return 0
    shown = hits[: options.limit or None]
    for line in lines(shown, request, options.lang):
        print(line)
    print(_counted(len(hits), len(hits) - len(shown), by_row, options.lang), file=sys.stderr)
    return 0


def _counted(found: int, more: int, by_row: bool, language: Language) -> str:
    if language == "en":
        what = "indicators" if by_row else "forms"
        return f"{found} {what} found" + (f", {more} not shown (--limit 0 shows all)." if more else ".")
    what = "项指标" if by_row else "张表"
    return f"共找到 {found} {what}" + (f"，另有 {more} 条未列出（--limit 0 列出全部）。" if more else "。")
