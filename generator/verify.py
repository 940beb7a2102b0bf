"""The built site against what was planned: every page there, every link lands, nothing calls outside."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from generator.problems import VerifyStop

_SHOWN = 20

# Elements whose address the browser fetches by itself when it shows a page.
_FETCHED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "form": ("action",),
}
_FETCHED_RELATIONS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


@dataclass(slots=True)
class _Found:
    """What one page says of itself and of others."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Found()
        self.inline: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._names(tag, values)
        self._addresses(tag, values)
        self._code(tag, values)

    def _names(self, tag: str, values: dict[str, str]) -> None:
        """What a link may point to."""
        ids = self.found.ids
        if values.get("id") in ids:
            self.found.faults.append(f"id “{values['id']}” 出现两次")
        ids.update(filter(None, (values.get("id"), values.get("name") if tag == "a" else None)))

    def _addresses(self, tag: str, values: dict[str, str]) -> None:
        if tag in ("a", "area", "link") and "href" in values:
            fetched = tag == "link" and _FETCHED_RELATIONS & set(values.get("rel", "").lower().split())
            (self.found.fetched if fetched else self.found.links).append(values["href"])
        for key in _FETCHED.get(tag, ()):
            if values.get(key):
                self.found.fetched.append(values[key].split(" ")[0])

    def _code(self, tag: str, values: dict[str, str]) -> None:
        """Nothing runs or is styled from within a page: the policy forbids it."""
        for key, value in values.items():
            if key.startswith("on") or value.strip().lower().startswith(("javascript:", "vbscript:")):
                self.found.faults.append(f"<{tag} {key}> 会执行代码")
        if "style" in values:
            self.found.faults.append(f"<{tag}> 有内嵌样式")
        if tag == "base":
            self.found.faults.append("有 <base>")
        data = values.get("type") in ("application/json", "application/ld+json")
        self.inline = tag if tag == "style" or (tag == "script" and "src" not in values and not data) else None

    def handle_data(self, data: str) -> None:
        if self.inline and data.strip():
            self.found.faults.append(f"有内嵌的 <{self.inline}>")

    def handle_endtag(self, _: str) -> None:
        self.inline = None


def verify(site: Path, docs_files: Iterable[str]) -> int:
    """Prove a built site.

    Args:
        site: The site's folder.
        docs_files: The paths of the docs tree that it was built from.

    Returns:
        The number of pages read.

    Raises:
        VerifyStop: something is missing, leads nowhere or calls outside; all of it is named.
    """
    files = {_below(site, folder, name) for folder, _, names in os.walk(site) for name in names}
    faults = [f"{name}: 计划有这一页，站点里没有" for name in map(_built_name, docs_files) if name not in files]
    pages = {name: _read(site / name) for name in sorted(files) if name.endswith(".html")}
    for name, page in pages.items():
        faults.extend(f"{name}: {fault}" for fault in page.faults)
        faults.extend(_link_faults(name, page, pages, files))
    for name in sorted(files):
        if name.endswith((".css", ".svg")):
            faults.extend(_style_faults(name, (site / name).read_text("utf-8"), files))
    if not pages:
        faults.append("站点里一页也没有")
    if faults:
        more = f"\n……另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise VerifyStop("站点核验没有通过（the built site is not as planned）：\n" + "\n".join(faults[:_SHOWN]) + more)
    return len(pages)


def _below(site: Path, folder: str, name: str) -> str:
    return (Path(folder) / name).relative_to(site).as_posix()


def _built_name(docs_file: str) -> str:
    return docs_file.removesuffix(".md") + ".html" if docs_file.endswith(".md") else docs_file


def _read(path: Path) -> _Found:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.found


def _lands(address: str, page: str) -> str | None:
    """The site path that a relative address on `page` leads to; None when it leaves the site."""
    path = unquote(address)
    where = normpath(join(page.rpartition("/")[0], path)) if path else page
    if path.startswith("/") or where.startswith(".."):
        return None
    if path.endswith(("/", "..", "/.")) or where == ".":
        return "index.html" if where == "." else f"{where}/index.html"
    return where


def _link_faults(name: str, page: _Found, pages: dict[str, _Found], files: set[str]) -> Iterator[str]:
    error_page = name == "404.html"  # served at any depth, so its links are absolute
    for address in page.fetched:
        parts = urlsplit(address)
        if parts.scheme == "data" or (error_page and not parts.netloc):
            continue
        if parts.scheme or parts.netloc:
            yield f"{name}: 会向外部请求 {address}"
        elif _lands(parts.path, name) not in files:
            yield f"{name}: 找不到 {address}"
    for address in page.links:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "mailto", "tel") or (error_page and not parts.netloc):
            continue
        target = None if parts.scheme or parts.netloc else _lands(parts.path, name)
        if target not in files:
            yield f"{name}: 链接 {address} 没有去处"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"{name}: 链接 {address} 指的位置不存在"


def _style_faults(name: str, text: str, files: set[str]) -> Iterator[str]:
    for match in _CSS_ADDRESS.finditer(text):
        address = match[1] or match[2]
        parts = urlsplit(address)
        if parts.scheme == "data" or address.startswith("#"):
            continue
        if parts.scheme or parts.netloc:
            yield f"{name}: 会向外部请求 {address}"
        elif _lands(parts.path, name) not in files:
            yield f"{name}: 找不到 {address}"
