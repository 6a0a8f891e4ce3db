"""The proposer's hands: wanders in the gyms as it was told, and keeps account of every try."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from palaestra.gyms import find, is_family
from palaestra.gyms.drawing import KIND_WEIGHTS, Choose, wander
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.selfplay.curriculum import TAIL, mixed
from palaestra.selfplay.proposer import Path
from palaestra.tasks.instructing import instructed
from palaestra.tasks.splits import PRACTICE, Split
from palaestra.tasks.task import Task
from palaestra.tasks.topics import Topic, topics

LEADS_TO = ("nav:", "open:", "new:")
INSTRUCTED = 0.15
"""Share of the goals that are told by what to click and what to type, where that is possible."""


class Try(NamedTuple):
    """One try, and what became of it.

    Attributes:
        path: Gym, kind of task and topic that it was after.
        kind: The kind of task that came of it; "" if none did, and so for what follows.
        goal: The task's hash.
        shape: The shape of its wording.
        steps: How many actions its oracle takes.
        everyday: Whether it ends with a record of an everyday kind.
        solved: Whether the solver solved it; None if it was not attempted.
        broken: Where the gym failed, and how; "" if it did not.
    """

    path: Path
    kind: str = ""
    goal: str = ""
    shape: str = ""
    steps: int = 0
    everyday: bool = False
    solved: bool | None = None
    broken: str = ""


class Outcome(NamedTuple):
    """What became of a goal.

    Attributes:
        solved: Whether the solver solved it; None if it was not attempted, or cannot be scored.
        broken: Where the gym failed meanwhile, and how; "" if it did not.
    """

    solved: bool | None
    broken: str = ""


def propose(
    goals: tuple[tuple[str, int], ...],
    seed: int,
    worths: Mapping[Path, float] | None,
    split: Split = PRACTICE,
) -> tuple[list[Task], list[Try]]:
    """Proposes goals.

    Args:
        goals: Gym and number of goals.
        seed: Decides everything else.
        worths: What each topic is worth, as `Proposer.worths` has it; None if all are alike.
        split: What the goals may be made of.

    Returns:
        The tasks, and every try; those that led to a task are in the tasks' order.
    """
    tasks, tries = [], []
    for gym, n in goals:
        family = ":" not in gym and is_family(gym)
        wanderings = wander(gym, split, seed, _choice(gym, family, worths, split))
        rng = random.Random(f"{gym}/{seed}/instructed")
        left = n
        while left:
            topic, task, broken = next(wanderings)
            path = _path(gym, family, topic)
            if task is None:
                tries.append(Try(path, broken=broken))
                continue
            left -= 1
            if rng.random() < INSTRUCTED:
                task = instructed(task, find(task.start.app), rng) or task
            tasks.append(task)
            steps = len(task.oracle)
            everyday = about(task) in everyday_records(task.start.app)
            tries.append(Try(path, task.kind, task.id, task.shape, steps, everyday))
    return tasks, tries


def told(tries: list[Try], outcomes: list[Outcome]) -> list[Try]:
    """Adds what became of the tasks, in their order, to the tries that led to them."""
    left = iter(outcomes)
    return [one._replace(**next(left)._asdict()) if one.goal else one for one in tries]


def _choice(gym: str, family: bool, worths: Mapping[Path, float] | None, split: Split) -> Choose:
    """Returns a choice of topics by fixed weights and worth."""

    def choose(app: App, rng: random.Random) -> Topic:
        offered = topics(app, split)
        weights = [KIND_WEIGHTS[topic.kind] * topic.share for topic in offered]
        if worths is not None:
            found = [_worth(_path(gym, family, topic), worths) for topic in offered]
            weights = mixed(weights, found, TAIL)
        return rng.choices(offered, weights)[0]

    return choose


def _path(gym: str, family: bool, topic: Topic) -> Path:
    """Returns what a topic goes by: in an endless family no name comes twice."""
    return gym, topic.kind, topic.shape if family else topic.name


def _worth(path: Path, worths: Mapping[Path, float]) -> float:
    """Returns the worth of a topic, or of an unseen one in the same kind, or gym, or anywhere."""
    for length in range(len(path), 0, -1):
        if path[:length] in worths:
            return worths[path[:length]]
    return worths[()]


def about(task: Task) -> str:
    """Returns the kind of record that a task ends with; "" if it needs none."""
    refs = [action.ref for action in task.oracle if action.ref.startswith(LEADS_TO)]
    return refs[-1].split(":")[1] if refs else ""


@lru_cache(maxsize=256)
def everyday_records(name: str) -> frozenset[str]:
    """Returns the everyday kinds of record of an application.

    What an office does every day leaves many records (invoices, calls), what is odd leaves few
    (tax rates, territories). Everyday is what has at least as many as the median kind.
    """
    store = Session(find(name), 0).store
    sizes = {kind.name: len(store.numbers(kind.index)) for kind in store.app.records}
    median = sorted(sizes.values())[len(sizes) // 2]
    return frozenset(name for name, size in sizes.items() if size >= median)
