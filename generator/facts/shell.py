"""A shell: the engine's page for one kind and depth of page, with placeholders where pages differ.

The theme renders a shell like any page; its words are the placeholders' tokens. `PLACES` and the
shell's own metadata say how often each stands in the rendered page, so that a theme which drops
or doubles one is found out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.words.urls import HANDBOOK, HOME, LED_TO, REGISTER, YEARS

CONTENT = "content"
TITLE = "title"
DESCRIPTION = "description"
# How often each stands on every page besides its metadata: title and description also as Open Graph has them. The
# home page is titled by the site's name alone.
PLACES: Mapping[str, int] = {CONTENT: 1, TITLE: 2, DESCRIPTION: 2}


def token(placeholder: str) -> str:
    """The word that stands for a placeholder; plain, so that no template or parser changes it."""
    return f"shell0{placeholder.lower()}0shell"


@dataclass(frozen=True, slots=True)
class Shell:
    """`url` is where the engine renders it; `metas` the names of the metadata its pages carry."""

    url: str
    kind: str
    metas: tuple[str, ...]

    @property
    def places(self) -> dict[str, int]:
        """How often each placeholder stands in the shell."""
        title = {TITLE: 0} if self.url == HOME else {}
        return dict(PLACES) | title | dict.fromkeys(self.metas, 1)


def shell_for(kind: str, url: str, metas: Iterable[str]) -> Shell:
    """The shell of a page: one for each kind, depth and set of metadata.

    The shells of the pages that menu and foot lead to stand in their own places, where the engine knows them; so
    do those of the pages beside or below one of them, from which the menu's link is another.
    """
    names = tuple(sorted(metas))
    if url in (*LED_TO, REGISTER, HANDBOOK) or url.startswith(YEARS):
        return Shell(url, kind, names)
    variant = "-".join(("_shell", kind, *map(str.lower, names)))
    return Shell(f"{variant}/{'x/' * (url.count('/') - 1)}", kind, names)
