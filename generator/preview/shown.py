"""The centres as the preview shows them: of each how it was judged; the few that are looked at, read and planned."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from generator.exports.downloads import form_files
from generator.facts.page import Page
from generator.line.judged import found_in
from generator.pages.outline import Outline
from generator.pages.plan import plan_centre
from generator.reading.content import Centre, Content
from generator.reading.find import CentreFiles
from generator.reading.reader import read_centre, uncollected
from generator.search.search_part import search_part
from generator.words.problems import Problem

LOOKED_AT = 8
"""Centres that are held as they were read; one of 50 records takes some 10 MB."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A centre in one state of the content.

    `key` tells one state of it from another, `digest` is that of its files. `files` are as they are now, `good` the
    same with the last good ones in the place of what cannot be read. `errors` are in the former; `outline` is of the
    latter, None where there is nothing to show.
    """

    key: str
    digest: str
    files: CentreFiles
    good: CentreFiles
    errors: tuple[Problem, ...]
    outline: Outline | None


@dataclass(frozen=True)
class Planned:
    """A centre, read: what was found in it, its pages by URL, its files by path."""

    centre: Centre | None
    problems: tuple[Problem, ...]
    pages: Mapping[str, Page]
    outline: Outline | None
    site_url: str | None

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files beside the centre's pages; those that gather many forms are not made."""
        if self.centre is None:
            return {}
        made = chain(form_files(self.centre, self.site_url), search_part(self.centre)[2])
        return {file.path: file.data for file in made}


@uncollected()
def plan_shown(front: Content, files: CentreFiles, good: CentreFiles, on: date | None, site_url: str | None) -> Planned:
    """Read, judge and plan a centre.

    Args:
        front: What belongs to no centre.
        files: The centre's files: problems are of these.
        good: Those that are shown.
        on: The day of judgement.
        site_url: As for `make_plan`.
    """
    centre, unread = read_centre(files)
    problems = tuple(found_in(front, centre, unread, on))
    if good != files:
        centre, _ = read_centre(good)
    if centre is None:
        return Planned(None, problems, {}, None, site_url)
    plan = plan_centre(front, centre, site_url, problems)
    return Planned(centre, problems, {page.url: page for page in plan.pages}, plan.outline, site_url)


class LookedAt:
    """The centres that were looked at last, planned, by the keys of their states."""

    def __init__(self, digest: Callable[[CentreFiles], str]) -> None:
        self.digest = digest
        self.held: dict[str, Planned] = {}
        self.lock = threading.Lock()

    def planned(self, front: Content, shown: Shown, on: date | None, site_url: str | None) -> Planned:
        """A centre, planned; one of which something was saved meanwhile is not held: the next state is coming."""
        with self.lock:
            found = self.held.pop(shown.key, None)
            if found is None:
                found = plan_shown(front, shown.files, shown.good, on, site_url)
                if self.digest(shown.files) != shown.digest:
                    return found
            self.held[shown.key] = found
            if len(self.held) > LOOKED_AT:
                del self.held[next(iter(self.held))]
            return found
