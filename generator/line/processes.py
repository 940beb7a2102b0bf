"""Work shared out over forked processes, and what comes of it in the order of the work."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from generator.words.problems import LostStop

T = TypeVar("T")
R = TypeVar("R")


def shared(work: Callable[[T], R], items: Sequence[T], *, many: bool) -> Iterator[R]:
    """The work on each item, by as many processes as there are processors.

    A forked process has the work and the items; it is only told which one is next, and hands back what came of it.

    Args:
        work: What is done; what it gives back must be picklable.
        items: What it is done on.
        many: Whether it is so much that processes save more than they cost.

    Raises:
        LostStop: the system ended a process.
    """
    if not many or len(items) <= 1 or not _CAN_FORK:
        yield from map(work, items)
        return
    with _pool(work, items, os.cpu_count()) as pool:
        yield from pool.map(_worked, range(len(items)))  # type: ignore[misc]


@contextmanager
def beside(work: Callable[[], R], *, many: bool) -> Iterator[Callable[[], R]]:
    """Some work that a forked process does while the caller goes on; gives what waits for it, and has its result.

    Args:
        work: What is done; what it gives back must be picklable.
        many: Whether it is so much that a process saves more than it costs; otherwise it is done when it is asked for.

    Raises:
        LostStop: the system ended the process.
    """
    if not many or not _CAN_FORK:
        yield work
        return
    with _pool(lambda _: work(), (None,), 1) as pool:
        yield pool.submit(_worked, 0).result  # type: ignore[misc]


_CAN_FORK = "fork" in multiprocessing.get_all_start_methods()


@contextmanager
def _pool(work: Callable[[T], R], items: Sequence[T], count: int | None) -> Iterator[ProcessPoolExecutor]:
    """So many processes, which find work and items when they are forked."""
    _given[:] = [(work, items)]
    gc.freeze()  # what is there now is not gone through again, and so not copied, in every process
    try:
        with ProcessPoolExecutor(count, multiprocessing.get_context("fork")) as pool:
            yield pool
    except BrokenProcessPool as lost:
        raise LostStop(
            "一个工作进程被系统结束了，多半是内存不够（a process was ended by the system: memory?）"
        ) from lost
    finally:
        gc.unfreeze()
        _given.clear()


# What a forked process finds: the work, and the items.
_given: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def _worked(place: int) -> object:
    ((work, items),) = _given
    result = work(items[place])
    gc.collect()  # the collector may rest meanwhile, and what is left of one item must not pile up
    gc.freeze()  # what stays is what caches hold: it is not gone through again after every item
    return result
