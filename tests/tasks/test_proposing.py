"""Every proposed task can be solved, is not solved yet, and tells what has to be typed."""

from __future__ import annotations

import random

import pytest

from palaestra import gyms
from palaestra.kit import Session
from palaestra.tasks.episode import Episode
from palaestra.tasks.proposing import propose
from palaestra.tasks.pruning import replay
from palaestra.tasks.relations import GROUPS as RELATED
from palaestra.tasks.splits import EXAM, PRACTICE, SKINS
from palaestra.tasks.task import KINDS, Task
from palaestra.types import Action, Start
from tests.apps import expenses

GYMS = ["accounting", "procedural:3", "procedural:7", "procedural:21"]


def proposed(gym: str, kind: str, n: int) -> list[Task]:
    tasks = []
    for seed in range(n):
        split = (PRACTICE, EXAM, SKINS)[seed % 3]
        rng = random.Random(f"{gym}/{kind}/{seed}")
        start = Start(gym, split.seed(rng), split.skin(rng))
        task = propose(gyms.find(gym), start, rng, split, kind)
        tasks += [task] if task else []
    return tasks


def played(task: Task, actions: tuple[Action, ...]) -> Episode:
    episode = Episode(task, gyms.find(task.start.app))
    for action in actions:
        episode.step(action)
    return episode


@pytest.mark.parametrize("gym", GYMS)
def test_the_oracle_solves_every_task_and_doing_nothing_solves_none(gym: str):
    tasks = [task for kind in KINDS for task in proposed(gym, kind, 15)]
    assert len(tasks) > 25
    for task in tasks:
        assert played(task, task.oracle).verdict().success, task.goal
        assert not played(task, (Action("done"),)).verdict().success, task.goal
        assert not played(task, (Action("answer", text=""),)).verdict().success, task.goal


@pytest.mark.parametrize("gym", GYMS)
def test_no_action_of_an_oracle_can_be_left_out(gym: str):
    for task in (task for kind in KINDS[:-1] for task in proposed(gym, kind, 15)):
        start = Session(gyms.find(gym), task.start.seed, task.start.skin)
        way = list(task.oracle[:-1])
        for place in range(len(way)):
            after = replay(start, way[:place] + way[place + 1 :])
            solved = after and task.verifier.judge(after.diff(), None).success
            assert not solved, (task.goal, way[place])


@pytest.mark.parametrize("gym", GYMS)
def test_what_is_typed_stands_in_the_goal_and_what_is_answered_on_the_last_screen(gym: str):
    for task in (task for kind in KINDS for task in proposed(gym, kind, 15)):
        related = task.shape.partition("/")[0] in RELATED
        typed = [a for a in task.oracle if a.op == "fill"]
        told = [a for a in typed if not (related and a.ref.startswith("field:"))]
        assert all(a.text in task.goal for a in told), task.goal
        if task.oracle[-1].op == "answer":
            screen = played(task, task.oracle[:-1]).session.screen()
            assert any(node.name == task.oracle[-1].text for node in screen.walk()), task.goal


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_stream_proposes_the_same_task(kind: str):
    first, again = proposed("accounting", kind, 6), proposed("accounting", kind, 6)
    assert [task.to_json() for task in first] == [task.to_json() for task in again]
    assert len({task.id for task in first}) == len(first)


def test_a_task_is_of_the_kind_it_says():
    for kind in ("create", "update", "delete"):
        for task in proposed("accounting", kind, 12):
            assert task.kind == kind
            assert task.shape.startswith(kind)
            told = {"create": "created", "update": "updated", "delete": "deleted"}[kind]
            assert told in {change.kind for change in task.verifier.required.changes}
    for task in proposed("accounting", "question", 12):
        assert task.verifier.answer is not None
        assert not task.verifier.required


def test_a_kind_that_is_not_there():
    with pytest.raises(ValueError, match="kind must be one of"):
        propose(expenses, Start("expenses", 1), random.Random(0), PRACTICE, "wish")
