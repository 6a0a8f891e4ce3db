from __future__ import annotations

import random
from functools import cache

import pytest

from palaestra import gyms
from palaestra.errors import PalaestraError
from palaestra.kit import Session
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.tasks import workflows
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.types import Start

GYMS = ["accounting", "procedural:3", "procedural:21"]


@cache
def proposed(gym: str, steps: int, n: int) -> list[Task]:
    tasks = []
    for seed in range(n):
        start = Start(gym, seed, seed % 3)
        session = Session.at(gyms.find(gym), start)
        rng = random.Random(seed)
        task = workflows.propose(session, start, rng, steps, exam=seed % 2 == 0)
        tasks += [task] if task else []
    return tasks


def done(task: Task) -> Episode:
    episode = Episode(task, gyms.find(task.start.app))
    for action in task.oracle:
        episode.step(action)
    return episode


@pytest.mark.parametrize("gym", GYMS)
@pytest.mark.parametrize("steps", [2, 4])
def test_as_many_commands_as_steps_and_the_oracle_does_them(gym: str, steps: int) -> None:
    tasks = proposed(gym, steps, 12)
    assert len(tasks) > 6
    for task in tasks:
        episode = done(task)
        assert episode.verdict().success, task.goal
        assert len(episode.session.commands) == steps
        assert task.kind == "workflow"


def test_a_workflow_may_be_long() -> None:
    [task, *_] = proposed("accounting", 20, 3)
    assert len(done(task).session.commands) == 20
    assert done(task).verdict().success


@pytest.mark.parametrize("gym", GYMS)
def test_no_one_or_two_steps_can_be_left_out(gym: str) -> None:
    for task in proposed(gym, 4, 12):
        session = done(task).session
        start = Session.at(session.app, task.start)
        commands = session.commands
        for one in range(4):
            for two in range(4):
                store = start.store.fork()
                try:
                    for place, command in enumerate(commands):
                        if place not in (one, two):
                            execute(store, command)
                except PalaestraError:
                    continue
                assert diff(store, start.start) != task.verifier.required, task.goal


def test_later_steps_go_on_with_the_records_of_earlier_ones() -> None:
    goals = " ".join(task.goal for gym in GYMS for task in proposed(gym, 4, 40))
    for words in (" it", "the same ", "the new ", "that "):
        assert words in goals


def test_what_is_typed_stands_in_the_goal() -> None:
    for task in proposed("accounting", 4, 40):
        assert all(action.text in task.goal for action in task.oracle if action.op == "fill")


def test_one_step_is_no_workflow() -> None:
    session = Session(gyms.find("accounting"), 1)
    with pytest.raises(ValueError, match="two steps or more"):
        workflows.propose(session, Start("accounting", 1), random.Random(1), 1, exam=False)
