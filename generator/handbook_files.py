"""The pictures of the editors' guide, beside its page."""

from collections.abc import Iterator

from generator.handbook import pictures
from generator.render import DocsFile
from generator.urls import handbook_url


def handbook_files() -> Iterator[DocsFile]:
    for picture in pictures():
        yield DocsFile(f"{handbook_url()}{picture.name}", picture.read_bytes())
