"""Each kind of mistake in a file's text is found at its place, and nothing else is; what is right stays silent.

Cases in `refused` hold an error, those in `remarked` only warnings and notices; `accepted` come close and are right.

A case is a whole file with one mistake. Its first line, a comment, says what must be found in it:
`code line:column`, several parted by `; ` (0:0 is the file as a whole). The beginning of its name says
which file of the small good project it takes the place of.
"""

import importlib
import pkgutil
from pathlib import Path

import pytest

import generator
from generator.problems import Entry, Severity
from tests.conftest import ROOT
from tests.small import CASES, EVALUATIONS, SAME_YEAR, TARGETS, found_in, small_project

REFUSED = sorted((CASES / "refused").glob("*.yml"))
REMARKED = sorted((CASES / "remarked").glob("*.yml"))
ACCEPTED = sorted((CASES / "accepted").glob("*.yml"))

# The longest beginning of a case's name counts.
HOMES = {
    "declaration-": f"{TARGETS}/02.yml",
    "evaluation-": f"{EVALUATIONS}/02.yml",
    "evaluation-same-year-": f"{SAME_YEAR}/01.yml",
    "disclosure-": f"{TARGETS}/disclosure.yml",
    "disclosure-evaluations-": f"{EVALUATIONS}/disclosure.yml",
    "centre-": "content/unit/centre.yml",
    "site-": "content/site.yml",
}
# What no YAML text can show, and where it is shown.
ELSEWHERE = {
    "stray-file": "test_find.py",
    "not-a-file": "test_find.py",
    "missing-file": "test_find.py",
    "record-number": "test_find.py",
    "file-too-large": "test_text.py",
    "encoding": "test_text.py",
    "page-title": "test_text.py",
    "projects-disagree": "test_rules.py",
    "published-changed": "test_published.py",
    "published-number": "test_published.py",
    "published-centre": "test_published.py",
    "published-alteration": "test_published.py",
    "published-order": "test_published.py",
    "published-date": "test_published.py",
    "published-record": "test_published.py",
    "published-page": "test_published.py",
}


def cases(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.stem) for path in paths]


def home_of(case: Path) -> str:
    return HOMES[max((start for start in HOMES if case.name.startswith(start)), key=len)]


def expected_of(case: Path) -> list[str]:
    first = case.read_bytes().split(b"\n", 1)[0].decode()
    assert first.startswith("# "), f"{case.name} does not say what is expected of it"
    return sorted(first.removeprefix("# ").split("; "))


def with_case(folder: Path, case: Path) -> Path:
    """The small project with the case in its place, byte for byte."""
    root = small_project(folder)
    (root / home_of(case)).write_bytes(case.read_bytes())
    return root


def entries() -> list[Entry]:
    """Every entry of the catalogue: each module declares its own."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(generator.__path__, "generator.")
               if not found.name.endswith("__main__")]  # fmt: skip
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Entry)]
    return list({id(entry): entry for entry in found}.values())


def test_small_project_has_no_problem(tmp_path: Path) -> None:
    assert found_in(small_project(tmp_path)) == []


@pytest.mark.parametrize("case", cases([*REFUSED, *REMARKED]))
def test_case_is_found_at_its_place(tmp_path: Path, case: Path) -> None:
    assert found_in(with_case(tmp_path, case), home_of(case)) == expected_of(case)


@pytest.mark.parametrize("case", cases(ACCEPTED))
def test_accepted_case_is_silent(tmp_path: Path, case: Path) -> None:
    assert found_in(with_case(tmp_path, case)) == []


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
    for case in REFUSED:
        assert errors & {place.split(" ")[0] for place in expected_of(case)}, case.name
    for case in REMARKED:
        assert not errors & {place.split(" ")[0] for place in expected_of(case)}, case.name


def test_cases_show_every_code_of_the_catalogue() -> None:
    codes = {entry.code for entry in entries()}
    assert len(codes) > 30, "the sweep looked at next to nothing"
    shown = {place.split(" ")[0] for case in (*REFUSED, *REMARKED) for place in expected_of(case)}
    assert codes - shown - set(ELSEWHERE) == set()
    assert shown - codes == set(), "a case expects a code that no module declares"
    assert shown & set(ELSEWHERE) == set(), "shown twice"


def test_codes_shown_elsewhere_are_shown_there() -> None:
    for code, file in ELSEWHERE.items():
        assert code in (ROOT / "tests" / file).read_text("utf-8"), code


def test_catalogue_gives_each_code_to_one_entry() -> None:
    codes = [entry.code for entry in entries()]
    assert sorted(codes) == sorted(set(codes))


def test_cases_begin_with_the_kind_of_their_file() -> None:
    assert len(REFUSED) > 200
    assert len(ACCEPTED) > 30
    assert all(home_of(case) for case in (*REFUSED, *REMARKED, *ACCEPTED))


def test_mistakes_of_several_files_are_found_at_once(tmp_path: Path) -> None:
    names = ("declaration-sum-of-funding", "evaluation-rate-of-part", "centre-mobile-number-in-note")
    cases = [CASES / "refused" / f"{name}.yml" for name in names]
    root = small_project(tmp_path)
    for case in cases:
        (root / home_of(case)).write_bytes(case.read_bytes())
    places = [place.split(" ") for case in cases for place in [f"{expected_of(case)[0]} {home_of(case)}"]]
    assert found_in(root) == sorted(f"{code} {home}:{place}" for code, place, home in places)
