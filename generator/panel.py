"""Judge a whole content: the centres of a large one in as many processes as there are processors."""

import multiprocessing
import os
from collections.abc import Iterator
from datetime import date

from generator.content import Centre, Content
from generator.judge import Outcome, judge_centres, judge_rest
from generator.profile import Profile

# Records below which processes cost more than they save.
LARGE = 4_000
_PART = 64  # centres judged at a time


def judge(content: Content, profile: Profile, on: date | None) -> Iterator[Outcome]:
    """Every check of every document in the content's order, then those of the files outside documents.

    Args:
        content: All that could be read.
        profile: What forms are measured by.
        on: The day on which deadlines are judged; None when no day is known.
    """
    centres = content.centres
    # a forked process shares what was read; to hand it to another kind of process would cost more than judging it
    if len(content.records) < LARGE or "fork" not in multiprocessing.get_all_start_methods():
        yield from judge_centres(centres, profile, on)
    else:
        _given[:] = [(centres, profile, on)]
        with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
            for outcomes in pool.imap(_judged, range(0, len(centres), _PART)):
                yield from outcomes
        _given.clear()
    yield from judge_rest(content)


# What a forked process finds: the centres, and what they are judged by.
_given: list[tuple[tuple[Centre, ...], Profile, date | None]] = []


def _judged(start: int) -> list[Outcome]:
    ((centres, profile, on),) = _given
    return list(judge_centres(centres[start : start + _PART], profile, on))
