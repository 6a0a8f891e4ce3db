from __future__ import annotations

import random
from collections import Counter

import pytest

from palaestra.kit import Session
from palaestra.tasks.explorer import MAX_STEPS, Aim, Explorer
from palaestra.tasks.pruning import replay
from tests.apps import expenses, notes


def explored(seed: int, leaning: str) -> tuple[Session, Session, Explorer]:
    rng = random.Random(seed)
    aim = Aim.draw(expenses, rng, leaning)
    assert aim is not None
    start = Session(expenses, seed)
    session = start.fork()
    explorer = Explorer(session, aim, rng)
    explorer.explore(lambda s: bool(s.commands))
    return start, session, explorer


def test_aims_are_drawn_evenly_over_what_the_application_offers():
    rng = random.Random(0)
    drawn = Counter(Aim.draw(expenses, rng, "action") for _ in range(600))
    assert {(aim.kind.name, aim.verb) for aim in drawn if aim} == {
        ("claim", "submit"),
        ("claim", "approve"),
        ("claim", "pay"),
    }
    assert min(drawn.values()) > 150
    assert Aim.draw(notes, rng, "action") is None
    kinds = {aim.kind.name for aim in (Aim.draw(expenses, rng, "create") for _ in range(50)) if aim}
    assert kinds == {"employee", "claim", "line"}


@pytest.mark.parametrize("leaning", ["create", "update", "delete", "action"])
def test_the_aim_is_often_reached_and_all_that_was_done_can_be_done_again(leaning: str):
    reached = 0
    for seed in range(60):
        start, session, explorer = explored(seed, leaning)
        assert len(explorer.actions) <= MAX_STEPS
        again = replay(start, explorer.actions)
        assert again is not None
        assert again.store.digest() == session.store.digest()
        if session.commands:
            command = session.commands[0]
            reached += (command.record, command.verb) == (explorer.aim.kind.name, explorer.aim.verb)
    assert reached > 15


def test_the_same_stream_explores_the_same():
    for seed in range(10):
        assert explored(seed, "update")[2].actions == explored(seed, "update")[2].actions
    assert len({tuple(explored(seed, "update")[2].actions) for seed in range(10)}) > 5


def test_enough_is_enough():
    rng = random.Random(1)
    aim = Aim.draw(expenses, rng, "create")
    assert aim is not None
    assert Explorer(Session(expenses, 1), aim, rng).explore(lambda _: True) == []
