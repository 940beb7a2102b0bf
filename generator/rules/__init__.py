"""What forms must add up to; one subject a file.

A rule is a function from a part of the content to the problems it finds there; each subject lists
its rules in `RULES` by the part they look at.
"""

from collections.abc import Iterator

from generator.content import Content
from generator.problems import Problem
from generator.rules import dates, expectation, funding, gaps, names, privacy, scores


def check(content: Content) -> Iterator[Problem]:
    """Every rule over all that could be read."""
    yield from privacy.personal_data(content)
    for centre in content.centres:
        for disclosure in centre.disclosures:
            yield from expectation.keeps_its_promise(disclosure)
            yield from expectation.numbers_are_places(disclosure)
            yield from expectation.source_as_received(disclosure)
            yield from names.projects_differ(disclosure)
            yield from dates.disclosed_in_order(disclosure)
            for record in disclosure.records:
                yield from names.implementer_is_centre(record, centre)
                yield from dates.project_in_order(record)
                yield from funding.parts_add_up(record)
                yield from scores.adds_up(record)
                yield from gaps.are_explained(record)
