"""What the preview tells beside a page: findings as data that no browser runs, for the preview's own script."""

import json
from collections.abc import Iterable
from pathlib import Path

from generator.words.problems import Problem, dotted, said, visible
from generator.words.urls import (
    HOME,
    KINDS,
    RECORD_FILE,
    YEAR,
    centre_url,
    disclosure_url,
    document_id,
    hand_page_url,
    indicator_anchor,
    record_id,
    record_url,
)

_OWN = "_preview/"  # what the preview serves besides the site; no centre may have such a name
SCRIPT, STYLE, CHANGES = f"{_OWN}preview.js", f"{_OWN}preview.css", f"{_OWN}changes"
ASSETS = Path(__file__).parent / "assets"

# Where on a form's page the keys of its record stand.
_ANCHORS = {
    "funding": "funding", "project_funding": "funding", "budget": "budget", "objectives": "goals",
    "expected": "goals", "achieved": "goals", "amendments": "alterations", "corrections": "alterations",
}  # fmt: skip


def with_remarks(html: str, number: int, here: Iterable[Problem], elsewhere: Iterable[str]) -> str:
    """A page with the preview's script and what the script shows.

    Args:
        html: The page.
        number: The state of the content that it shows.
        here: What was found in the file that the page shows.
        elsewhere: The URLs of the other pages with errors.
    """
    told = {"number": number, "here": list(map(_told, here)), "elsewhere": list(elsewhere)}
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    head = f'<link rel="stylesheet" href="/{STYLE}"><script type="module" src="/{SCRIPT}"></script></head>'
    block = f'<script type="application/json" id="preview-told">{data}</script></body>'
    return html.replace("</head>", head, 1).replace("</body>", block, 1)


def _told(found: Problem) -> dict[str, object]:
    """One finding: its words, and where on the page it belongs."""
    words = said(found, "zh")
    return {
        "severity": found.entry.severity.value,
        "code": found.code,
        "place": str(found.place),
        "label": found.label,
        "field": visible(dotted(found.path)),
        "words": f"{words.expected}；{words.found}",
        "mend": words.mend,
        "anchor": _anchor(found.path),
    }


def _anchor(path: tuple[str | int, ...]) -> str:
    if len(path) > 1 and path[0] == "indicators" and isinstance(path[1], int):
        return indicator_anchor(path[1] + 1)
    return _ANCHORS.get(str(path[0]), "facts") if path else ""


def url_of(file: str) -> str:
    """The page that shows what a file of the content says: `content/sstec/2024/targets/01.yml` → its form's page."""
    centre, *folders = file.removeprefix("content/").split("/")
    if not folders:
        return HOME
    if centre == "pages":
        return hand_page_url(folders[0].removesuffix(".md"))
    kind = next((kind for kind in KINDS if folders[1:2] == [kind]), None)
    if kind is None or not YEAR.fullmatch(folders[0]):
        return centre_url(centre)
    record = RECORD_FILE.fullmatch("/".join(folders[2:]))
    document = document_id(centre, int(folders[0]), kind)
    return record_url(record_id(document, record[1])) if record else disclosure_url(document)
