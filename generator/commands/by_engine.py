"""The site with every page rendered by the engine itself: slow, and what stamped pages are measured by."""

from pathlib import Path
from tempfile import TemporaryDirectory

from generator.exports.downloads import centre_files
from generator.exports.feed import centre_feed
from generator.line.centre_site import Ground, data_name
from generator.line.check import check_content
from generator.line.frame import Frame
from generator.line.rest_site import TEXTS, Whole, gathered, lay_data, other_files
from generator.pages.plan import make_plan, plan_rest
from generator.pages.render import page_maker, render_pages, site_words
from generator.pipeline import Site
from generator.reading.settings import Settings
from generator.search.search_part import SearchPart, search_part
from generator.search.tape import Tape
from generator.site.engine import run_engine
from generator.site.file_names import file_names
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept
from generator.site.lasting import give_lasting_names
from generator.site.parts import Together, part_of
from generator.site.seal import blocks_of, write_seal
from generator.site.swap import alone_in, recover, staging, swap
from generator.site.verify import prove
from generator.site.write import write_tree


def build_by_engine(settings: Settings) -> Site:
    """Turn the records under content/ into a proved site, the whole of it in memory; see `pipeline.build_site`."""
    checked = check_content(settings)
    content = checked.or_raise()
    plan = make_plan(content, settings.site_url, checked.problems)
    words = site_words(content, plan.outlines, settings.site_url)
    with alone_in(settings.build), TemporaryDirectory() as work:
        recover(settings.site)
        kept, frame = Kept(Path(work) / "kept"), Frame("", Path(work), {})
        ground = Ground(
            settings, "", content, page_maker(words, settings.site_url), frame, Fingerprints(kept), kept, whole=True
        )
        layer = ground.layer({})
        search: list[SearchPart] = []
        tapes: list[Tape] = []
        for centre, outline in zip(content.centres, plan.outlines, strict=True):
            downloads = centre_files(centre, settings.site_url)
            part, tape, texts = search_part(centre)
            for file in (*downloads.files, *texts, *centre_feed(outline, settings.site_name, settings.site_url)):
                layer.put(file.path, file.data)
            place = kept.path(data_name(centre.id))
            place.parent.mkdir(parents=True)
            place.write_bytes(downloads.part)
            search.append(part)
            tapes.append(tape)
        whole = Whole(plan.outlines, search, tapes)
        for file in other_files(ground, plan_rest(content, plan.outlines, settings.site_url), whole, layer):
            layer.put(file.path, file.data)
        made = lay_data(ground, whole, gathered(ground, [centre.id for centre in content.centres]), layer)
        write_tree(render_pages(plan, made), settings.docs)
        site = Path(work) / "site"
        run_engine(settings.root, settings.docs, site)
        give_lasting_names(site)
        names = sorted(name for name in file_names(site) if name not in layer.sealed)
        for name in names:
            layer.put(name, (site / name).read_bytes())
        shown = ((name, (site / name).read_text("utf-8")) for name in names if name.endswith(TEXTS))
        rest = part_of(blocks_of(layer.sealed), prove(shown, layer.sealed))
        together = Together([rest])
        write_seal(staging(settings.site), together.blocks())
        swap(settings.site)
    return Site(settings.site, together.pages, checked.remarks)
