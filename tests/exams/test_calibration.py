from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.exams.calibration import Calibration
from palaestra.exams.exam import examine
from palaestra.types import Action
from tests.exams.conftest import Knowing, find

pairs = st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.booleans()), min_size=1, max_size=5)


@given(pairs)
def test_ties_count_as_their_mean_over_all_orders(told: list[tuple[float, bool]]) -> None:
    def area(order) -> float:
        ranked = sorted(order, key=lambda p: -p[0])  # stable: ties stay in this order
        lost = [not success for _, success in ranked]
        return sum(sum(lost[:k]) / k for k in range(1, len(lost) + 1)) / len(lost)

    orders = list(permutations(told))
    expected = sum(map(area, orders)) / len(orders)
    assert Calibration.of_pairs(told).aurc == pytest.approx(expected)


def test_who_knows_when_he_fails_has_no_risk_left() -> None:
    told = [(0.99, True)] * 96 + [(0.02, False)] * 4
    known = Calibration.of_pairs(told)
    assert known.risk == 0.0
    assert known.brier == pytest.approx((96 * 0.01**2 + 4 * 0.02**2) / 100)
    blind = Calibration.of_pairs([(0.96, success) for _, success in told])
    assert blind.risk == pytest.approx(0.04)
    assert blind.aurc == pytest.approx(0.04)
    boasting = Calibration.of_pairs([(1 - sure, success) for sure, success in told])
    assert boasting.aurc > blind.aurc > known.aurc


def test_a_calibrated_judge_has_a_small_error_and_a_boasting_one_has_not() -> None:
    rng = random.Random(1)
    sure = [rng.random() for _ in range(5000)]
    honest = Calibration.of_pairs([(p, rng.random() < p) for p in sure])
    assert honest.error < 0.03
    boasting = Calibration.of_pairs([(p**0.25, rng.random() < p) for p in sure])
    assert boasting.error > 0.2


class Judging(Knowing):
    """Is sure of everything but what Ada asks for."""

    def judge(self, observations):
        return [0.1 if "Ada" in seen.goal else 0.9 for seen in observations]


def test_an_exam_keeps_how_sure_the_policy_was(tasks) -> None:
    exam = examine(Judging(tasks, errs="Ada", breaks="Water"), tasks, find)
    assert [t.sure for t in exam.trajectories] == [0.9, 0.1, 0.9, None, 0.9]
    known = Calibration.of(exam.trajectories)
    assert known
    assert known.n == 4
    assert Calibration.of(examine(Knowing(tasks), tasks, find).trajectories) is None


@pytest.mark.parametrize(
    "judge",
    [
        lambda seen: [],
        lambda seen: ["?"] * len(seen),
        lambda seen: 1 / 0,
        lambda seen: [7.0] * len(seen),
    ],
)
def test_a_judge_that_breaks_says_nothing_and_spoils_nothing(tasks, judge) -> None:
    policy = Judging(tasks)
    policy.judge = judge
    exam = examine(policy, tasks, find)
    assert all(t.sure is None and t.verdict.success for t in exam.trajectories)


def test_who_asks_has_not_been_sure(tasks) -> None:
    policy = Judging(tasks)
    policy.oracles[tasks[0].goal] = (Action("ask"),)
    exam = examine(policy, tasks, find)
    known = Calibration.of(exam.trajectories)
    assert known
    assert known.n == len(tasks) - 1
    assert replace(exam.trajectories[0], sure=None).ended == "ask"
