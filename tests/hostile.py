"""Texts that try to be more than text, and projects that hold them in every field."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import copy_project

RUN = "window.broken=1"  # what a payload does when it runs

TOKENS = "shell0title0shell shell0content0shell shell0description0shell"  # the generator's own placeholders

PAYLOADS = (
    # HTML: elements, comments and what ends the place a text stands in
    f"<script>{RUN}</script>",
    f"</article></div></main><script>{RUN}</script>",
    f"</td></tr></table><img src=x onerror={RUN}>",
    f"</title><script>{RUN}</script>",
    f"</textarea></select></option><script>{RUN}</script>",
    f"</style></noscript></template><img src=x onerror={RUN}>",
    "<!-- comment",
    "--> <b>bold</b>",
    f"<!--><script>{RUN}</script>--!>",
    "<![CDATA[ <b>x</b> ]]>",
    "<?php echo 1 ?>",
    "<plaintext>",
    "<xmp><listing>",
    '<base href="https://x.example/">',
    '<meta http-equiv="refresh" content="0;url=https://x.example/">',
    '<link rel="stylesheet" href="https://x.example/x.css">',
    f'<iframe srcdoc="&lt;script&gt;parent.{RUN}&lt;/script&gt;"></iframe>',
    f'<object data="data:text/html,<script>parent.{RUN}</script>"></object>',
    f'<form action="https://x.example/"><input name=q autofocus onfocus={RUN}><button formaction=x>',
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<body onload={RUN}><frameset onload={RUN}>",
    "<style>*{display:none}</style>",
    # what a parser makes another tree of when it reads its own output again
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    # SVG and MathML
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script><animate onbegin={RUN} attributeName=x>",
    f'<svg><use href="data:image/svg+xml,<svg onload={RUN}>"/><foreignObject><body onload={RUN}>',
    f'<math><mi xlink:href="javascript:{RUN}">x</mi></math>',
    # attributes
    f"<img src=x onerror={RUN}>",
    f'"><b onmouseover={RUN}>',
    f"' autofocus onfocus='{RUN}",
    f'" style="position:fixed" onpointerover="{RUN}',
    f"` onmouseover=`{RUN}",
    # addresses
    f"javascript:{RUN}",
    f"JaVaScRiPt&colon;{RUN}",
    f"<javascript:{RUN}>",
    f"data:text/html,<script>{RUN}</script>",
    "//x.example/ http://x.example/ www.x.example",
    "../../../etc/passwd ..\\..\\ %2e%2e%2f",
    # entities and encodings
    "&lt;b&gt;kept&lt;/b&gt; &amp;amp; &#60;b&#62; &nbsp;&copy",
    "%3Cscript%3E \\x3cscript\\x3e \\u003cscript\\u003e +ADw-script+AD4-",
    f"＜script＞{RUN}＜/script＞ ‹script› ＂＇",
    # templates
    "{{ 7*7 }} {% raw %} {# x #}",
    "{{ config.__class__.__mro__ }} {% include 'mkdocs.yml' %} {% endraw %}",
    "${7*7} <%= 7 %> #{7} {{{x}}} @{x} [[${7*7}]]",
    "{{constructor.constructor('" + RUN + "')()}}",
    TOKENS,
    # Markdown, its extensions and what one of its parsers keeps apart for itself
    f"[link](javascript:{RUN})",
    "![image](https://x.example/x.png) **bold** `code` # heading",
    f"[a]: javascript:{RUN} [a]",
    "--8<-- 'mkdocs.yml'",
    '{!mkdocs.yml!} [[toc]] ::: generator ::include{file="mkdocs.yml"}',
    f"{{: onclick={RUN} }} {{#x .y onclick={RUN}}}",
    "[TOC]",
    "*[HTML]: x",
    "[^1]: footnote [^1]",
    "!!! note 'x'",
    '=== "tab"',
    "| a | b | |---|---|",
    "~~~html",
    "```",
    "1. item",
    "- item - [x] task",
    "---",
    "\\<b\\>",
    "wzxhzdk:0 klzzwxh:0000",
    # data in JSON, XML, CSV, XLSX, SQL, and messages
    f'"}}]}}</script><script>{RUN}</script>',
    f"<!--<script>{RUN}",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]> &e;',
    "]]></title></entry></feed>",
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://x.example/","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "＝1+1",
    "＠SUM(1,1)",
    '"=1+1", "x";=1+1',
    "_x003D_1+1 _x000D_ <r><t>x</t></r>",
    "'); DROP TABLE declarations; --",
    "%s %n %(x)s {0} {x!r}",
    # lengths, and what only looks odd
    "'\";:,./?-_=+",
    "[" * 3_000,
    "**" * 500 + "x",
    "字" * 3_000,
    "\U0001f600\U00020000 العربية עברית",
)

# What no record may hold, each with the place of its first wrong character.
REFUSED = {
    "NUL": ("甲\x00乙", 1),
    "bell": ("甲\x07", 1),
    "backspace": ("甲\x08乙", 1),
    "vertical tab": ("甲\x0b乙", 1),
    "form feed": ("甲\x0c乙", 1),
    "escape": ("\x1b[31m甲\x1b[0m", 0),
    "delete": ("甲\x7f", 1),
    "next line": ("甲\x85乙", 1),
    "C1 sequence": ("甲\x9b31m", 1),
    "soft hyphen": ("甲\xad乙", 1),
    "combining grapheme joiner of a filler": ("甲\u115f乙", 1),
    "Arabic letter mark": ("甲\u061c乙", 1),
    "zero width space": ("甲\u200b乙", 1),
    "zero width joiner": ("甲\u200d乙", 1),
    "left-to-right mark": ("甲\u200e乙", 1),
    "right-to-left mark": ("甲\u200f乙", 1),
    "line separator": ("甲\u2028乙", 1),
    "paragraph separator": ("甲\u2029乙", 1),
    "left-to-right embedding": ("甲\u202a乙", 1),
    "right-to-left override": ("发票\u202efdp.exe", 2),
    "pop directional formatting": ("甲\u202c", 1),
    "word joiner": ("甲\u2060乙", 1),
    "first strong isolate": ("甲\u2068乙\u2069", 1),
    "byte order mark inside": ("甲\ufeff乙", 1),
    "Hangul filler": ("甲\u3164乙", 1),
    "blank Braille": ("甲\u2800乙", 1),
    "interlinear annotation": ("甲\ufff9乙\ufffa丙\ufffb", 1),
    "noncharacter": ("甲\uffff乙", 1),
    "tag characters": ("甲\U000e0041\U000e0042", 1),
    "piled marks": ("甲" + "\u0301" * 40, 1),
    "decomposed letter": ("甲e\u0301乙", 1),
}

HARMLESS = "平常的文字"
LONG = 50  # from here the earlier wording of a text is shown otherwise than that of a short one
HUGE = "<b>" * 33_334  # 100,002 characters


def harmless(payload: str) -> str:
    """Words as long as a payload."""
    return (HARMLESS * len(payload))[: len(payload)] if len(payload) > LONG else HARMLESS


def alterations(words: str, field: str, withheld: str, row: dict[str, str] | None) -> dict[str, Any]:
    """An amendment and a correction, all their words the payload; a row dropped and one added where there are rows."""
    rows: list[object] = [{"field": "indicators[1]", "dropped": row}, {"field": "indicators[1]"}] if row else []
    said = {"date": "2024-06-01", "what": words}
    return {
        "amendments": [
            said
            | {
                "why": words,
                "approved_by": words,
                "fields": [
                    {"field": field, "was": f"{words}\n\n又 {words}"},
                    {"field": withheld, "withheld": words},
                ],
            }
        ],
        "corrections": [said | {"source": words, "fields": [{"field": field, "was": f"甲 {words}"}, *rows]}],
    }


def declaration(number: int, words: str) -> dict[str, Any]:
    row = {"level1": words, "level2": words, "name": words, "target": words}
    return {
        "name": f"{number} {words}",
        "nature": words,
        "category": words,
        "department": words,
        "implementer": words,
        "start": "2024-01-01",
        "end": "2024-12-31",
        "funding": {"total": "1.00", "appropriation": "1.00", "carryover": "0.00", "other": "0.00"},
        "objectives": {"overall": words, "annual": f"{words}\n\n{words}"},
        "indicators": [row, row | {"target": "≥1(x)"}],
        "note": words,
    } | alterations(words, "start", "nature", row)


def evaluation(number: int, words: str) -> dict[str, Any]:
    money = {"initial": "1.00", "revised": "1.00", "spent": "1.00", "points": "10.00", "execution_rate": "100.00"}
    none = {
        "initial": "0.00",
        "revised": "0.00",
        "spent": "0.00",
        "points": "-",
        "execution_rate": "0.00",
        "score": "-",
    }
    row = {"level1": words, "level2": words, "name": words, "target": words, "actual": words, "deviation": words}
    return {
        "name": f"{number} {words}",
        "department": words,
        "implementer": words,
        "budget": {"total": money | {"score": "10.00"}, "appropriation": money | {"points": "-", "score": "-"}}
        | {"carryover": none, "other": none},
        "expected": words,
        "achieved": f"{words}\n\n{words}",
        "indicators": [row | {"points": "90.00", "score": "90.00"}],
        "total_points": "100.00",
        "total_score": "100.00",
        "grade": words,
        "note": words,
    } | alterations(words, "total_score", "grade", row | {"points": "90.00", "score": "90.00"})


def disclosure(kind: str, words: str) -> dict[str, Any]:
    expect = {
        "targets": {"records": "1", "indicators": "2", "total": "1.00"},
        "evaluations": {"records": "1", "indicators": "1", "revised": "1.00", "spent": "1.00"},
    }[kind]
    return {
        "title": words,
        "title_origin": "本站拟定",
        "approved": "未注明",
        "published": "2024-03-01",
        "source": {"sha256": hashlib.sha256(b"source").hexdigest()},
        "note": words,
        "signed_off": {"by": words, "role": words, "on": "2024-12-31"},
        "withdrawn": [{"number": "09", "on": "2024-07-01", "reason": words}],
        "expect": expect,
    } | alterations(words, "approved", "title", None)


def centre(words: str) -> dict[str, Any]:
    return {"name": words, "former_names": [words], "department": words, "note": words}


def site_facts(words: str) -> dict[str, Any]:
    place = ("publisher", "operator", "contact", "hours", "address", "postcode", "complaints", "tagline")
    keys = (*place, "site_code", "icp", "police")
    address = "".join(words.split())
    return {"profile": "shanghai"} | dict.fromkeys(keys, words) | {
        "licence": {"name": words, "url": f"https://x.example/{address}"}
    }  # fmt: skip


MAKERS = {"targets": declaration, "evaluations": evaluation}


def written(facts: object) -> str:
    """A YAML file's text: JSON is YAML."""
    return json.dumps(facts, ensure_ascii=False, indent=1)


def write(path: Path, facts: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(facts), "utf-8")


def write_centre(folder: Path, words: str) -> None:
    """A centre with a document and a form of each kind, all their words the same."""
    write(folder / "centre.yml", centre(words))
    for kind, make in MAKERS.items():
        place = folder / "2024" / kind
        write(place / "disclosure.yml", disclosure(kind, words))
        (place / "source.txt").write_bytes(b"source")
        write(place / "01.yml", make(1, words))


def hostile_project(folder: Path, payloads: Sequence[str]) -> Path:
    """A project with one centre for each payload, all its words the payload."""
    copy_project(folder, with_content=False)
    for number, words in enumerate(map(str.strip, payloads), 1):
        write_centre(folder / "content" / f"c{number}", words)
    return folder


_MENU = re.compile(r"( +)- .+: (\S+\.md)")


def named_project(folder: Path, words: str, most: int = 99) -> Path:
    """A project without centres whose name, menu, pages and publisher are called by the words.

    Args:
        folder: Where it goes.
        words: The words.
        most: How many of its name and the menu's titles.
    """
    copy_project(folder, with_content=False)
    write(folder / "content/site.yml", site_facts(words))
    for page in (folder / "content/pages").glob("*.md"):
        _, _, body = page.read_text("utf-8").partition("\n")
        page.write_text(f"# {words}\n{body}", "utf-8")
    settings = folder / "mkdocs.yml"
    lines = settings.read_text("utf-8").splitlines()
    quoted = json.dumps(words, ensure_ascii=False)
    changed = 0
    for place, line in enumerate(lines):
        if changed == most:
            break
        if line.startswith("site_name:"):
            lines[place] = f"site_name: {quoted}"
        elif entry := _MENU.fullmatch(line):
            # a usual key has 1,024 characters at most
            lines[place] = f"{entry[1]}- ? {quoted}\n{entry[1]}  : {entry[2]}"
        else:
            continue
        changed += 1
    assert changed >= 9, "site_name, the menu and the foot"
    settings.write_text("\n".join(["site_url: https://site.example/open", *lines, ""]), "utf-8")
    return folder


Path_ = tuple[str | int, ...]


def leaves(facts: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text of a file, with its place in it."""
    if isinstance(facts, str):
        yield path, facts
    else:
        for key, value in facts.items() if isinstance(facts, dict) else enumerate(facts):
            yield from leaves(value, (*path, key))


def replaced(facts: Any, path: Path_, words: str) -> Any:
    """The same with another text at one place."""
    if not path:
        return words
    key, rest = path[0], path[1:]
    if isinstance(facts, dict):
        return facts | {key: replaced(facts[key], rest, words)}
    return [replaced(value, rest, words) if place == key else value for place, value in enumerate(facts)]


# The files of a centre of harmless words.
FILES: dict[str, dict[str, Any]] = {
    "centre.yml": centre(HARMLESS),
    **{f"2024/{kind}/disclosure.yml": disclosure(kind, HARMLESS) for kind in MAKERS},
    "2024/targets/01.yml": declaration(1, HARMLESS),
    "2024/evaluations/01.yml": evaluation(1, HARMLESS),
}


def texts(facts: Any) -> list[Path_]:
    """The places of a file's free texts."""
    return [path for path, words in leaves(facts) if HARMLESS in words]


def main() -> None:
    """What is tried, in figures: `python -m tests.hostile`."""
    fields = sum(map(len, map(texts, FILES.values())))
    once = len(texts(site_facts(HARMLESS))) + 2  # and the site's name, the titles of its menu and pages
    print(f"{len(PAYLOADS)} payloads ({sum(RUN in words for words in PAYLOADS)} that would run something)")
    print(
        f"in {fields} text fields of a centre's files and {once} of the site: {len(PAYLOADS) * (fields + once):,} pairs"
    )
    print(f"{len(REFUSED)} kinds of invisible or disguised characters, refused in each of these fields")


if __name__ == "__main__":
    main()
