"""Reads, plans, renders and writes pages of a project, and does nothing else: what the other generators do.

These are the pages that the others have too: forms, the lists of documents and centres, the home page. No checks, no
search, no downloads, no proof, no compressed files, and nothing is kept. Every step is the build's own. The shells are
those of the first centre: generated records have no others.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from generator.facts.page import Page
from generator.line.frame import Frame, frame_of
from generator.line.processes import shared
from generator.pages.outline import Outline
from generator.pages.plan import CentrePlan, plan_centre, plan_rest, shells_of
from generator.pages.render import PageMaker, page_maker, render_engine_pages, site_words
from generator.reading.find import CentreFiles, find_content
from generator.reading.reader import read_centre, read_front, uncollected
from generator.reading.settings import read_settings
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept

ALIKE = {"declaration", "evaluation", "targets", "evaluations", "centre", "home"}
"""The templates of the pages that the others make."""


@uncollected()
def main() -> None:
    settings = read_settings(Path(sys.argv[1]))
    files, _ = find_content(settings.root, settings.content)
    front, _ = read_front(files)
    if front is None:
        raise SystemExit("generated records should be read without a problem")
    url = settings.site_url

    def planned(own: CentreFiles) -> CentrePlan:
        centre, _ = read_centre(own)
        if centre is None:
            raise SystemExit(f"{own.id}: generated records should be read without a problem")
        return plan_centre(front, centre, url, ())

    with tempfile.TemporaryDirectory() as work:
        kept = Kept(Path(work))
        first = planned(files.centres[0]).outline
        rest = plan_rest(front, [first], url)
        words = site_words(front, [first], url)
        make, shells = page_maker(words, url), shells_of(rest, first.shells)
        asked = render_engine_pages(rest, shells, words, make)
        frame = frame_of(asked, shells, settings, "", Fingerprints(kept), kept)

        def written(own: CentreFiles) -> Outline:
            plan = planned(own)
            write(plan.pages, make, frame, settings.site, url)
            return plan.outline

        outlines = list(shared(written, files.centres, many=True))
        write(plan_rest(front, outlines, url), make, frame, settings.site, url)
        for name, data in frame.files():
            put(settings.site / name, data)


def write(pages: Iterable[Page], make: PageMaker, frame: Frame, site: Path, url: str | None) -> None:
    """Render the pages that the others have too, and write them."""
    for page in pages:
        if page.template in ALIKE:
            put(site / page.url / "index.html", frame.around(page, make(page), url).encode())


def put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


if __name__ == "__main__":
    main()
