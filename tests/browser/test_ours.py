"""Our own offices behind a live page: the same actions come to the same screens and records."""

from __future__ import annotations

import pytest

from palaestra.browser import Chromium
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.kit import App
from palaestra.kit.session import Session
from palaestra.testing.parity import compare, possible
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Start
from tests.apps import agency, expenses

pytestmark = pytest.mark.browser
ACTIONS = 20
RECORDS = 200
"""Enough for lists that go on."""


@pytest.mark.parametrize(
    ("app", "seed", "skin", "disturbance"),
    [
        (expenses, 1, 0, 0),
        (expenses, 2, 3, 1),
        (agency, 4, 12, 2),
        (expenses, 5, 5, 0),
        (agency, 6, 33, 0),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_the_same_actions_come_to_the_same(
    chrome: Chromium, app: App, seed: int, skin: int, disturbance: int
):
    start = Start(app.name, seed, skin, disturbance, RECORDS)
    session, wanderer = Session.at(app, start), Wanderer(seed)
    visits = Visits(start, lambda _: app)
    with running(visits) as url:
        key = visits.open()
        visit = visits.get(key)
        assert visit
        tab = chrome.open()
        view = tab.goto(f"{url}v/{key}")
        for done in range(ACTIONS):
            action = wanderer.action(session)
            if "rows" in session.targets() and done % 3 == 0:
                action = Action("scroll", "rows", "down")
            while not possible(session, action):
                action = wanderer.action(session)
            view = tab.act(action)
            session.dispatch(action)
            told = f"after {done + 1}. {action}"
            assert compare(session.screen(), view.screen) == [], told
            assert session.digest() == visit.session.digest(), told
            assert session.notice in view.feedback, told
        tab.close()
