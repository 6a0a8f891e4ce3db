"""The same task under other skins: repeats that a deterministic policy cannot answer by heart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from palaestra.kit.skin import EXAM_SKINS
from palaestra.tasks.task import Task
from palaestra.types import content_hash


def trials(tasks: Iterable[Task], k: int) -> Iterator[Task]:
    """Yields each task as it is, and then k - 1 times under exam skins that its id decides."""
    for task in tasks:
        yield task
        for trial in range(1, k):
            drawn = int(content_hash([task.id, trial]), 16) % EXAM_SKINS
            yield replace(task, start=replace(task.start, skin=EXAM_SKINS + drawn))


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
