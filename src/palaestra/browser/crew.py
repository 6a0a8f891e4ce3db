"""Processes that each hold a Chromium, so that many pages are worked on side by side.

A page is mostly waited for, and what is not waiting is a core each: two processes on two cores make
nearly twice the steps of one. What is done in a browser is for the caller to say.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from typing import Any, Self, TypeVar

from palaestra.browser.chromium import Chromium
from palaestra.errors import PageLost

Job = TypeVar("Job")
Came = TypeVar("Came")
_held: list[Chromium] = []


class Crew:
    """Some processes that do jobs; a context manager.

    With one worker the jobs are done in this process.
    """

    def __init__(self, workers: int) -> None:
        """Starts nothing yet.

        Args:
            workers: How many processes there are.
        """
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._workers > 1:
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin)
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        _let_go()

    def do(
        self, work: Callable[[Chromium, Job], Came], jobs: Sequence[Job]
    ) -> Iterator[tuple[Job, Came]]:
        """Does jobs, each in some browser; one that loses its browser is done again in another.

        Args:
            work: Does one job; a function of a module.
            jobs: What is to be done.

        Yields:
            Jobs and what came of them, as they are done.

        Raises:
            PageLost: If a job loses its browser twice.
            UsageError: If there is no Chromium.
        """
        if self._pool is None:
            for job in jobs:
                yield job, _do(work, job)
            return
        doing: dict[Future[Came], Job] = {self._pool.submit(_do, work, job): job for job in jobs}
        for done in as_completed(doing):
            yield doing[done], done.result()


def _begin() -> None:
    """Begins a process: whoever started it hears of ctrl-C, and one core is enough for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process, and with it its Chromium, when the one that started it was killed."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _let_go() -> None:
    while _held:
        _held.pop().close()


def _do(work: Callable[[Chromium, Any], Came], job: Any) -> Came:
    for is_last in (False, True):
        try:
            if not _held:
                _held.append(Chromium.launch())
            return work(_held[0], job)
        except PageLost:
            _let_go()
            if is_last:
                raise
    raise AssertionError("unreachable")
