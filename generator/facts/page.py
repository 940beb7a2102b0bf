"""What a page of the site is, before it is rendered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.facts.shell import Shell, shell_for
from generator.words.urls import HOME

HAND_WRITTEN = "page"


class Link(NamedTuple):
    """A link to a page or file of the site; `note` is said beside it."""

    url: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    `crumbs` lead from the home page to its parent; `previous` and `following` are its neighbours.
    `metas` are named facts for the page's head (国办发〔2017〕47号). `late` gives inputs that cost something: they are
    made when the page is rendered, and not kept.
    """

    url: str
    template: str
    title: str
    description: str
    inputs: Mapping[str, object]
    crumbs: tuple[Link, ...] = ()
    previous: Link | None = None
    following: Link | None = None
    metas: Mapping[str, str] = field(default_factory=dict)
    late: Callable[[], Mapping[str, object]] = dict

    @property
    def file(self) -> str:
        """Its path in the site."""
        return f"{self.url}index.html"

    @property
    def shell(self) -> Shell | None:
        """The shell that it is set into; None for a hand-written page, which the engine renders whole."""
        return None if self.template == HAND_WRITTEN else shell_for(self.template, self.url, self.metas)


HOME_LINK = Link(HOME, "首页")
