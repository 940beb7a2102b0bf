"""What the site in its place was made of, as the build that made it noted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.site.kept import Kept
from generator.words.urls import SUMS

_NAME = "build"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The key of what each part of the site was made of, by the part's name, and how many pages the site has."""

    keys: Mapping[str, str]
    pages: int


def read_last_build(site: Path, kept: Kept) -> LastBuild:
    """The note of the build that made a site; an empty one where there is no site, or another than it made."""
    try:
        with (site / SUMS).open("rb") as stream:
            sums = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return LastBuild({}, 0)
    return LastBuild(*(kept.get(_NAME, sums) or ({}, 0)))


def forget_build(kept: Kept) -> None:
    """Forget the last build: the next one makes everything of the site anew."""
    kept.drop(_NAME)


def note_build(build: LastBuild, sums: str, kept: Kept) -> None:
    """Note a build; `sums` is the digest of its site's SHA256SUMS."""
    kept.put(_NAME, sums, (dict(build.keys), build.pages))
