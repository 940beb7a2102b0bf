"""The line itself.

find → judged → frame → centre_site → rest_site → parts → swap

`judged` reads, models, judges and plans each centre; `centre_site` renders, stamps, proves and lays it. Both work on
many centres at a time, and on none that did not change. docs/architecture.md has the whole way.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from generator.checks.gates import moved_addresses
from generator.checks.judge import judge_rest
from generator.exports.data_part import DamagedPart
from generator.facts.page import Page
from generator.line.asked import Asked
from generator.line.centre_site import Given, Ground, give, lay_centre, part_name, search_name, tape_name
from generator.line.check import check_content
from generator.line.compiled import CompiledTemplates
from generator.line.frame import frame_of
from generator.line.judged import CENTRES, CHANGED, MANY, Judged, Judging
from generator.line.last_build import LastBuild, forget_build, note_build, read_last_build
from generator.line.processes import beside, shared
from generator.line.programs import digest_of_programs
from generator.line.progress import progress, records_in
from generator.line.rest_site import Whole, gathered, lay_rest, with_data
from generator.pages.components import with_components
from generator.pages.handbook import GUIDE, pictures
from generator.pages.outline import Outline
from generator.pages.plan import make_plan, plan_rest, shells_of
from generator.pages.render import page_maker, render_engine_pages, site_words
from generator.reading.content import Content
from generator.reading.find import CentreFiles, ContentFiles, find_content
from generator.reading.reader import read_front, uncollected
from generator.reading.settings import Settings
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept, NotKept, key_of
from generator.site.parts import Together, keep_part, kept_part, kept_seals
from generator.site.seal import is_whole, write_seal
from generator.site.swap import alone_in, recover, staging, swap, swap_files
from generator.words.problems import ChangedStop, ContentStop, Severity

REST = "rest.part"  # names that no centre has
PAGES = "rest.pages"


@dataclass(frozen=True, slots=True)
class Site:
    """A proved site, and how much of each severity was found that did not stop it."""

    folder: Path
    pages: int
    remarks: Counter[Severity]


def build_site(settings: Settings, *, components: bool = False) -> Site:
    """Turn the records under content/ into a proved site under build/site.

    Args:
        settings: The project.
        components: Whether the site also has the page of components; no public site has it.

    Raises:
        Stop: another build is at work; content, engine or verification. The last good site stays as it was.
    """
    with built_site(settings, components=components) as site:
        return site


@contextmanager
def built_site(settings: Settings, content: str | None = None, *, components: bool = False) -> Iterator[Site]:
    """The proved site of the content as it is; nobody builds another while it is used.

    Args:
        settings: The project.
        content: The `content_digest` that was checked to publish it: then every file of the site is looked at too.
        components: As for `build_site`.

    Raises:
        Stop: see `build_site`.
        ChangedStop: the content is no more what was checked.
    """
    with alone_in(settings.build):
        recover(settings.site)
        try:
            site = _built(settings, components=components)
        except (NotKept, DamagedPart):  # what is kept may be damaged or gone: without it, then
            shutil.rmtree(settings.build / "cache", ignore_errors=True)
            recover(settings.site)
            site = _built(settings, components=components)
        if content is not None:
            if not is_whole(settings.site):  # somebody changed a file of it
                forget_build(Kept(settings.build / "cache"))
                site = _built(settings, components=components)
            if content != content_digest(settings):
                raise ChangedStop(CHANGED)
        yield site


def content_digest(settings: Settings) -> str:
    """A digest of every file under content/."""
    return Fingerprints(Kept(settings.build / "cache")).of_tree(settings.content)


@uncollected()
def _built(settings: Settings, *, components: bool) -> Site:
    kept = Kept(settings.build / "cache")
    prints = Fingerprints(kept)
    programs = digest_of_programs(prints)

    files, front, judged = _judged(settings, programs, prints, kept)
    outlines = [each.sound for each in judged.values()]
    pages = (*plan_rest(front, outlines, settings.site_url), *(_components(settings) if components else ()))
    _refuse_moves(front, outlines, pages)

    words = site_words(front, outlines, settings.site_url)
    shells = shells_of(pages, *(outline.shells for outline in outlines))
    make = page_maker(words, settings.site_url, CompiledTemplates(kept, programs))
    asked = render_engine_pages(pages, shells, words, make)
    frame = frame_of(asked, shells, settings, programs, prints, kept)

    base = key_of(programs, frame.key, settings.site_name, *(f"{key}={word}" for key, word in sorted(words.items())))
    keys = {centre: key_of(base, each.key) for centre, each in judged.items()}
    said = (each.said for each in judged.values())
    by_hand = (GUIDE, *pictures(), *(source.path for source in (files.site, *files.pages)))
    keys[PAGES] = key_of(base, *said, *(prints.of(path) for path in by_hand), str(components))
    keys[REST] = key_of(*keys.values())
    remarks = sum((Counter(dict(each.counts)) for each in judged.values()), Counter[Severity]())

    last = read_last_build(settings.site, kept)
    if last.keys != keys:
        due = [own for own in files.centres if not _stays(own.id, judged[own.id].key, keys[own.id], last, kept)]
        ground = Ground(settings, programs, front, make, frame, prints, kept, whole=len(due) == len(judged))
        last = _made(ground, pages, judged, due, keys, last)
    prints.save()
    kept.keep_only(CENTRES, keys)
    return Site(settings.site, last.pages, remarks)


def _judged(
    settings: Settings, programs: str, prints: Fingerprints, kept: Kept
) -> tuple[ContentFiles, Content, dict[str, Judged]]:
    """The files of the content, what belongs to no centre, and what is said of each centre, in their order.

    Raises:
        ContentStop: with every error.
    """
    files, strays = find_content(settings.root, settings.content)
    front, unread = read_front(files)
    judged: dict[str, Judged] = {}
    problems = [*strays, *unread]
    if front:
        judging = Judging(front, settings, programs, prints, kept)
        told = progress(judging.judge(files.centres), "读取和核对", files.centres)
        judged = {own.id: each for own, each in zip(files.centres, told, strict=True)}
        problems += [problem for each in judged.values() for problem in each.errors]
        problems += [found for each in judge_rest((front.site_origin,), front.pages) for found in each.problems]
    errors = [problem for problem in problems if problem.entry.severity is Severity.ERROR]
    if errors or front is None:
        raise ContentStop(sorted(errors, key=lambda found: (found.place, found.code)))
    return files, front, judged


def _refuse_moves(front: Content, outlines: Iterable[Outline], pages: Iterable[Page]) -> None:
    """Raises: ContentStop: an address moved from where a page is, or to where none is."""
    if front.site.moved:
        urls = chain((page.url for page in pages), (url for outline in outlines for url in outline.urls))
        if astray := tuple(moved_addresses(front, urls)):
            raise ContentStop(astray)


def _components(settings: Settings) -> tuple[Page, ...]:
    plan = make_plan(check_content(settings).or_raise(), settings.site_url)
    return with_components(plan, settings.tokens).pages[len(plan.pages) :]


def _made(
    ground: Ground,
    pages: Sequence[Page],
    judged: Mapping[str, Judged],
    due: Sequence[CentreFiles],
    keys: Mapping[str, str],
    last: LastBuild,
) -> LastBuild:
    """Make the parts of the site that are not as they were, prove them with the others, put them in their places.

    What is left of many centres is what they gave to the others; a few are held, and laid while a process puts the data
    of all together.
    """
    settings, kept = ground.settings, ground.kept
    staging(settings.site).mkdir(parents=True)

    def given(own: CentreFiles) -> Given:
        return give(ground, own, judged[own.id])

    def lay(centre: Given) -> list[str]:
        name = centre.centre.id
        return lay_centre(ground, centre, keys[name], last.keys.get(name))

    def gone_from(laying: Iterable[list[str]]) -> list[str]:
        return [*chain.from_iterable(progress(laying, "生成页面和数据", due))]

    are_many = records_in(due) >= MANY
    gone = gone_from(shared(lambda own: lay(given(own)), due, many=True)) if are_many else []
    few = [] if are_many else [given(own) for own in due]
    whole = Whole(
        [each.sound for each in judged.values()],
        Asked(list(judged), lambda name: kept.demand(search_name(name), judged[name].key)),
        Asked(list(judged), lambda name: kept.demand(tape_name(name), judged[name].key)),
    )
    with beside(partial(gathered, ground, judged), many=whole.records >= MANY) as gathering:
        if few:
            gone = gone_from(map(lay, few))
        proof = kept.get(PAGES, keys[PAGES]) if last.keys.get(PAGES) == keys[PAGES] else None
        laid = lay_rest(ground, pages, whole, proof, kept_seals(kept, REST, last.keys.get(REST)))
        together = Together(Asked(list(judged), lambda name: kept_part(kept, part_name(name), keys[name])))
        rest = with_data(ground, pages, whole, laid, gathering())
    together.add(rest.part)
    sums = write_seal(staging(settings.site), together.blocks())
    if ground.whole:
        swap(settings.site)
    else:
        swap_files(settings.site, [*gone, *rest.gone])
    keep_part(kept, REST, keys[REST], rest.part)
    kept.put(PAGES, keys[PAGES], laid.proof)
    made = LastBuild(keys, together.pages)
    note_build(made, sums, kept)
    return made


def _stays(centre: str, judged_by: str, key: str, last: LastBuild, kept: Kept) -> bool:
    """Whether the site has the part that a centre is to have, and what it gives to the others is kept.

    Whether all of that is there and whole is seen when it is read: else NotKept or DamagedPart begins everything anew.
    """
    has = kept.has(part_name(centre), key) and kept.has(search_name(centre), judged_by)
    return last.keys.get(centre) == key and has
