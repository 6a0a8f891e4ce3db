"""Named offices in a real Chromium: their screens, and random work in them, as the tree has it."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from palaestra import gyms
from palaestra.errors import InvalidAction
from palaestra.kit import Session
from palaestra.testing.parity import parity
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "skin", "lists"),
    [("accounting", 8, ["document", "asset", "depreciation_run"]), ("crm", 3, [])],
)
def test_the_office_is_the_same_in_chromium(
    browser: Browser, name: str, skin: int, lists: list[str]
) -> None:
    app = gyms.find(name)
    session, wanderer, rng = Session(app, 3, skin), Wanderer(skin), random.Random(skin)
    places = [screen.name for screen in app.screens] + lists
    rng.shuffle(places)
    actions: list[Action] = []
    while len(actions) < 60:
        go = Action("click", f"nav:{places[len(actions) // 4 % len(places)]}")
        action = wanderer.action(session) if len(actions) % 4 else go
        with suppress(InvalidAction):
            session.dispatch(action)
        actions.append(action)
    assert parity(app, Start(app.name, 3, skin), actions, browser).differences == []
