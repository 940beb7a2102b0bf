"""The part of the site that belongs to no centre: pages, gathered data, search, what the engine rendered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.data.made import Made, noted
from generator.exports.datapackage import datapackage_file
from generator.exports.downloads import schema_file
from generator.exports.feed import site_feed
from generator.exports.gathered import Gathered, gathered_files
from generator.exports.sitemap import sitemap_files
from generator.facts.page import HAND_WRITTEN, Page
from generator.line.centre_site import Ground, data_of, laid
from generator.line.frame import Frame
from generator.pages.data_pages import counted, with_sizes
from generator.pages.handbook_files import handbook_files
from generator.pages.outline import Outline
from generator.pages.render import DocsFile
from generator.search.last_search import LastSearch
from generator.search.search_files import search_files
from generator.search.search_part import SearchPart
from generator.search.tape import Tape
from generator.site.lay import Layer
from generator.site.parts import Part, part_of
from generator.site.seal import Sealed, blocks_of
from generator.site.verify import Proof, joined, prove
from generator.words.urls import DATA, MANIFEST, SUMS

TEXTS = (".html", ".css", ".svg", ".js")


@dataclass(frozen=True, slots=True)
class Whole:
    """What all centres say: their outlines, and what each gives to the search, the tapes apart."""

    outlines: Sequence[Outline]
    search: Sequence[SearchPart]
    tapes: Sequence[Tape]

    @property
    def records(self) -> int:
        return sum(outline.records for outline in self.outlines)


@dataclass(frozen=True, slots=True)
class Laid:
    """The part but for the data: what lays it, and the proof of its pages and of what the engine rendered."""

    layer: Layer
    proof: Proof


@dataclass(frozen=True, slots=True)
class Rest:
    """The part, and the files of it that the site has now and will have no more."""

    part: Part
    gone: Sequence[str]


def lay_rest(
    ground: Ground, pages: Sequence[Page], whole: Whole, proof: Proof | None, before: Mapping[str, Sealed]
) -> Laid:
    """Lay the part into the staged site, but for the data and the page of them, which tells the sizes of files.

    Args:
        ground: What every part of the site is made with.
        pages: The pages of the part, the home page first.
        whole: What all centres say.
        proof: That of the pages, where the site has them as they are to be.
        before: The seals of the part that the site has now, as far as they are known.
    """
    layer = ground.layer(before)
    for file in other_files(ground, pages, whole, layer):
        layer.put(file.path, file.data)
    texts = dict(_framed(ground.frame, layer))
    plain = [page for page in pages if page.url != DATA and page.template != HAND_WRITTEN]
    if proof:
        for page in plain:
            layer.keep(page.file)
    else:
        files = texts.keys() | {page.file for page in plain}  # no others: they may be gone when the proof is kept
        proof = prove(chain(texts.items(), laid(plain, ground, layer)), files)
    return Laid(layer, proof)


def with_data(ground: Ground, pages: Iterable[Page], whole: Whole, rest: Laid, gathered: Iterable[Gathered]) -> Rest:
    """The whole part: what was laid, and the data that gather all centres, which are laid now."""
    layer = rest.layer
    made = lay_data(ground, whole, gathered, layer)
    own = with_sizes((page for page in pages if page.url == DATA), made)
    proof = joined(rest.proof, prove(laid(own, ground, layer), layer.sealed))
    gone: list[str] = []
    if not ground.whole:
        others = {MANIFEST, SUMS, *(outline.id for outline in whole.outlines)}
        gone += layer.gone(entry.name for entry in ground.settings.site.iterdir() if entry.name not in others)
    return Rest(part_of(blocks_of(layer.sealed), proof), gone)


def other_files(ground: Ground, pages: Iterable[Page], whole: Whole, layer: Layer) -> Iterator[DocsFile]:
    """The search, the guide's pictures, the site's feed and its map for programs; the same of the search is laid."""
    settings, outlines = ground.settings, whole.outlines
    last = LastSearch(ground.kept, settings.site, ground.programs)
    for file in search_files(whole.search, whole.tapes, last):
        if isinstance(file, DocsFile):
            yield file
        else:
            layer.keep(file.path)
    yield from handbook_files()
    yield from site_feed(outlines, settings.site_name, settings.site_url)
    home, *others = (page.url for page in pages)
    urls = (home, *(url for each in outlines for url in each.urls), *others)
    yield from sitemap_files(urls, settings.site_url)


def gathered(ground: Ground, centres: Iterable[str]) -> list[Gathered]:
    """The data files that gather all centres, kept or made; each centre has given its part."""
    parts = {centre: data_of(centre, ground.kept) for centre in centres}
    return list(gathered_files(parts, ground.kept.path("gathered"), ground.prints.of))


def lay_data(ground: Ground, whole: Whole, files: Iterable[Gathered], layer: Layer) -> list[Made]:
    """Lay the data of the whole site: what was gathered, and what describes it; gives what was laid."""
    settings = ground.settings
    made: list[Made] = []
    for each in files:
        ground.prints.learn(each.file, each.made.sha256)
        layer.take(each.made.path, each.file, Sealed(each.made.size, each.made.sha256))
        made.append(each.made)
    counts = counted(whole.outlines)
    schema = schema_file(settings.site_url)
    described = datapackage_file(ground.front.site, settings.site_url, settings.site_name, made, counts)
    for file in noted((schema, described), made):
        layer.put(file.path, file.data)
    return made


def _framed(frame: Frame, layer: Layer) -> Iterator[tuple[str, str]]:
    """The texts of what the engine rendered, when all of it is laid."""
    for name, data in frame.files():
        if name not in layer.sealed:  # the engine has a sitemap of its own
            layer.put(name, data)
            if name.endswith(TEXTS):
                yield name, data.decode()
