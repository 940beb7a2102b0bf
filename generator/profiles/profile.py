"""What a jurisdiction measures forms by: thresholds, grades, weights, rounding, words. Data, not code.

`content/site.yml` names a profile; each is a file of `generator/profiles/`. Any measure may be another
one from a year on: the sections below `years` give such measures anew.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from generator.figures.amounts import parse_count
from generator.profiles.measures import Measures, faults_of
from generator.reading.load import load_file
from generator.words.tree import Plain

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Profile:
    """The measures of a jurisdiction: `spans` begin with the years that rise, the first at 0."""

    spans: tuple[tuple[int, Measures], ...]

    def of(self, year: int) -> Measures:
        """What the forms of a year are measured by."""
        return next(measures for first, measures in reversed(self.spans) if first <= year)


@cache
def read_profile(name: str) -> Profile:
    """The profile `name`, which is one of `model.PROFILES`.

    Raises:
        ValueError: its file has a mistake; that is a fault of the program, not of the content.
    """
    loaded = load_file(_FOLDER / f"{name}.yml", f"generator/profiles/{name}.yml")
    if loaded.tree is None or loaded.problems:
        raise ValueError(str(loaded.problems))
    return profile_of(loaded.tree.plain, name)


def profile_of(plain: dict[str, Plain], name: str) -> Profile:
    """The profile that a file's values say.

    A section of `years` gives measures anew `from` its year on: a whole one, or keys of a block.

    Raises:
        ValueError: a value is missing, misspelt or of no sense.
    """
    base = dict(plain)
    sections = base.pop("years", [])
    spans = [(0, _measures(base, name))]
    for section in sections:
        if not isinstance(section, dict):
            raise ValueError(f"{name}: years is a list of sections; {section} is none")
        anew = dict(section)
        first = parse_count(str(anew.pop("from", "")))
        if first <= spans[-1][0]:
            raise ValueError(f"{name}: the years rise; {first} does not")
        base = base | {key: _renewed(base.get(key), value) for key, value in anew.items()}
        spans.append((first, _measures(base, f"{name} from {first}")))
    return Profile(tuple(spans))


def _renewed(before: "Plain | None", anew: Plain) -> Plain:
    return before | anew if isinstance(before, dict) and isinstance(anew, dict) else anew


def _measures(plain: dict[str, Plain], name: str) -> Measures:
    try:
        measures = Measures.model_validate(plain)
    except ValidationError as error:
        raise ValueError(f"{name}: {error}") from None
    if faults := list(faults_of(measures)):
        raise ValueError(f"{name}: {'; '.join(faults)}")
    return measures
