from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from palaestra.errors import UsageError
from palaestra.exams.statistics import (
    clustered_bound,
    interval,
    lower_bound,
    needed,
    pass_hat_k,
)

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("failures", "n"), [(0, 299), (1, 473), (2, 628), (3, 773), (5, 1049), (10, 1693)]
)
def test_what_it_takes_to_claim_99_percent(failures: int, n: int):
    assert needed(0.99, failures) == n
    assert lower_bound(n - failures, n) >= 0.99 > lower_bound(n - 1 - failures, n - 1)


@given(counts)
def test_the_bound_is_where_the_binomial_tail_reaches_five_percent(count: tuple[int, int]):
    successes, n = count
    bound = lower_bound(successes, n)
    assert 0.0 <= bound <= successes / n
    if successes:
        assert binom.sf(successes - 1, n, bound) == pytest.approx(0.05, rel=1e-6)


@given(counts)
def test_the_interval_is_wider_than_the_bound_and_mirrors(count: tuple[int, int]):
    successes, n = count
    low, high = interval(successes, n)
    assert low <= lower_bound(successes, n) <= successes / n <= high
    mirrored = interval(n - successes, n)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_an_interval_from_a_table():
    # Clopper and Pearson, 97 of 100, two-sided 95%.
    assert interval(97, 100) == pytest.approx((0.914824, 0.993770), abs=1e-6)
    assert interval(0, 0) == (0.0, 1.0)


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=6), min_size=1, max_size=5))
def test_pass_hat_k_is_the_share_of_all_groups_of_k_that_succeed(tasks: list[list[bool]]):
    trials = [(sum(task), len(task)) for task in tasks]
    for k in (1, 2, 3):
        shares = []
        for task in tasks:
            groups = list(combinations(task, k))
            shares.append(sum(all(group) for group in groups) / len(groups))
        assert pass_hat_k(trials, k) == pytest.approx(sum(shares) / len(shares))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: lower_bound(3, 2),
        lambda: lower_bound(1, 2, 1.0),
        lambda: needed(1.0),
        lambda: needed(0.9, -1),
        lambda: clustered_bound([]),
        lambda: clustered_bound([[1.0], []]),
        lambda: pass_hat_k([], 1),
        lambda: pass_hat_k([(1, 2)], 3),
        lambda: pass_hat_k([(1, 2)], 0),
    ],
)
def test_nonsense_is_refused(ask):
    with pytest.raises(UsageError):
        ask()


def test_outcomes_that_are_alike_in_a_cluster_count_for_less():
    alone = [[1.0]] * 90 + [[0.0]] * 10
    assert clustered_bound(alone) == pytest.approx(lower_bound(90, 100), abs=1e-3)
    copied = [[one[0]] * 4 for one in alone]
    assert clustered_bound(copied) == pytest.approx(lower_bound(90, 100), abs=5e-3)
    assert clustered_bound(copied) < lower_bound(360, 400)
    assert clustered_bound([[1.0] * 4] * 75) == pytest.approx(lower_bound(300, 300))
    assert clustered_bound([[0.0, 0.0]]) == 0.0


def test_the_clustered_bound_covers_where_the_plain_one_does_not():
    rng = np.random.default_rng(1)
    runs, missed, plain = 400, 0, 0
    for _ in range(runs):
        rates = np.where(rng.random(80) < 0.5, 0.98, 0.62)  # 0.8 on average, alike in a cluster
        clusters = (rng.random((80, 10)) < rates[:, None]).astype(float)
        missed += clustered_bound(clusters.tolist()) > 0.8
        plain += lower_bound(int(clusters.sum()), 800) > 0.8
    assert missed / runs < 0.08
    assert plain / runs > 0.08
