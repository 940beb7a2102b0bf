"""The command `diff`: what the public could read before, beside what it can read now."""

import argparse
import json

from generator.changes import diff_json
from generator.changes.comparison import compare
from generator.changes.diff import as_markdown, as_text
from generator.commands.recall import read_state, working_state
from generator.reading.settings import Settings


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes."""
    parser.add_argument("base", metavar="原状态", help="git 版本、有 content 的文件夹，或生成好的站点文件夹")
    parser.add_argument("head", metavar="新状态", nargs="?", help="同上（默认：现在的 content）")
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="输出的格式")
    parser.set_defaults(run=_diff)


def _diff(settings: Settings, options: argparse.Namespace) -> int:
    before = read_state(options.base, settings.root, options.lang)
    now = options.head is None
    after = working_state(settings.root) if now else read_state(options.head, settings.root, options.lang)
    changes = compare(before, after)
    if options.format == "json":
        said = diff_json.as_json(changes, options.base, "content" if now else options.head)
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print((as_markdown if options.format == "markdown" else as_text)(changes, options.lang), end="")
    return 0
