"""Records and documents as an editor alters them after publication, for tests."""

from pathlib import Path

DECLARATION = "content/sstec/2024/targets/01.yml"
EVALUATION = "content/sstec/2023/evaluations/06.yml"
DISCLOSURE = "content/sstec/2024/targets/disclosure.yml"
NUMBERED = ("一、", "二、", "三、", "四、", "五、", "六、")


def replace(file: Path, old: str, new: str) -> None:
    """Replace words that stand once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def alter(root: Path) -> None:
    """One declaration altered three times, an evaluation and a document once; every change is told."""
    record = root / DECLARATION
    replace(record, "符合会议、培训、差旅等经费", "符合会议、培训、差旅、出版等经费")
    replace(record, 'target: "≥6.00(条)"', 'target: "≥4.00(条)"')
    replace(record, "每条时长8-15分钟", "每条时长10-15分钟")
    replace(record, """  - level1: 产出指标
    level2: 数量指标
    name: 协同创新，加强长三角区域科技合作与交流- 工作简报
    target: "≥2.00(条)"
""", "")  # fmt: skip
    replace(record, 'target: "=80.00(家)"', """target: "=80.00(家)"
  - level1: 产出指标
    level2: 数量指标
    name: 加强国内科技合作高质量发展-线上对接会
    target: "=2.00(次)\"""")  # fmt: skip
    paragraphs = (line.strip() for line in record.read_text("utf-8").split("\n"))
    annual = "".join(f"          {words}\n\n" for words in paragraphs if words[:2] in NUMBERED)
    annual = annual.replace("10-15分钟", "8-15分钟").rstrip()
    append(record, f"""amendments:
  - date: 2024-06-20
    what: 经批复，会议、展会、区域对接会由 6 条调整为 5 条。
    why: 年度任务安排有调整
    approved_by: 上海市科学技术委员会
    fields:
      - field: indicators[2].target
        was: "≥6.00(条)"
  - date: 2024-09-30
    what: 会议、展会、区域对接会再减 1 条，取消工作简报，增加线上对接会，案例片时长有调整。
    why: 部分线下活动改为线上
    approved_by: 上海市科学技术委员会
    fields:
      - field: indicators[2].target
        was: "≥5.00(条)"
      - field: indicators[3]
        dropped:
          level1: 产出指标
          level2: 数量指标
          name: 协同创新，加强长三角区域科技合作与交流- 工作简报
          target: "≥2.00(条)"
      - field: indicators[9]
      - field: objectives.annual
        was: |
{annual}
corrections:
  - date: 2024-05-08
    what: 第 1 项的指标值漏录了“出版”。
    source: 原件第 2 页，年度指标值一列
    fields:
      - field: indicators[1].target
        was: "符合会议、培训、差旅等经费支出标准"
""")  # fmt: skip
    evaluation = root / EVALUATION
    replace(evaluation, 'score: "9.00"', 'score: "9.00"\n    deviation: "第四季度活动延期"')
    append(evaluation, """corrections:
  - date: 2024-07-01
    what: 漏录了“时效性”一行的偏差原因。
    source: 原件第 6 页
    fields:
      - field: indicators[3].deviation
""")  # fmt: skip
    document = root / DISCLOSURE
    replace(document, "年度项目绩效目标汇总表", "年度财政项目绩效目标汇总表")
    append(document, """corrections:
  - date: 2024-04-12
    what: 标题漏录了“财政”二字。
    source: 原件封面
    fields:
      - field: title
        was: 上海科学技术交流中心2024年度项目绩效目标汇总表
""")  # fmt: skip
