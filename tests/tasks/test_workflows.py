from __future__ import annotations

import random
import re
from functools import cache

import pytest

from palaestra import gyms
from palaestra.errors import PalaestraError
from palaestra.kit import Session
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.tasks import workflows
from palaestra.tasks.combinations import combinations, is_kept
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.tasks.voice import Speech
from palaestra.types import Start

GYMS = ["accounting", "procedural:3", "procedural:21"]


@cache
def proposed(gym: str, steps: int, n: int, combined: bool = False) -> list[Task]:
    tasks = []
    for seed in range(n):
        start = Start(gym, seed, seed % 3)
        session = Session.at(gyms.find(gym), start)
        rng = random.Random(seed)
        speech: Speech = "exam" if seed % 2 == 0 else "practice"
        task = workflows.propose(session, start, rng, steps, speech=speech, combined=combined)
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


@pytest.mark.parametrize(("gym", "steps"), [("accounting", 20), ("crm", 20), ("procedural:3", 93)])
def test_a_workflow_may_be_long_and_then_its_steps_are_numbered(gym: str, steps: int) -> None:
    [task] = proposed(gym, steps, 1)
    assert len(done(task).session.commands) == steps
    assert done(task).verdict().success
    number = re.compile(rf"(?<!\w)({steps}[.)]|step {steps}:|\({'o' * 4}\)|\({'x' * 2}\)) ", re.I)
    assert number.search(task.goal)


def test_steps_follow_one_another_in_practice_or_in_exams_but_not_in_both() -> None:
    for gym in GYMS:
        practised, kept = (
            {pair for task in tasks for pair in combinations(done(task).session.commands)}
            for tasks in (proposed(gym, 4, 12), proposed(gym, 3, 12, combined=True))
        )
        assert practised
        assert kept
        assert not practised & kept
        assert all(is_kept(*pair) for pair in kept)


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
        workflows.propose(session, Start("accounting", 1), random.Random(1), 1, speech="practice")


@pytest.mark.parametrize("gym", GYMS)
def test_every_step_is_told_in_a_part_of_its_own(gym: str) -> None:
    for task in proposed(gym, 4, 12):
        assert len(task.parts) == 4
        assert task.parts == tuple(sorted(task.parts))
        for (_, end), (begin, _) in zip(task.parts, task.parts[1:], strict=False):
            assert end < begin
        assert Task.from_json(task.to_json()).parts == task.parts
