"""Each kind of mistake in a file's text is found at its place, and nothing else is; what is right stays silent.

Cases in `refused` hold an error, those in `remarked` only warnings and notices; `accepted` come close and are right.

What a case is: tests/case.py. Cases in `republished` are mistakes only beside what was published.
"""

import importlib
import pkgutil
from pathlib import Path

import pytest

import generator
from generator.checks.catalogue import CATALOGUE
from generator.words.problems import Check, Entry, Severity
from tests.case import ACCEPTED, REFUSED, REMARKED, REPUBLISHED, Case, named
from tests.small import EVALUATIONS, TARGETS, found_in, said, small_project

# What no file of a repository can well show: a file of more than 1 MiB is made by test_text.py.
NO_FILE = {"file-too-large"}
# What only a publication asks for, at a destination: test_publish.py and test_withdraw.py show it.
AT_PUBLICATION = {"sign-off", "sign-off-early", "published-address", "withdrawn-returned"}


def entries() -> list[Entry]:
    """Every entry of the catalogue: each module declares its own."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(generator.__path__, "generator.")
               if not found.name.endswith("__main__")]  # fmt: skip
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Entry)]
    return list({id(entry): entry for entry in found}.values())


def test_small_project_has_no_problem(tmp_path: Path) -> None:
    assert found_in(small_project(tmp_path)) == []


@pytest.mark.parametrize("case", named([*REFUSED, *REMARKED]))
def test_case_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert found_in(case.project(tmp_path), case.home) == case.expected


@pytest.mark.parametrize("case", named(REPUBLISHED))
def test_case_is_found_beside_what_was_published(tmp_path: Path, case: Case) -> None:
    checked = case.checked(tmp_path, beside_published=True)
    assert sorted(said(found, case.home) for found in checked.problems) == case.expected


@pytest.mark.parametrize("case", named(ACCEPTED))
def test_accepted_case_is_silent(tmp_path: Path, case: Case) -> None:
    assert found_in(case.project(tmp_path)) == []


@pytest.mark.parametrize(
    "figures",
    [
        "35.92 42.83 29.09 10.00 84.29 9.10",
        "2023-12-31 2026-01-01 2026-08-03",
        "2025.12.20 2023.01.06 2025.07.01",
    ],
)
def test_figures_in_a_row_are_no_personal_data(tmp_path: Path, figures: str) -> None:
    root = small_project(tmp_path)
    file = root / TARGETS / "02.yml"
    file.write_text(file.read_text("utf-8").replace("一、办好活动。", figures), "utf-8")
    assert found_in(root) == []


@pytest.mark.parametrize("number", ["03-392300040012345", "0123-4567-8901", "1001-2345-0900-6789-012"])
def test_account_number_with_hyphens_is_refused(tmp_path: Path, number: str) -> None:
    root = small_project(tmp_path)
    file = root / TARGETS / "02.yml"
    file.write_text(file.read_text("utf-8").replace("一、办好活动。", f"账号：{number}"), "utf-8")
    assert found_in(root, f"{TARGETS}/02.yml") == ["bank-account 21:8"]


@pytest.mark.parametrize(
    ("printed", "figure"),
    [('points: "10.00"', 'points: "1' + ",000" * 12 + '"'), ('revised: "56.00"', 'revised: "0.000001"')],
)
def test_figure_beyond_all_measure_is_refused(tmp_path: Path, printed: str, figure: str) -> None:
    root = small_project(tmp_path)
    file = root / EVALUATIONS / "02.yml"
    text = file.read_text("utf-8").replace('spent: "55.26"', 'spent: "999999999999999"', 1)
    text = text.replace('points: "10.00"', 'points: "999999999999999"', 1) if "revised" in printed else text
    file.write_text(text.replace(printed, figure, 1), "utf-8")
    assert found_in(root) != []


def test_refused_cases_hold_an_error_and_remarked_ones_hold_none() -> None:
    errors = {entry.code for entry in entries() if entry.severity is Severity.ERROR}
    assert len(REMARKED) > 50
    for case in (*REFUSED, *REPUBLISHED):
        assert errors & case.codes, case.name
    for case in REMARKED:
        assert not errors & case.codes, case.name


def test_cases_show_every_code_of_the_catalogue() -> None:
    codes = {entry.code for entry in entries()}
    assert len(codes) > 30, "the sweep looked at next to nothing"
    shown = {code for case in (*REFUSED, *REMARKED, *REPUBLISHED) for code in case.codes}
    assert codes - shown == NO_FILE | AT_PUBLICATION
    assert shown - codes == set(), "a case expects a code that no module declares"


def test_every_rule_is_raised_by_a_case() -> None:
    shown = {code for case in (*REFUSED, *REMARKED, *REPUBLISHED) for code in case.codes}
    checks = {entry.code for section in CATALOGUE for entry in section.entries if isinstance(entry, Check)}
    assert len(checks) > 70
    assert checks - shown == AT_PUBLICATION


def test_catalogue_gives_each_code_to_one_entry() -> None:
    codes = [entry.code for entry in entries()]
    assert sorted(codes) == sorted(set(codes))


def test_cases_are_there() -> None:
    assert len(REFUSED) > 200
    assert len(ACCEPTED) > 30


def test_mistakes_of_several_files_are_found_at_once(tmp_path: Path) -> None:
    names = ("declaration-sum-of-funding", "evaluation-rate-of-part", "centre-mobile-number-in-note")
    cases = [case for case in REFUSED if case.name in names]
    root = small_project(tmp_path)
    for case in cases:
        (root / case.home).write_bytes(case.path.read_bytes())
    places = [(*case.expected[0].split(" "), case.home) for case in cases]
    assert found_in(root) == sorted(f"{code} {home}:{place}" for code, place, home in places)
