"""The same task under other skins: repeats that a deterministic policy cannot answer by heart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
