"""What a check says of each centre, for a build: what was found in it, and its outline. It is kept.

A centre's judgement depends on its files, on site.yml, on the programs and on the day of judgement.
"""

import hashlib
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.checks.judge import judge_centres, judge_rest
from generator.line.processes import shared
from generator.line.progress import records_in
from generator.pages.outline import Outline
from generator.pages.plan import plan_centre
from generator.profiles.profile import read_profile
from generator.reading.content import Centre, Content
from generator.reading.find import CentreFiles
from generator.reading.reader import latest_day_in, read_centre
from generator.reading.settings import Settings
from generator.site.fingerprints import Fingerprints
from generator.site.kept import Kept, key_of
from generator.words.problems import ChangedStop, Problem, Severity

CENTRES = "centres"
"""The folder of what is kept of each centre, below its name."""
CHANGED = "内容在生成期间改动了，再运行一次。（the content changed meanwhile: run it again）"
MANY = 400
"""Records from which it is worth while to start processes."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A centre as it was judged.

    `key` tells what it was judged by. Of what was found, `errors` stop a build; `shown` is what pages may show, and
    `counts` how much there is of each severity. `outline` is None where there are errors; `said` tells one outline from
    another.
    """

    key: str
    errors: tuple[Problem, ...]
    shown: tuple[Problem, ...]
    counts: tuple[tuple[Severity, int], ...]
    outline: Outline | None
    said: str

    @property
    def sound(self) -> Outline:
        """The outline of a centre without errors: a site is made of no others."""
        if self.outline is None:
            raise ValueError("a centre with errors was to stop the build")
        return self.outline


class Judging:
    """Judges the centres of a content; what was judged before and is the same is taken from what is kept.

    What is at hand in `known` is not even read.
    """

    def __init__(
        self,
        front: Content,
        settings: Settings,
        programs: str,
        prints: Fingerprints,
        kept: Kept,
        known: Mapping[str, Judged] | None = None,
    ) -> None:
        self.front = front
        self.settings = settings
        self.programs = programs
        self.prints = prints
        self.kept = kept
        self.known = known or {}
        self.on: date | None = None  # the day of judgement, once it is known

    def judge(self, centres: Sequence[CentreFiles]) -> Iterator[Judged]:
        """The centres in their order, each when it is judged."""
        digests = {files.id: self.digest(files) for files in centres}
        on = self.on = self._day(centres, digests)
        ground = (self.programs, key_of(self.front.site_origin.text), str(self.settings.site_url), str(on))
        keys = {files.id: key_of(*ground, digests[files.id]) for files in centres}
        found = {files.id: self._found(files.id, keys[files.id]) for files in centres}
        new = [files for files in centres if found[files.id] is None]

        def judged(files: CentreFiles) -> Judged:
            result = self._judged(files, on, keys[files.id])
            hold(files, self.settings, self.prints)
            self.kept.put(_name(files.id), result.key, result)
            return result

        fresh = shared(judged, new, many=records_in(new) >= MANY)
        for files in centres:
            yield found[files.id] or next(fresh)

    def _found(self, centre: str, key: str) -> Judged | None:
        known = self.known.get(centre)
        found: Judged | None = known if known and known.key == key else self.kept.get(_name(centre), key)
        return found

    def digest(self, files: CentreFiles) -> str:
        """The digest of all files of a centre."""
        return self.prints.of_all(self.settings.root, _names(files))

    def _day(self, centres: Sequence[CentreFiles], digests: dict[str, str]) -> date | None:
        """The latest day that the content knows."""
        known: dict[str, date | None] = self.kept.get("days", self.programs) or {}
        new = [files for files in centres if digests[files.id] not in known]
        days = shared(latest_day_in, new, many=records_in(new) >= MANY)
        known |= {digests[files.id]: day for files, day in zip(new, days, strict=True)}
        if new:
            self.kept.put("days", self.programs, {digest: known[digest] for digest in digests.values()})
        return max(filter(None, (known[digest] for digest in digests.values())), default=None)

    def _judged(self, files: CentreFiles, on: date | None, key: str) -> Judged:
        centre, unread = read_centre(files)
        problems = found_in(self.front, centre, unread, on)
        errors = [problem for problem in problems if problem.entry.severity is Severity.ERROR]
        counts = Counter(problem.entry.severity for problem in problems)
        shown = () if self.front.site.show_findings == "不公开" else tuple(problems)
        outline = None
        if centre and not errors:
            outline = plan_centre(self.front, centre, self.settings.site_url, problems).outline
        said = hashlib.sha256(pickle.dumps(outline)).hexdigest()
        return Judged(key, tuple(errors), shown, tuple(sorted(counts.items())), outline, said)


def found_in(front: Content, centre: Centre | None, unread: Iterable[Problem], on: date | None) -> list[Problem]:
    """What is found in a centre, in the files' order.

    Args:
        front: What belongs to no centre.
        centre: The centre, as far as it could be read.
        unread: What was found in reading it.
        on: The day of judgement.
    """
    problems = list(unread)
    if centre:
        outcomes = (*judge_centres([centre], read_profile(front.site.profile), on), *judge_rest([centre.origin]))
        problems += [problem for outcome in outcomes for problem in outcome.problems]
    return sorted(problems, key=lambda found: (found.place, found.code))


def hold(files: CentreFiles, settings: Settings, prints: Fingerprints) -> None:
    """Raises: ChangedStop: a centre's files are no more those of which the digests were asked for."""
    if not prints.stand(settings.root, _names(files)):
        raise ChangedStop(CHANGED)


def _names(files: CentreFiles) -> Iterator[str]:
    """All files of a centre."""
    return (source.file for source in files.sources())


def _name(centre: str) -> str:
    return f"{CENTRES}/{centre}/judged"
