"""What each stage of a centre's part costs: milliseconds of the processor for each record, in one process.

The stages are called one after the other on the same centres, as the build calls them. Floors: parsing the YAML files
with libyaml into events, and creating files of the sizes that the part has with no more than the system asks for.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from bench.markdown import head, row
from bench.records import write_project
from generator.checks.judge import judge_centres
from generator.exports.compress import compressed, is_due
from generator.exports.downloads import centre_files
from generator.line.frame import Frame, frame_of
from generator.line.progress import records_in
from generator.pages.plan import plan_centre, plan_rest, shells_of
from generator.pages.render import PageMaker, page_maker, render_engine_pages, site_words
from generator.profiles.profile import read_profile
from generator.reading.content import Content
from generator.reading.find import CentreFiles, find_content
from generator.reading.reader import read_centre, read_front, uncollected
from generator.reading.settings import read_settings
from generator.search.search_part import search_part
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept
from generator.site.lay import Layer
from generator.site.seal import sealed
from generator.site.verify import prove

ROOT = Path(__file__).parent.parent


class Clock:
    """Seconds of the processor by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0) + time.process_time() - began


def parse(files: CentreFiles) -> None:
    """The floor of reading: every YAML file through libyaml, and nothing made of it."""
    for each in files.disclosures:
        for source in (each.meta, *(source for _, source in each.records)):
            for _ in yaml.parse(source.path.read_bytes(), yaml.CSafeLoader):
                pass


def create(base: str, files: dict[str, bytes]) -> None:
    """The floor of laying: each folder and each file, once."""
    made: set[str] = set()
    for name, data in files.items():
        folder = f"{base}/{name.rpartition('/')[0]}"
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - the floor is without objects for paths
            made.add(folder)
        file = os.open(f"{base}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(file, data)
        os.close(file)


def work_on(own: CentreFiles, front: Content, make: PageMaker, frame: Frame, work: str, clock: Clock) -> None:
    """Every stage of a centre's part, on the clock.

    What it makes stays until all is measured: ext4 creates files slowly for some minutes after others were removed.
    """
    with clock.of("floor: parse"):
        parse(own)
    with clock.of("read"):
        centre, _ = read_centre(own)
    if centre is None:
        raise SystemExit("generated records should be read without a problem")
    with clock.of("judge"):
        list(judge_centres([centre], read_profile(front.site.profile), None))
    with clock.of("plan"):
        pages = plan_centre(front, centre, None, ()).pages
    with clock.of("render"):
        rendered = [make(page) for page in pages]
    with clock.of("stamp"):
        html = [frame.around(page, body, None) for page, body in zip(pages, rendered, strict=True)]
    with clock.of("downloads"):
        downloads = centre_files(centre, None)
    with clock.of("search"):
        _, _, shown = search_part(centre)
    texts = {f"{page.url}index.html": text for page, text in zip(pages, html, strict=True)}
    data = {name: text.encode() for name, text in texts.items()}
    data |= {file.path: file.data for file in (*downloads.files, *shown)}
    with clock.of("verify"):
        prove(texts.items(), data)
    with clock.of("compress"):
        packed = {f"{name}.gz": compressed(text) for name, text in data.items() if is_due(name, len(text))}
    every = data | packed
    with clock.of("seal"):
        for text in every.values():
            sealed(text)
    with clock.of("floor: create"):
        create(f"{work}/floor", every)
    layer = Layer(Path(work) / "site", Path(work) / "none", {}, whole=True)
    with clock.of("lay"):
        for name, text in data.items():
            layer.put(name, text)


@uncollected()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000, help="records (default 1000)")
    options = parser.parse_args()
    project = write_project(ROOT / "build" / "bench-stages", ROOT, options.count)
    settings = read_settings(project)
    files, _ = find_content(settings.root, settings.content)
    front, _ = read_front(files)
    first, _ = read_centre(files.centres[0])
    if front is None or first is None:
        raise SystemExit("generated records should be read without a problem")
    clock = Clock()
    with tempfile.TemporaryDirectory(dir=project) as work:
        kept = Kept(Path(work))
        outline = plan_centre(front, first, None, ()).outline
        words, rest = site_words(front, [outline], None), plan_rest(front, [outline], None)
        make, shells = page_maker(words, None), shells_of(rest, outline.shells)
        asked = render_engine_pages(rest, shells, words, make)
        frame = frame_of(asked, shells, settings, "", Fingerprints(kept), kept)
        for page in plan_centre(front, first, None, ()).pages:
            make(page)  # templates are compiled once a build
        for own in files.centres[1:]:
            work_on(own, front, make, frame, work, clock)
    clock.seconds["lay"] -= clock.seconds["compress"] + clock.seconds["seal"]  # it does both besides
    count = records_in(files.centres[1:])
    floors = {stage: seconds for stage, seconds in clock.seconds.items() if stage.startswith("floor")}
    lines = head("stage", "ms a record")
    lines += [row(stage, f"{seconds / count * 1000:.2f}") for stage, seconds in clock.seconds.items()]
    whole = sum(clock.seconds.values()) - sum(floors.values())
    print("\n".join((*lines, row("all stages", f"{whole / count * 1000:.2f}"))))


if __name__ == "__main__":
    main()
