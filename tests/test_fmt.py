"""The canonical form: the real records are in it, whatever loads can be brought into it, and nothing is lost."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing.canonical import canonical
from generator.editing.comments import comments_of
from generator.editing.yaml_files import yaml_files
from generator.reading.fields import Model
from generator.reading.find import find_content
from generator.reading.load import load_bytes
from generator.reading.model import CentreFacts, Declaration, Evaluation, SiteFacts, TargetsFacts
from generator.reading.shapes import shape_of
from generator.reading.validate import validate
from generator.words.prose import paragraphs
from generator.words.tree import Plain, Tree
from tests.conftest import ROOT
from tests.program import Done, run_program
from tests.small import CASES, TARGETS, small_project

MODELS: list[type[Model]] = [Declaration, Evaluation, TargetsFacts, CentreFacts, SiteFacts]
REAL = [(file.path, model) for file, model in yaml_files(find_content(ROOT, ROOT / "content")[0])]


def tree_of(text: str) -> Tree:
    loaded = load_bytes(text.encode(), "x.yml")
    assert loaded.tree is not None
    assert not loaded.problems
    return loaded.tree


def formatted(model: type[Model], text: str) -> str:
    return canonical(model, tree_of(text))


def test_real_files_are_in_their_canonical_form() -> None:
    assert len(REAL) > 40
    for path, model in REAL:
        text = path.read_text("utf-8")
        assert formatted(model, text) == text, path


def test_real_files_return_from_what_a_form_editor_makes_of_them() -> None:
    """Sorted keys, lost quotes, folded lines, lists at the margin, no comments: only the comments stay lost."""
    for path, model in REAL:
        text = path.read_text("utf-8")
        spoilt = yaml.dump(tree_of(text).plain, allow_unicode=True, sort_keys=True, width=60)
        bare = "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#"))
        assert formatted(model, spoilt) == bare, path


def test_cases_keep_what_they_say_and_are_stable() -> None:
    seen = 0
    for case in sorted(CASES.glob("*/*.yml")):
        loaded = load_bytes(case.read_bytes(), case.name)
        model = Evaluation if case.name.startswith("evaluation") else Declaration
        if loaded.tree and not loaded.problems:
            once = canonical(model, loaded.tree)
            assert canonical(model, tree_of(once)) == once, case
            assert remarks(once) == remarks(loaded.text), case
            before, after = validate(model, loaded.tree), validate(model, tree_of(once))
            if isinstance(before, Model):
                assert after == before, case
            else:
                assert isinstance(after, list)
                assert sorted((found.code, found.path) for found in after) == sorted(
                    (found.code, found.path) for found in before
                )
            seen += 1
    assert seen > 200


def remarks(text: str) -> list[str]:
    found = comments_of(tree_of(text))
    return sorted(line for kind in (found.above, found.below) for lines in kind.values() for line in lines)


# Characters that mean something to YAML, and some that mean nothing.
WORDS = st.text(st.sampled_from("甲乙ab01 -:#\"'\\|>*&!%@`[]{},?~=\n."), max_size=12)
HOSTILE = st.sampled_from(
    [
        "null",
        "yes",
        "0x1f",
        "1e5",
        "2024-01-01",
        "- ",
        "a: b",
        "# c",
        "a #b",
        "|",
        ">5",
        "<<",
        "---",
        "...",
        "👩🔬",
    ]
)
VALUES = st.recursive(
    WORDS | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | HOSTILE, inner, max_size=3),
    max_leaves=8,
)


def of_model(model: type[Model]) -> st.SearchStrategy[dict[str, Plain]]:
    """Files of the right keys in any order, hostile words in them, some keys unknown, some values of a wrong shape."""
    keys: dict[str, st.SearchStrategy[Plain]] = {}
    for name, field in model.model_fields.items():
        shape = shape_of(field)
        one: st.SearchStrategy[Plain] = of_model(shape.model) if shape.model else WORDS | HOSTILE
        keys[name] = (st.lists(one, max_size=2) if shape.listed else one) | VALUES
    known = st.fixed_dictionaries({}, optional=keys)
    both = st.tuples(known, st.dictionaries(WORDS, VALUES, max_size=1))
    return both.flatmap(lambda found: st.permutations(list({**found[1], **found[0]}.items()))).map(dict)


def said(value: Plain) -> object:
    """What is written, whatever the order of keys and the setting of lines."""
    if isinstance(value, dict):
        return {key: said(each) for key, each in value.items()}
    return [said(each) for each in value] if isinstance(value, list) else paragraphs(value)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(MODELS).flatmap(lambda model: st.tuples(st.just(model), of_model(model))),
    st.sampled_from([None, '"', "'"]),
    st.sampled_from([20, 1000]),
)
def test_hostile_file_keeps_what_it_says_and_is_stable(
    found: tuple[type[Model], dict[str, Plain]], style: str | None, width: int
) -> None:
    model, values = found
    text = yaml.dump(values, allow_unicode=True, sort_keys=False, default_style=style, width=width)
    loaded = load_bytes(text.encode(), "x.yml")
    if loaded.tree is None or loaded.problems or not values:
        return
    once = canonical(model, loaded.tree)
    assert said(tree_of(once).plain) == said(loaded.tree.plain)
    assert formatted(model, once) == once


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REAL), st.randoms(use_true_random=False))
def test_comments_anywhere_are_kept(real: tuple[Path, type[Model]], chance: random.Random) -> None:
    path, model = real
    lines: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if chance.random() < 0.2 and line.strip():
            lines.append(f"{' ' * (len(line) - len(line.lstrip()))}# 第 {number} 行")
        lines.append(f"{line} # 后 {number}" if chance.random() < 0.2 and line.endswith(('"', ":", "|")) else line)
    text = "\n".join([*lines, "# 末", ""])
    once = formatted(model, text)
    assert len(remarks(text)) > 0
    assert remarks(once) == remarks(text)
    assert said(tree_of(once).plain) == said(tree_of(text).plain)
    assert formatted(model, once) == once


@pytest.mark.parametrize(
    ("written", "canonical_form"),
    [
        ("former_names:\n- 乙\n# 部门\ndepartment: 丙 \n", "former_names:\n  - 乙\n# 部门\ndepartment: 丙\n"),
        ("department: 丙\n# 说明名称\nname: 甲\n", "# 说明名称\nname: 甲\ndepartment: 丙\n"),
        ("# 全文\n\ndepartment: 丙\nname: 甲\n", "# 全文\nname: 甲\ndepartment: 丙\n"),
        ("name: '甲'\ndepartment: \"丙: 丁\" # 后\n", 'name: 甲\n# 后\ndepartment: "丙: 丁"\n'),
        ("name: 甲\nnote: 一句\n", "name: 甲\nnote: |\n  一句\n"),
        ("name: '001'\r\nnote: |-\r\n  一\r\n", 'name: "001"\nnote: |\n  一\n'),
        ("former_names: [乙, '\"丙']\n  # 组末\nnote: 一\n", "former_names:\n  - 乙\n  - '\"丙'\n  # 组末\nnote: |\n  一\n"),  # noqa: E501
    ],
)  # fmt: skip
def test_centre_is_written_in_its_one_form(written: str, canonical_form: str) -> None:
    assert formatted(CentreFacts, written) == canonical_form


@pytest.mark.parametrize("blank", ["name:\n", "note: |\n", "former_names: []\n"])
def test_blank_to_be_filled_stays_blank(blank: str) -> None:
    assert formatted(CentreFacts, blank) == blank


def test_key_of_a_thousand_characters_leaves_the_file_as_it_is() -> None:
    text = f"? {'甲' * 1100}\n: 乙\nname:   丙\n"
    assert formatted(CentreFacts, text) == text


# --- the command ---


def settled_project(folder: Path) -> Path:
    (folder / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    small_project(folder)
    assert run(folder).returncode == 0
    return folder


def run(root: Path, *words: str) -> Done:
    return run_program("fmt", "--root", str(root), *words)


def test_fmt_writes_one_file_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    record = settled_project(tmp_path) / TARGETS / "01.yml"
    good = record.read_text("utf-8")
    record.write_text(yaml.dump(tree_of(good).plain, allow_unicode=True), "utf-8")
    record.chmod(0o640)
    checked = run(tmp_path, "--check")
    assert (checked.returncode, checked.stdout) == (1, f"{TARGETS}/01.yml\n")
    assert "运行 make fmt 整理" in checked.stderr
    assert record.read_text("utf-8") != good
    assert run(tmp_path, str(record)).returncode == 0
    assert record.read_text("utf-8") == good
    assert record.stat().st_mode & 0o777 == 0o640
    assert [found.name for found in record.parent.iterdir() if "01.yml" in found.name] == ["01.yml"]
    assert run(tmp_path, "--check").returncode == 0


def test_fmt_refuses_what_does_not_load_and_writes_nothing(tmp_path: Path) -> None:
    folder = settled_project(tmp_path) / TARGETS
    other = folder / "02.yml"
    other.write_text(other.read_text("utf-8").replace("name: ", "name:   ", 1), "utf-8")
    before = other.read_bytes()
    (folder / "01.yml").write_text("name: >5\nname: 甲\n", "utf-8")
    done = run(tmp_path)
    assert done.returncode == 1
    assert f"{TARGETS}/01.yml:1:7: 以“>”开头的值应加双引号" in done.stderr
    assert "没有写任何文件" in done.stderr
    assert other.read_bytes() == before


def test_fmt_of_a_file_elsewhere_is_refused(tmp_path: Path) -> None:
    settled_project(tmp_path)
    done = run(tmp_path, str(ROOT / "README.md"))
    assert done.returncode == 2
    assert "不是 content 里的记录" in done.stderr
