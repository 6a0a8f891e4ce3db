"""Every gym is the same in Chromium, over skins that have every variant between them."""

from __future__ import annotations

import random
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from palaestra import gyms
from palaestra.faces.page import html
from palaestra.kit.session import Session
from palaestra.kit.skin import LANGUAGES, THEMES, Skin
from palaestra.testing.parity import parity
from palaestra.testing.proof import MOST, play, plays, prove, various

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMED = [name for name in gyms.names() if not gyms.is_family(name)]
PLAYED = [*NAMED, "procedural:17", "procedural:1000000004"]
SKINS = various(random.Random("gyms"))


@pytest.mark.parametrize("seed", range(5))
def test_a_few_skins_have_every_variant(seed: int):
    skins = [Skin.of_seed(s) for s in various(random.Random(seed))]
    assert len(skins) <= 10
    assert {skin.exam for skin in skins} == {True, False}
    has = {f.name: {getattr(skin, f.name) for skin in skins} for f in fields(Skin)}
    assert has["select"] == {"native", "listbox", "autocomplete", "radio"}
    assert has["dates"] == {"plain", "calendar"}
    assert has["lists"] == {"pages", "more", "scroll"}
    assert has["nav"] == {"side", "top", "tabs", "menu"}
    assert has["forms"] == {"page", "modal"}
    assert has["errors"] == {"inline", "summary"}
    assert has["opener"] == {"link", "button"}
    assert has["language"] == set(LANGUAGES)
    assert has["theme"] == set(THEMES)
    assert has["content"] == {"plain", "long", "misleading", "hostile"}


def test_plays_can_be_done_and_have_troubles_keys_and_both_hands():
    some = list(islice(plays("accounting", 0), 4))
    for one in some:
        session = Session.at(gyms.find("accounting"), one.start)
        assert len(one.actions) == MOST
        for action in one.actions:
            session.dispatch(action)
    assert {one.mouse for one in some} == {True, False}
    assert [one.start.disturbance > 0 for one in some] == [False, True, False, True]
    assert {action.op for one in some for action in one.actions} >= {"click", "fill", "press"}
    assert list(islice(plays("accounting", 0), 2)) == some[:2]


@pytest.mark.browser
@pytest.mark.parametrize("turn", range(2))
@pytest.mark.parametrize("gym", PLAYED)
def test_a_gym_is_the_same_in_chromium(browser: Browser, gym: str, turn: int):
    place = PLAYED.index(gym) + turn * len(PLAYED)
    rng = random.Random(place)
    skin = SKINS[place % len(SKINS)]
    one = play(gym, skin, rng, troubled=turn == 1, mouse=place % 3 > 0)
    found = parity(gyms.find(gym), one.start, one.actions, browser, mouse=one.mouse)
    assert found == (MOST, []), one.start


def test_the_plays_have_every_skin():
    assert len(SKINS) <= 2 * len(PLAYED)


@pytest.mark.browser
def test_a_page_that_drifts_fails(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    drawn = html.draw
    monkeypatch.setattr(
        html, "draw", lambda *a, **k: drawn(*a, **k).replace('aria-label="', 'aria-label="x')
    )
    check = prove("accounting", 1, 0, browser)
    assert not check.ok
    assert "at the start" in check.detail
    assert "seed=" in check.detail


@pytest.mark.browser
def test_a_proof_says_how_much_was_compared(browser: Browser):
    told: list[int] = []
    check = prove("procedural:3", MOST + 1, 0, browser, lambda: told.append(1))
    assert (check.ok, check.detail) == (True, f"compared after {2 * MOST} actions in 2 skins")
    assert len(told) == 2 * MOST
