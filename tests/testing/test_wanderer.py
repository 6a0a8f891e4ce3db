from __future__ import annotations

from contextlib import suppress

from palaestra.errors import InvalidAction
from palaestra.kit import Session
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action
from tests.apps import expenses


def test_random_play_gets_somewhere() -> None:
    verbs, screens = set(), set()
    for seed in range(10):
        session, wanderer = Session(expenses, seed, seed), Wanderer(seed)
        for _ in range(300):
            action = wanderer.action(session)
            assert action == Action("back") or action.ref in session.targets()
            with suppress(InvalidAction):
                session.dispatch(action)
            screens.add(session.route.screen)
        verbs |= {command.verb for command in session.commands}
    assert verbs >= {"create", "update", "delete", "submit", "approve"}
    assert screens >= {"list", "detail", "form", "confirm", "handbook"}


def test_the_same_seed_wanders_the_same_way() -> None:
    session = Session(expenses, 1)
    assert [Wanderer(3).action(session) for _ in range(5)] == [Wanderer(3).action(session)] * 5
