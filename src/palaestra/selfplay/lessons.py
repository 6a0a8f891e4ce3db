"""What a round is learnt from: all that is new, and some of what is not.

A shard that was learnt from before is divided into batches when the first of them is drawn, and
again when all of them have been. Order and choice follow from the generator alone.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from palaestra.selfplay.imitation import plan
from palaestra.selfplay.shard import Shard

Lesson = tuple[Shard, list[int]]


def lessons(
    shards: Mapping[str, Shard], fresh: Sequence[str], batch: int, reuse: float, rng: random.Random
) -> list[Lesson]:
    """Draws what is learnt in a round: shards, and which of their decisions.

    Args:
        shards: All that is kept, by name.
        fresh: The names of those that are new.
        batch: Decisions in a step of learning, at most.
        reuse: Steps on earlier decisions for each step on new ones.
        rng: Decides which, and their order.
    """
    found = [(shards[name], one) for name in fresh for one in plan(shards[name], batch, rng)]
    known = (len(shards[name]) - len(shards[name].drawn) for name in fresh)
    new = sum(math.ceil(decisions / batch) for decisions in known)
    names, lengths = list(shards), [len(shard) for shard in shards.values()]
    left = dict[str, list[list[int]]]()
    for _ in range(round(new * reuse)):
        (name,) = rng.choices(names, lengths)
        if not left.get(name):
            left[name] = plan(shards[name], batch, rng, again=True)
        if left[name]:
            found.append((shards[name], left[name].pop()))
    rng.shuffle(found)
    return found


def round_of(shard: str) -> int:
    """Returns the round that a shard is of, by its name."""
    return int(Path(shard).stem.partition("-")[0])
