"""Turns records of public budget performance (content/) into a proved disclosure site.

The order below is the law: a module imports only modules above it; modules below the fence, but for the line itself
and its handles, know bytes and paths and not what a record is. `tests/test_architecture.py` holds it. What each
module makes stands in docs/rooms.md.
"""

# Floors of the house, from the ground up, and the rooms of each: a folder and its modules. Two are one module each.
FLOORS = {
    "words": "place secrets problems text tree normal prose urls".split(),
    "figures": "amounts dates numerals targets trend usage quantities phrases agreement narrative".split(),
    "reading": (
        "find revisions syntax load fields model shapes notation validate settings content reader spread"
    ).split(),
    "editing": "yaml_files editor_schema blanks cms_config comments canonical".split(),
    "profiles": "measures profile scoring".split(),
    "changes": "printed told history state published matching comparison diff diff_json lineage".split(),
    "rules": (
        "rule silent expectation names dates structure gaps wording funding targets scores attainment grades narrative "
        "continuing years alterations published privacy subjects"
    ).split(),
    "checks": "gates waivers catalogue judge report formats".split(),
    "facts": (
        "shell page glossary labels bars sheet reckoned row_scores explained altered totals summary yearly courses "
        "accounts project citation findings"
    ).split(),
    "data": (
        "column identity centres declarations evaluations indicators alterations tables offers events register dataset "
        "editions made"
    ).split(),
    "pages": (
        "metas outline handbook data_pages about_pages home_page centre_pages disclosure_pages gone "
        "project_pages years_pages form_pages plan components environment render handbook_files"
    ).split(),
    "exports": (
        "compress csv_text workbook_frame workbook database record_json record_schema plain data_part gathered "
        "downloads datapackage feed sitemap tombstones"
    ).split(),
    "search": (
        "cells hits answer streams tape search_part columns postings shards renewal last_search shard_files "
        "search_files"
    ).split(),
    "site": (
        "file_names write kept fingerprints engine lasting stamp policy start_tags page_facts verify seal lay parts "
        "swap"
    ).split(),
    "publication": "turns destination folder far reach signing ledger releases proof publish archive branch".split(),
    "line": (
        "processes progress panel check last_build programs compiled asked judged frame centre_site rest_site"
    ).split(),
    "pipeline": [],
    "preview": "last_good shown sought remarks view next_view serve".split(),
    "commands": (
        "by_engine recall telling checking comparing asking formatting creating regaining filling withdraw keeping "
        "publishing"
    ).split(),
    "cli": [],
}
ORDER = tuple(room for floor, rooms in FLOORS.items() for room in ([f"{floor}.{room}" for room in rooms] or [floor]))
FENCE = "site.file_names"
HANDLES = ORDER[ORDER.index("line.processes") :]
