"""Realistic records in any number, the same for the same seed.

Sizes follow the real forms: about 15 indicators a form, most targets a comparison with number and
unit, goals of one to six paragraphs. The vocabulary grows with the text (a new word appears with a
chance that falls as the square root of the words so far), as it does in real collections, so that
search indexes and compressors meet what they would meet.
"""

import argparse
import hashlib
import itertools
import json
import random
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

YEARS = (2023, 2024, 2025)
FORMS = 8  # records of one disclosure
KINDS = ("targets", "evaluations")
_HAN = tuple(chr(code) for code in range(0x4E00, 0x4E00 + 2400))
_COMMON = (
    "科技 创新 服务 平台 建设 合作 交流 项目 管理 活动 培训 企业 技术 转移 成果 转化 资源 共享 系统 运行 "
    "维护 保障 数据 信息 人才 研究 报告 孵化 基地 长三角 一体化 国际 绿色 银行 社会 组织 党建 工作 完成率 "
    "满意度 及时性 数量 质量 验收 合格率 宣传 推广 开放"
).split()
_UNITS = "次 场 个 项 家 人次 份 篇 条 期 套 % 百分比 万元".split()
_LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标")),
    ("效益指标", ("社会效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)


class Words:
    """A vocabulary that grows as it is used."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - not for secrets
        self.known = list(_COMMON)
        self.said = 0

    def word(self) -> str:
        self.said += 1
        if self.random.random() < 2 / (1 + self.said**0.5):
            self.known.append("".join(self.random.choices(_HAN, k=self.random.choice((2, 2, 3, 4)))))
        # the older a word, the commoner
        return self.known[int(len(self.known) * self.random.random() ** 3)]

    def phrase(self, least: int, most: int) -> str:
        return "".join(self.word() for _ in range(self.random.randint(least, most)))

    def paragraph(self) -> str:
        return "，".join(self.phrase(3, 8) for _ in range(self.random.randint(3, 9))) + "。"

    def prose(self) -> str:
        return "\n\n".join(self.paragraph() for _ in range(self.random.choice((1, 1, 1, 2, 4, 6))))

    def quantity(self, sign: str) -> str:
        return f"{sign}{self.random.choice((1, 2, 5, 10, 20, 90, 100, 300))}.00({self.random.choice(_UNITS)})"

    def money(self) -> Decimal:
        return Decimal(self.random.randint(100, 900_000)) / 100


def _amount(number: Decimal) -> str:
    return f"{number:,.2f}"


def _levels(words: Words, count: int) -> list[tuple[str, str]]:
    pairs = [(one, two) for one, twos in _LEVELS for two in twos]
    return sorted((words.random.choice(pairs) for _ in range(count)), key=pairs.index)


def _declaration(words: Words, name: str, centre: str, year: int) -> dict[str, Any]:
    appropriation, other = words.money() * 100, words.money() * words.random.choice((0, 0, 100))
    indicators = [
        {
            "level1": level1,
            "level2": level2,
            "name": words.phrase(2, 7),
            "target": words.quantity(words.random.choice("≥≥≥=≤"))
            if words.random.random() < 0.7
            else words.phrase(1, 3),
        }
        for level1, level2 in _levels(words, words.random.choice((5, 9, 12, 15, 18, 27, 37)))
    ]
    return {
        "name": name,
        "nature": words.random.choice(("其他一次性项目", "其他经常性项目")),
        "category": words.random.choice(("特定目标类", "其他运转类")),
        "department": "某市科学技术委员会",
        "implementer": centre,
        "start": f"{year}-01-01",
        "end": f"{year}-12-31",
        "funding": {
            "total": _amount(appropriation + other),
            "appropriation": _amount(appropriation),
            "carryover": "0.00",
            "other": _amount(other),
        },
        "objectives": {"annual": words.prose()},
        "indicators": indicators,
    }


def _evaluation(words: Words, name: str, centre: str, _: int) -> dict[str, Any]:
    budget = words.money()
    none = {
        "initial": "0.00",
        "revised": "0.00",
        "spent": "0.00",
        "points": "-",
        "execution_rate": "0.00",
        "score": "-",
    }
    row = none | {key: _amount(budget) for key in ("initial", "revised", "spent")} | {"execution_rate": "100.00"}
    count = words.random.choice((6, 9, 10, 15, 18, 30))
    indicators = [
        {
            "level1": level1,
            "level2": level2,
            "name": words.phrase(2, 7),
            "target": f"≥{quantity}",
            "actual": quantity,
            "points": f"{90 / count:.2f}",
            "score": f"{90 / count:.2f}",
        }
        for level1, level2 in _levels(words, count)
        for quantity in (words.quantity(""),)
    ]
    total = 10 + sum(Decimal(str(each["score"])) for each in indicators)
    return {
        "name": name,
        "department": "某市科学技术委员会",
        "implementer": centre,
        "budget": {
            "total": row | {"points": "10.00", "score": "10.00"},
            "appropriation": row,
            "carryover": none,
            "other": none,
        },
        "expected": words.prose(),
        "achieved": words.prose(),
        "indicators": indicators,
        "total_points": f"{total:.2f}",
        "total_score": f"{total:.2f}",
        "grade": "优",
    }


def _places() -> Iterator[tuple[int, int, str]]:
    """Centre, year and kind of one disclosure after the other, without end."""
    for centre in itertools.count(1):
        for year in YEARS:
            for kind in KINDS:
                yield centre, year, kind


def _lines(facts: dict[str, Any], indent: str = "") -> Iterator[str]:
    """YAML as an editor would write it."""
    for key, value in facts.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                first, *rest = _lines(item, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
        elif "\n" in value:
            yield f"{indent}{key}: |"
            yield from (f"{indent}  {line}" if line else "" for line in value.split("\n"))
        else:
            yield f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}"


def _write(path: Path, facts: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(facts)) + "\n", "utf-8")


def write_records(content: Path, count: int, seed: int = 1) -> None:
    """Write `count` records, and what belongs to them, under the folder `content`."""
    words = Words(seed)
    names: dict[int, list[str]] = {}
    written = 0
    for centre, year, kind in _places():
        if written >= count:
            return
        name = f"某市第{centre}科技服务中心"
        folder = content / f"c{centre:05}" / str(year) / kind
        if centre not in names:
            names[centre] = [f"{words.phrase(2, 5)}{place}" for place in range(1, FORMS + 1)]
            _write(content / f"c{centre:05}" / "centre.yml", {"name": name, "department": "某市科学技术委员会"})
        make = _declaration if kind == "targets" else _evaluation
        forms = [make(words, project, name, year) for project in names[centre][: count - written]]
        for place, form in enumerate(forms, 1):
            _write(folder / f"{place:02}.yml", form)
        written += len(forms)
        _write(folder / "disclosure.yml", _disclosure(name, year, kind, forms))
        (folder / "source.txt").write_bytes(b"")


def _disclosure(name: str, year: int, kind: str, forms: list[dict[str, Any]]) -> dict[str, Any]:
    def total(*path: str) -> str:
        found = Decimal(0)
        for form in forms:
            value: Any = form
            for key in path:
                value = value[key]
            found += Decimal(value.replace(",", ""))
        return _amount(found)

    counted = {"records": str(len(forms)), "indicators": str(sum(len(form["indicators"]) for form in forms))}
    money = (
        {"total": total("funding", "total")}
        if kind == "targets"
        else {key: total("budget", "total", key) for key in ("revised", "spent")}
    )
    return {
        "title": f"{name}{year}年度项目绩效{'目标汇总' if kind == 'targets' else '自评'}表",
        "title_origin": "本站拟定",
        "approved": "未注明",
        "published": "未注明",
        "source": {"sha256": hashlib.sha256(b"").hexdigest()},
        "expect": counted | money,
    }


def write_bare_pages(folder: Path, root: Path) -> None:
    """The hand-written pages of `root` with their titles only: their words lead to forms that are not there."""
    (folder / "content" / "pages").mkdir(parents=True)
    for page in sorted((root / "content" / "pages").glob("*.md")):
        title = page.read_text("utf-8").partition("\n")[0]
        (folder / "content" / "pages" / page.name).write_text(f"{title}\n", "utf-8")


def write_project(folder: Path, root: Path, count: int, seed: int = 1) -> Path:
    """A project with the settings and theme of `root`, its hand-written pages by title, and `count` records."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(root / "mkdocs.yml", folder)
    shutil.copytree(root / "theme_overrides", folder / "theme_overrides")
    write_bare_pages(folder, root)
    shutil.copy(root / "content" / "site.yml", folder / "content")
    write_records(folder / "content", count, seed)
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a project of generated records.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_project(options.folder, Path(__file__).parent.parent, options.count, options.seed)
