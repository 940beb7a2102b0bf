"""The Data Package describes the files as they are: the reference validator finds no error."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from generator.changes.told import alterations_of
from generator.data.editions import EDITION
from generator.data.tables import TABLES
from generator.line.check import check_content
from generator.pipeline import build_site
from generator.preview.next_view import Preview
from generator.reading.content import Content
from generator.reading.settings import Settings, read_settings
from tests.altering import alter, append
from tests.validator import validated

CSV_FILES = sorted(["catalogue.csv", *(f"{table.key}.csv" for table in TABLES)])


def written(project: Path) -> Path:
    """The folder data/ of a project's site."""
    return build_site(read_settings(project)).folder / "data"


def package_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text("utf-8")))


def rows_of(content: Content) -> dict[str, int]:
    """The number of rows of each table, counted over the content itself."""
    forms = [record.form for record in content.records]
    facts = [found.facts for found in content.disclosures]
    alterations = [one for holder in (*facts, *forms) for _, _, one in alterations_of(holder)]
    return {
        "centres": len(content.centres),
        "documents": len(content.disclosures),
        "declarations": sum(len(found.records) for found in content.disclosures if found.kind == "targets"),
        "evaluations": sum(len(found.records) for found in content.disclosures if found.kind == "evaluations"),
        "indicators": sum(len(form.indicators) for form in forms),
        "alterations": sum(len(alteration.fields) for alteration in alterations),
        "catalogue": len(content.disclosures),
    }


def test_datapackage_of_the_site_is_valid_and_counts_every_row(site: Path, content: Content) -> None:
    counted = validated(site / "data")
    assert counted == rows_of(content)
    assert (counted["declarations"], counted["evaluations"], counted["indicators"]) == (30, 6, 545)


def test_datapackage_of_altered_forms_is_valid_and_counts_every_row(project: Path) -> None:
    alter(project)
    content = check_content(read_settings(project)).or_raise()
    assert validated(written(project)) == rows_of(content)
    assert rows_of(content)["alterations"] == 8


def test_validator_would_find_a_row_too_many(site: Path, tmp_path: Path) -> None:
    for name in (*CSV_FILES, "datapackage.json"):
        (tmp_path / name).write_bytes((site / "data" / name).read_bytes())
    package = tmp_path / "datapackage.json"
    package.write_text(package.read_text("utf-8").replace('"rows": 545', '"rows": 544'), "utf-8")
    with pytest.raises(AssertionError, match="expected row count"):
        validated(tmp_path)


def test_datapackage_tells_size_and_digest_of_every_csv_file(site: Path) -> None:
    folder = site / "data"
    assert sorted(path.name for path in folder.glob("*.csv")) == CSV_FILES
    found = package_of(folder)["resources"]
    assert sorted(resource["path"] for resource in found) == CSV_FILES
    for resource in found:
        data = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_datapackage_explains_every_column_in_chinese(site: Path) -> None:
    looked_at = 0
    for resource in package_of(site / "data")["resources"]:
        head = (site / "data" / resource["path"]).read_text("utf-8-sig").split("\n")[0].strip()
        assert head == ",".join(field["name"] for field in resource["schema"]["fields"])
        for field in resource["schema"]["fields"]:
            assert field["description"]
            assert field["key"].isascii()
            assert not field["name"].isascii()
            looked_at += 1
    assert looked_at > 150


def test_datapackage_without_known_facts_says_none(site: Path) -> None:
    package = package_of(site / "data")
    assert not {"licenses", "contributors", "homepage"} & package.keys()
    assert package["version"] == EDITION


def test_datapackage_with_known_facts_says_licence_publisher_and_address(project: Path) -> None:
    append(project / "content/site.yml", """
publisher: 示例局
licence:
  name: CC BY 4.0
  url: https://creativecommons.org/licenses/by/4.0/
""")  # fmt: skip
    settings = project / "mkdocs.yml"
    settings.write_text("site_url: https://example.org/open\n" + settings.read_text("utf-8"), "utf-8")
    folder = written(project)
    package = package_of(folder)
    assert package["licenses"] == [{"title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert package["contributors"] == [{"title": "示例局", "role": "publisher"}]
    assert package["homepage"] == "https://example.org/open/data/"
    validated(folder)


def test_preview_makes_no_file_of_the_whole_site(project: Path) -> None:
    settings: Settings = read_settings(project)
    view = Preview(settings).refresh(settings, theme=True)
    assert view.file("sstec/2024/targets/01/record.json")
    assert not [path for path in (*CSV_FILES, "datapackage.json") if view.file(f"data/{path}")]
    assert "现在是预览，没有整站的数据文件" in (view.html("data/") or "")
