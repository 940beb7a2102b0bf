"""The part of the site that belongs to no centre: pages, gathered data, search, what the engine rendered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.centre_site import Ground
from generator.data_pages import counted, with_sizes
from generator.data_part import DataPart
from generator.datapackage import datapackage_file
from generator.downloads import schema_file
from generator.feed import site_feed
from generator.frame import Frame
from generator.gathered import gathered_files
from generator.handbook_files import handbook_files
from generator.last_search import LastSearch
from generator.lay import Layer
from generator.made import Made, noted
from generator.outline import Outline
from generator.page import HAND_WRITTEN, Page
from generator.parts import Part
from generator.render import DocsFile
from generator.seal import Sealed, blocks_of, files_of
from generator.search_files import search_files
from generator.search_part import SearchPart
from generator.sitemap import sitemap_files
from generator.swap import staging
from generator.verify import prove

TEXTS = (".html", ".css", ".svg", ".js")


@dataclass(frozen=True, slots=True)
class Whole:
    """What all centres say: their outlines, and what each gives to the data and to the search."""

    outlines: Sequence[Outline]
    data: Sequence[DataPart]
    search: Sequence[SearchPart]


def make_rest_site(ground: Ground, pages: Sequence[Page], whole: Whole, before: Part | None) -> Part:
    """Lay the part into the staged site.

    Args:
        ground: What every part of the site is made with.
        pages: The pages of the part, the home page first.
        whole: What all centres say.
        before: The part as the site has it now, if it is known.
    """
    settings, frame = ground.settings, ground.frame
    blocks = before.blocks.values() if before else ()
    last = {name: seal for block in blocks for name, seal in files_of(block).items()}
    layer = Layer(staging(settings.site), settings.site, last)
    made: list[Made] = []
    for file in rest_files(ground, pages, whole, made, layer):
        layer.put(file.path, file.data)
    texts = [(name, data.decode()) for name, data in _framed(frame, layer) if name.endswith(TEXTS)]
    for page in with_sizes(pages, made):
        if page.template != HAND_WRITTEN:
            html = frame.around(page, ground.make(page), settings.site_url)
            layer.put(f"{page.url}index.html", html.encode())
            texts.append((f"{page.url}index.html", html))
    return Part(blocks_of(layer.sealed), prove(texts, layer.sealed))


def rest_files(
    ground: Ground, pages: Iterable[Page], whole: Whole, made: list[Made], layer: Layer
) -> Iterator[DocsFile]:
    """The files of the part that are no pages; those that gather all centres are laid, and named in `made`."""
    settings, kept, outlines = ground.settings, ground.kept, whole.outlines
    site_url = settings.site_url
    yield from noted([schema_file(site_url)], made)
    for each in gathered_files(whole.data, kept.path("gathered"), ground.prints.of):
        layer.take(each.made.path, each.file, Sealed(each.made.size, each.made.sha256))
        made.append(each.made)
    yield from noted([datapackage_file(ground.front.site, site_url, settings.site_name, made, counted(outlines))], made)
    for file in search_files(whole.search, LastSearch(kept.path("search"), settings.site, ground.programs)):
        if isinstance(file, DocsFile):
            yield file
        else:
            layer.keep(file.path)
    yield from handbook_files()
    yield from site_feed(outlines, settings.site_name, site_url)
    home, *others = (page.url for page in pages)
    yield from sitemap_files((home, *(url for each in outlines for url in each.urls), *others), site_url)


def _framed(frame: Frame, layer: Layer) -> Iterator[tuple[str, bytes]]:
    for name, data in frame.files():
        if name not in layer.sealed:  # the engine has a sitemap of its own
            layer.put(name, data)
            yield name, data
