"""Draws tasks of a gym, endlessly: the practice of a training, the papers of an exam.

The same gym, split and seed always give the same tasks. What is tried next is drawn by fixed
weights, unless somebody chooses (the proposer's seat in self-play does).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from palaestra.errors import GymError, UsageError
from palaestra.gyms import find, is_family
from palaestra.kit.app import App
from palaestra.tasks.splits import Split
from palaestra.tasks.task import Task
from palaestra.tasks.topics import Topic
from palaestra.types import Start

KIND_WEIGHTS = {
    "create": 3, "update": 4, "delete": 1, "action": 4, "question": 3, "refusal": 2, "workflow": 2,
}  # fmt: skip
TASKS_PER_START = 4
PATIENCE = 200

Choose = Callable[[App, random.Random], Topic]
"""Chooses what to try next in an application."""


class Wandering(NamedTuple):
    """One try.

    Attributes:
        topic: What it was after.
        task: What came of it; None if nothing did.
        broken: Where the gym failed, and how; "" if it did not. The rest of that start is left.
    """

    topic: Topic
    task: Task | None
    broken: str = ""


def draw(
    gym: str,
    split: Split,
    seed: int,
    n: int,
    fixed: Mapping[str, Any] | None = None,
    *,
    per_start: int = TASKS_PER_START,
) -> Iterator[Task]:
    """Yields tasks.

    Args:
        gym: Name of a gym; of a family for all of its applications, "family:7" for one.
        split: What the tasks may be made of.
        seed: Decides which tasks.
        n: How many.
        fixed: What of each `Start` is not drawn: "skin", "disturbance" or "size", and its value.
        per_start: How many tasks are tried for before another start is drawn; where it is 1, tasks
            are independent.

    Raises:
        GymError: If acting in the gym hardly ever leads to a task, or the gym fails.
    """
    tries = wander(gym, split, seed, fixed=fixed, per_start=per_start)
    return islice((one.task for one in map(_unbroken, tries) if one.task), n)


def failing(start: Start, how: str) -> str:
    """Tells a gym's author where the gym failed, and how."""
    return f"{start.app} fails from seed {start.seed}: {how}"


def _unbroken(one: Wandering) -> Wandering:
    if one.broken:
        raise GymError(one.broken)
    return one


def wander(
    gym: str,
    split: Split,
    seed: int,
    choose: Choose | None = None,
    fixed: Mapping[str, Any] | None = None,
    per_start: int = TASKS_PER_START,
) -> Iterator[Wandering]:
    """Yields tries without end, fruitless ones included.

    Args:
        gym: As for `draw`, and so are `split`, `seed` and `fixed`.
        split: What the tasks may be made of.
        seed: Decides which tasks.
        choose: Chooses what is tried; if left out, a kind of task by `KIND_WEIGHTS` is.
        fixed: What of each `Start` is not drawn.
        per_start: How many tries one start gets.

    Raises:
        GymError: If acting in the gym hardly ever leads to a task.
    """
    rng = random.Random(f"{gym}/{split.name}/{seed}")
    weights = {kind: KIND_WEIGHTS[kind] for kind in split.kinds or KIND_WEIGHTS}
    family = ":" not in gym and is_family(gym)
    fruitless = 0
    while True:
        name = f"{gym}:{split.seed(rng)}" if family else gym
        start = Start(name, split.seed(rng), split.skin(rng), split.disturbance(rng))
        start = replace(start, **(fixed or {}))
        app = find(name)
        for _ in range(per_start):
            if choose:
                topic = choose(app, rng)
            else:
                topic = Topic(rng.choices(list(weights), list(weights.values()))[0])
            try:
                one = Wandering(topic, topic.propose(app, start, rng, split))
            except UsageError:
                raise
            except Exception as bug:
                found = f"{type(bug).__name__}: {bug}"
                one = Wandering(topic, None, failing(start, found))
            fruitless = 0 if one.task else fruitless + 1
            if fruitless > PATIENCE:
                why = f"; {one.broken}" if one.broken else ""
                raise GymError(f"In {name} acting hardly ever leads to a task{why}")
            yield one
            if one.broken:
                break
