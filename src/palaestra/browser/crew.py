"""Processes that each hold a Chromium, so that many pages are worked on side by side.

A page is mostly waited for, and what is not waiting is a core each: two processes on two cores make
nearly twice the steps of one. What is done in a browser is for the caller to say.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, TypeVar

from palaestra.browser.chromium import Chromium
from palaestra.errors import PageLost

Job = TypeVar("Job")
Came = TypeVar("Came")
_held: list[Chromium] = []


def spread(
    work: Callable[[Chromium, Job], Came], jobs: Sequence[Job], workers: int
) -> Iterator[tuple[Job, Came]]:
    """Does jobs, each in some browser; one that loses its browser is done again in another.

    Args:
        work: Does one job; a function of a module, or an object that can be pickled.
        jobs: What is to be done.
        workers: How many processes do it; with one, it is done in this process.

    Yields:
        Jobs and what came of them, as they are done.

    Raises:
        PageLost: If a job loses its browser twice.
        UsageError: If there is no Chromium.
    """
    if workers == 1 or len(jobs) < 2:
        try:
            _hold()
            for job in jobs:
                yield job, _do(work, job)
        finally:
            _let_go()
        return
    workers = min(workers, len(jobs))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _hold_alone)
    try:
        doing: dict[Future[Came], Job] = {pool.submit(_do, work, job): job for job in jobs}
        for done in as_completed(doing):
            yield doing[done], done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _hold_alone() -> None:
    """Begins a process: whoever started it hears of ctrl-C, and one core is enough for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    _hold()


def _hold() -> None:
    _held.append(Chromium.launch())


def _let_go() -> None:
    while _held:
        _held.pop().close()


def _do(work: Callable[[Chromium, Any], Came], job: Any) -> Came:
    try:
        return work(_held[0], job)
    except PageLost:
        _let_go()
        _hold()
        return work(_held[0], job)
