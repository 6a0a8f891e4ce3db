"""Divides a round's goals among the actors, so that each has about as much to do.

An earlier self plays a part of its own, which the first actor plays besides, so that one has fewer
of the other goals.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

Goals = tuple[tuple[str, int], ...]
"""Gym and number of goals."""


def deal(
    goals: Mapping[str, int], workers: int, by_earlier: int, rng: random.Random
) -> list[Goals]:
    """Returns a part for each actor, and one for an earlier self if it has goals.

    Args:
        goals: Number of goals by gym.
        workers: How many actors there are.
        by_earlier: How many goals are for an earlier self.
        rng: Decides which.
    """
    pool = [gym for gym, n in goals.items() for _ in range(n)]
    rng.shuffle(pool)
    earlier, rest = pool[:by_earlier], pool[by_earlier:]
    each = len(pool) / workers
    first = max(0, round(each) - by_earlier) if workers > 1 else len(rest)
    dealt, others = [rest[:first]], rest[first:]
    dealt += [others[place :: workers - 1] for place in range(workers - 1)]
    return [_counted(part, goals) for part in [*dealt, *([earlier] if earlier else [])]]


def _counted(part: list[str], goals: Mapping[str, int]) -> Goals:
    counts = Counter(part)
    return tuple((gym, counts[gym]) for gym in goals if counts[gym])
