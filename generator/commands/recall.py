"""Read a state: of a git revision, of a folder with content/, of a built site."""

import tempfile
from pathlib import Path

from generator.changes.published import read_site
from generator.changes.state import State, state_of
from generator.pages.plan import make_plan
from generator.reading.find import find_content
from generator.reading.reader import read_content
from generator.reading.revisions import write_revision
from generator.words.problems import ContentStop, Language, SettingsStop, Severity, Words, say, visible


def working_state(root: Path) -> State:
    """The state of the project's content as it lies there.

    Raises:
        ContentStop: a file of it cannot be read. What rules say of it is not asked.
    """
    files, strays = find_content(root, root / "content")
    content, unread = read_content(files)
    problems = sorted((*strays, *unread), key=lambda found: (found.place, found.code))
    if content is None or any(found.entry.severity is Severity.ERROR for found in problems):
        raise ContentStop(problems)
    return state_of(content, make_plan(content).urls)


def read_state(said: str, root: Path, language: Language = "zh") -> State:
    """The state that `said` names: a folder if there is one of this name, else a git revision of the project.

    Raises:
        SettingsStop: there is no such state, or it cannot be read.
    """
    if said and Path(said).is_dir():
        return read_published(said, language)
    with tempfile.TemporaryDirectory() as temporary:
        write_revision(root, said, Path(temporary))
        return _readable(Path(temporary), said, language)


def read_published(said: str, language: Language = "zh") -> State:
    """The state of a folder: a built site, or one with content/.

    Raises:
        SettingsStop: there is no such folder, or it cannot be read.
    """
    if not said.strip():  # a variable that is not set must not turn the comparison off
        raise SettingsStop(
            "--published（PUBLISHED）后面是空的；应写已公开的站点的文件夹，如 build/site。"
            "（the name of the published folder is empty）"
        )
    folder = Path(said)
    if not folder.is_dir():
        raise SettingsStop(f"没有这个文件夹（no such folder）：{visible(said)}")
    return _readable(folder, said, language) if (folder / "content").is_dir() else read_site(folder)


def _readable(root: Path, said: str, language: Language) -> State:
    try:
        return working_state(root)
    except ContentStop as stop:
        count, first = len(stop.problems), say(stop.problems[0], None, language)
        words = Words(
            f"“{visible(said)}”的内容读不出来，共 {count} 处问题，第一处：",
            f"“{visible(said)}” cannot be read, problems: {count}. The first:",
        )
        raise SettingsStop(f"{words.said(language)}\n{first}") from stop
