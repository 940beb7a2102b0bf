"""Workbooks are bound beside the line: with many of them, in processes of their own."""

import gc
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from typing import Self

from generator.render import DocsFile
from generator.tables import TABLES
from generator.tables.column import Row
from generator.workbook import workbook

_FEW = 16  # workbooks; starting processes costs as much as binding so many
_AHEAD = 8  # workbooks that may wait for each process


class Binder:
    """Binds workbooks while other files are made, and hands them over in order.

    Each takes 30 ms of a processor for 16 forms; all together half of what the open data cost.
    """

    def __init__(self, count: int) -> None:
        self.opened = ExitStack()
        self.pool: ProcessPoolExecutor | None = None
        workers = os.cpu_count() or 1
        if count > _FEW and workers > 1:
            # what a forked worker has of the records is left alone by its collector: a quarter less time
            self.pool = self.opened.enter_context(ProcessPoolExecutor(workers, initializer=gc.freeze))
        self.most = _AHEAD * workers
        self.waiting: deque[tuple[str, Future[bytes]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    def bind(self, path: str, title: str, rows: Mapping[str, Sequence[Row]]) -> Iterator[DocsFile]:
        """Begin a workbook of the tables that have rows; hands over those that are due."""
        if self.pool is None:
            yield DocsFile(path, bound(title, rows))
            return
        self.waiting.append((path, self.pool.submit(bound, title, rows)))
        while len(self.waiting) > self.most:
            yield self._next()

    def rest(self) -> Iterator[DocsFile]:
        """The workbooks that are still in the making."""
        while self.waiting:
            yield self._next()

    def _next(self) -> DocsFile:
        path, future = self.waiting.popleft()
        return DocsFile(path, future.result())


def bound(title: str, rows: Mapping[str, Sequence[Row]]) -> bytes:
    return workbook(title, [table for table in TABLES if rows[table.key]], rows)
