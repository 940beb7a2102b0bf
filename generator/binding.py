"""Workbooks are bound beside the line: with many of them, in processes of their own."""

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Self

from generator.render import DocsFile
from generator.tables.column import Row
from generator.workbook import workbook_of

_FEW = 64  # workbooks; starting processes costs as much as binding a good part of so many
_AHEAD = 8  # workbooks that may wait for each process


class Binder:
    """Binds workbooks while other files are made, and hands them over in order.

    One of 16 forms takes 40 ms; all together they take more than half of the open data's time.
    """

    def __init__(self, count: int) -> None:
        self.opened = ExitStack()
        self.pool: ProcessPoolExecutor | None = None
        workers = os.cpu_count() or 1
        if count > _FEW and workers > 1:
            # spawned, not forked: a worker without the records is smaller, and its collector has less to look through
            self.pool = self.opened.enter_context(ProcessPoolExecutor(workers, get_context("spawn")))
        self.most = _AHEAD * workers
        self.waiting: deque[tuple[str, Future[bytes]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    def bind(self, path: str, title: str, rows: Mapping[str, Sequence[Row]]) -> Iterator[DocsFile]:
        """Begin a workbook of the tables that have rows; hands over those that are due."""
        if self.pool is None:
            yield DocsFile(path, workbook_of(title, rows))
            return
        self.waiting.append((path, self.pool.submit(workbook_of, title, rows)))
        while len(self.waiting) > self.most:
            yield self._next()

    def rest(self) -> Iterator[DocsFile]:
        """The workbooks that are still in the making."""
        while self.waiting:
            yield self._next()

    def _next(self) -> DocsFile:
        path, future = self.waiting.popleft()
        return DocsFile(path, future.result())
