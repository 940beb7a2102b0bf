"""A record taken out of a site that is built: its page says so, its files too, and no other file speaks of it.

The words to take out are those of the record's own data in this site that no other record has. Tables and
listings lose the record's rows; in pages the words are blotted out; what can be neither is removed: the files of the
search and workbooks. Nothing of it needs the content that the site was built from.
"""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser

from generator.exports.csv_text import csv_file, csv_line
from generator.exports.database import without_record
from generator.words.urls import (
    ASSETS,
    DATABASE,
    DATAPACKAGE,
    PACKED,
    is_of_search,
    record_csv_url,
    record_json_url,
    record_url,
)

BLOT = "（已撤下）"
_LEAST, _LEAST_NUMBER = 4, 6
_SENTENCES = re.compile(r"[。；;！？!?，,、：:\n]")
_LEAST_SENTENCE = 8
_OF_THE_SITE = ("viewport", "color-scheme", "SiteName")  # metadata that says nothing of the form
_WORDY = re.compile(r"[^\W\d_]")
_TEXTS = (".html", ".json", ".jsonl", ".csv", ".xml", ".txt", ".svg")

Json = dict[str, Any]


def take_out(site: Path, identity: str, on: str, reason: str, source: str | None) -> list[str]:
    """Take a record out of a site's files; a file is replaced, never written into, as others may share it.

    Args:
        site: The site's folder.
        identity: The record's id.
        on: The day (ISO).
        reason: Why, for readers.
        source: The URL of its document's text, when that goes too.

    Returns:
        The paths of the files that changed or went.
    """
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    own = _data(site, identity)
    words: list[str] = []
    if "name" in own:
        words = _words(site, files, identity, own)
    else:  # it was taken out before: from here, or from the content with all that goes with it
        files = [name for name in files if own and name == source]
    said = f"这张表已于 {on} 撤下：{reason}"
    blotted = _blotter(words)
    changed: list[str] = []
    for name in files:
        if name.endswith(PACKED):
            continue  # it goes with the file that it was packed from
        data = (site / name).read_bytes()
        if name.startswith(record_url(identity)) or name == source:
            new: bytes | None = blotted(_tombstone(name, data, identity, said, on, reason).decode()).encode()
        else:
            new = _without(name, data, identity, blotted)
        if new != data:
            changed += _replaced(site, name, new)
    return sorted({*changed, *_described(site, changed)})


def _replaced(site: Path, name: str, data: bytes | None) -> Iterator[str]:
    """Put other bytes in the place of a file, or nothing; what was packed of it goes."""
    for each in (name, name + PACKED):
        if (site / each).exists():
            (site / each).unlink()
            yield each
    if data is not None:
        (site / name).write_bytes(data)


# --- which words


def _data(site: Path, identity: str) -> Json:
    """The record as data; nothing where it is not there."""
    own = site / record_json_url(identity)
    facts: Json = json.loads(own.read_bytes()) if own.exists() else {}
    return facts


def _words(site: Path, files: Iterable[str], identity: str, facts: Json) -> list[str]:
    """The words of the record that no other record's data hold, the longest first."""
    others = "\n".join(
        "\n".join(_leaves(json.loads((site / name).read_bytes())))
        for name in files
        if name.endswith("/record.json") and name != record_json_url(identity)
    )
    keys = {"id", "url", "kind", "centre", "department", "implementer"}
    leaves = set(_leaves({key: value for key, value in facts.items() if key not in keys}))
    pieces = {piece.strip() for leaf in leaves for piece in _SENTENCES.split(leaf) if len(piece) >= _LEAST_SENTENCE}
    found = {word for word in leaves | pieces if _tells(word) and word not in others}
    return sorted(found, key=len, reverse=True)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        yield value


def _tells(word: str) -> bool:
    """Whether a word is long enough to be the record's own."""
    return len(word) >= (_LEAST if _WORDY.search(word) else _LEAST_NUMBER)


def _blotter(words: Iterable[str]) -> Callable[[str], str]:
    """Blots words out of a text, however HTML and JSON write them; a number only where it stands alone."""
    spellings: dict[str, None] = {}
    for word in words:
        for each in (word, str(escape(word)), html.escape(word), json.dumps(word, ensure_ascii=False)[1:-1]):
            spellings[each] = None
    patterns = []
    for each in spellings:
        before = r"(?<![\d.,])" if each[0].isdigit() else ""
        after = r"(?![\d.,]*\d)" if each[-1].isdigit() else ""
        patterns.append(before + re.escape(each) + after)
    pattern = re.compile("|".join(patterns))
    return (lambda text: pattern.sub(BLOT, text)) if spellings else (lambda text: text)


# --- the record's own files


def _tombstone(name: str, data: bytes, identity: str, said: str, on: str, reason: str) -> bytes:
    if name.endswith(".html"):
        return _page(data.decode(), said)
    if name == record_csv_url(identity):
        return csv_file(("编号", "说明"), [csv_line((identity, said))])
    if name.endswith(".json"):
        facts = {"id": identity, "withdrawn": {"on": on, "reason": reason}}
        return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    return f"{said}\n".encode()


def _page(page: str, said: str) -> bytes:
    """The record's page with nothing of it left: the frame of the site, and what became of it."""
    tree = LexborHTMLParser(page)
    for each in tree.css('meta[name], meta[property], script[type="application/ld+json"]'):
        if each.attributes.get("name") not in _OF_THE_SITE:
            each.decompose()
    for each in tree.css("title"):
        each.inner_html = "这张表已撤下"
    content = tree.css_first("#content") or tree.css_first("body")
    if content is None:
        raise ValueError("a page without a body")
    for each in content.css('[aria-current="page"]'):
        each.inner_html = "已撤下"
    crumbs = content.css_first(".crumbs")
    content.inner_html = (
        f"{crumbs.html if crumbs else ''}"
        '<div class="head"><h1 class="head__title">这张表已撤下</h1></div>'
        f'<p>{html.escape(said)}</p><p><a href="../">回到这份文件</a></p>'
    )
    return f"{tree.html}\n".encode()


# --- all other files


def _without(name: str, data: bytes, identity: str, blotted: Callable[[str], str]) -> bytes | None:
    """The bytes of another file without the record; None for one that has to go."""
    year = f"{'/'.join(identity.split('/')[:2])}/"
    if name == DATABASE:
        return without_record(data, identity)
    if is_of_search(name) or (name.startswith(year) and name.endswith(".xlsx")):
        return None
    if name.endswith("/source.txt") or name.startswith(ASSETS) or not name.endswith(_TEXTS):
        return data
    text = data.decode()
    if name.endswith(".csv"):
        text = "".join(row for row in _rows(text) if identity not in next(csv.reader([row])))
    elif name.endswith(".jsonl"):
        text = "".join(line for line in text.splitlines(keepends=True) if json.loads(line).get("id") != identity)
    elif name.endswith(".xml"):
        text = re.sub(rf"\s*<entry>(?:(?!</entry>).)*/{re.escape(identity)}/.*?</entry>", "", text, flags=re.DOTALL)
    if name.endswith(("/disclosure.json", "documents.jsonl")):
        text = re.sub(rf'"{re.escape(identity)}", |(, )?"{re.escape(identity)}"', "", text)
    return blotted(text).encode()


def _rows(text: str) -> Iterator[str]:
    """The rows of a table, as they are written."""
    row = ""
    for line in io.StringIO(text, newline=""):
        row += line
        if row.count('"') % 2 == 0:  # else a cell goes on in the next line
            yield row
            row = ""


def _described(site: Path, changed: Sequence[str]) -> Iterator[str]:
    """The description of the tables has their sizes, digests and numbers of rows."""
    description = site / DATAPACKAGE
    if not description.exists() or not changed:
        return
    facts = json.loads(description.read_bytes())
    for resource in facts["resources"]:
        data = (description.parent / resource["path"]).read_bytes()
        _, *rows = _rows(data.decode())
        digest = hashlib.sha256(data).hexdigest()
        resource |= {"bytes": len(data), "hash": f"sha256:{digest}", "rows": len(rows)}
    yield from _replaced(site, DATAPACKAGE, (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode())
