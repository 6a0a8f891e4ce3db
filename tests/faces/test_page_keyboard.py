"""The keyboard is enough, whatever widgets a skin has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from palaestra.kit.skin import Skin
from palaestra.types import Start
from tests.faces.test_page_browser import Opened, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LISTBOX, AUTOCOMPLETE, RADIO = 495, 54, 1167
MOST_TABS = 80


def test_the_skins_have_the_widgets():
    skins = [Skin.of_seed(seed) for seed in (LISTBOX, AUTOCOMPLETE, RADIO)]
    assert [skin.select for skin in skins] == ["listbox", "autocomplete", "radio"]
    assert {(skin.dates, skin.forms) for skin in skins} == {("calendar", "page")}


class Keys:
    """Hands that never leave the keyboard."""

    def __init__(self, here: Opened) -> None:
        self.here, self.page = here, here.goto()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.here.settle()

    def to(self, ref: str) -> None:
        for _ in range(MOST_TABS):
            if self.here.focused() == ref:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {ref}")

    def draft(self, field: str) -> str:
        return self.here.visit.session.draft[field]


@pytest.fixture
def keys(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Keys]:
    for here in opened(browser, start=Start("expenses", 1, request.param)):
        keys = Keys(here)
        keys.to("nav:claim")
        keys.press("Enter")
        keys.to("new:claim")
        keys.press("Enter")
        yield keys


def pick_a_day(keys: Keys) -> None:
    """Takes the day a week and a day before the pressed one, a month earlier, in the calendar."""
    keys.to("calendar:spent_on")
    keys.press("Enter", "Escape")
    assert not keys.here.visit.session.opened
    assert keys.here.focused() == "calendar:spent_on"
    keys.press("Enter", "Tab", "Tab", "Enter")  # a month earlier
    month = keys.here.visit.session.opened.rpartition(":")[2]
    assert keys.here.focused().startswith("month:spent_on:"), "so that one can go on turning"
    while keys.here.focused() != "calendar:spent_on":
        keys.page.keyboard.press("Shift+Tab")
    keys.press("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter")
    assert keys.draft("spent_on") == f"{month}-09"
    assert dt.date.fromisoformat(keys.draft("spent_on")) < keys.here.visit.session.store.clock.today
    assert keys.here.focused() == "calendar:spent_on"


def finish(keys: Keys) -> None:
    """Enters the rest, saves, and sees that it was."""
    keys.to("field:total")
    keys.page.keyboard.type("12.50")
    keys.to("field:receipt")
    keys.press("Space")
    keys.to("save")
    keys.press("Enter")
    session = keys.here.visit.session
    assert [command.verb for command in session.commands] == ["create"]
    assert keys.here.focused() == "H1"


@pytest.mark.browser
@pytest.mark.parametrize("keys", [LISTBOX], indirect=True)
def test_lists_and_a_calendar_are_used_by_keyboard(keys: Keys):
    keys.to("field:payee")
    keys.press("Space", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter")
    session = keys.here.visit.session
    payee = next(f for f in session.kind().form_fields if f.name == "payee")
    assert keys.draft("payee") == payee.options(session.store)[1]
    assert keys.here.focused() == "field:payee"
    keys.to("field:kind")
    keys.press("ArrowDown", "ArrowDown", "Escape")
    assert keys.draft("kind") == ""
    assert not keys.here.visit.session.opened
    assert keys.here.focused() == "field:kind"
    keys.press("ArrowDown", "ArrowDown", "Space")
    assert keys.draft("kind") == "Travel"
    pick_a_day(keys)
    finish(keys)


@pytest.mark.browser
@pytest.mark.parametrize("keys", [AUTOCOMPLETE], indirect=True)
def test_suggestions_are_taken_by_keyboard(keys: Keys):
    keys.to("field:kind")
    keys.page.keyboard.type("ea")
    keys.here.settle()
    keys.press("ArrowDown", "Enter")
    assert keys.draft("kind") == "Meals"
    assert keys.here.focused() == "field:kind"
    keys.to("field:payee")
    keys.press("ArrowDown", "ArrowDown", "Enter")
    assert keys.draft("payee")
    pick_a_day(keys)
    finish(keys)


@pytest.mark.browser
@pytest.mark.parametrize("keys", [RADIO], indirect=True)
def test_radio_buttons_are_used_by_keyboard(keys: Keys):
    keys.to("field:payee")
    keys.page.keyboard.press("ArrowDown")
    keys.here.settle()
    assert keys.draft("payee")
    keys.to("pick:kind:0")
    keys.press("Space", "ArrowDown")
    assert keys.draft("kind") == "Meals"
    pick_a_day(keys)
    finish(keys)
