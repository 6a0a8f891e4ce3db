from __future__ import annotations

import pytest

from palaestra.errors import UsageError
from palaestra.selfplay.miniwob.config import Practice


def test_what_was_told_is_read_again():
    practice = Practice("a-model", ("click-test", "enter-text"), seed=3, rounds=2)
    assert Practice.from_json(practice.to_json()) == practice


@pytest.mark.parametrize("damage", [{"suite": "offices"}, {"model": None}, {"more": 1}])
def test_another_training_is_not_taken_for_one(damage: dict[str, object]):
    told = Practice("a-model", ("click-test",)).to_json() | damage
    if damage == {"model": None}:
        del told["model"]
    with pytest.raises(UsageError, match="no practice on MiniWoB"):
        Practice.from_json(told)


@pytest.mark.parametrize("name", ["budget_s", "workers", "problems", "group", "steps", "batch"])
def test_what_is_too_small_is_for_the_caller_to_mend(name: str):
    with pytest.raises(UsageError, match=name):
        Practice("a-model", ("click-test",), **{name: 0})
