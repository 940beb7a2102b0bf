"""The built site against what was planned: every page there, every link lands, nothing calls outside."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.policy import PAGE_POLICY
from generator.problems import VerifyStop, visible

_SHOWN = 20

# Attributes whose address the browser fetches by itself when it shows a page; the rest are for the reader to follow.
_FETCHED_BY = {
    "src": "script img source iframe embed video audio track input",
    "srcset": "img source",
    "data": "object",
    "poster": "video",
    "href": "use image",
    "action": "form",
    "formaction": "button input",
    "background": "body table td",
}
_FETCHED = {(tag, key) for key, tags in _FETCHED_BY.items() for tag in tags.split()}
_FETCHED_RELATIONS = set("stylesheet icon preload modulepreload prefetch preconnect dns-prefetch manifest".split())
_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_MODULE_ADDRESS = re.compile(r"\b(?:from|import)\s*\(?\s*['\"](\.[^'\"]+)['\"]")
_CODE = ("javascript:", "vbscript:")
# Attributes that hold an address, or give one to others (SVG's animations); in the rest such words are only words.
_ADDRESSES = {*_FETCHED_BY, "xlink:href", "cite", "to", "from", "by", "values"}
_UNWELCOME = {"srcdoc", "ping", "imagesrcset"}
_DATA_SCRIPTS = ("application/json", "application/ld+json")

Attributes = Mapping[str, str]


class _Page:
    """What one page says of itself and of others."""

    def __init__(self, html: str) -> None:
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.faults: list[str] = []
        self.policies: list[str] = []
        root = LexborHTMLParser(html).root
        for node in root.traverse() if root else ():
            values = {key: value or "" for key, value in node.attributes.items()}
            tag = str(node.tag)
            if values.get("id"):
                self.ids[values["id"]] += 1
            self._addresses(tag, values)
            self._code(tag, values, node)
        if self.policies != [PAGE_POLICY]:
            self.faults.append("没有带上内容安全策略（generator/policy.py）")
        self.faults += [f"id “{name}” 出现 {count} 次" for name, count in self.ids.items() if count > 1]

    def _addresses(self, tag: str, values: Attributes) -> None:
        if tag in ("a", "area", "link") and "href" in values:
            fetched = tag == "link" and _FETCHED_RELATIONS & set(values.get("rel", "").lower().split())
            (self.fetched if fetched else self.links).append(values["href"])
        for key in _FETCHED_BY:
            if values.get(key) and (tag, key) in _FETCHED:
                several = values[key].split(",") if key == "srcset" else [values[key]]
                self.fetched += [address.split()[0] for address in several if address.strip()]

    def _code(self, tag: str, values: Attributes, node: LexborNode) -> None:
        """Nothing runs or is styled from within a page: the policy forbids it."""
        for key, value in values.items():
            if key.startswith("on") or (key in _ADDRESSES and value.strip().lower().startswith(_CODE)):
                self.faults.append(f"<{tag} {key}> 会执行代码")
        if "style" in values:
            self.faults.append(f"<{tag}> 有内嵌样式")
        directive = values.get("http-equiv", "").lower() if tag == "meta" else ""
        if directive == "content-security-policy":
            self.policies.append(values.get("content", ""))
        if tag == "base" or directive == "refresh":
            self.faults.append(f"有会转走读者的 <{tag}>")
        for key in _UNWELCOME & values.keys():
            self.faults.append(f"<{tag}> 不应有 {key}")
        inline = tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in _DATA_SCRIPTS)
        if inline and node.text().strip():
            self.faults.append(f"有内嵌的 <{tag}>")


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
    pages = sorted(name for name in files if name.endswith(".html"))
    # A link to a place on another page: page → (linking page, link). Few pages have any, so little is kept.
    awaited: dict[str, list[tuple[str, str]]] = {}
    for name in pages:
        page = _Page((site / name).read_text("utf-8"))
        faults += [f"{name}: {fault}" for fault in (*page.faults, *_link_faults(name, page, files, awaited))]
    for target, links in sorted(awaited.items()):
        ids = _Page((site / target).read_text("utf-8")).ids
        faults += [_no_anchor(name, link) for name, link in links if _fragment(link) not in ids]
    for name in sorted(files):
        if name.endswith((".css", ".svg")):
            faults.extend(_style_faults(name, (site / name).read_text("utf-8"), files))
        elif name.endswith(".js"):
            faults.extend(_module_faults(name, (site / name).read_text("utf-8"), files))
    if not pages:
        faults.append("站点里一页也没有")
    if faults:
        more = f"\n……另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise VerifyStop(
            "站点核验没有通过（the built site is not as planned）：\n" + "\n".join(map(visible, faults[:_SHOWN])) + more
        )
    return len(pages)


def _below(site: Path, folder: str, name: str) -> str:
    return (Path(folder) / name).relative_to(site).as_posix()


def _built_name(docs_file: str) -> str:
    return docs_file.removesuffix(".md") + ".html" if docs_file.endswith(".md") else docs_file


def _split(address: str) -> SplitResult:
    """An address in its parts; one that is none leads to a host that is nowhere, so it is refused."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("broken", "", "", "", "")


def _fragment(address: str) -> str:
    return unquote(_split(address).fragment)


def _no_anchor(name: str, address: str) -> str:
    return f"{name}: 链接 {address} 指的位置不存在"


def _lands(address: str, page: str) -> str | None:
    """The site path that a relative address on `page` leads to; None when it leaves the site."""
    path = unquote(address)
    where = normpath(join(page.rpartition("/")[0], path)) if path else page
    if path.startswith("/") or where.startswith(".."):
        return None
    if path.endswith(("/", "..", "/.")) or where == ".":
        return "index.html" if where == "." else f"{where}/index.html"
    return where


def _link_faults(name: str, page: _Page, files: set[str], awaited: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    error_page = name == "404.html"  # served at any depth, so its links are absolute
    for address in page.fetched:
        parts = _split(address)
        if parts.scheme == "data" or (error_page and not parts.netloc):
            continue
        if parts.scheme or parts.netloc:
            yield f"会向外部请求 {address}"
        elif _lands(parts.path, name) not in files:
            yield f"找不到 {address}"
    for address in page.links:
        parts = _split(address)
        if parts.scheme in ("http", "https", "mailto", "tel") or (error_page and not parts.netloc):
            continue
        target = None if parts.scheme or parts.netloc else _lands(parts.path, name)
        if target is None or target not in files:
            yield f"链接 {address} 没有去处"
        elif parts.fragment and target == name and _fragment(address) not in page.ids:
            yield f"链接 {address} 指的位置不存在"
        elif parts.fragment and target != name:
            awaited.setdefault(target, []).append((name, address))


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
