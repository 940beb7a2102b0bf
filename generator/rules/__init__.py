"""What forms must add up to; one subject a file.

A rule is a function decorated with the `Check` it judges by; a subject's rules are those of its
module, in their order. A new subject is added to `SUBJECTS`.
"""

from generator.rules import alterations, dates, expectation, funding, gaps, names, privacy, published, scores
from generator.rules.rule import Rule

SUBJECTS = (expectation, names, dates, funding, scores, gaps, alterations, published, privacy)

RULES: tuple[Rule, ...] = tuple(
    found for subject in SUBJECTS for found in vars(subject).values() if isinstance(found, Rule)
)
