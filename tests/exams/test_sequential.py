from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.errors import UsageError
from palaestra.exams.sequential import Plan, chance
from palaestra.exams.statistics import lower_bound

PLAN = Plan.of(0.99)


def simulated(plan: Plan, true_rate: float, runs: int, seed: int) -> float:
    """The share of runs that are certified, by drawing outcomes one by one."""
    rng = np.random.default_rng(seed)
    certified = 0
    for _ in range(runs):
        outcomes = (rng.random(plan.looks[-1]) < true_rate).tolist()
        certified += bool(plan.verdict(outcomes))
    return certified / runs


def test_a_policy_at_the_rate_is_certified_no_more_often_than_promised() -> None:
    for plan in (PLAN, Plan.of(0.99, 600), Plan.of(0.9, 400), Plan.of(0.95, 300, 0.99)):
        assert 0.5 * (1 - plan.confidence) < chance(plan, plan.rate) <= 1 - plan.confidence
    # 1,500 runs: three standard errors are 1.7%.
    assert simulated(PLAN, 0.99, 1500, seed=1) == pytest.approx(chance(PLAN, 0.99), abs=0.017)
    assert simulated(PLAN, 0.997, 300, seed=2) == pytest.approx(chance(PLAN, 0.997), abs=0.03)


def test_looking_at_the_bound_of_a_single_look_again_and_again_promises_too_much() -> None:
    naive = Plan(0.99, 0.95, 0.95, (299, 473, 628, 773, 913, 1049, 1182, 1312, 1441, 1568, 1693))
    assert chance(naive, 0.99) > 0.1


@settings(max_examples=10, deadline=None)
@given(rate=st.floats(0.9, 0.99), most=st.integers(500, 900), worse=st.floats(0.0, 0.2))
def test_the_error_is_kept_for_every_plan_and_every_worse_policy(
    rate: float, most: int, worse: float
) -> None:
    plan = Plan.of(rate, most)
    assert chance(plan, rate - worse * rate) <= chance(plan, rate) + 1e-9 <= 0.05 + 2e-9
    assert plan.looks[-1] <= most
    for failures, n in enumerate(plan.looks):
        assert lower_bound(n - failures, n, plan.nominal) >= rate - 1e-9
        assert lower_bound(n - 1 - failures, n - 1, plan.nominal) < rate


def test_the_verdict_comes_at_a_look_and_not_before() -> None:
    first, second = PLAN.looks[:2]
    assert PLAN.verdict([True] * (first - 1)) is None
    assert PLAN.verdict([True] * first) is True
    assert PLAN.verdict([False] + [True] * (second - 2)) is None
    assert PLAN.verdict([False] + [True] * (second - 1)) is True
    assert PLAN.verdict([False] * len(PLAN.looks)) is False
    assert PLAN.verdict([False] * (len(PLAN.looks) - 1)) is None
    forgiven = len(PLAN.looks) - 1
    assert PLAN.verdict([False] * forgiven + [True] * (PLAN.looks[-1] - forgiven)) is True


def test_good_policies_are_certified_sooner_or_later() -> None:
    assert chance(PLAN, 0.999) > 0.99
    assert chance(PLAN, 0.98) < 0.001


@pytest.mark.parametrize(
    ("rate", "most", "confidence"), [(0.99, 298, 0.95), (1.0, 500, 0.95), (0.5, 100, 1.0)]
)
def test_what_cannot_be_shown_is_refused(rate: float, most: int, confidence: float) -> None:
    with pytest.raises(UsageError):
        Plan.of(rate, most, confidence)
