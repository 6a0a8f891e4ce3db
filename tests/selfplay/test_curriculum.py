from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.selfplay.curriculum import EASY, learnability, mixed, novelty, shared

WEIGHTS = st.lists(st.floats(0.1, 5), min_size=1, max_size=8)


def test_what_is_solved_every_other_time_teaches_most():
    assert learnability(0.5) == 1.0
    assert learnability(0.0) == learnability(1.0) == 0.0
    rising = [learnability(p / 100) for p in range(51)]
    falling = [learnability(p / 100) for p in range(50, 101)]
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)


def test_the_last_failures_count_in_full():
    below = learnability(EASY - 1e-9)
    assert learnability(EASY) == pytest.approx(below)
    assert learnability(0.99) == pytest.approx(learnability(0.98) / 2)


def test_what_is_new_is_worth_trying():
    tried = [novelty(n) for n in (0, 1, 5, 50)]
    assert tried == sorted(tried, reverse=True)
    assert tried[-1] > 0


@settings(max_examples=50)
@given(WEIGHTS, st.floats(0, 1), st.randoms(use_true_random=False))
def test_everything_keeps_its_tail(fixed: list[float], tail: float, rng: random.Random):
    worths = [rng.choice([0.0, rng.random()]) for _ in fixed]
    weights = mixed(fixed, worths, tail)
    assert sum(weights) == pytest.approx(sum(fixed))
    for weight, least in zip(weights, fixed, strict=True):
        assert weight >= tail * least - 1e-9


def test_the_rest_goes_by_worth():
    assert mixed([1, 1], [0.2, 0.6], 0.0) == pytest.approx([0.5, 1.5])
    assert mixed([1, 3], [0.5, 0.5], 0.3) == pytest.approx([1, 3])


@settings(max_examples=50)
@given(st.integers(0, 600), WEIGHTS, st.integers())
def test_goals_are_divided_without_rest(n: int, weights: list[float], seed: int):
    shares = shared(n, weights, random.Random(seed))
    assert sum(shares) == n
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - n * weight / sum(weights)) < 1 + 1e-6
    assert shares == shared(n, weights, random.Random(seed))
