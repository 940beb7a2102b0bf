"""The pictures of the editors' guide, beside its page."""

from collections.abc import Iterator

from generator.pages.handbook import pictures
from generator.pages.render import DocsFile
from generator.words.urls import HANDBOOK


def handbook_files() -> Iterator[DocsFile]:
    for picture in pictures():
        yield DocsFile(f"{HANDBOOK}{picture.name}", picture.read_bytes())
