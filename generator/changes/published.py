"""A built site's data → the state that it shows, read from its files alone."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.changes.printed import Keys, Printed, printed
from generator.changes.state import CentreState, DisclosureState, RecordState, State
from generator.changes.told import KINDS_OF_ALTERATION, Alterations
from generator.figures.dates import UNKNOWN
from generator.reading.model import Declaration, Evaluation, Form
from generator.words.problems import SettingsStop
from generator.words.urls import disclosure_json_url, page_url, record_json_url

_FORMS: dict[str, type[Form]] = {"targets": Declaration, "evaluations": Evaluation}

Json = dict[str, Any]


def read_site(site: Path) -> State:
    """The state that a built site shows, by the `disclosure.json` and `record.json` beside its pages.

    Raises:
        SettingsStop: the folder holds no such data, or what no build writes: links, broken data.
    """
    files = sorted(_files(site))
    there = frozenset(files)
    documents = [_document(site, file, there) for file in files if file.endswith(disclosure_json_url(""))]
    if not documents:
        raise SettingsStop(
            f"这个文件夹里没有公开的数据（disclosure.json）：{site}。应是生成好的站点（如 build/site），"
            "或有 content 的项目文件夹。（no published data in this folder）"
        )
    urls = frozenset(url for file in files if (url := page_url(file)) is not None)
    centres = {state.id.partition("/")[0]: centre for centre, state in documents}
    return State(centres, {state.id: state for _, state in documents}, urls)


def _files(site: Path) -> Iterator[str]:
    """Every file's path below the site. A link may lead to what was never published, and what is shut may have been."""

    def is_shut(error: OSError) -> None:
        raise _refused(Path(error.filename).relative_to(site).as_posix(), "打不开 (cannot be opened)") from error

    for folder, folders, names in os.walk(site, onerror=is_shut):
        for name in (*folders, *names):
            path = Path(folder) / name
            if path.is_symlink():
                raise _refused(path.relative_to(site).as_posix(), "是链接 (a link)")
        yield from ((Path(folder) / name).relative_to(site).as_posix() for name in names)


def _refused(file: str, why: str) -> SettingsStop:
    return SettingsStop(f"公开的数据读不出来（cannot read published data）：{file} {why}")


def _incomplete(file: str) -> SettingsStop:
    return _refused(file, "缺内容，或不是这一版程序写的 (incomplete, or of another version)")


def _json(site: Path, file: str) -> Json:
    try:
        text = (site / file).read_bytes().decode()
        found = json.loads(text)
        if "\\u" in text:
            _ = json.dumps(found, ensure_ascii=False).encode()  # half a character, as no text holds, cannot be said
    except (ValueError, RecursionError, OSError) as error:
        raise _refused(file, "不是程序写的 JSON (not our JSON)") from error
    if not isinstance(found, dict) or found.get("id") != file.rpartition("/")[0]:
        raise _refused(file, "不是放在这里的数据 (not the data of this place)")
    return found


def _document(site: Path, file: str, there: frozenset[str]) -> tuple[CentreState, DisclosureState]:
    """The centre and the document."""
    facts = _json(site, file)
    try:
        form = _FORMS[facts["kind"]]
        words: dict[Keys, str] = {
            ("title",): facts["title"],
            ("title_origin",): facts["title_origin"],
            ("approved",): facts["approved"] or UNKNOWN,
            ("published",): facts["published"] or UNKNOWN,
            ("source", "sha256"): facts["source"]["sha256"],
        }
        centre = CentreState(
            facts["centre"], tuple(facts.get("centre_former_names", ())), facts.get("centre_department")
        )
        names = (centre.name, *centre.former_names, centre.department or "", *words.values(), *facts["records"])
        if not all(isinstance(name, str) for name in names):
            raise TypeError(file)
        if not {record_json_url(identity) for identity in facts["records"]} <= there:
            raise KeyError("records")
        records = [_record(site, form, identity) for identity in facts["records"]]
        state = DisclosureState(facts["id"], Printed(words), _altered(facts), {each.id: each for each in records})
    except (KeyError, TypeError) as error:
        raise _incomplete(file) from error
    return centre, state


def _record(site: Path, form: type[Form], identity: str) -> RecordState:
    file = record_json_url(identity)
    facts = _json(site, file)
    try:
        return RecordState(identity, form, printed(form, facts), _altered(facts))
    except (KeyError, TypeError) as error:
        raise _incomplete(file) from error


def _altered(facts: Json) -> Alterations:
    """The alterations, which have the shape that `told` gives them."""
    found = tuple((kind, each) for kind in KINDS_OF_ALTERATION for each in facts[kind])
    for _, each in found:
        places = each["fields"] if isinstance(each, dict) else None
        if not isinstance(places, list) or not _is_words(each, ("date", "what"), but="fields"):
            raise TypeError("alteration")
        for place in places:
            row = place.get("dropped", {}) if isinstance(place, dict) else None
            if not _is_words(row, ()) or not _is_words(place, ("field",), but="dropped"):
                raise TypeError("field")
    return found


def _is_words(found: object, keys: Iterable[str], *, but: str = "") -> bool:
    """A table of words by key, in which `keys` are; `but` is a key of which another shape is asked."""
    return (
        isinstance(found, dict)
        and all(key in found for key in keys)
        and all(isinstance(value, str) for key, value in found.items() if key != but)
    )
