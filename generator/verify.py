"""The built site against what was planned: every page there, every link lands, nothing calls outside."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
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
    files = set(file_names(site))
    faults = [f"{name}: 计划有这一页，站点里没有" for name in map(_built_name, docs_files) if name not in files]
    pages = sorted(name for name in files if name.endswith(".html"))
    awaited: Awaited = {}
    # Most links to a place on another page stay below one folder, so no more pages than its are kept in mind.
    for _, names in groupby(pages, lambda name: name.partition("/")[0]):
        faults += page_faults({name: page_facts(_text(site, name)) for name in names}, files, awaited)
    for target, places in sorted(awaited.items()):
        faults += _missed(places, page_facts(_text(site, target)))
    for name in sorted(files):
        if name.endswith((".css", ".svg")):
            faults.extend(_style_faults(name, _text(site, name), files))
        elif name.endswith(".js"):
            faults.extend(_module_faults(name, _text(site, name), files))
    if not pages:
        faults.append("站点里一页也没有")
    if faults:
        more = f"\n……另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise VerifyStop(
            "站点核验没有通过（the built site is not as planned）：\n" + "\n".join(map(visible, faults[:_SHOWN])) + more
        )
    return len(pages)


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


def page_faults(pages: Mapping[str, PageFacts], files: Container[str], awaited: Awaited) -> Iterator[str]:
    """What is wrong with pages: their own faults, and links of theirs that do not land.

    Args:
        pages: What the pages say, by their files.
        files: All files of the site.
        awaited: Takes the links to places on other pages than these.
    """
    for name, page in pages.items():
        yield from (f"{name}: {fault}" for fault in page.faults)
        wanted: Awaited = {}
        yield from (f"{name}: {fault}" for fault in _link_faults(name, page, files, wanted))
        for target, places in wanted.items():
            if target in pages:
                yield from _missed(places, pages[target])
            else:
                awaited[target] = places | awaited.get(target, {})


def _missed(places: Mapping[str, tuple[str, str]], page: PageFacts) -> Iterator[str]:
    """The links to places on a page that it has not."""
    for place, (name, address) in places.items():
        if place not in page.ids:
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


def _style_faults(name: str, text: str, files: set[str]) -> Iterator[str]:
    for match in _CSS_ADDRESS.finditer(text):
        address = match[1] or match[2]
        parts = _split(address)
        if parts.scheme == "data" or address.startswith("#"):
            continue
        if parts.scheme or parts.netloc:
            yield f"{name}: 会向外部请求 {address}"
        elif _lands(parts.path, name) not in files:
            yield f"{name}: 找不到 {address}"


def _module_faults(name: str, text: str, files: set[str]) -> Iterator[str]:
    for match in _MODULE_ADDRESS.finditer(text):
        if _lands(match[1], name) not in files:
            yield f"{name}: 找不到 {match[1]}"
