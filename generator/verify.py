"""The built site against what was planned: every page there, every link lands, nothing calls outside."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from urllib.parse import SplitResult, unquote, urlsplit

from generator.file_names import file_names
from generator.page_facts import PageFacts, page_facts
from generator.problems import VerifyStop, visible

_SHOWN = 20

_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_MODULE_ADDRESS = re.compile(r"\b(?:from|import)\s*\(?\s*['\"](\.[^'\"]+)['\"]")

Awaited = dict[str, dict[str, tuple[str, str]]]
"""Links to places on pages that are not at hand: page → place → the first that leads there, its page and address."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of a part of the site by itself, and what is left to be proved beside the others.

    `places` are the ids on each page, each between two line ends. `needed` are files of other parts with the page that
    leads there, `awaited` places on pages of other parts.
    """

    pages: int
    faults: tuple[str, ...]
    places: Mapping[str, str]
    needed: Mapping[str, str]
    awaited: Awaited


class _Reach(Container[str]):
    """The files that a page may lead to: those of its part, and any of another part, which are noted."""

    def __init__(self, files: frozenset[str], inside: Callable[[str], bool]) -> None:
        self.files = files
        self.inside = inside
        self.page = ""
        self.needed: dict[str, str] = {}

    def __contains__(self, file: object) -> bool:
        if file in self.files:
            return True
        if not isinstance(file, str) or self.inside(file):
            return False
        self.needed.setdefault(file, self.page)
        return True


def prove(texts: Iterable[tuple[str, str]], files: frozenset[str], inside: Callable[[str], bool]) -> Proof:
    """Prove a part of the site as far as it goes by itself.

    Args:
        texts: Its pages, styles, drawings and scripts: each file's path in the site, and its text.
        files: The paths of all its files.
        inside: Whether a path of the site would belong to this part.
    """
    pages: dict[str, PageFacts] = {}
    awaited: Awaited = {}
    reach = _Reach(files, inside)
    faults: list[str] = []
    for name, text in texts:
        reach.page = name
        if name.endswith(".html"):
            pages[name] = page_facts(text)
        elif name.endswith((".css", ".svg")):
            faults += _style_faults(name, text, reach)
        elif name.endswith(".js"):
            faults += _module_faults(name, text, reach)
    for name, page in pages.items():
        reach.page = name
        faults += page_faults(name, page, pages, reach, awaited)
    places = {name: "\n".join(("", *page.ids, "")) for name, page in pages.items()}
    return Proof(len(pages), tuple(faults), places, reach.needed, awaited)


def prove_together(proofs: Sequence[Proof], has: Callable[[str], bool]) -> int:
    """Prove that the parts of a site make one.

    Args:
        proofs: Those of all its parts.
        has: Whether the site has a file.

    Returns:
        The number of its pages.

    Raises:
        VerifyStop: something is missing, leads nowhere or calls outside; all of it is named.
    """
    faults = [fault for proof in proofs for fault in proof.faults]
    needed: dict[str, str] = {}
    for proof in proofs:
        needed |= proof.needed
    missing = {file for file in needed if not has(file)}
    faults += [f"{needed[file]}: 链接的 {file} 没有去处" for file in sorted(missing)]
    places: dict[str, str] = {}
    for proof in proofs:
        places |= proof.places
    for proof in proofs:
        for target, wanted in proof.awaited.items():
            if target not in missing:
                faults += _missed(wanted, lambda place, at=places.get(target, ""): f"\n{place}\n" in at)  # type: ignore[misc]
    pages = sum(proof.pages for proof in proofs)
    refuse(faults if pages else [*faults, "站点里一页也没有"])
    return pages


def refuse(faults: Sequence[str]) -> None:
    """Raises: VerifyStop: there are faults; the first of them are named."""
    if faults:
        more = f"\n……另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise VerifyStop(
            "站点核验没有通过（the built site is not as planned）：\n" + "\n".join(map(visible, faults[:_SHOWN])) + more
        )


def verify(site: Path, docs_files: Iterable[str]) -> int:
    """Prove a built site.

    Args:
        site: The site's folder.
        docs_files: The paths of the docs tree that it was built from, renamed as the site has them.

    Returns:
        The number of pages read.

    Raises:
        VerifyStop: something is missing, leads nowhere or calls outside; all of it is named.
    """
    files = frozenset(file_names(site))
    refuse([f"{name}: 计划有这一页，站点里没有" for name in map(_built_name, docs_files) if name not in files])
    texts = ((name, _text(site, name)) for name in sorted(files) if name.endswith((".html", ".css", ".svg", ".js")))
    return prove_together([prove(texts, files, lambda _: True)], files.__contains__)


def _text(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def _built_name(docs_file: str) -> str:
    return docs_file.removesuffix(".md") + ".html" if docs_file.endswith(".md") else docs_file


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


def page_faults(
    name: str, page: PageFacts, pages: Mapping[str, PageFacts], files: Container[str], awaited: Awaited
) -> Iterator[str]:
    """What is wrong with a page: its own faults, and links of its that do not land.

    Args:
        name: Its file.
        page: What it says.
        pages: What it and the pages beside it say, by their files.
        files: All files that it may lead to.
        awaited: Takes the links to places on other pages than these.
    """
    wanted: Awaited = {}
    yield from (f"{name}: {fault}" for fault in (*page.faults, *_link_faults(name, page, files, wanted)))
    for target, places in wanted.items():
        if target in pages:
            yield from _missed(places, pages[target].ids.__contains__)
        else:
            awaited[target] = places | awaited.get(target, {})


def _missed(places: Mapping[str, tuple[str, str]], has: Callable[[str], bool]) -> Iterator[str]:
    """The links to places on a page that it has not."""
    for place, (name, address) in places.items():
        if not has(place):
            yield f"{name}: 链接 {address} 指的位置不存在"


def _link_faults(name: str, page: PageFacts, files: Container[str], wanted: Awaited) -> Iterator[str]:
    error_page = name == "404.html"  # served at any depth, so its links are absolute
    for address in dict.fromkeys(page.fetched):
        parts = _split(address)
        if parts.scheme == "data" or (error_page and not parts.netloc):
            continue
        if parts.scheme or parts.netloc:
            yield f"会向外部请求 {address}"
        elif _lands(parts.path, name) not in files:
            yield f"找不到 {address}"
    for address in dict.fromkeys(page.links):
        parts = _split(address)
        if parts.scheme in ("http", "https", "mailto", "tel") or (error_page and not parts.netloc):
            continue
        target = None if parts.scheme or parts.netloc else _lands(parts.path, name)
        if target is None or target not in files:
            yield f"链接 {address} 没有去处"
        elif parts.fragment:
            wanted.setdefault(target, {}).setdefault(unquote(parts.fragment), (name, address))


def _style_faults(name: str, text: str, files: Container[str]) -> Iterator[str]:
    for match in _CSS_ADDRESS.finditer(text):
        address = match[1] or match[2]
        parts = _split(address)
        if parts.scheme == "data" or address.startswith("#"):
            continue
        if parts.scheme or parts.netloc:
            yield f"{name}: 会向外部请求 {address}"
        elif _lands(parts.path, name) not in files:
            yield f"{name}: 找不到 {address}"


def _module_faults(name: str, text: str, files: Container[str]) -> Iterator[str]:
    for match in _MODULE_ADDRESS.finditer(text):
        if _lands(match[1], name) not in files:
            yield f"{name}: 找不到 {match[1]}"
