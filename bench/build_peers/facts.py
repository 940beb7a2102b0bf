"""What a peer is told of each page: the words of the records' YAML files, and what our own build reckons for the page.

Merged cells, neighbours, sums and the other unit of an amount are handed over ready, so that a peer only renders; its
templates never compute. Told are the forms, a list of each document and of each centre, and a home page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bench.build_peers.form import groups, parts, printed
from bench.build_peers.terms import terms
from generator.data.offers import record_offers
from generator.facts.citation import citation
from generator.facts.summary import DISCLOSURE_NAMES, FORM_NAMES
from generator.figures.amounts import MoneyUnit, parse_amount, written
from generator.words.urls import KINDS, Kind, relative

Json = dict[str, Any]

_UNITS: dict[Kind, MoneyUnit] = {"targets": "元", "evaluations": "万元"}
_LISTS: dict[Kind, str] = {"targets": "汇总表", "evaluations": "各表目录"}


@dataclass(frozen=True)
class Facts:
    """A page: its address on the site, the name of its template, the words of its head, and what its body says."""

    url: str
    layout: str
    title: str
    description: str
    params: Json


@dataclass(frozen=True)
class _Document:
    centre: str
    year: int
    kind: Kind
    facts: Json
    forms: tuple[tuple[str, Json], ...]  # number and record

    @property
    def url(self) -> str:
        return f"{self.centre}/{self.year}/{self.kind}/"


def all_facts(content: Path) -> Iterator[Facts]:
    """Every page; the records of one centre are in memory at a time."""
    home = []
    for file in sorted(content.glob("*/centre.yml")):
        centre = _read(file)
        home.append({"url": f"{file.parent.name}/", "text": centre["name"]})
        yield from centre_facts(file.parent, centre)
    yield Facts("", "home", "首页", "各单位公开的绩效目标与绩效自评。", {"centres": home})


def centre_facts(folder: Path, centre: Json) -> Iterator[Facts]:
    """The pages of one centre: its forms, the list of each document, its own list."""
    documents = [
        _document(folder.name, int(year.name), kind, year / kind)
        for year in sorted(folder.glob("20*"), reverse=True)
        for kind in KINDS
        if (year / kind).is_dir()
    ]
    projects: dict[str, list[tuple[str, Json]]] = {}
    for document in sorted(documents, key=lambda each: (each.year, KINDS.index(each.kind))):
        for number, form in document.forms:
            projects.setdefault(form["name"], []).append((f"{document.url}{number}/", _appearance(document, form)))
    for document in documents:
        for place in range(len(document.forms)):
            yield _form_facts(centre, document, place, projects)
        yield _list_facts(centre, document)
    params = {
        "crumbs": [{"url": "../", "text": "首页"}],
        "here": centre["name"],
        "department": centre["department"],
        "column_description": f"{centre['name']}公开的绩效目标与绩效自评。",
        "column_keywords": centre["name"],
        "content_source": centre["name"],
        "documents": [
            {
                "url": f"{each.year}/{each.kind}/",
                "year": each.year,
                "title": each.facts["title"],
                "records": len(each.forms),
                "indicators": sum(len(form["indicators"]) for _, form in each.forms),
                "sum": _sum_told(each),
            }
            for each in documents
        ],
    }
    yield Facts(f"{folder.name}/", "centre", centre["name"], f"{centre['name']}：{len(documents)} 份公开文件。", params)


def _read(file: Path) -> Json:
    read: Json = yaml.load(file.read_bytes(), yaml.CSafeLoader)
    return read


def _document(centre: str, year: int, kind: Kind, folder: Path) -> _Document:
    forms = tuple((file.stem, _read(file)) for file in sorted(folder.glob("[0-9]*.yml")))
    return _Document(centre, year, kind, _read(folder / "disclosure.yml"), forms)


def _sum(document: _Document, *path: str) -> str:
    found = Decimal(0)
    for _, form in document.forms:
        value: Any = form
        for key in path:
            value = value[key]
        found += parse_amount(value).number
    return written(found)


def _sum_told(document: _Document) -> str:
    if document.kind == "targets":
        return f"申请 {_sum(document, 'funding', 'total')} 元"
    return f"执行 {_sum(document, 'budget', 'total', 'spent')} 万元"


def _appearance(document: _Document, form: Json) -> Json:
    note = form["funding"]["total"] if document.kind == "targets" else f"{form['total_score']} {form['grade']}"
    return {"text": f"{document.year} 年度{FORM_NAMES[document.kind]}", "note": note}


def _metas(centre: Json, document: _Document) -> Json:
    """What the frame's head says besides title and description."""
    said = (centre["name"], f"{document.year} 年度", DISCLOSURE_NAMES[document.kind])
    return {
        "column_description": "，".join(said),
        "column_keywords": ",".join(said),
        "content_source": centre["name"],
    }


def _crumbs(centre: Json, document: _Document, up: str) -> list[Json]:
    """The way from the home page to a document's list; years have no page, so theirs leads to the centre's."""
    return [
        {"url": f"{up}../../../", "text": "首页"},
        {"url": f"{up}../../", "text": centre["name"]},
        {"url": f"{up}../../#y{document.year}", "text": f"{document.year} 年度"},
    ]


def _form_facts(centre: Json, document: _Document, place: int, projects: dict[str, list[tuple[str, Json]]]) -> Facts:
    number, form = document.forms[place]
    kind, unit = document.kind, _UNITS[document.kind]
    url = f"{document.url}{number}/"
    name = FORM_NAMES[kind]
    title = f"{form['name']} – {name}（{document.year}年度）"
    full = f"{form['name']}：财政项目支出{name}（{document.year}年度）"
    cited = citation(form["implementer"], full, "EB", None, url)
    count = len(form["indicators"])
    said = (
        f"申请资金 {form['funding']['total']} {unit}"
        if kind == "targets"
        else f"全年执行 {form['budget']['total']['spent']} {unit}，总分 {form['total_score']}，{form['grade']}"
    )
    digest = document.facts["source"]["sha256"]
    params = _metas(centre, document) | {
        "crumbs": [*_crumbs(centre, document, "../"), {"url": "../", "text": DISCLOSURE_NAMES[kind]}],
        "here": f"{number} {form['name']}",
        "form_name": name,
        "scored": kind == "evaluations",
        "year": document.year,
        "place": place + 1,
        "of": len(document.forms),
        "unit": unit,
        "form": printed(kind, unit, form),
        "count": count,
        "groups": list(groups(kind, form["indicators"])),
        "parts": list(parts(form["indicators"])),
        "terms": terms(kind, form["indicators"]),
        "same": [{"url": relative(there, url)} | told for there, told in projects[form["name"]] if there != url],
        "offers": [
            {"url": relative(each.url, url), "name": each.name, "what": each.what} for each in record_offers(url[:-1])
        ],
        "cite": {"before": cited.before, "behind": cited.behind},
        "document": document.facts["title"],
        "digest": digest,
        "digest_parts": " ".join(digest[at : at + 8] for at in range(0, len(digest), 8)),
        "up": _LISTS[kind],
        "previous": _neighbour(document, place - 1),
        "following": _neighbour(document, place + 1),
    }
    description = f"{centre['name']} {document.year} 年度“{form['name']}”：{said}，{count} 项绩效指标。"
    return Facts(url, "declaration" if kind == "targets" else "evaluation", title, description, params)


def _neighbour(document: _Document, place: int) -> Json | None:
    if not 0 <= place < len(document.forms):
        return None
    number, form = document.forms[place]
    return {"url": f"../{number}/", "text": f"{number} {form['name']}"}


def _list_facts(centre: Json, document: _Document) -> Facts:
    title, records = document.facts["title"], len(document.forms)
    indicators = sum(len(form["indicators"]) for _, form in document.forms)
    lines = [
        {"number": number, "url": f"{number}/", "name": form["name"], "indicators": len(form["indicators"])}
        | (
            {"nature": form["nature"], "category": form["category"]} | form["funding"]
            if document.kind == "targets"
            else {key: form["budget"]["total"][key] for key in ("revised", "spent", "execution_rate")}
            | {key: form[key] for key in ("total_score", "grade")}
        )
        for number, form in document.forms
    ]
    params = _metas(centre, document) | {
        "crumbs": _crumbs(centre, document, ""),
        "here": f"{document.year} 年度{DISCLOSURE_NAMES[document.kind]}",
        "heading": title,
        "department": centre["department"],
        "records": records,
        "indicators": indicators,
        "sum": _sum_told(document),
        "lines": lines,
    }
    return Facts(document.url, document.kind, title, f"{title}：{records} 个项目，{indicators} 项绩效指标。", params)
