"""Addresses: how a page links to another, and how the site spells them."""

from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.words.urls import (
    HOME,
    centre_url,
    disclosure_url,
    document_id,
    indicator_anchor,
    page_file,
    record_id,
    record_json_url,
    record_url,
    relative,
    source_url,
    year_url,
)

steady = settings(derandomize=True, deadline=None, max_examples=100)


LINKS = [
    ("", "", "./"),
    ("sstec/", "", "sstec/"),
    ("", "sstec/", "../"),
    ("", "sstec/2024/targets/01/", "../../../../"),
    ("sstec/", "sstec/", "./"),
    ("sstec/", "sstec/2024/", "../"),
    ("sstec/2024/", "sstec/", "2024/"),
    ("sstec/2024/targets/02/", "sstec/2024/targets/01/", "../02/"),
    ("stic/2024/", "sstec/2024/", "../../stic/2024/"),
    ("sstec/2024/targets/01/", "sstec/2023/evaluations/01/", "../../../2024/targets/01/"),
    ("sstec/2024/targets/01/record.json", "sstec/2024/targets/01/", "record.json"),
    ("sstec/2024/targets/source.txt", "sstec/2024/targets/01/", "../source.txt"),
    ("a.txt", "", "a.txt"),
    ("sstec/2024/targets/01/#i03", "sstec/2024/targets/01/", "#i03"),
    ("sstec/2024/targets/01/#i03", "sstec/2024/targets/", "01/#i03"),
    ("#top", "", "#top"),
    ("#top", "sstec/", "../#top"),
]


@pytest.mark.parametrize(("target", "page", "link"), LINKS)
def test_relative_link_is_the_way_from_the_page(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


steps = st.lists(st.sampled_from(["a", "b", "sstec", "2024", "01", "a-b", "targets"]), max_size=5)
pages = steps.map(lambda names: "".join(f"{name}/" for name in names))
addresses = st.builds(
    lambda folder, file, anchor: f"{folder}{file}{anchor}",
    pages, st.sampled_from(["", "", "source.txt", "record.json"]), st.sampled_from(["", "", "#i01"]),
)  # fmt: skip


@steady
@given(
    addresses, pages, st.sampled_from(["https://example.org/", "https://example.org/deep/path/", "file:///srv/site/"])
)
def test_relative_link_resolved_from_the_page_gives_the_target(target: str, page: str, root: str) -> None:
    assert urljoin(root + page, relative(target, page)) == root + target


def test_urls_are_spelt_as_the_folders() -> None:
    document = document_id("sstec", 2024, "targets")
    identity = record_id(document, "01")
    assert [
        HOME, centre_url("sstec"), year_url("sstec", 2024), disclosure_url(document), identity,
        record_url(identity), record_json_url(identity), source_url(document), page_file(HOME),
        page_file("sstec/"), indicator_anchor(3),
    ] == [
        "", "sstec/", "sstec/2024/", "sstec/2024/targets/", "sstec/2024/targets/01", "sstec/2024/targets/01/",
        "sstec/2024/targets/01/record.json", "sstec/2024/targets/source.txt", "index.md", "sstec/index.md", "i03",
    ]  # fmt: skip
