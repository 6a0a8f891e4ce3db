"""The same task under other circumstances: repeats that cannot be answered by heart.

Between trials vary the skin and what goes wrong on the way, and of changes and workflows the words
as well: the same commands are given again there and told anew, so the verifier is the same and the
oracle is known to work. Questions and refusals keep their words. Where a task does not work under
what was drawn (a screen in another language shows no such answer), something else is drawn; where
nothing works, the trial is the task as it is. What did vary is counted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from palaestra.kit.app import App
from palaestra.tasks.retelling import retold
from palaestra.tasks.splits import EVERYTHING
from palaestra.tasks.task import Task
from palaestra.tasks.voice import Speech

DRAWS = 6


def trials(
    tasks: Iterable[Task], k: int, find: Callable[[str], App], *, speech: Speech = "exam"
) -> Iterator[Task]:
    """Yields each task as it is, and then k - 1 times varied, as its id decides.

    Args:
        tasks: What is to be done.
        k: How many trials each has.
        find: Returns the application of a name.
        speech: Whose voices word it.
    """
    for task in tasks:
        yield task
        for trial in range(1, k):
            yield _varied(task, find(task.start.app), random.Random(f"{task.id}/{trial}"), speech)


def _varied(task: Task, app: App, rng: random.Random, speech: Speech) -> Task:
    for _ in range(DRAWS):
        skin, disturbance = EVERYTHING.skin(rng), EVERYTHING.disturbance(rng)
        start = replace(task.start, skin=skin, disturbance=disturbance)
        if found := retold(task, app, start, rng, speech):
            return found
    return task


def varied(attempts: Sequence[Task], k: int) -> dict[str, float]:
    """Says in what share of the repeats each thing was other than at the first trial.

    Args:
        attempts: The tasks; k in a row are trials of one.
        k: How many trials each has; where it is 1, nothing varied and nothing is told.
    """
    pairs = [(attempts[i - i % k], one) for i, one in enumerate(attempts) if i % k]
    if not pairs:
        return {}
    return {
        "wording": sum(a.goal != b.goal for a, b in pairs) / len(pairs),
        "skin": sum(a.start.skin != b.start.skin for a, b in pairs) / len(pairs),
        "disturbance": sum(a.start.disturbance != b.start.disturbance for a, b in pairs)
        / len(pairs),
    }
