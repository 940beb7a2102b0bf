"""The command `fmt`: bring records into their canonical form, or say which are not in it."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from generator.commands.telling import talk
from generator.editing.canonical import canonical
from generator.editing.yaml_files import yaml_files
from generator.reading.fields import Model
from generator.reading.find import SourceFile, find_content
from generator.reading.load import load_file
from generator.reading.settings import Settings
from generator.words.problems import ContentStop, Problem, SettingsStop, visible


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes."""
    parser.add_argument("paths", metavar="文件", nargs="*", type=Path, help="只整理这些文件、文件夹（默认全部）")
    parser.add_argument("--check", action="store_true", help="不改文件，只列出写法不规范的")
    parser.set_defaults(run=_format)


def _format(settings: Settings, options: argparse.Namespace) -> int:
    files, _ = find_content(settings.root, settings.content)
    chosen = _chosen(list(yaml_files(files)), options.paths, settings)
    problems: list[Problem] = []
    changed: list[tuple[SourceFile, str]] = []
    for file, model in chosen:
        loaded = load_file(file.path, file.file)
        problems += loaded.problems
        if loaded.tree and not loaded.problems:
            text = canonical(model, loaded.tree)
            if text.encode() != file.path.read_bytes():
                changed.append((file, text))
    if problems:
        raise ContentStop(problems)
    for file, text in changed:
        print(file.file)
        if not options.check:
            replace(file.path, text.encode())
    talk(_said(len(chosen), len(changed), check=options.check))
    return ContentStop.status if options.check and changed else 0


def _chosen(
    found: Sequence[tuple[SourceFile, type[Model]]], paths: Sequence[Path], settings: Settings
) -> list[tuple[SourceFile, type[Model]]]:
    """The files that were asked for.

    Raises:
        SettingsStop: a path is none of the content's YAML files, and no folder that holds some.
    """
    if not paths:
        return list(found)
    asked: set[Path] = set()
    for path in paths:
        here = Path(os.path.abspath(path))  # noqa: PTH100 - a link is not followed
        below = {file.path for file, _ in found if here in (file.path, *file.path.parents)}
        if not below:
            raise SettingsStop(
                f"{visible(str(path))} 不是 {settings.content.name} 里的记录（no YAML file of the content）"
            )
        asked |= below
    return [(file, model) for file, model in found if file.path in asked]


def replace(path: Path, data: bytes) -> None:
    """Put new bytes in the place of a file in one step: who reads sees the old ones or the new."""
    new = path.with_name(f".{path.name}~")
    try:
        with new.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        new.chmod(path.stat().st_mode)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _said(files: int, changed: int, *, check: bool) -> str:
    if not changed:
        return f"{files} 个文件的写法都规范，没有改动。"
    if check:
        return f"{files} 个文件里有 {changed} 个写法不规范（上面列出）。运行 make fmt 整理，内容不会改变。"
    return f"整理了 {changed} 个文件的写法（上面列出），内容没有改变。"
