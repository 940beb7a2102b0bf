"""A record as the cells that one can search: every printed value, and the values it is sorted under.

A cell is one printed value: a match never spans two. `HEAD` are the cells that a form has once, `ROW`
those of each indicator; the search files and the search from Python both go by these tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.facts.summary import WAN, funds_of
from generator.reading.content import Centre, Disclosure, Record
from generator.reading.model import BudgetRow, Declaration, Evaluation, Indicator, ScoredIndicator

PRINTED_TITLES = {"targets": "财政项目支出绩效目标申报表", "evaluations": "财政项目支出绩效自评表"}


@dataclass(frozen=True, slots=True)
class Field:
    """A kind of cell. `rank` orders what is found: 0 names and titles, 1 indicators, 2 objectives, 3 the rest.

    The values of a `shared` field are few: the search files list them once and say which record has which.
    """

    key: str
    label: str
    rank: int = 3
    shared: bool = False


_LINES = {
    "total": "年度资金总额",
    "appropriation": "当年财政拨款",
    "carryover": "上年结转资金",
    "other": "其他资金",
}
_BUDGET_COLUMNS = {
    "initial": "年初预算数",
    "revised": "全年预算数",
    "spent": "全年执行数",
    "points": "分数",
    "execution_rate": "执行率",
    "score": "得分",
}

HEAD = (
    Field("title", "文件标题", 0),
    Field("form", "表名", 0, shared=True),
    Field("year", "年度", shared=True),
    Field("name", "项目名称", 0),
    Field("nature", "项目性质", shared=True),
    Field("category", "项目类别", shared=True),
    Field("department", "主管部门", shared=True),
    Field("implementer", "实施单位"),
    Field("start", "计划开始日期"),
    Field("end", "计划完成日期"),
    Field("project_funding.total", "项目资金总额"),
    Field("project_funding.fiscal", "项目资金：财政资金"),
    Field("project_funding.other", "项目资金：其他资金"),
    Field("funding.total", "年度资金申请总额"),
    Field("funding.appropriation", "当年财政拨款"),
    Field("funding.carryover", "上年结转资金"),
    Field("funding.other", "其他资金"),
    Field("objectives.overall", "项目总目标", 2),
    Field("objectives.annual", "年度总体目标", 2),
    *(
        Field(f"budget.{row}.{column}", f"{row_label}：{column_label}")
        for row, row_label in _LINES.items()
        for column, column_label in _BUDGET_COLUMNS.items()
    ),
    Field("expected", "预期目标", 2),
    Field("achieved", "实际完成情况", 2),
    Field("total_points", "总分（分值）"),
    Field("total_score", "总分（得分）"),
    Field("grade", "评分等级", shared=True),
)
ROW = (
    Field("level1", "一级指标", shared=True),
    Field("level2", "二级指标", shared=True),
    Field("name", "三级指标", 1),
    Field("target", "年度指标值"),
    Field("actual", "实际完成值"),
    Field("points", "分值"),
    Field("score", "得分"),
    Field("deviation", "偏差原因分析及改进措施"),
)

# What lists can be narrowed by, in the order shown.
FACETS: Mapping[str, str] = {
    "year": "年度",
    "centre": "单位",
    "form": "表",
    "department": "主管部门",
    "nature": "项目性质",
    "category": "项目类别",
    "level1": "一级指标",
    "level2": "二级指标",
    "grade": "评分等级",
    "amount": "金额",
}
# The facets that are values of rows, each with the place of its cell in a row.
LEVELS = {"level1": 0, "level2": 1}
# Bands of amounts, 万元, by what they are called in addresses: from the first figure on, below the second.
BANDS = {
    "0-10": "不到 10 万元",
    "10-50": "10–50 万元",
    "50-100": "50–100 万元",
    "100-500": "100–500 万元",
    "500-1000": "500–1000 万元",
    "1000-": "1000 万元以上",
}


@dataclass(frozen=True, slots=True)
class Searchable:
    """A record for searching: `head` by `HEAD`, each of `rows` by `ROW`; None where nothing is printed.

    `facets` are its values by the keys of `FACETS`; level 1 and 2 are those of all its rows.
    """

    record: Record
    disclosure: Disclosure
    centre: Centre
    head: tuple[str | None, ...]
    rows: tuple[tuple[str | None, ...], ...]
    facets: Mapping[str, tuple[str, ...]]
    amount: Decimal
    score: Decimal | None

    def cells(self, row: int | None = None) -> Iterator[tuple[Field, str]]:
        """Every printed cell with its kind; of one row (from 0) alone where it is given."""
        tables = [(HEAD, self.head), *((ROW, each) for each in self.rows)] if row is None else [(ROW, self.rows[row])]
        for fields, cells in tables:
            yield from ((field, text) for field, text in zip(fields, cells, strict=True) if text)


def searchables(centres: Iterable[Centre]) -> Iterator[Searchable]:
    """Every record of some centres, in the site's order."""
    for centre in centres:
        for disclosure in centre.disclosures:
            for record in disclosure.records:
                yield _searchable(record, disclosure, centre)


def _searchable(record: Record, disclosure: Disclosure, centre: Centre) -> Searchable:
    form = record.form
    printed = _declaration(form) if isinstance(form, Declaration) else _evaluation(form)
    printed |= {
        "title": disclosure.facts.title,
        "form": PRINTED_TITLES[disclosure.kind],
        "year": f"{disclosure.year}年度",
        "name": form.name,
        "department": form.department,
        "implementer": form.implementer,
    }
    rows = tuple(_row(indicator) for indicator in form.indicators)
    amount = funds_of(form).total
    own = {
        "year": str(disclosure.year),
        "centre": centre.id,
        "form": disclosure.kind,
        "department": form.department,
        "nature": printed.get("nature"),
        "category": printed.get("category"),
        "grade": printed.get("grade"),
        "amount": _band(amount / WAN),
    }
    facets: dict[str, tuple[str, ...]] = {key: (value,) for key, value in own.items() if value}
    for key, place in LEVELS.items():
        facets[key] = tuple(sorted({level for row in rows if (level := row[place])}))
    return Searchable(
        record,
        disclosure,
        centre,
        tuple(printed.get(field.key) for field in HEAD),
        rows,
        facets,
        amount,
        form.total_score.number if isinstance(form, Evaluation) else None,
    )


def _band(wan: Decimal) -> str:
    return next(band for band in reversed(BANDS) if wan >= int(band.partition("-")[0]))


def _declaration(form: Declaration) -> dict[str, str | None]:
    whole, overall = form.project_funding, form.objectives.overall
    printed = {
        "nature": form.nature,
        "category": form.category,
        "start": form.start.isoformat(),
        "end": form.end.isoformat(),
        "objectives.overall": "\n".join(overall) if overall else None,
        "objectives.annual": "\n".join(form.objectives.annual),
    }
    for part in ("total", "fiscal", "other"):
        amount = getattr(whole, part) if whole else None
        printed[f"project_funding.{part}"] = amount.printed if amount else None
    for part in _LINES:
        printed[f"funding.{part}"] = getattr(form.funding, part).printed
    return printed


def _evaluation(form: Evaluation) -> dict[str, str | None]:
    printed: dict[str, str | None] = {
        "expected": "\n".join(form.expected),
        "achieved": "\n".join(form.achieved),
        "total_points": form.total_points.printed,
        "total_score": form.total_score.printed,
        "grade": form.grade,
    }
    for name in _LINES:
        row: BudgetRow = getattr(form.budget, name)
        for column in _BUDGET_COLUMNS:
            printed[f"budget.{name}.{column}"] = getattr(row, column).printed
    return printed


def _row(indicator: Indicator) -> tuple[str | None, ...]:
    target = indicator.target.printed if indicator.target else None
    cells = (indicator.level1, indicator.level2, indicator.name, target)
    if not isinstance(indicator, ScoredIndicator):
        return (*cells, None, None, None, None)
    actual = indicator.actual.printed if indicator.actual else None
    return (*cells, actual, indicator.points.printed, indicator.score.printed, indicator.deviation)
