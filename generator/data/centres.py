"""The centres, one a row, and their documents."""

from generator.data.column import Column, Share, Table
from generator.data.identity import day, documents
from generator.facts.summary import DISCLOSURE_NAMES
from generator.reading.model import TITLE_ORIGINS
from generator.words.urls import centre_url, disclosure_url, source_url

CENTRES: Table[Share] = Table(
    "centres",
    "单位",
    "公开绩效表的单位，一家一行。",
    lambda share: (share,),
    (
        Column("id", "编号", "单位在网址里的名称，长期不变", lambda row: row.centre.id, required=True),
        Column("url", "网址", "单位的页面", lambda row: row.base + centre_url(row.centre.id), required=True),
        Column("name", "单位名称", "现在的全称", lambda row: row.centre.facts.name, required=True),
        Column(
            "former_names",
            "曾用名",
            "曾用名或文件中另印的名称，一行一个",
            lambda row: "\n".join(row.centre.facts.former_names) or None,
        ),
        Column("department", "主管部门", "主管部门", lambda row: row.centre.facts.department, required=True),
        Column("note", "说明", "本站的说明", lambda row: row.centre.facts.note),
    ),
    ("id",),
)

DOCUMENTS = Table(
    "documents",
    "公开文件",
    "单位一个年度公开的一份文件，一份一行：绩效目标汇总表或绩效自评。",
    documents,
    (
        Column("id", "编号", "公开文件的编号，也是它在网址里的路径", lambda row: row.id, required=True),
        Column("url", "网址", "文件的页面", lambda row: row.base + disclosure_url(row.id), required=True),
        Column("centre_id", "单位编号", "单位在网址里的名称", lambda row: row.centre.id, required=True),
        Column("centre", "单位", "单位名称", lambda row: row.centre.facts.name, required=True),
        Column("year", "年度", "预算年度", lambda row: row.disclosure.year, "integer", required=True),
        Column(
            "kind",
            "种类",
            "公开的是哪一种表",
            lambda row: DISCLOSURE_NAMES[row.disclosure.kind],
            required=True,
            choices=tuple(DISCLOSURE_NAMES.values()),
        ),
        Column("title", "文件标题", "文件的标题", lambda row: row.disclosure.facts.title, required=True),
        Column(
            "title_origin",
            "标题出处",
            "标题是原文所印，还是本站拟定",
            lambda row: row.disclosure.facts.title_origin,
            required=True,
            choices=TITLE_ORIGINS,
        ),
        Column("approved", "批复日期", "未注明的为空", lambda row: day(row.disclosure.facts.approved), "date"),
        Column("published", "公开日期", "未注明的为空", lambda row: day(row.disclosure.facts.published), "date"),
        Column("records", "表数", "有几张表", lambda row: len(row.disclosure.records), "integer", "张", required=True),
        Column(
            "indicators", "指标数", "有几项指标", lambda row: row.disclosure.indicators, "integer", "项", required=True
        ),
        Column("source_url", "来源文本", "从文件提取的文本", lambda row: row.base + source_url(row.id), required=True),
        Column(
            "source_sha256",
            "来源文本校验值",
            "来源文本的 SHA-256",
            lambda row: row.disclosure.facts.source.sha256,
            required=True,
        ),
        Column("note", "说明", "本站的说明", lambda row: row.disclosure.facts.note),
    ),
    ("id",),
    (("centre_id", "centres"),),
)
