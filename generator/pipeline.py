"""The line itself: find → load → model → rules → plan → render → write → engine → verify → swap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from generator.content import Content, read_content
from generator.downloads import download_files
from generator.engine import run_engine
from generator.find import find_content
from generator.plan import Plan, make_plan
from generator.problems import ContentStop, Problem, Severity
from generator.render import render_pages
from generator.rules import check
from generator.settings import Settings
from generator.swap import recover, staging, swap
from generator.verify import verify
from generator.write import write_manifest, write_tree

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked:
    """The content that could be read, and every problem found in it, in the files' order."""

    content: Content | None
    problems: tuple[Problem, ...]

    def or_raise(self) -> Content:
        """The content, when nothing in it is an error.

        Raises:
            ContentStop: with every problem.
        """
        if self.content is None or any(found.entry.severity is Severity.ERROR for found in self.problems):
            raise ContentStop(self.problems)
        return self.content


@dataclass(frozen=True, slots=True)
class Site:
    """A proved site."""

    folder: Path
    pages: int


def check_content(settings: Settings) -> Checked:
    """Find, load, model and judge everything under content/. Writes nothing."""
    files, strays = find_content(settings.root, settings.content)
    content, unread = read_content(files)
    judged = check(content) if content else ()
    problems = sorted((*strays, *unread, *judged), key=lambda found: (found.place, found.code))
    return Checked(content, tuple(problems))


def write_docs(content: Content, settings: Settings) -> dict[str, str]:
    """Plan and render the docs tree; returns the digests of its files."""
    plan: Plan = make_plan(content)
    files = chain(render_pages(plan), download_files(plan))
    digests = write_tree(_progress(files, "写页面和数据", len(plan.pages)), settings.docs)
    write_manifest(digests, settings.build / "manifest.json")
    return digests


def build_site(settings: Settings) -> Site:
    """Turn the records under content/ into a proved site under build/site.

    Raises:
        Stop: content, engine or verification; the last good site stays as it was.
    """
    content = check_content(settings).or_raise()
    recover(settings.site)
    digests = write_docs(content, settings)
    new = staging(settings.site)
    run_engine(settings.root, new)
    pages = verify(new, digests)
    swap(settings.site)
    return Site(settings.site, pages)


def _progress(items: Iterable[T], what: str, about: int) -> Iterator[T]:
    """A bar on a terminal, nothing elsewhere."""
    return iter(tqdm(items, desc=what, total=about, disable=None, leave=False, delay=1))
