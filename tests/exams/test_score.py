from __future__ import annotations

import pytest

from palaestra.exams.exam import examine
from palaestra.exams.score import Score, by_kind
from palaestra.exams.statistics import interval, lower_bound
from palaestra.types import Action
from tests.exams.conftest import Knowing, find, new_note


def test_a_score_counts_what_happened(tasks):
    exam = examine(Knowing(tasks, errs="Ada", breaks="Water"), tasks, find)
    score = Score.of(exam.trajectories)
    assert (score.n, score.successes, score.failures, score.unscored) == (5, 3, 1, 1)
    assert score.rate == 3 / 4
    assert (score.harm, score.harmful, score.extra_steps) == (0, 0, 0.0)
    assert score.progress == 3 / 4
    assert Score.from_json(score.to_json()) == score


def test_breaking_does_not_buy_a_better_bound(tasks):
    failed = Score.of(examine(Knowing(tasks, errs="Ada"), tasks, find).trajectories)
    broke = Score.of(examine(Knowing(tasks, breaks="Ada"), tasks, find).trajectories)
    assert broke.rate == 1.0
    assert broke.bound == failed.bound == lower_bound(4, 5)
    assert broke.interval == interval(4, 5)


def test_side_effects_and_detours_are_counted():
    wanted, other = new_note("Buy milk"), new_note("Call Ada")
    careless = Knowing([wanted])
    careless.oracles[wanted.goal] = (
        *other.oracle[:-1],
        Action("click", "nav:note"),
        *wanted.oracle,
    )
    harm = Score.of(examine(careless, [wanted], find).trajectories)
    assert (harm.successes, harm.harmful) == (0, 1)
    assert harm.harm >= 1
    slow = Knowing([wanted])
    slow.oracles[wanted.goal] = (Action("click", "nav:note"), *wanted.oracle)
    assert Score.of(examine(slow, [wanted], find).trajectories).extra_steps == 1.0


def test_nothing_scored_is_neither_zero_nor_one(tasks):
    score = Score.of(examine(Knowing(tasks, breaks=""), tasks, find).trajectories)
    assert score.rate is None
    assert score.bound == 0.0
    assert score.extra_steps is None


def test_kinds_are_counted_apart(tasks):
    kinds = by_kind(examine(Knowing(tasks, errs="many"), tasks, find).trajectories)
    assert list(kinds) == ["create", "question"]
    assert (kinds["create"].rate, kinds["question"].rate) == (1.0, 0.0)
    assert sum(score.n for score in kinds.values()) == pytest.approx(len(tasks))


def test_who_asks_neither_succeeds_nor_does_harm(tasks):
    policy = Knowing(tasks, errs="Ada")
    policy.oracles[tasks[0].goal] = (Action("ask"),)
    score = Score.of(examine(policy, tasks, find).trajectories)
    assert (score.abstained, score.harmful, score.irreversible) == (1, 0, 0)
    assert (score.successes, score.failures) == (3, 2)
    assert (score.coverage, score.risk) == (0.8, 0.25)


def test_who_refuses_what_can_be_done_is_counted(tasks):
    policy = Knowing(tasks)
    for task in tasks:
        policy.oracles[task.goal] = (Action("answer", text="That cannot be done"),)
    score = Score.of(examine(policy, tasks, find).trajectories)
    assert score.refused == sum(task.kind == "create" for task in tasks) > 0
    assert score.successes == 0
