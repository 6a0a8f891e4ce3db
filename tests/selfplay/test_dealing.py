from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.selfplay.dealing import deal


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 90), min_size=1),
    st.integers(1, 9),
    st.integers(0, 40),
    st.integers(),
)
def test_every_goal_is_dealt_once(goals: dict[str, int], workers: int, earlier: int, seed: int):
    earlier = min(earlier, sum(goals.values()) // 2)
    dealt = deal(goals, workers, earlier, random.Random(seed))
    assert len(dealt) == workers + (earlier > 0)
    total = Counter[str]()
    for part in dealt:
        total.update(dict(part))
    assert {gym: n for gym, n in goals.items() if n} == total
    sizes = [sum(n for _, n in part) for part in dealt]
    if earlier:
        assert sizes[-1] == earlier
    loads = [sizes[0] + earlier, *sizes[1:workers]]
    if earlier <= sum(goals.values()) // workers:
        assert max(loads) - min(loads) <= 1 or workers == 1
    assert dealt == deal(goals, workers, earlier, random.Random(seed))


@pytest.mark.parametrize("workers", [1, 4])
def test_every_actor_goes_everywhere(workers: int):
    for part in deal({"books": 40, "desk": 40}, workers, 0, random.Random(0)):
        assert [gym for gym, n in part if n >= 3] == ["books", "desk"]
