"""How long a call takes, and what a thing weighs.

Times are CPU time of this process, so that neighbours on the machine do not show.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from time import process_time

WEIGHED = 50


def mean_seconds(run: Callable[[], object], seconds: float, batch: int = 1) -> float:
    """Returns the mean CPU seconds of a call, after one that does not count.

    Args:
        run: What is called again and again.
        seconds: For how long.
        batch: Calls between two looks at the clock.
    """
    run()
    calls = 0
    began = process_time()
    while (spent := process_time() - began) < seconds:
        for _ in range(batch):
            run()
        calls += batch
    return spent / calls


def first_seconds(run: Callable[[int], object], seconds: float) -> float:
    """Returns the mean CPU seconds of calls that are each the first of their kind; one at least.

    Args:
        run: Called with 0, 1, 2 ...
        seconds: For how long.
    """
    calls = 0
    began = process_time()
    while calls == 0 or process_time() - began < seconds:
        run(calls)
        calls += 1
    return (process_time() - began) / calls


def weigh(make: Callable[[], object]) -> float:
    """Returns the mean bytes that one more of something keeps."""
    make()
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = [make() for _ in range(WEIGHED)]
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (after - before) / len(kept)
