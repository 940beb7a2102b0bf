"""What a record is: frozen pydantic models of centre, disclosure, declaration and evaluation.

The models take the loader's strings and keep every printed word beside what was read from it.
`validate` turns a tree into a model, or into problems with places.
"""

import difflib
import typing
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from generator.amounts import Amount, Figure, MoneyUnit, parse_amount, parse_figure
from generator.dates import parse_date, parse_known_date
from generator.load import CHARACTER, Table, node_at, plain
from generator.place import Place
from generator.problems import Entry, Problem, Refused, Words
from generator.prose import paragraphs
from generator.targets import Target, parse_target

MISSING = Entry(
    "missing-key",
    Words("应有“{label}”({key})", "“{key}” ({label}) is expected"),
    Words("这里没有写", "it is missing"),
    Words("补上一行“{key}: ……”；原表没有印的，照指南留空并在 note 说明。", "add a line “{key}: …”; see the guide for what the form leaves blank."),
)
UNKNOWN = Entry(
    "unknown-key",
    Words("这里只能写 {allowed}", "only {allowed} are expected here"),
    Words("写了“{key}”", "found “{key}”"),
    Words("{near}", "{near_en}"),
)
SHAPE = Entry(
    "shape",
    Words("应为{expected}", "{expected_en} is expected"),
    Words("现为{found}", "found {found_en}"),
    Words("照别的记录的同一处写。", "follow the same place of another record."),
)
EMPTY = Entry(
    "empty-value",
    Words("应有内容", "a value is expected"),
    Words("是空的", "it is empty"),
    Words("原表空白就删去这一行；有字就照录。", "delete the line when the form is blank there; else copy the words."),
)
LINE_BREAK = Entry(
    "line-break",
    Words("应为一行文字", "one line of words is expected"),
    Words("分了行", "it has line breaks"),
    Words("原表一格里的文字连成一行。", "join the words of the cell in one line."),
)
BLANKS = Entry(
    "outer-blanks",
    Words("开头和末尾不应有空格", "no blanks are expected at its ends"),
    Words("现为“{found}”", "found “{found}”"),
    Words("删去两头的空格。", "delete the blanks."),
)
CHOICE = Entry(
    "choice",
    Words("应为 {allowed} 之一", "one of {allowed} is expected"),
    Words("现为“{found}”", "found “{found}”"),
    Words("选其中一个照写。", "write one of them."),
)


def _line(value: object) -> object:
    """One line of printed words."""
    if isinstance(value, str):
        if not value.strip():
            raise Refused(EMPTY)
        if "\n" in value:
            raise Refused(LINE_BREAK)
        if "\t" in value:
            raise Refused(CHARACTER, character="U+0009")
        if value != value.strip():
            raise Refused(BLANKS, found=value)
    return value


def _prose(value: object) -> object:
    if isinstance(value, str):
        if "\t" in value:
            raise Refused(CHARACTER, character="U+0009")
        read = paragraphs(value)
        if not read:
            raise Refused(EMPTY)
        return read
    return value


def _read(parse: Callable[[str], object]) -> BeforeValidator:
    """Our own parser before pydantic's: only a line of words is handed to it."""

    def before(value: object) -> object:
        line = _line(value)
        return parse(line) if isinstance(line, str) else line

    return BeforeValidator(before)


def _chosen(*allowed: str) -> BeforeValidator:
    def before(value: object) -> object:
        if isinstance(value, str) and value not in allowed:
            raise Refused(CHOICE, allowed="、".join(allowed), found=value)
        return value

    return BeforeValidator(before)


Line = Annotated[str, BeforeValidator(_line)]
Prose = Annotated[tuple[str, ...], BeforeValidator(_prose)]
Money = Annotated[Amount, _read(parse_amount)]
Number = Annotated[Figure, _read(parse_figure)]
Value = Annotated[Target, _read(parse_target)]
Day = Annotated[date, _read(parse_date)]
KnownDay = Annotated[date | None, _read(parse_known_date)]
Unit = Annotated[MoneyUnit, _chosen("元", "万元")]
Count = Annotated[int, _read(lambda printed: int(parse_amount(printed).number))]


class Model(BaseModel):
    """Frozen, and strict about keys: an unknown one is refused with its near miss."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True)


class Indicator(Model):
    """One row of a declaration. A label or value that cannot be told from the source is left out and noted."""

    level1: Line | None = Field(None, title="一级指标")
    level2: Line | None = Field(None, title="二级指标")
    name: Line = Field(title="三级指标")
    target: Value | None = Field(None, title="年度指标值")


class ScoredIndicator(Indicator):
    """One row of an evaluation."""

    actual: Value | None = Field(None, title="实际完成值")
    points: Number = Field(title="分值")
    score: Number = Field(title="得分")
    deviation: Line | None = Field(None, title="偏差原因分析及改进措施")


class ProjectFunding(Model):
    """Money of the whole project (left column of a declaration), often blank."""

    total: Money | None = Field(None, title="项目资金总额")
    fiscal: Money | None = Field(None, title="财政资金")
    other: Money | None = Field(None, title="其他资金")


class Funding(Model):
    """Money asked for this year (right column of a declaration)."""

    unit: Unit = Field("元", title="单位")
    total: Money = Field(title="年度资金申请总额")
    appropriation: Money = Field(title="当年财政拨款")
    carryover: Money = Field(title="上年结转资金")
    other: Money = Field(title="其他资金")


class Objectives(Model):
    overall: Prose | None = Field(None, title="项目总目标")
    annual: Prose = Field(title="年度总体目标")


class BudgetRow(Model):
    initial: Money = Field(title="年初预算数")
    revised: Money = Field(title="全年预算数")
    spent: Money = Field(title="全年执行数")
    points: Number = Field(title="分数")
    execution_rate: Number = Field(title="执行率(%)")
    score: Number = Field(title="得分")


class Budget(Model):
    unit: Unit = Field("万元", title="单位")
    total: BudgetRow = Field(title="年度资金总额")
    appropriation: BudgetRow = Field(title="当年财政拨款")
    carryover: BudgetRow = Field(title="上年结转资金")
    other: BudgetRow = Field(title="其他资金")


class Declaration(Model):
    """财政项目支出绩效目标申报表."""

    name: Line = Field(title="项目名称")
    nature: Line = Field(title="项目性质")
    category: Line = Field(title="项目类别")
    department: Line = Field(title="主管部门")
    implementer: Line = Field(title="实施单位")
    start: Day = Field(title="计划开始日期")
    end: Day = Field(title="计划完成日期")
    project_funding: ProjectFunding | None = Field(None, title="项目资金（整个项目）")
    funding: Funding = Field(title="项目资金（本年度）")
    objectives: Objectives = Field(title="项目绩效目标")
    indicators: tuple[Indicator, ...] = Field(title="绩效指标", min_length=1, strict=False)
    note: str | None = Field(None, title="整理说明")


class Evaluation(Model):
    """财政项目支出绩效自评表."""

    name: Line = Field(title="项目名称")
    department: Line = Field(title="主管部门")
    implementer: Line = Field(title="实施单位")
    budget: Budget = Field(title="项目资金")
    expected: Prose = Field(title="预期目标")
    achieved: Prose = Field(title="实际完成情况")
    indicators: tuple[ScoredIndicator, ...] = Field(title="绩效指标", min_length=1, strict=False)
    total_points: Number = Field(title="总分（分值）")
    total_score: Number = Field(title="总分（得分）")
    grade: Line = Field(title="评分等级")
    note: str | None = Field(None, title="整理说明")


class CentreFacts(Model):
    """centre.yml: the unit whose forms lie in the folder."""

    name: Line = Field(title="单位名称")
    former_names: tuple[Line, ...] = Field((), title="曾用名或文件中另印的名称", strict=False)
    department: Line = Field(title="主管部门")
    note: str | None = Field(None, title="说明")


class Source(Model):
    """The document as received; its text lies beside the records as source.txt."""

    sha256: Annotated[str, BeforeValidator(_line), Field(pattern="^[0-9a-f]{64}$")] = Field(title="source.txt 的 SHA-256")


class ExpectedTargets(Model):
    records: Count = Field(title="申报表张数")
    indicators: Count = Field(title="指标数")
    total: Money = Field(title="年度资金申请总额合计（元）")


class ExpectedEvaluations(Model):
    records: Count = Field(title="自评表张数")
    indicators: Count = Field(title="指标数")
    revised: Money = Field(title="全年预算数合计（万元）")
    spent: Money = Field(title="全年执行数合计（万元）")


class DisclosureFacts(Model):
    """What disclosure.yml says of one centre's document of one year."""

    title: Line = Field(title="文件标题")
    title_origin: Annotated[Literal["原文", "本站拟定"], _chosen("原文", "本站拟定")] = Field(title="标题出处")
    approved: KnownDay = Field(title="批复日期")
    published: KnownDay = Field(title="公开日期")
    source: Source = Field(title="来源文件")
    note: str | None = Field(None, title="说明")


class TargetsFacts(DisclosureFacts):
    expect: ExpectedTargets = Field(title="应有")


class EvaluationsFacts(DisclosureFacts):
    expect: ExpectedEvaluations = Field(title="应有")


class SiteFacts(Model):
    """site.yml: who publishes the site. What is not known stays out."""

    publisher: Line | None = Field(None, title="主办单位")
    contact: Line | None = Field(None, title="联系方式")
    address: Line | None = Field(None, title="地址")
    tagline: Line | None = Field(None, title="站点副题")
    site_code: Line | None = Field(None, title="网站标识码")
    icp: Line | None = Field(None, title="ICP备案号")
    police: Line | None = Field(None, title="公网安备号")


Form = Declaration | Evaluation
M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], tree: Table) -> M | list[Problem]:
    """A tree as a model, or everything that is wrong with it."""
    try:
        return model.model_validate(plain(tree))
    except ValidationError as error:
        return [_problem(model, tree, found) for found in error.errors()]


def _nested(annotation: Any) -> type[BaseModel] | None:
    """The model inside `Model`, `Model | None`, `tuple[Model, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _nested(part))), None)


def model_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """The model that describes the keys below `path`."""
    here: type[BaseModel] | None = model
    for key in path:
        if here is None:
            return None
        if isinstance(key, str):
            field = here.model_fields.get(key)
            here = _nested(field.annotation) if field else None
    return here


def label(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    """The printed Chinese name of the field at `path`; an item of a list is called by its list."""
    keys = [key for key in path if isinstance(key, str)]
    if not keys:
        return ""
    holder = model_at(model, keys[:-1])
    field = holder.model_fields.get(keys[-1]) if holder else None
    return field.title or "" if field else ""


_SHAPES: dict[str, tuple[str, str]] = {
    "model_type": ("一组“键: 值”", "a group of “key: value”"),
    "string_type": ("一行文字", "a line of words"),
    "tuple_type": ("列表（每项以“- ”开头）", "a list (each item begins with “- ”)"),
    "too_short": ("至少一项的列表", "a list of at least one item"),
    "string_pattern_mismatch": ("64 位十六进制数字（小写）", "64 hexadecimal digits in lower case"),
}


def _found(value: object) -> tuple[str, str]:
    if isinstance(value, dict):
        return "一组“键: 值”", "a group of “key: value”"
    if isinstance(value, list | tuple):
        return ("列表", "a list") if value else ("空的", "nothing")
    return (f"“{value}”", f"“{value}”") if value else ("空的", "nothing")


def _problem(model: type[BaseModel], tree: Table, error: Any) -> Problem:
    path = tuple(error["loc"])
    kind = error["type"]
    name = label(model, path)
    place: Place = node_at(tree, path).place
    refusal = error.get("ctx", {}).get("error")
    if isinstance(refusal, Refused):
        return Problem(refusal.entry, place, path, name, refusal.facts)
    if kind == "missing":
        facts = {"label": name, "key": str(path[-1])}
        parent = path[:-1]
        return Problem(MISSING, place, parent, label(model, parent), facts)
    if kind == "extra_forbidden":
        holder = node_at(tree, path[:-1])
        key = str(path[-1])
        place = holder.keys[key] if isinstance(holder, Table) else place
        allowed = list(owner.model_fields) if (owner := model_at(model, path[:-1])) else []
        near = difflib.get_close_matches(key, allowed, n=1)
        facts = {"key": key, "allowed": "、".join(allowed)}
        facts |= {"near": f"是否要写“{near[0]}”？", "near_en": f"did you mean “{near[0]}”?"} if near else {
            "near": "删去这一行，或改成上面列出的键。", "near_en": "delete the line, or use a key of the list."
        }  # fmt: skip
        return Problem(UNKNOWN, place, path, "", facts)
    expected = _SHAPES.get(kind, (error["msg"], error["msg"]))
    value = error["input"]
    if kind in ("model_type", "tuple_type", "string_type") and value == "":
        return Problem(EMPTY, place, path, name)
    found = _found(value)
    facts = {"expected": expected[0], "expected_en": expected[1], "found": found[0], "found_en": found[1]}
    return Problem(SHAPE, place, path, name, facts)
