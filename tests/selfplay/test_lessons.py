from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from palaestra.selfplay.lessons import lessons, round_of
from palaestra.selfplay.shard import Shard

BATCH = 8


@pytest.fixture(scope="module")
def shards(shard: Shard) -> dict[str, Shard]:
    return dict.fromkeys(("shards/3-0.npz", "shards/12-0.npz", "shards/12-1.npz"), shard)


def seen(drawn: list[tuple[Shard, list[int]]]) -> Counter[int]:
    return Counter(decision for _, batch in drawn for decision in batch)


def test_what_is_new_is_learnt_once(shards: dict[str, Shard]):
    (new, *_) = shards
    drawn = lessons({new: shards[new]}, [new], BATCH, 0.0, random.Random(0))
    assert seen(drawn) == Counter(range(len(shards[new])))
    assert max(len(batch) for _, batch in drawn) <= BATCH


def test_what_is_known_is_learnt_as_often_as_told_and_evenly(shards: dict[str, Shard]):
    (new, *_) = shards
    one = {new: shards[new]}
    drawn = lessons(one, [new], BATCH, 3.0, random.Random(0))
    played = set(np.unique(shards[new].played[:, 0]).tolist())
    again = {decision: 4 for decision in range(len(shards[new])) if decision not in played}
    assert seen(drawn) == again | dict.fromkeys(played, 1)


def test_the_generator_decides_all_of_it(shards: dict[str, Shard]):
    def drawn(seed: int) -> list[list[int]]:
        found = lessons(shards, list(shards)[1:], BATCH, 2.0, random.Random(seed))
        return [batch for _, batch in found]

    assert drawn(1) == drawn(1) != drawn(2)


def test_the_round_of_a_shard():
    assert round_of("shards/12-1.npz") == 12
