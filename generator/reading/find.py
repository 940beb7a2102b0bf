"""The files of content/, in fixed order; strays, symlinks and devices are refused."""

import os
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from generator.words.place import Place
from generator.words.problems import Entry, Problem, SettingsStop, Words
from generator.words.urls import CENTRE_ID, KINDS, PAGE_NAME, RECORD_FILE, RESERVED, YEAR, Kind, document_id

# What systems and editors leave behind; it is neither content nor a mistake.
IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})
IGNORED_ENDS = ("~", ".swp", ".bak")

STRAY = Entry(
    "stray-file",
    Words("不该在这里的文件或文件夹", "a file or folder that does not belong here"),
    Words("这里应放 {allowed}", "{allowed_en} is expected here"),
    Words("多出“{name}”", "found “{name}”"),
    Words(
        "改成规定的名字，或移出 content 文件夹；名字写错的记录不会公开。",
        "rename it, or move it out of content/; a record with a wrong name is not published.",
    ),
)
# What may stand in each kind of folder.
_AT_ROOT = Words(
    "site.yml、pages、单位文件夹（小写字母、数字、连字符；about、search 等名称留给本站）",
    "site.yml, pages, a centre's folder (a-z, 0-9, hyphen; about, search … are taken)",
)
_IN_PAGES = Words(
    "手写页面 *.md（名字用小写字母、数字、连字符）",
    "hand-written *.md",
)
_IN_CENTRE = Words(
    "centre.yml 和年度文件夹（如 2024）",
    "centre.yml, a year's folder (like 2024)",
)
_IN_YEAR = Words(
    "targets（申报表）和 evaluations（自评表）文件夹",
    "a folder targets or evaluations",
)
_IN_DISCLOSURE = Words(
    "disclosure.yml、source.txt 和 01.yml、02.yml……",
    "disclosure.yml, source.txt, 01.yml, 02.yml …",
)
LINK = Entry(
    "not-a-file",
    Words("不是普通文件", "not a regular file"),
    Words("应为普通文件或文件夹", "a regular file or folder is expected"),
    Words("“{name}”是文件夹、链接或特殊文件", "“{name}” is a folder, a link or a special file"),
    Words(
        "把链接换成文件本身；链接可能指到不该公开的内容。",
        "put the file itself here; a link may lead to what must not be published.",
    ),
)
ABSENT = Entry(
    "missing-file",
    Words("缺文件", "a file is missing"),
    Words("文件夹里应有 {name}", "the folder should hold {name}"),
    Words("没有找到", "it is missing"),
    Words("照邻近文件夹里的同名文件补上。", "add it, after the example of a neighbouring folder."),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of content: where it lies, and how messages name it."""

    place: str
    file: str

    @property
    def path(self) -> Path:
        return Path(self.place)

    @property
    def is_there(self) -> bool:
        """It is a file; what is missing, a link or a folder has been refused and is not read."""
        return self.path.is_file() and not self.path.is_symlink()


@dataclass(frozen=True, slots=True)
class DisclosureFiles:
    centre: str
    year: int
    kind: Kind
    meta: SourceFile
    source: SourceFile
    records: tuple[tuple[str, SourceFile], ...]  # ("01", file) …

    @property
    def id(self) -> str:
        return document_id(self.centre, self.year, self.kind)


@dataclass(frozen=True, slots=True)
class CentreFiles:
    id: str
    meta: SourceFile
    disclosures: tuple[DisclosureFiles, ...]

    def sources(self) -> Iterator[SourceFile]:
        """Every file of the centre."""
        yield self.meta
        for each in self.disclosures:
            yield from (each.meta, each.source, *(source for _, source in each.records))


@dataclass(frozen=True, slots=True)
class ContentFiles:
    site: SourceFile
    pages: tuple[SourceFile, ...]
    centres: tuple[CentreFiles, ...]


class _Walk:
    """Reads folders of a project and gathers what does not belong there; each is named by its path below `root`.

    Paths are words here: there may be a hundred thousand of them, and a build that changes nothing walks too.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def source(self, name: str) -> SourceFile:
        return SourceFile(f"{self.root}/{name}", name)

    def refuse(self, entry: Entry, name: str, **facts: str) -> None:
        self.problems.append(Problem(entry, Place(name), facts={"name": name.rpartition("/")[2], **facts}))

    def refuse_stray(self, name: str, allowed: Words) -> None:
        self.refuse(STRAY, name, allowed=allowed.zh, allowed_en=allowed.en)

    def entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        """What lies in a folder, by name; links and special files are refused."""
        with os.scandir(f"{self.root}/{folder}") as found:
            for entry in sorted(found, key=lambda entry: entry.name):
                if entry.name in IGNORED or entry.name.endswith(IGNORED_ENDS):
                    continue
                if entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False):
                    yield entry
                else:
                    self.refuse(LINK, f"{folder}/{entry.name}")

    def required(self, folder: str, name: str) -> SourceFile:
        source = self.source(f"{folder}/{name}")
        try:
            if S_ISDIR(os.lstat(source.place).st_mode):
                self.refuse(LINK, source.file)
        except FileNotFoundError:
            self.problems.append(Problem(ABSENT, Place(folder), facts={"name": name}))
        return source


FoundCentres = MutableMapping[str, tuple[CentreFiles, tuple[Problem, ...]]]
"""By centre: its files, and what does not belong among them."""


def find_content(
    root: Path, folder: Path, known: FoundCentres | None = None
) -> tuple[ContentFiles, tuple[Problem, ...]]:
    """List the files of the content folder.

    Args:
        root: The project's root; messages name files below it.
        folder: The content folder.
        known: Centres that are as they were found: they are not looked at. Those that are looked at are added.

    Returns:
        The files (complete only if there is no problem), and what does not belong.

    Raises:
        SettingsStop: there is no content folder.
    """
    if folder.is_symlink() or not folder.is_dir():
        raise SettingsStop(f"找不到内容文件夹 {folder.name}/（no such folder: {folder}）")
    known = {} if known is None else known
    top, below = folder.relative_to(root).as_posix(), str(root)
    walk = _Walk(below)
    centres: list[CentreFiles] = []
    pages: tuple[SourceFile, ...] = ()
    for entry in walk.entries(top):
        name = f"{top}/{entry.name}"
        if entry.is_dir() and entry.name == "pages":
            pages = tuple(_pages(walk, name))
        elif entry.is_dir() and CENTRE_ID.fullmatch(entry.name) and entry.name not in RESERVED:
            if entry.name not in known:
                own = _Walk(below)
                known[entry.name] = _centre(own, name, entry.name), tuple(own.problems)
            centre, strays = known[entry.name]
            centres.append(centre)
            walk.problems += strays
        elif entry.name != "site.yml":
            walk.refuse_stray(name, _AT_ROOT)
    site = walk.required(top, "site.yml")
    return ContentFiles(site, pages, tuple(centres)), tuple(walk.problems)


def _pages(walk: _Walk, folder: str) -> Iterator[SourceFile]:
    for entry in walk.entries(folder):
        name, stem = f"{folder}/{entry.name}", entry.name.removesuffix(".md")
        if entry.is_file() and stem != entry.name and PAGE_NAME.fullmatch(stem):
            yield walk.source(name)
        else:
            walk.refuse_stray(name, _IN_PAGES)


def _centre(walk: _Walk, folder: str, centre: str) -> CentreFiles:
    disclosures: list[DisclosureFiles] = []
    for entry in walk.entries(folder):
        name = f"{folder}/{entry.name}"
        if entry.is_dir() and YEAR.fullmatch(entry.name):
            disclosures.extend(_year(walk, name, centre, int(entry.name)))
        elif entry.name != "centre.yml":
            walk.refuse_stray(name, _IN_CENTRE)
    return CentreFiles(centre, walk.required(folder, "centre.yml"), tuple(disclosures))


def _year(walk: _Walk, folder: str, centre: str, year: int) -> Iterator[DisclosureFiles]:
    for entry in walk.entries(folder):
        name = f"{folder}/{entry.name}"
        kind = next((kind for kind in KINDS if kind == entry.name), None)
        if kind and entry.is_dir():
            yield _disclosure(walk, name, centre, year, kind)
        else:
            walk.refuse_stray(name, _IN_YEAR)


def _disclosure(walk: _Walk, folder: str, centre: str, year: int, kind: Kind) -> DisclosureFiles:
    records: list[tuple[str, SourceFile]] = []
    for entry in walk.entries(folder):
        name = f"{folder}/{entry.name}"
        record = RECORD_FILE.fullmatch(entry.name)
        if entry.is_file() and record:
            records.append((record[1], walk.source(name)))
        elif entry.name not in ("disclosure.yml", "source.txt") or not entry.is_file():
            walk.refuse_stray(name, _IN_DISCLOSURE)
    records.sort(key=lambda record: (int(record[0]), record[0]))
    meta = walk.required(folder, "disclosure.yml")
    return DisclosureFiles(centre, year, kind, meta, walk.required(folder, "source.txt"), tuple(records))
