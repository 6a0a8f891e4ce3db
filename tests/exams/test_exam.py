from __future__ import annotations

import pytest

from palaestra.errors import GymError, UsageError
from palaestra.exams.exam import examine
from palaestra.policies.policy import SomeBroke
from palaestra.types import Action
from tests.exams.conftest import Knowing, find


def outcomes(exam) -> list[bool | None]:
    return [t.verdict.success if t.verdict else None for t in exam.trajectories]


@pytest.mark.parametrize("batch", [1, 2, 64])
def test_every_task_is_attempted_once_and_kept_in_order(tasks, batch: int):
    policy = Knowing(tasks, errs="Ada")
    told = []
    exam = examine(policy, iter(tasks), find, batch=batch, progress=told.append)
    assert [t.task for t in exam.trajectories] == tasks
    assert outcomes(exam) == [True, False, True, True, True]
    assert policy.widest == min(batch, len(tasks))
    assert sorted(t.task.id for t in told) == sorted(t.id for t in tasks)
    assert exam.trajectories[0].actions == tasks[0].oracle
    assert exam.seconds > 0


def test_a_policy_that_breaks_spoils_only_the_episodes_it_broke(tasks):
    exam = examine(Knowing(tasks, breaks="Ada"), tasks, find)
    assert outcomes(exam) == [True, None, True, True, True]
    assert exam.trajectories[1].ended == "ZeroDivisionError"


@pytest.mark.parametrize(
    ("answer", "ended"),
    [
        (lambda seen: [], "ValueError"),
        (lambda seen: [Action("done")] * (len(seen) + 1), "ValueError"),
        (lambda seen: ["done"] * len(seen), "TypeError"),
        (lambda seen: [Action("fill", "x", None)] * len(seen), "TypeError"),
        (lambda seen: None, "TypeError"),
    ],
)
def test_what_is_no_action_is_a_breakage_and_not_a_zero(tasks, answer, ended: str):
    policy = Knowing(tasks)
    policy.act = answer
    exam = examine(policy, tasks, find)
    assert outcomes(exam) == [None] * len(tasks)
    assert {t.ended for t in exam.trajectories} == {ended}


def test_an_action_that_does_not_fit_costs_a_step(tasks):
    policy = Knowing(tasks)
    policy.act = lambda seen: [Action("fly", "nowhere") for _ in seen]
    exam = examine(policy, tasks, find)
    assert {t.ended for t in exam.trajectories} == {"steps"}
    assert outcomes(exam) == [False] * len(tasks)


def test_a_broken_gym_stops_the_exam(tasks):
    def broken(name: str):
        raise GymError("the author must act")

    with pytest.raises(GymError):
        examine(Knowing(tasks), tasks, broken)


def raising(policy: Knowing, wrong: Exception) -> Knowing:
    def act(observations):
        raise wrong

    policy.act = act
    return policy


@pytest.mark.parametrize(
    "moves", [(), (Action("done"),) * 9, ("done",) * 5, (Action("done", 1),) * 5]
)
def test_who_says_wrongly_what_broke_is_unscored(moves: tuple[object, ...], tasks):
    exam = examine(raising(Knowing(tasks), SomeBroke(moves)), tasks, find)
    assert outcomes(exam) == [None] * len(tasks)


def test_where_the_caller_must_act_the_exam_stops(tasks):
    with pytest.raises(UsageError, match="the key is wrong"):
        examine(raising(Knowing(tasks), UsageError("the key is wrong")), tasks, find)
