from __future__ import annotations

import random
from dataclasses import replace

import pytest
import torch

from palaestra import gyms
from palaestra.errors import GymError
from palaestra.gyms.drawing import draw
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay import actor
from palaestra.selfplay.actor import (
    MOST_CORRECTIONS,
    MOST_SHOWN,
    Assignment,
    Round,
    correct,
    demonstrate,
    practise,
)
from palaestra.selfplay.proposals import propose
from palaestra.selfplay.shard import Notebook
from palaestra.selfplay.teacher import Teacher
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import PRACTICE
from palaestra.tasks.task import Task
from palaestra.types import Action, Observation

GOALS = (("accounting", 8), ("procedural", 4))
SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)


class Scripted(NetworkPolicy):
    """Plays what it is told to by goal and number of actions so far."""

    def __init__(self, script: dict[str, tuple[Action, ...]]) -> None:
        self.script = script

    def act(self, observations: object) -> list[Action]:
        assert isinstance(observations, list)
        return [self.next(seen) for seen in observations]

    def next(self, seen: Observation) -> Action:
        return self.script[seen.goal][len(seen.past)]


def network() -> NetworkPolicy:
    torch.manual_seed(0)
    return NetworkPolicy(Net(SMALL))


def tasks(seed: int) -> list[Task]:
    return propose(GOALS, seed, None)[0]


def outcomes(played: Round) -> list[bool | None]:
    return [one.solved for one in played.tries if one.goal]


def test_assignment_and_weights_decide_a_round():
    assignment = Assignment(3, GOALS, 0.5, True)
    one, other = practise(assignment, network()), practise(assignment, network())
    assert one.shard.to_bytes() == other.shard.to_bytes()
    assert one.failures == other.failures
    timeless = [{k: v for k, v in r.facts.items() if not k.endswith("_s")} for r in (one, other)]
    assert timeless[0] == timeless[1]
    assert one.tries == other.tries
    assert sum(tried.solved is not None for tried in one.tries) == 12
    assert one.shard.goals != practise(assignment._replace(seed=4), network()).shard.goals


def test_a_solver_that_knows_it_all_leaves_only_some_demonstrations():
    solver = Scripted({task.goal: task.oracle for task in tasks(5)})
    nothing = practise(Assignment(5, GOALS, 0.0, False), solver)
    assert outcomes(nothing) == [None] * 12
    everything = practise(Assignment(5, GOALS, 1.0, True), solver)
    assert outcomes(everything) == [True] * 12
    assert everything.failures == []
    assert len(everything.shard.goals) == len({task.goal for task in tasks(5)})
    some = practise(Assignment(5, GOALS, 0.4, True), solver)
    assert 0 < len(some.shard) < len(everything.shard)


def test_a_failure_is_learnt_from_at_the_states_it_came_through():
    solver = Scripted({task.goal: (Action("done"),) * 99 for task in tasks(5)})
    played = practise(Assignment(5, GOALS, 0.0, True), solver)
    assert outcomes(played) == [False] * 12
    assert len(played.failures) == 5
    assert Task.from_json(played.failures[0]["task"]) == tasks(5)[0]
    assert played.failures[0]["actions"] == [["done", "", ""]]
    demonstrated = practise(Assignment(5, GOALS, 0.0, False), solver)
    # besides the demonstrations: what is right at each start, and that this end went badly
    assert len(played.shard) == len(demonstrated.shard) + 2 * 12
    assert played.shard.tried[:, 2].tolist().count(0) == 12


@pytest.mark.parametrize("attempt", [True, False])
def test_a_goal_at_which_the_gym_fails_is_not_scored_and_the_rest_goes_on(
    attempt: bool, monkeypatch: pytest.MonkeyPatch
):
    found = tasks(5)
    bad, sound = found[3], Episode.step

    def fails(episode: Episode, action: Action) -> None:
        if episode.task.id == bad.id:
            raise GymError("no bill")
        sound(episode, action)

    monkeypatch.setattr(Episode, "step", fails)
    solver = Scripted({task.goal: (Action("done"),) * 99 for task in found})
    played = practise(Assignment(5, GOALS, 0.0, attempt), solver)
    rest = False if attempt else None
    assert outcomes(played) == [None if task is bad else rest for task in found]
    assert [one.broken for one in played.tries if one.broken] == [
        f"{bad.start.app} fails from seed {bad.start.seed}: no bill"
    ]
    assert played.shard is not None
    assert bad.goal not in played.shard.goals


def test_who_goes_in_circles_is_broken_off_and_corrected_a_few_times():
    plain = [task for task in tasks(6) if not task.start.skin and not task.start.disturbance]
    for task in plain[:4]:
        nav = [
            ref
            for ref in Episode(task, gyms.find(task.start.app)).session.targets()
            if ref.startswith("nav:")
        ]
        script = tuple(Action("click", ref) for ref in nav) * 20
        [(episode, visited, _)] = actor._attempt([task], Scripted({task.goal: script}))
        assert episode.ended in ("", "steps")
        assert not episode.verdict().success
        assert len(visited) <= len(nav) + 2
        notebook, teacher = Notebook(), Teacher(Episode(task, gyms.find(task.start.app)))
        correct(visited[: len(episode.actions)] * 3, episode.actions * 3, teacher, notebook)
        assert 0 < len(notebook) <= MOST_CORRECTIONS


def test_where_the_solver_did_what_is_right_nothing_is_noted():
    for task in [task for task in tasks(6) if not task.start.disturbance][:4]:
        episode = Episode(task, gyms.find(task.start.app))
        teacher, visited, script = Teacher(episode.fork()), list[Episode](), list[Action]()
        while not episode.ended:
            stray = len(script) == 1
            visited.append(episode.fork())
            script.append(Action("scroll", "nowhere") if stray else teacher.right(episode)[0])
            episode.step(script[-1])
        notebook = Notebook()
        correct(visited, script, teacher, notebook)
        assert len(notebook) == 1


def test_a_demonstration_ends_with_the_end_of_the_task():
    for task in tasks(7):
        notebook = Notebook()
        teacher = Teacher(Episode(task, gyms.find(task.start.app)))
        demonstrate(task, teacher, notebook, random.Random(0))
        assert 0 < len(notebook) <= len(task.oracle)


def test_of_a_long_way_only_some_states_are_shown():
    long = replace(PRACTICE, kinds=("workflow",), steps=(12, 12))
    lengths, shown = 0, 0
    for number, task in enumerate(draw("accounting", long, 3, 12)):
        notebook = Notebook()
        teacher = Teacher(Episode(task, gyms.find(task.start.app)))
        demonstrate(task, teacher, notebook, random.Random(number))
        lengths, shown = lengths + len(task.oracle), shown + len(notebook)
    assert lengths > 12 * 2 * MOST_SHOWN
    assert 0.7 < shown / (12 * MOST_SHOWN) < 1.3


def test_where_there_is_nothing_to_learn_there_is_no_shard():
    assert practise(Assignment(5, (), 0.0, True), network()).shard is None


def test_of_what_is_solved_only_the_ends_are_kept_for_the_judge():
    solver = Scripted({task.goal: task.oracle for task in tasks(7)})
    shard = practise(Assignment(7, GOALS, 0.0, True), solver).shard
    assert shard is not None
    assert len(shard) == 12
    assert shard.tried[:, 2].tolist() == [1] * 12


def test_solvers_are_asked_side_by_side(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actor, "SIDE_BY_SIDE", 5)
    few = practise(Assignment(3, GOALS, 0.5, True), network())
    monkeypatch.undo()
    assert (
        few.shard.to_bytes()
        == practise(Assignment(3, GOALS, 0.5, True), network()).shard.to_bytes()
    )


def test_without_search_only_demonstrations_are_learnt_from():
    solver = Scripted({task.goal: (Action("done"),) * 99 for task in tasks(5)})
    found = practise(Assignment(5, GOALS, 0.0, True, search=True), solver).shard
    demonstrated = practise(Assignment(5, GOALS, 0.0, True, search=False), solver).shard
    assert found is not None
    assert demonstrated is not None
    assert len(found) == len(demonstrated) + 12


class Seeing(Notebook):
    """Keeps what it is shown besides."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Observation] = []

    def note(self, observation: Observation, *args: object, **named: object) -> bool:
        self.shown.append(observation)
        return super().note(observation, *args, **named)  # type: ignore[arg-type]


def test_some_demonstrations_begin_on_the_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actor, "MIDWAY", 1.0)
    cut = 0
    for number, task in enumerate(tasks(9)):
        whole, notebook = Seeing(), Seeing()
        teacher = Teacher(Episode(task, gyms.find(task.start.app)))
        with monkeypatch.context() as patched:
            patched.setattr(actor, "MIDWAY", 0.0)
            demonstrate(task, teacher, whole, random.Random(number))
        demonstrate(task, teacher, notebook, random.Random(number))
        assert notebook.shown[0].past == ()
        assert [len(seen.past) for seen in notebook.shown] == list(range(len(notebook.shown)))
        assert len(notebook.shown) <= len(whole.shown) + 2
        cut += notebook.shown[0].screen != whole.shown[0].screen
    assert cut > len(GOALS)
