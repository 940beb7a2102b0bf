"""A centre's part of the site: everything below its folder, made, proved and laid by one process, and forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.exports.data_part import DataPart, read_part
from generator.exports.downloads import centre_files
from generator.exports.feed import centre_feed
from generator.facts.page import Page
from generator.line.frame import Frame
from generator.line.judged import CENTRES, Judged, hold
from generator.pages.plan import plan_centre
from generator.pages.render import PageMaker
from generator.reading.content import Content
from generator.reading.find import CentreFiles
from generator.reading.reader import read_centre
from generator.reading.settings import Settings
from generator.search.search_part import search_part
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept, NotKept
from generator.site.lay import Layer
from generator.site.parts import Part, keep_part, kept_seals
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


def make_centre_site(ground: Ground, files: CentreFiles, judged: Judged, key: str, last: str | None) -> list[str]:
    """Lay a centre's part into the staged site, and keep what is said of it under `key`.

    Args:
        ground: What every centre's part is made with.
        files: The centre's files.
        judged: What was found in them.
        key: What the part is made of.
        last: The key of the part that the site has now, if it has one.

    Returns:
        The files of the part that the site has now and will have no more.

    Raises:
        ChangedStop: the files are no more as they were judged.
    """
    settings, kept, name = ground.settings, ground.kept, files.id
    centre, _ = read_centre(files)
    hold(files, settings, ground.prints)
    if centre is None or judged.outline is None:
        raise ValueError(f"{name}: what could not be read was to stop the build")
    layer = ground.layer(kept_seals(kept, part_name(name), last))
    kept.drop(part_name(name))  # what is kept beside it is that of this key from here on
    downloads = centre_files(centre, settings.site_url)
    search, texts = search_part(centre)
    feed = centre_feed(judged.outline, settings.site_name, settings.site_url)
    for file in (*downloads.files, *texts, *feed):
        layer.put(file.path, file.data)
    pages = plan_centre(ground.front, centre, settings.site_url, judged.shown).pages
    files_of_pages = {page.file for page in pages}
    proof = prove(_laid(pages, ground, layer), files_of_pages | layer.sealed.keys())
    kept.path(data_name(name)).write_bytes(downloads.part)
    kept.put(search_name(name), judged.key, search)  # made of nothing but the centre
    keep_part(kept, part_name(name), key, Part({name: block_of(layer.sealed)}, proof))
    return [] if ground.whole else list(layer.gone([name]))


def _laid(pages: tuple[Page, ...], ground: Ground, layer: Layer) -> Iterator[tuple[str, str]]:
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
