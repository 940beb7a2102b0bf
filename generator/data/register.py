"""Content → 信息公开目录: every document by index number, name, summary and date.

What the rules ask of a catalogue of disclosed government information (政府信息公开条例 §12: 索引、名称、内容概述、
生成日期). In the code `catalogue` is that of the checks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.data.column import Column, Share, Table
from generator.data.identity import day
from generator.facts.summary import in_words, summary_of
from generator.words.urls import disclosure_url


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the register. `made` is the day of its approval, on which it came to be what it is."""

    index: str
    name: str
    centre: str
    summary: str
    made: date | None
    published: date | None
    url: str


def listed(share: Share) -> Iterator[Listed]:
    """Every document, in the site's order."""
    for disclosure in share.disclosures:
        facts = disclosure.facts
        yield Listed(
            disclosure.id,
            facts.title,
            share.centre.facts.name,
            in_words(summary_of(disclosure)),
            facts.approved,
            facts.published,
            share.base + disclosure_url(disclosure.id),
        )


REGISTER = Table(
    "catalogue",
    "信息公开目录",
    "公开文件的目录，一份一行。",
    listed,
    (
        Column("index", "索引号", "本站给文件的编号，不是发文机关的索引号", lambda found: found.index, required=True),
        Column("name", "名称", "文件的标题", lambda found: found.name, required=True),
        Column("centre", "公开单位", "公开文件的单位", lambda found: found.centre, required=True),
        Column("summary", "概述", "有几个项目、多少资金、几项指标", lambda found: found.summary, required=True),
        Column("made", "生成日期", "文件的批复日期；没有载明的为空", lambda found: day(found.made), "date"),
        Column("published", "公开日期", "没有载明的为空", lambda found: day(found.published), "date"),
        Column("url", "链接", "文件的页面", lambda found: found.url, required=True),
    ),
    ("index",),
    (("index", "documents"),),
)
