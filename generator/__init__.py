"""Turns records of public budget performance (content/) into a proved disclosure site.

The order below is the law: a module imports only modules above it; modules below the fence, but for the line itself
and its handles, know bytes and paths and not what a record is. `tests/test_architecture.py` holds it. What each
module makes stands in docs/rooms.md.
"""

# Floors of the house, from the ground up, and the rooms of each.
FLOORS = {
    "What everything speaks of": "place secrets problems processes text tree".split(),
    "What a form prints, read": "amounts bars dates numerals targets normal trend".split(),
    "Figures in running text": "usage quantities phrases agreement narrative prose handbook".split(),
    "Addresses and frames": "urls policy shell compress".split(),
    "From files to models": "find revisions syntax load fields model".split(),
    "What editors' tools know of the files": (
        "shapes notation editor_schema validate yaml_files blanks cms_config settings comments canonical"
    ).split(),
    "Content, and what it is measured by": "glossary measures profile scoring content reader".split(),
    "Changes after publication": (
        "printed told history state published matching changes diff diff_json spread lineage"
    ).split(),
    "Checks": "rules gates waivers catalogue judge panel report formats".split(),
    "What pages say": "page labels sheet reckoned row_scores explained altered totals summary yearly courses".split(),
    "What the open data are": "tables offers events register dataset".split(),
    "Pages": (
        "findings citation editions metas made outline accounts project data_pages about_pages handbook_page "
        "home_page centre_pages disclosure_pages gone project_pages years_pages form_pages plan components "
        "recall environment render"
    ).split(),
    "Files of the open data": (
        "csv_text workbook_frame workbook database record_json record_schema plain data_part gathered downloads "
        "datapackage feed sitemap"
    ).split(),
    "Search": (
        "cells search answer streams tape search_part columns postings shards renewal last_search shard_files "
        "search_files handbook_files tombstones"
    ).split(),
    "Below the fence: the site": (
        "file_names write kept fingerprints engine lasting stamp start_tags page_facts verify seal lay parts swap"
    ).split(),
    "Below the fence: publishing": (
        "turns destination folder far reach signing ledger releases proof publish archive branch"
    ).split(),
    "The line": (
        "check last_build programs compiled asked judged frame centre_site rest_site pipeline by_engine"
    ).split(),
    "Handles": (
        "last_good shown sought remarks preview withdraw serve telling checking comparing asking formatting creating "
        "regaining filling keeping publishing cli"
    ).split(),
}
ORDER = tuple(module for rooms in FLOORS.values() for module in rooms)
FENCE = "file_names"
HANDLES = ORDER[ORDER.index("check") :]
