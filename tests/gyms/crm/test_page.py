"""The office in a real Chromium: its screens and random work in it are what the tree shows."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from palaestra.errors import InvalidAction
from palaestra.kit import Session
from palaestra.testing.parity import parity
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Start
from tests.gyms.crm.desk import app

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
@pytest.mark.parametrize("skin", [3])
def test_the_office_is_the_same_in_chromium(browser: Browser, skin: int) -> None:
    session, wanderer, rng = Session(app, 3, skin), Wanderer(skin), random.Random(skin)
    places = [screen.name for screen in app.screens]
    rng.shuffle(places)
    actions: list[Action] = []
    while len(actions) < 60:
        go = Action("click", f"nav:{places[len(actions) // 4 % len(places)]}")
        action = wanderer.action(session) if len(actions) % 4 else go
        with suppress(InvalidAction):
            session.dispatch(action)
        actions.append(action)
    assert parity(app, Start(app.name, 3, skin), actions, browser).differences == []
