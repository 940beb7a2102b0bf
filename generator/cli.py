"""The handle: `python -m generator`, its commands and their words."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.checks.catalogue import problems_page
from generator.checks.report import counted
from generator.commands import asking, checking, comparing, creating, filling, formatting, keeping, publishing
from generator.commands.by_engine import build_by_engine
from generator.commands.telling import errors, summary, talk, tell
from generator.editing.editor_schema import schema_files
from generator.pipeline import build_site
from generator.preview.serve import serve
from generator.publication.archive import write_archive
from generator.reading.settings import Settings, read_settings
from generator.site.swap import alone_in
from generator.words.problems import ContentStop, Problem, SettingsStop, Stop

_READER_GONE = 128 + 13  # what a shell says of a program that a closed pipe ended


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (see `generator.words.problems`)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console may say otherwise
    options = _parser().parse_args(words)
    try:
        settings = read_settings(Path(os.path.abspath(options.root)))  # noqa: PTH100 - resolve() fails on a circle of links
        status = int(options.run(settings, options))
        sys.stdout.flush()  # who reads may have gone away, as `head` does
        return status
    except ContentStop as stop:
        tell(errors(stop.problems), options.root, options.lang)
        talk(summary(stop.problems, options.lang))
        return stop.status
    except Stop as stop:
        talk(str(stop))
        return stop.status
    except BrokenPipeError:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # nothing more is said, at the exit neither
        return _READER_GONE
    except OSError as error:
        talk(f"读写文件没有成功（cannot read or write）：{error}")
        return SettingsStop.status
    except KeyboardInterrupt:
        talk("已中断，原有的站点没有改动。（interrupted; the last site is untouched）")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="generator", description="预算绩效公开站点：检查记录、生成站点、预览。")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help_, description=help_)
        found.add_argument("--root", type=Path, default=Path(), help="项目文件夹（默认当前文件夹）")
        found.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示的语言 / language of messages")
        return found

    checking.add_words(command("check", "检查全部记录，不写任何文件"))
    comparing.add_words(command("diff", "比较两个状态公开的内容：改了什么、添了什么、少了什么"))
    build = command("build", "检查、生成并核验整个站点，放在 build/site")
    build.add_argument("--engine-alone", action="store_true", help="由站点引擎逐页生成（慢，用来对照）")
    build.set_defaults(run=_build)
    command("zip", "把生成好的站点装成一个 ZIP 文件 build/site.zip，可放在 U 盘上看").set_defaults(run=_zip)
    command("catalogue", "写出 docs/problems.md：全部问题的说明").set_defaults(run=_catalogue)
    command("schema", "写出 docs/schema/*.json：录入程序用的 JSON Schema").set_defaults(run=_schema)
    preview = command("serve", "在本机预览；保存记录后页面自动更新")
    preview.add_argument("--port", type=filling.as_port, default=8000, help="端口（默认 8000）")
    preview.set_defaults(run=_serve)
    creating.add_words(command("new", "添单位、一个年度的文件、一张表，空着的格等您填"))
    filling.add_words(command("cms", "在浏览器里用表单改记录（Decap CMS，要有 npm）"))
    formatting.add_words(command("fmt", "把记录整理成统一的写法，内容不变"))
    asking.add_words(command("search", "在全部记录里检索，和网站的检索一样"))
    publishing.add_words(command("publish", "核对、生成、公开站点：新的一版放在旧版旁边，再换上"))
    keeping.add_releases(command("releases", "列出目的地的各版"))
    keeping.add_rollback(command("rollback", "回到以前的一版（先核对它）"))
    keeping.add_prune(command("prune", "删去旧版"))
    keeping.add_withdraw(command("withdraw", "从各版里撤下一张表：漏出了个人信息或秘密"))
    keeping.add_verify(command("verify", "核对公开的站点或它的副本：被改动、缺少、多出、旧版、密钥不对"))
    return parser


def _build(settings: Settings, options: argparse.Namespace) -> int:
    talk("检查记录，生成页面，运行站点引擎，核验……")
    site = (build_by_engine if options.engine_alone else build_site)(settings)
    print(f"站点已生成并核验：{site.folder}（{site.pages} 页）")
    if site.remarks:
        talk(f"另有 {counted(site.remarks, 'zh')}：make check 逐条列出")
    print("查看：make serve，或 python -m generator serve，再用浏览器打开 http://127.0.0.1:8000/")
    return 0


def _zip(settings: Settings, _: argparse.Namespace) -> int:
    if not settings.site.is_dir():
        raise SettingsStop("还没有站点，先运行 make build。（no site yet）")
    archive = settings.build / "site.zip"
    with alone_in(settings.build):
        files = write_archive(settings.site, archive, "site")
    print(f"{archive}（{files} 个文件；解开后打开 site/index.html）")
    return 0


def _catalogue(_: Settings, __: argparse.Namespace) -> int:
    print(problems_page(), end="")
    return 0


def _schema(settings: Settings, _: argparse.Namespace) -> int:
    for name, text in schema_files():
        path = settings.root / "docs" / "schema" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return 0


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    def tell_errors(found: Sequence[Problem]) -> None:
        tell(found, settings.root, options.lang)

    return serve(settings, options.port, tell_errors, talk)
