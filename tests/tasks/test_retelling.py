from __future__ import annotations

import random
from dataclasses import replace

import pytest

from palaestra import gyms
from palaestra.gyms.drawing import draw
from palaestra.kit.skin import EXAM_SKINS
from palaestra.tasks.episode import Episode
from palaestra.tasks.retelling import retold
from palaestra.tasks.splits import EXAM, EXAM_SEEDS
from palaestra.tasks.task import Task
from palaestra.types import Action


def elsewhere(task: Task, n: int) -> Task | None:
    start = replace(task.start, skin=EXAM_SKINS + n, disturbance=EXAM_SEEDS + n)
    return retold(task, gyms.find(start.app), start, random.Random(n), "exam")


@pytest.mark.parametrize("gym", ["crm", "travel", "procedural"])
def test_the_same_is_wanted_and_the_oracle_does_it(gym: str) -> None:
    tasks = list(draw(gym, EXAM, 5, 25))
    found = [(task, elsewhere(task, n)) for n, task in enumerate(tasks, 1)]
    retellings = [(task, new) for task, new in found if new]
    assert len(retellings) > len(tasks) // 2
    for task, new in retellings:
        assert (new.verifier, new.kind) == (task.verifier, task.kind)
        episode = Episode(new, gyms.find(new.start.app))
        for action in new.oracle:
            episode.step(action)
        assert episode.verdict().success, new.goal
    changes = [(task, new) for task, new in retellings if not task.verifier.answer]
    assert sum(task.goal != new.goal for task, new in changes) > 0.7 * len(changes)
    same = [(task, new) for task, new in retellings if task.verifier.answer]
    assert all(task.goal == new.goal for task, new in same)


def test_what_its_oracle_does_not_do_is_not_told_anew() -> None:
    [task, *_] = (t for t in draw("crm", EXAM, 5, 25) if t.kind == "create")
    broken = replace(task, oracle=(Action("click", "nowhere"), Action("done")))
    assert elsewhere(broken, 1) is None
    idle = replace(task, oracle=(Action("done"),))
    assert elsewhere(idle, 1) is None
