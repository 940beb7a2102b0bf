"""A part of the site proved by itself: every link lands, nothing calls outside, nothing runs within a page."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import normpath
from urllib.parse import SplitResult, unquote, urlsplit

from generator.site.page_facts import PageFacts, page_facts
from generator.words.problems import VerifyStop, visible
from generator.words.urls import ERROR_PAGE

_SHOWN = 20

_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_MODULE_ADDRESS = re.compile(r"\b(?:from|import)\s*\(?\s*['\"](\.[^'\"]+)['\"]")

# A place on a page: the page's file, the id there.
Spot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of a part of the site by itself, and what is left to be proved beside the others.

    `places` are the ids on each page, each between two line ends. `needed` are files of other parts, and `awaited`
    places on pages of other parts, each with what is wrong if it is not there.
    """

    pages: int
    faults: tuple[str, ...]
    places: Mapping[str, str]
    needed: Mapping[str, str]
    awaited: Mapping[Spot, str]


def prove(texts: Iterable[tuple[str, str]], files: Container[str]) -> Proof:
    """Prove a part of the site as far as it goes by itself.

    Args:
        texts: Its pages, styles, drawings and scripts: each file's path in the site, and its text.
        files: The paths of its files; any other file is needed of others.
    """
    proving = _Proving(files)
    pages: dict[str, PageFacts] = {}
    for name, text in texts:
        if name.endswith(".html"):
            pages[name] = page_facts(text)
            proving.page(name, pages[name])
        elif name.endswith((".css", ".svg")):
            proving.style(name, text)
        elif name.endswith(".js"):
            proving.script(name, text)
    for (target, place), fault in tuple(proving.awaited.items()):
        if target in pages:
            del proving.awaited[target, place]
            if place not in pages[target].ids:
                proving.faults.append(fault)
    places = {name: "\n".join(("", *page.ids, "")) for name, page in pages.items()}
    return Proof(len(pages), tuple(proving.faults), places, proving.needed, proving.awaited)


def joined(one: Proof, other: Proof) -> Proof:
    """What is proved of two lots of files of one part; what each needs of the other is left to be proved."""
    return Proof(
        one.pages + other.pages,
        one.faults + other.faults,
        {**one.places, **other.places},
        {**one.needed, **other.needed},
        {**one.awaited, **other.awaited},
    )


class _Proving:
    """Gathers what is wrong in a part of which `files` are all, and what it needs of others."""

    def __init__(self, files: Container[str]) -> None:
        self.files = files
        self.faults: list[str] = []
        self.needed: dict[str, str] = {}
        self.awaited: dict[Spot, str] = {}
        # By depth of pages: addresses that lead to the same file from all of them, and have been looked at.
        self.settled: defaultdict[int, set[str]] = defaultdict(set)

    def page(self, name: str, page: PageFacts) -> None:
        """A page's own faults, what it fetches and where it leads."""
        self.faults += [f"{name}: {fault}" for fault in page.faults]
        for address, parts in self._open(page.fetched, name):
            self._fetched(name, address, parts)
        for address, parts in self._open(page.links, name):
            self._followed(name, address, parts, page.ids)

    def _open(self, addresses: Iterable[str], name: str) -> Iterator[tuple[str, SplitResult]]:
        """The addresses on a page that are to be looked at; then they are settled where they are so for others too."""
        depth = name.count("/")
        settled = self.settled[depth]
        for address in dict.fromkeys(addresses):
            if address in settled:
                continue
            parts = _split(address)
            if name == ERROR_PAGE and not parts.netloc:
                continue  # it is served at any depth, so its links are absolute
            yield address, parts
            if _leads_from_top(parts, depth):
                settled.add(address)

    def _followed(self, name: str, address: str, parts: SplitResult, ids: Container[str]) -> None:
        """Where a link leads on a page with these ids."""
        if parts.scheme in ("http", "https", "mailto", "tel"):
            return
        target = None if parts.scheme or parts.netloc else _lands(parts.path, name)
        if target not in self.files:
            self._wants(target, f"{name}: 链接 {address} 没有去处")
        if target and parts.fragment:
            place = unquote(parts.fragment)
            if target != name or place not in ids:
                self.awaited.setdefault((target, place), f"{name}: 链接 {address} 指的位置不存在")

    def style(self, name: str, text: str) -> None:
        """What a style or a drawing fetches."""
        for match in _CSS_ADDRESS.finditer(text):
            address = match[1] or match[2]
            if not address.startswith("#"):
                self._fetched(name, address, _split(address))

    def script(self, name: str, text: str) -> None:
        """The scripts that a script asks for."""
        for match in _MODULE_ADDRESS.finditer(text):
            self._wants(_lands(match[1], name), f"{name}: 找不到 {match[1]}")

    def _fetched(self, name: str, address: str, parts: SplitResult) -> None:
        if parts.scheme == "data":
            return
        if parts.scheme or parts.netloc:
            self.faults.append(f"{name}: 会向外部请求 {address}")
        else:
            self._wants(_lands(parts.path, name), f"{name}: 找不到 {address}")

    def _wants(self, target: str | None, fault: str) -> None:
        if target is None:
            self.faults.append(fault)
        elif target not in self.files:
            self.needed.setdefault(target, fault)


def refuse(faults: Sequence[str]) -> None:
    """Raises: VerifyStop: there are faults; the first of them are named."""
    if faults:
        more = f"\n……另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise VerifyStop(
            "站点核验没有通过（the built site is not as planned）：\n" + "\n".join(map(visible, faults[:_SHOWN])) + more
        )


# The frame's addresses stand on every page of a depth, and neighbours are called the same in every folder.
@lru_cache(1 << 14)
def _split(address: str) -> SplitResult:
    """An address in its parts; one that is none leads to a host that is nowhere, so it is refused."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("broken", "", "", "", "")


@lru_cache(1 << 14)
def _way(path: str) -> tuple[int, str] | None:
    """How many folders a relative path leads up, and to which file from there; None for an absolute path."""
    path = unquote(path)
    if path.startswith("/"):
        return None
    where = normpath(path)
    steps = where.split("/")
    up = steps.count("..")
    down = [step for step in steps[up:] if step != "."]
    if path.endswith("/") or steps[-1] in (".", ".."):
        down.append("index.html")
    return up, "/".join(down)


def _leads_from_top(parts: SplitResult, depth: int) -> bool:
    """Whether an address leads to the same file, and to no place there, from every page so many folders deep."""
    if parts.fragment or parts.scheme or parts.netloc:
        return False
    way = _way(parts.path)
    return way is not None and way[0] == depth


def _lands(address: str, page: str) -> str | None:
    """The site path that a relative address on `page` leads to; None when it leaves the site."""
    if not address:
        return page
    way = _way(address)
    folders = page.split("/")[:-1]
    if way is None or way[0] > len(folders):
        return None
    up, file = way
    return "/".join((*folders[: len(folders) - up], file))
