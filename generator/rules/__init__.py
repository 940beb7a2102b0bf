"""What forms must add up to; one subject a file.

A rule is a function decorated with the `Check` it judges by; a subject's rules are those of its
module, in their order. A new subject is added to `SUBJECTS`.
"""

from generator.rules import (
    alterations,
    attainment,
    dates,
    expectation,
    funding,
    gaps,
    grades,
    names,
    privacy,
    published,
    scores,
    structure,
    targets,
    wording,
    years,
)
from generator.rules.rule import Rule

SUBJECTS = (
    expectation,
    names,
    dates,
    structure,
    gaps,
    wording,
    funding,
    targets,
    scores,
    attainment,
    grades,
    years,
    alterations,
    published,
    privacy,
)

RULES: tuple[Rule, ...] = tuple(
    found for subject in SUBJECTS for found in vars(subject).values() if isinstance(found, Rule)
)
