"""A centre's part of the site: everything below its folder, made, proved and laid by one process, and forgotten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.exports.data_part import DataPart, read_part
from generator.exports.downloads import centre_files
from generator.exports.feed import centre_feed
from generator.facts.page import Page
from generator.line.frame import Frame
from generator.line.judged import CENTRES, Judged, hold
from generator.pages.plan import plan_centre
from generator.pages.render import DocsFile, PageMaker
from generator.reading.content import Centre, Content
from generator.reading.find import CentreFiles
from generator.reading.reader import read_centre
from generator.reading.settings import Settings
from generator.search.search_part import search_part
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept, NotKept
from generator.site.lay import Layer
from generator.site.parts import keep_part, kept_seals, part_of
from generator.site.seal import Sealed, block_of
from generator.site.swap import staging
from generator.site.verify import prove


@dataclass(frozen=True, slots=True)
class Ground:
    """What every part of the site is made with, besides its own files.

    `programs` is the digest of ours; `whole` says that no part stays as it is.
    """

    settings: Settings
    programs: str
    front: Content
    make: PageMaker
    frame: Frame
    prints: Fingerprints
    kept: Kept
    whole: bool

    def layer(self, before: Mapping[str, Sealed]) -> Layer:
        """What lays a part of which the site has files with these seals, as far as they are known."""
        return Layer(staging(self.settings.site), self.settings.site, before, whole=self.whole)


@dataclass(frozen=True, slots=True)
class Given:
    """A centre that was read, and its files that are no pages; what it gives to the others is kept."""

    centre: Centre
    judged: Judged
    files: tuple[DocsFile, ...]


def give(ground: Ground, files: CentreFiles, judged: Judged) -> Given:
    """Read a centre, and keep its part of the data and of the search, which are made of nothing else.

    Raises:
        ChangedStop: the files are no more as they were judged.
    """
    kept, name = ground.kept, files.id
    centre, _ = read_centre(files)
    hold(files, ground.settings, ground.prints)
    if centre is None:
        raise ValueError(f"{name}: what could not be read was to stop the build")
    kept.drop(part_name(name))  # what is kept beside it is that of this key from here on
    downloads = centre_files(centre, ground.settings.site_url)
    search, tape, texts = search_part(centre)
    kept.path(data_name(name)).write_bytes(downloads.part)
    kept.put(tape_name(name), judged.key, tape)
    kept.put(search_name(name), judged.key, search)
    return Given(centre, judged, (*downloads.files, *texts))


def lay_centre(ground: Ground, given: Given, key: str, last: str | None) -> list[str]:
    """Lay a centre's part into the staged site, and keep what is said of it under `key`.

    Args:
        ground: What every centre's part is made with.
        given: The centre.
        key: What the part is made of.
        last: The key of the part that the site has now, if it has one.

    Returns:
        The files of the part that the site has now and will have no more.
    """
    settings, kept, centre = ground.settings, ground.kept, given.centre
    layer = ground.layer(kept_seals(kept, part_name(centre.id), last))
    for file in (*given.files, *centre_feed(given.judged.sound, settings.site_name, settings.site_url)):
        layer.put(file.path, file.data)
    pages = plan_centre(ground.front, centre, settings.site_url, given.judged.shown).pages
    files_of_pages = {page.file for page in pages}
    proof = prove(laid(pages, ground, layer), files_of_pages | layer.sealed.keys())
    keep_part(kept, part_name(centre.id), key, part_of({centre.id: block_of(layer.sealed)}, proof))
    return [] if ground.whole else list(layer.gone([centre.id]))


def laid(pages: Iterable[Page], ground: Ground, layer: Layer) -> Iterator[tuple[str, str]]:
    """Each page's file and its HTML, when it is laid."""
    for page in pages:
        html = ground.frame.around(page, ground.make(page), ground.settings.site_url)
        layer.put(page.file, html.encode())
        yield page.file, html


def part_name(centre: str) -> str:
    return f"{CENTRES}/{centre}/part"


def data_name(centre: str) -> str:
    return f"{CENTRES}/{centre}/data"


def data_of(centre: str, kept: Kept) -> DataPart:
    """A centre's part of the data; NotKept where it is not there."""
    try:
        return read_part(kept.path(data_name(centre)))
    except FileNotFoundError:
        raise NotKept(data_name(centre)) from None


def search_name(centre: str) -> str:
    return f"{CENTRES}/{centre}/search"


def tape_name(centre: str) -> str:
    return f"{CENTRES}/{centre}/tape"
