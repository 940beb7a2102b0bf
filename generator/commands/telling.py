"""What the commands say on stderr: problems in full, each with its source line, and how many there are."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.words.problems import Language, Problem, Severity, many, say
from generator.words.text import MAX_BYTES

_BOLD, _RED, _PLAIN = "\033[1m", "\033[31m", "\033[0m"


def talk(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What stops a build; the rest is told by `check`."""
    return tuple(problem for problem in problems if problem.entry.severity is Severity.ERROR)


def tell(problems: Sequence[Problem], root: Path, language: Language) -> None:
    """Every problem in full, each with its source line.

    Of a file that holds something confidential no line is shown: it may run over several.
    """
    closed = {problem.place.file for problem in problems if problem.entry.confidential}
    lines: dict[str, list[str]] = {}
    for problem in problems:
        line = None
        if problem.place.line and problem.place.file not in closed:
            file = problem.place.file
            lines[file] = lines[file] if file in lines else _lines(root / file)
            index = problem.place.line - 1
            line = lines[file][index] if index < len(lines[file]) else None
        talk(_painted(say(problem, line, language)) + "\n")


def _lines(path: Path) -> list[str]:
    """A file's lines for showing; what cannot be read is not shown."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return []


def _painted(said: str) -> str:
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return said
    first, _, rest = said.partition("\n")
    return f"{_BOLD}{_RED}{first}{_PLAIN}\n{rest}"


def summary(problems: Sequence[Problem], language: Language) -> str:
    stopping = errors(problems)
    files = len({problem.place.file for problem in stopping})
    if language == "en":
        return f"{many(len(stopping), 'error')} in {many(files, 'file')}; nothing was written."
    return f"共 {len(stopping)} 处错误，在 {files} 个文件里；没有写任何文件，原有的站点没有改动。"
