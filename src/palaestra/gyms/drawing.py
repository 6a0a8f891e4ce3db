"""Draws tasks of a gym, endlessly: the practice of a training, the papers of an exam.

The same gym, split and seed always give the same tasks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from palaestra.errors import GymError
from palaestra.gyms import find, is_family
from palaestra.tasks.proposing import propose
from palaestra.tasks.splits import Split
from palaestra.tasks.task import Task
from palaestra.types import Start

KIND_WEIGHTS = {
    "create": 3, "update": 4, "delete": 1, "action": 4, "question": 3, "refusal": 2, "workflow": 2,
}  # fmt: skip
TASKS_PER_START = 4
PATIENCE = 200


def draw(
    gym: str, split: Split, seed: int, n: int, fixed: Mapping[str, Any] | None = None
) -> Iterator[Task]:
    """Yields tasks.

    Args:
        gym: Name of a gym; of a family for all of its applications, "family:7" for one.
        split: What the tasks may be made of.
        seed: Decides which tasks.
        n: How many.
        fixed: What of each `Start` is not drawn: "skin", "disturbance" or "size", and its value.

    Raises:
        GymError: If acting in the gym hardly ever leads to a task.
    """
    rng = random.Random(f"{gym}/{split.name}/{seed}")
    weights = {kind: KIND_WEIGHTS[kind] for kind in split.kinds or KIND_WEIGHTS}
    family = ":" not in gym and is_family(gym)
    drawn = 0
    fruitless = 0
    while drawn < n:
        name = f"{gym}:{split.seed(rng)}" if family else gym
        start = Start(name, split.seed(rng), split.skin(rng), split.disturbance(rng))
        start = replace(start, **(fixed or {}))
        app = find(name)
        for _ in range(TASKS_PER_START):
            kind = rng.choices(list(weights), list(weights.values()))[0]
            task = propose(app, start, rng, split, kind)
            if task is None:
                fruitless += 1
                if fruitless > PATIENCE:
                    raise GymError(f"In {name} acting hardly ever leads to a task")
                continue
            fruitless = 0
            yield task
            drawn += 1
            if drawn == n:
                return
