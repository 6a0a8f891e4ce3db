from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

import pytest

from palaestra import gyms
from palaestra.errors import GymError, UsageError
from palaestra.gyms import drawing
from palaestra.gyms.drawing import draw
from palaestra.kit.app import App
from palaestra.tasks.splits import EXAM, PRACTICE
from palaestra.tasks.task import KINDS, Task
from palaestra.tasks.topics import Topic
from palaestra.types import Start


@pytest.mark.parametrize("gym", ["accounting", "procedural", "procedural:7"])
def test_gym_split_and_seed_decide_everything(gym: str):
    first = [task.to_json() for task in draw(gym, PRACTICE, 1, 20)]
    assert first == [task.to_json() for task in draw(gym, PRACTICE, 1, 20)]
    assert first[:5] == [task.to_json() for task in islice(draw(gym, PRACTICE, 1, 500), 5)]
    for split, seed in ((PRACTICE, 2), (EXAM, 1)):
        other = [task.to_json() for task in draw(gym, split, seed, 20)]
        assert not [task for task in first if task in other]


@pytest.mark.parametrize("n", [0, 1, 4, 9])
def test_as_many_as_asked_for(n: int):
    assert len(list(draw("accounting", PRACTICE, 0, n))) == n


def test_every_kind_of_task_is_drawn():
    kinds = Counter(task.kind for task in draw("accounting", PRACTICE, 0, 240))
    assert set(kinds) == set(KINDS)


def test_a_family_gives_a_new_application_for_every_few_tasks():
    apps = Counter(task.start.app for task in draw("procedural", PRACTICE, 0, 80))
    assert len(apps) >= 20
    assert max(apps.values()) <= drawing.TASKS_PER_START
    assert {task.start.app for task in draw("procedural:7", PRACTICE, 0, 8)} == {"procedural:7"}


def test_tasks_are_hardly_ever_drawn_twice():
    for gym in ("accounting", "procedural"):
        tasks = list(draw(gym, PRACTICE, 0, 100))
        assert len({task.id for task in tasks}) >= 99


def test_a_gym_in_which_nothing_can_be_done(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing.Topic, "propose", lambda *_: None)
    with pytest.raises(GymError, match="hardly ever leads to a task"):
        list(draw("accounting", PRACTICE, 0, 20))


def test_a_start_at_which_a_gym_fails_is_told_and_left(monkeypatch: pytest.MonkeyPatch):
    (first,) = draw("accounting", PRACTICE, 0, 1)
    bad, propose = first.start.seed, drawing.Topic.propose

    def fails(topic: Topic, app: App, start: Start, *rest: Any) -> Task | None:
        if start.seed == bad:
            raise IndexError("no flight is left")
        return propose(topic, app, start, *rest)

    monkeypatch.setattr(drawing.Topic, "propose", fails)
    wanderings = drawing.wander("accounting", PRACTICE, 0)
    found = [next(wanderings) for _ in range(12)]
    told = f"accounting fails from seed {bad}: IndexError: no flight is left"
    assert [one.broken for one in found] == [told] + [""] * 11
    assert any(one.task for one in found)
    with pytest.raises(GymError, match=told):
        list(draw("accounting", PRACTICE, 0, 1))


def test_a_gym_that_fails_from_every_start(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        raise IndexError("no flight is left")

    monkeypatch.setattr(drawing.Topic, "propose", fails)
    wanderings = drawing.wander("accounting", PRACTICE, 0)
    with pytest.raises(GymError, match="hardly ever leads to a task; accounting fails from seed"):
        list(wanderings)


def test_a_gym_that_is_not_there():
    with pytest.raises(UsageError, match="There is no gym 'acounting'"):
        list(draw("acounting", PRACTICE, 0, 1))
    with pytest.raises(UsageError, match="skin"):
        list(draw("accounting", PRACTICE, 0, 1, {"skin": "no such skin"}))
    assert "accounting" in gyms.names()
