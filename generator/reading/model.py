"""What a record is: frozen pydantic models of centre, disclosure, declaration and evaluation.

What a field may hold is said by `fields`.
"""

from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from generator.reading.fields import (
    Address,
    Cell,
    Count,
    Day,
    Digest,
    FormNumber,
    KnownDay,
    Line,
    Model,
    Money,
    Note,
    Number,
    Prose,
    Unit,
    Value,
    Written,
    chosen,
)
from generator.words.urls import Kind

# The profiles that there are; what they hold is known to `generator.profiles.profile`.
PROFILES = tuple(sorted(path.stem for path in (Path(__file__).parent.parent / "profiles").glob("*.yml")))
Profile = Annotated[str, chosen(*PROFILES), Written("choice", PROFILES)]

TitleOrigin = Literal["原文", "本站拟定"]
TITLE_ORIGINS = get_args(TitleOrigin)


class Indicator(Model):
    """One row of a declaration. A label or value that cannot be told from the source is left out and noted."""

    level1: Line | None = Field(None, title="一级指标", description="看不出就不写，在 note 里说明。")
    level2: Line | None = Field(None, title="二级指标", description="看不出就不写，在 note 里说明。")
    name: Line = Field(title="三级指标")
    target: Value | None = Field(None, title="年度指标值")


class ScoredIndicator(Indicator):
    """One row of an evaluation."""

    actual: Value | None = Field(None, title="实际完成值")
    points: Number = Field(title="分值")
    score: Number = Field(title="得分")
    deviation: Line | None = Field(None, title="偏差原因分析及改进措施", description="印了才写。")


class ProjectFunding(Model):
    """Money of the whole project (left column of a declaration), often blank."""

    total: Money | None = Field(None, title="项目资金总额")
    fiscal: Money | None = Field(None, title="财政资金")
    other: Money | None = Field(None, title="其他资金")


class Funding(Model):
    """Money asked for this year (right column of a declaration)."""

    unit: Unit = Field("元", title="单位", description="不写就是元。")
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
    unit: Unit = Field("万元", title="单位", description="不写就是万元。")
    total: BudgetRow = Field(title="年度资金总额")
    appropriation: BudgetRow = Field(title="当年财政拨款")
    carryover: BudgetRow = Field(title="上年结转资金")
    other: BudgetRow = Field(title="其他资金")


class Altered(Model):
    """One place of a form that was altered.

    `field` is named as messages name it (`indicators[3].target`); where nothing stood before, `was` is absent.
    A row that is gone is `dropped`, and `field` says which place it had. What must not be read any longer is
    `withheld`: in place of `was` the law that asks for it, and a `dropped` row without what it forbids.
    """

    field: Line = Field(title="哪一格", description="照检查提示括号里的写法，如 indicators[3].target。")
    was: Cell | None = Field(None, title="原来的文字", description="原来空白的不写。")
    withheld: Line | None = Field(None, title="原来的文字不再显示的依据")
    dropped: Indicator | None = Field(None, title="删去的一行")


class AlteredScored(Altered):
    dropped: ScoredIndicator | None = Field(None, title="删去的一行")


class Amendment(Model):
    """The centre changed what it had disclosed."""

    date: Day = Field(title="变更日期")
    what: Line = Field(title="变更内容")
    why: Line = Field(title="变更原因")
    approved_by: Line = Field(title="批准单位")
    fields: tuple[Altered, ...] = Field(title="改动之处", min_length=1, strict=False)


class ScoredAmendment(Amendment):
    fields: tuple[AlteredScored, ...] = Field(title="改动之处", min_length=1, strict=False)


class Correction(Model):
    """We had copied it wrongly."""

    date: Day = Field(title="勘误日期")
    what: Line = Field(title="勘误内容")
    source: Line = Field(title="原件依据")
    fields: tuple[Altered, ...] = Field(title="改动之处", min_length=1, strict=False)


class ScoredCorrection(Correction):
    fields: tuple[AlteredScored, ...] = Field(title="改动之处", min_length=1, strict=False)


class Waiver(Model):
    """A finding of the checks that is let stand: which, why, by whose word, until when. Never published.

    `field` is named as messages name it; without it every finding of the rule in the file stands.
    """

    rule: Line = Field(title="检查代码", description="检查提示末尾方括号里的代码。")
    field: Line | None = Field(None, title="哪一格")
    reason: Line = Field(title="理由")
    by: Line = Field(title="由谁决定（部门或岗位）")
    until: Day = Field(title="有效期至")


Waivers = Annotated[tuple[Waiver, ...], Field(strict=False, title="豁免")]
# The id of an earlier form of the centre; only where the project's name does not tell.
Continues = Annotated[
    Line | None,
    Field(
        title="接续的表",
        description="较早的一张表的编号；名称没有变的不写。",
        examples=["sstec/2023/evaluations/01"],
    ),
]


class Declaration(Model):
    """财政项目支出绩效目标申报表."""

    name: Line = Field(title="项目名称")
    nature: Line = Field(title="项目性质")
    category: Line = Field(title="项目类别")
    department: Line = Field(title="主管部门")
    implementer: Line = Field(title="实施单位")
    start: Day = Field(title="计划开始日期")
    end: Day = Field(title="计划完成日期")
    project_funding: ProjectFunding | None = Field(
        None, title="项目资金（整个项目）", description="左栏；原表空白就整段不写。"
    )
    funding: Funding = Field(title="项目资金（本年度）", description="右栏。")
    objectives: Objectives = Field(title="项目绩效目标")
    indicators: tuple[Indicator, ...] = Field(
        title="绩效指标", min_length=1, strict=False, description="一行一项，按原表的次序。"
    )
    note: Note | None = Field(None, title="整理说明", description="印在页面上，标明不是原表内容；只写读者需要知道的。")
    continues: Continues = None
    amendments: tuple[Amendment, ...] = Field((), title="变更", strict=False)
    corrections: tuple[Correction, ...] = Field((), title="勘误", strict=False)
    waivers: Waivers = ()


class Evaluation(Model):
    """财政项目支出绩效自评表."""

    name: Line = Field(title="项目名称")
    department: Line = Field(title="主管部门")
    implementer: Line = Field(title="实施单位")
    budget: Budget = Field(title="项目资金")
    expected: Prose = Field(title="预期目标")
    achieved: Prose = Field(title="实际完成情况")
    indicators: tuple[ScoredIndicator, ...] = Field(
        title="绩效指标", min_length=1, strict=False, description="一行一项，按原表的次序。"
    )
    total_points: Number = Field(title="总分（分值）")
    total_score: Number = Field(title="总分（得分）")
    grade: Line = Field(title="评分等级")
    note: Note | None = Field(None, title="整理说明", description="印在页面上，标明不是原表内容；只写读者需要知道的。")
    continues: Continues = None
    amendments: tuple[ScoredAmendment, ...] = Field((), title="变更", strict=False)
    corrections: tuple[ScoredCorrection, ...] = Field((), title="勘误", strict=False)
    waivers: Waivers = ()


class CentreFacts(Model):
    """centre.yml: the unit whose forms lie in the folder."""

    name: Line = Field(title="单位名称")
    former_names: tuple[Line, ...] = Field((), title="曾用名或文件中另印的名称", strict=False)
    department: Line = Field(title="主管部门")
    note: Note | None = Field(None, title="说明")


class Source(Model):
    """The document as received; its text lies beside the records as source.txt."""

    sha256: Digest = Field(title="source.txt 的 SHA-256")


class ExpectedTargets(Model):
    records: Count = Field(title="申报表张数")
    indicators: Count = Field(title="指标数")
    total: Money = Field(title="年度资金申请总额合计（元）", description="从收到的文件上加，不要从记录上抄。")


class ExpectedEvaluations(Model):
    records: Count = Field(title="自评表张数")
    indicators: Count = Field(title="指标数")
    revised: Money = Field(title="全年预算数合计（万元）", description="从收到的文件上加，不要从记录上抄。")
    spent: Money = Field(title="全年执行数合计（万元）", description="从收到的文件上加，不要从记录上抄。")


class Withdrawn(Model):
    """A form that was published and must not be read any longer; its address says so."""

    number: FormNumber = Field(title="编号")
    on: Day = Field(title="撤下日期")
    reason: Line = Field(title="撤下原因")


class SignedOff(Model):
    """Who let a document be published. Never published."""

    by: Line = Field(title="签发人或签发部门")
    role: Line | None = Field(None, title="职务")
    on: Day = Field(title="签发日期")


class DisclosureFacts(Model):
    """What disclosure.yml says of one centre's document of one year."""

    title: Line = Field(title="文件标题", description="照文件上印的，一字不差。")
    title_origin: Annotated[TitleOrigin, chosen(*TITLE_ORIGINS), Written("choice", TITLE_ORIGINS)] = Field(
        title="标题出处", examples=list(TITLE_ORIGINS), description="文件上印着标题的写 原文，没有印的写 本站拟定。"
    )
    approved: KnownDay = Field(title="批复日期")
    published: KnownDay = Field(title="公开日期")
    source: Source = Field(title="来源文件")
    note: Note | None = Field(None, title="说明")
    signed_off: SignedOff | None = Field(None, title="签发")
    withdrawn: tuple[Withdrawn, ...] = Field((), title="撤下的表", strict=False)
    amendments: tuple[Amendment, ...] = Field((), title="变更", strict=False)
    corrections: tuple[Correction, ...] = Field((), title="勘误", strict=False)
    waivers: Waivers = ()


class TargetsFacts(DisclosureFacts):
    expect: ExpectedTargets = Field(title="应有")


class EvaluationsFacts(DisclosureFacts):
    expect: ExpectedEvaluations = Field(title="应有")


class Licence(Model):
    """On what terms the data may be used."""

    name: Line = Field(title="许可名称")
    url: Address = Field(title="许可全文的网址")


class Moved(Model):
    """An address that was published, and the one that took its place, both below the site's root (`about/old/`)."""

    old: Line = Field(title="原来的网址")
    new: Line = Field(title="现在的网址")


ShowFindings = Literal["不公开", "警告", "警告和提示"]
_SHOW_FINDINGS = get_args(ShowFindings)


class SiteFacts(Model):
    """site.yml: who publishes the site, and what forms are measured by. What is not known stays out."""

    profile: Profile = Field(title="规则档案", examples=list(PROFILES))
    publisher: Line | None = Field(None, title="主办单位")
    operator: Line | None = Field(None, title="承办单位")
    contact: Line | None = Field(None, title="联系方式")
    hours: Line | None = Field(None, title="办公时间")
    address: Line | None = Field(None, title="地址")
    postcode: Line | None = Field(None, title="邮政编码")
    complaints: Line | None = Field(None, title="投诉举报渠道")
    tagline: Line | None = Field(None, title="站点副题")
    site_code: Line | None = Field(None, title="网站标识码")
    icp: Line | None = Field(None, title="ICP备案号")
    police: Line | None = Field(None, title="公网安备号")
    licence: Licence | None = Field(None, title="数据许可")
    sign_off: Annotated[Literal["required"] | None, chosen("required"), Written("choice", ("required",))] = Field(
        None, title="发布以前要不要签发"
    )
    moved: tuple[Moved, ...] = Field((), title="换了的网址", strict=False)
    show_findings: Annotated[ShowFindings, chosen(*_SHOW_FINDINGS), Written("choice", _SHOW_FINDINGS)] = Field(
        "不公开", title="核对发现的问题公开哪些", examples=list(_SHOW_FINDINGS)
    )


Form = Declaration | Evaluation
# By the kind of a document: the model of its records, and that of its disclosure.yml.
RECORD_MODELS: dict[Kind, type[Form]] = {"targets": Declaration, "evaluations": Evaluation}
META_MODELS: dict[Kind, type[DisclosureFacts]] = {"targets": TargetsFacts, "evaluations": EvaluationsFacts}
# What a record says beside its form: which it goes on with, how it was altered, and what is for editors only.
BESIDE = frozenset({"continues", "amendments", "corrections", "waivers", "withdrawn", "signed_off"})
Alteration = Amendment | Correction
