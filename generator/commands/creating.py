"""The command `new`: a centre, a disclosure, a record, with blanks where an editor must write.

What is not given is asked, when there is somebody to ask. Nothing that is there is written over.
"""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.commands.telling import talk
from generator.editing.blanks import Values, blank, evaluation_of, next_declaration
from generator.editing.canonical import written
from generator.reading.load import load_file
from generator.reading.model import META_MODELS, RECORD_MODELS, CentreFacts
from generator.reading.settings import Settings
from generator.words.problems import ContentStop, SettingsStop, say, visible
from generator.words.text import MAX_BYTES, decode
from generator.words.urls import CENTRE_ID, KINDS, RECORD_FILE, RESERVED, YEAR, Kind

_WHAT = ("centre", "disclosure", "record")
_PLAIN_DISCLOSURE = 2  # files of a disclosure without records
_NUMBER = 2  # digits of a record's number, when it needs no more


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes; those that are needed and missing are asked."""
    parser.add_argument("what", metavar="centre|disclosure|record", nargs="?", choices=_WHAT, help="添单位、文件还是表")
    parser.add_argument("--centre", metavar="单位", help="单位文件夹的名字，如 sstec")
    parser.add_argument("--name", metavar="名称", help="单位全称")
    parser.add_argument("--department", metavar="名称", help="主管部门全称")
    parser.add_argument("--year", metavar="年度", help="如 2025")
    parser.add_argument("--kind", metavar="targets|evaluations", help="targets 申报表，evaluations 自评表")
    parser.add_argument("--source", metavar="文件", help="收到的文件的文本（UTF-8 纯文本），存成 source.txt")
    parser.add_argument(
        "--follow", nargs="?", const="all", default=None, metavar="编号",
        help="照已有的申报表建表：申报表照最近一年的（留名称和指标，数值清空），自评表照同年的（指标值照抄）；"
        "添一张表时写照哪一张的编号",
    )  # fmt: skip
    parser.set_defaults(run=_new)


class _Answers:
    """What was given on the command line, and what the person at the terminal answers."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.given: Mapping[str, str | None] = vars(options)
        self.asks = sys.stdin.isatty()

    def get(self, key: str, question: str, fault: Callable[[str], str | None]) -> str:
        """One answer; asked again until nothing is wrong with it.

        Raises:
            SettingsStop: it is missing or wrong, and there is nobody to ask.
        """
        given = self.given[key]
        while True:
            if given is None and not self.asks:
                raise SettingsStop(f"还要写明{'' if key == 'what' else f' --{key}：'}{question}（{key} is missing）")
            answer = self.ask(question) if given is None else given
            wrong = fault(answer)
            if wrong is None:
                return answer
            if given is not None:
                raise SettingsStop(f"--{key} {visible(answer)}：{wrong}")
            talk(f"  {wrong}")

    def ask(self, question: str) -> str:
        """One answer, whatever it is; who ends the input ends the command."""
        try:
            return input(f"{question}：").strip()
        except EOFError:
            raise KeyboardInterrupt from None


def _new(settings: Settings, options: argparse.Namespace) -> int:
    answers = _Answers(options)
    what = options.what or answers.get(
        "what", "添什么（centre 单位，disclosure 一个年度的文件，record 一张表）", _one_of(_WHAT)
    )
    makers = {"centre": _centre, "disclosure": _disclosure, "record": _record}
    made = makers[what](settings, answers)
    for path in made:
        print(path.relative_to(settings.root).as_posix())
    talk(f"建了 {len(made)} 个文件（上面列出）。空着的格照原表填，填完运行 make check：还空着的，它逐格列出。")
    if len(made) > _PLAIN_DISCLOSURE:
        talk("今年没有的项目，删去文件；其余的按今年文件里的次序改编号：01.yml、02.yml……")
    return 0


def _one_of(words: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda answer: None if answer in words else f"应为 {'、'.join(words)} 之一"


def _any_line(answer: str) -> str | None:
    return None if answer.strip() else "不能空着"


# --- a centre ---


def _centre(settings: Settings, answers: _Answers) -> list[Path]:
    def fault(answer: str) -> str | None:
        if not CENTRE_ID.fullmatch(answer) or answer in RESERVED:
            return "用小写字母、数字、连字符，以字母开头，2 到 31 个字符；about、search 等名称留给网站"
        return f"已经有 content/{answer}，不覆盖" if (settings.content / answer).exists() else None

    identity = answers.get("centre", "单位文件夹的名字，就是网址的一段，公布以后不能再改（如 sstec）", fault)
    name = answers.get("name", "单位全称，与表上的“实施单位”一字不差", _any_line)
    department = answers.get("department", "主管部门全称", _any_line)
    folder = settings.content / identity
    _write_folder(
        folder,
        {"centre.yml": written(CentreFacts, blank(CentreFacts, {"name": name, "department": department})).encode()},
    )
    return [folder / "centre.yml"]


# --- a disclosure ---


def _disclosure(settings: Settings, answers: _Answers) -> list[Path]:
    centre = _existing_centre(settings, answers)
    year = answers.get("year", "年度（四位数字，如 2025）", _year_fault)
    kind = _kind(answers)
    folder = settings.content / centre / year / kind
    if folder.exists():
        raise SettingsStop(f"已经有 {_shown(folder, settings)}，不覆盖；要添一张表，用 new record（it exists）")
    source = Path(answers.get("source", "收到的文件的文本在哪里（UTF-8 纯文本文件的路径）", _source_fault)).read_bytes()
    files = {"source.txt": source}
    facts = blank(META_MODELS[kind])
    facts["source"] = {"sha256": hashlib.sha256(source).hexdigest()}
    files["disclosure.yml"] = written(META_MODELS[kind], facts).encode()
    for number, values in _followed(settings, answers, centre, year, kind):
        files[f"{number}.yml"] = written(RECORD_MODELS[kind], values).encode()
    _write_folder(folder, files)
    return [folder / name for name in sorted(files)]


def _followed(settings: Settings, answers: _Answers, centre: str, year: str, kind: Kind) -> list[tuple[str, Values]]:
    """The forms that follow the declarations that are there, when that is wanted."""
    leading = _leading(settings.content / centre, year, kind)
    wanted = answers.given["follow"] is not None
    if leading is None:
        if wanted:
            raise SettingsStop(_nothing_to_follow(kind))
        return []
    if not wanted and not (answers.asks and _wanted(answers, leading, settings, kind)):
        return []
    return [(path.stem, _after(path, settings, kind)) for path in _records(leading)]


def _wanted(answers: _Answers, leading: Path, settings: Settings, kind: Kind) -> bool:
    kept = "指标值照抄，其余空着" if kind == "evaluations" else "留名称和指标，数值空着"
    question = f"照 {_shown(leading, settings)} 建各张表（{kept}）？[y/n]"
    return answers.ask(question).lower() in ("y", "yes", "是")


def _nothing_to_follow(kind: Kind) -> str:
    where = "同年的" if kind == "evaluations" else "以前年度的"
    return f"没有{where}申报表可照（no declarations to follow）"


# --- a record ---


def _record(settings: Settings, answers: _Answers) -> list[Path]:
    centre = _existing_centre(settings, answers)
    year = answers.get("year", "年度（四位数字，如 2025）", _year_fault)
    kind = _kind(answers)
    folder = settings.content / centre / year / kind
    if not folder.is_dir():
        raise SettingsStop(f"还没有 {_shown(folder, settings)}：先用 new disclosure 建立（no such disclosure）")
    numbers = [int(path.stem) for path in _records(folder)]
    path = folder / f"{max(numbers, default=0) + 1:0{_NUMBER}}.yml"
    _write_new(path, written(RECORD_MODELS[kind], _values_of_record(settings, answers, centre, year, kind)).encode())
    return [path]


def _values_of_record(settings: Settings, answers: _Answers, centre: str, year: str, kind: Kind) -> Values:
    if answers.given["follow"] is None:
        facts = _plain(settings.content / centre / "centre.yml", settings)
        known = {"department": facts.get("department", ""), "implementer": facts.get("name", "")}
        return blank(RECORD_MODELS[kind], {key: value for key, value in known.items() if isinstance(value, str)})
    leading = _leading(settings.content / centre, year, kind)
    path = leading / f"{answers.given['follow']}.yml" if leading else None
    if path is None or not path.is_file():
        raise SettingsStop(
            _nothing_to_follow(kind) if path is None else f"没有 {_shown(path, settings)}（no such form）"
        )
    return _after(path, settings, kind)


def _leading(centre: Path, year: str, kind: Kind) -> Path | None:
    """The declarations that forms of a year follow: the same year's for evaluations, the latest before for others."""
    years = sorted(path.name for path in centre.iterdir() if (path / "targets").is_dir() and YEAR.fullmatch(path.name))
    fit = [each for each in years if (each == year if kind == "evaluations" else each < year)]
    return centre / fit[-1] / "targets" if fit else None


def _after(path: Path, settings: Settings, kind: Kind) -> Values:
    declaration = _plain(path, settings)
    return evaluation_of(declaration) if kind == "evaluations" else next_declaration(declaration)


def _records(folder: Path) -> list[Path]:
    return sorted(
        (path for path in folder.iterdir() if RECORD_FILE.fullmatch(path.name)), key=lambda path: int(path.stem)
    )


# --- what they share ---


def _existing_centre(settings: Settings, answers: _Answers) -> str:
    there = tuple(sorted(path.parent.name for path in settings.content.glob("*/centre.yml")))

    def fault(answer: str) -> str | None:
        return None if answer in there else f"现有的单位：{'、'.join(there)}；别的先用 new centre 建立"

    return answers.get("centre", f"哪个单位（{'、'.join(there)}）", fault)


def _kind(answers: _Answers) -> Kind:
    answer = answers.get("kind", "申报表写 targets，自评表写 evaluations", _one_of(KINDS))
    return next(kind for kind in KINDS if kind == answer)


def _year_fault(answer: str) -> str | None:
    return None if YEAR.fullmatch(answer) else "应为四位数字的年度，如 2025"


def _source_fault(answer: str) -> str | None:
    path = Path(answer)
    if not path.is_file():
        return "没有这个文件"
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    _, problem = decode(data, path.name, clean=False)
    return say(problem, None) if problem else None


def _plain(path: Path, settings: Settings) -> Values:
    """The values of a file of the content; ContentStop with what is wrong with it."""
    loaded = load_file(path, _shown(path, settings))
    if loaded.tree is None or loaded.problems:
        raise ContentStop(loaded.problems)
    return loaded.tree.plain


def _shown(path: Path, settings: Settings) -> str:
    return path.relative_to(settings.root).as_posix()


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder with its files, whole or not at all."""
    new = folder.with_name(f".{folder.name}~")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, data in files.items():
        _write_new(new / name, data)
    new.rename(folder)


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        raise SettingsStop(f"已经有 {path.name}，不覆盖（it exists）") from None
