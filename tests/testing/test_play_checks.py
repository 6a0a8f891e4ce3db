"""Random play finds nothing wrong with screens that are built from blocks."""

from __future__ import annotations

import pytest

from palaestra.kit import Session
from palaestra.testing import play_checks
from palaestra.testing.wanderer import Wanderer
from tests.apps import agency

CHECKS = (play_checks.same_trajectory, play_checks.well_formed, play_checks.forks)


@pytest.mark.parametrize("seed", [1, 5])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_blocks_pass(check: play_checks.PlayCheck, seed: int) -> None:
    assert check(agency, 120, seed) > 0


def test_random_play_reaches_all_of_them_and_saves_through_the_wizard() -> None:
    screens, verbs = set(), set()
    for seed in range(8):
        session, wanderer = Session(agency, seed), Wanderer(seed)
        for _ in range(150):
            action = wanderer.action(session)
            if action.op == "back" and not session.has_way_back:
                continue
            was = session.route.screen
            session.dispatch(action)
            screens.add(was)
            done = session.commands[-1].verb if session.commands else ""
            if was == "new_deal" and action.ref == "save" and session.route.screen == "detail":
                verbs.add(done)
    assert screens >= {screen.name for screen in agency.screens}
    assert verbs == {"create"}
