"""The frame of the site: what the engine renders. It is kept, and rendered anew when something of it changed.

The engine renders the hand-written pages, the error page and one shell for each kind of page, with the theme's assets
beside them. A record is none of that, so a changed record never starts the engine.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.facts.page import Page
from generator.facts.shell import Shell
from generator.pages.render import DocsFile, Rendered
from generator.reading.settings import Settings
from generator.site.engine import run_engine
from generator.site.file_names import file_names
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept, key_of
from generator.site.lasting import give_lasting_names
from generator.site.stamp import Mould, moulds_of, set_into
from generator.site.write import write_tree
from generator.words.urls import HOME

_NAME = "frame"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the engine rendered into the folder `site`; `key` tells one frame from another."""

    key: str
    site: Path
    moulds: Mapping[str, Mould]

    def around(self, page: Page, made: Rendered, site_url: str | None) -> str:
        """The HTML of a page set into its shell."""
        return set_into(self.moulds[made.facts["shell"]], page.url, made.facts, made.body, site_url)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of it that belong to the site as they are: not the shells, nor what stands beside them."""
        beside = {url.split("/")[0] for url in self.moulds if url != HOME}
        for name in sorted(file_names(self.site)):
            if name.split("/")[0] not in beside and not (HOME in self.moulds and name == "index.html"):
                yield name, (self.site / name).read_bytes()


def frame_of(
    docs: Iterable[DocsFile],
    shells: Iterable[Shell],
    settings: Settings,
    programs: str,
    prints: Fingerprints,
    kept: Kept,
) -> Frame:
    """The frame, kept or new.

    Args:
        docs: What the engine is to render (`render_engine_pages`).
        shells: The shells among that.
        settings: The project.
        programs: The digest of the programs that make a frame.
        prints: Digests of files.
        kept: Where the last frame is.

    Raises:
        EngineStop: the engine failed, or a shell is not as declared.
    """
    write_tree(docs, settings.engine_docs)
    theme = (prints.of_tree(settings.root / "theme_overrides"), prints.of(settings.root / "mkdocs.yml"))
    key = key_of(programs, str(settings.engine_docs), prints.of_tree(settings.engine_docs), *theme)
    site = kept.path(f"{_NAME}.site")
    digest = kept.get(_NAME, key)
    if digest is None or digest != prints.of_tree(site):
        new = kept.path(f"{_NAME}.new")
        for left in (site, new):
            shutil.rmtree(left, ignore_errors=True)
        run_engine(settings.root, settings.engine_docs, new)
        give_lasting_names(new)
        new.rename(site)
        digest = prints.of_tree(site)
        kept.put(_NAME, key, digest)
    return Frame(digest, site, moulds_of(shells, site, settings.site_url))
