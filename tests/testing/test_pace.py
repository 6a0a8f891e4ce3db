from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from palaestra.errors import UsageError
from palaestra.testing.pace import Pace, pace
from palaestra.types import Action, Start
from tests.apps import expenses

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST = Start("expenses", 3)
ACTIONS = (
    Action("click", "nav:claim"),
    Action("click", "nothing:here"),
    Action("click", "new:claim"),
)


@pytest.mark.browser
def test_the_same_actions_are_timed_in_chromium_and_here(browser: Browser) -> None:
    found = pace(expenses, [(FIRST, ACTIONS), (FIRST, ACTIONS)], browser, 0.001)
    assert found.steps == 2, "what is not possible is left out, and enough is enough"
    assert min(found.session_steps_per_second, found.chromium_steps_per_second) > 0
    with pytest.raises(UsageError, match="can be done"):
        pace(expenses, [(FIRST, ACTIONS[1:2])], browser, 0.001)


def test_the_ratio() -> None:
    assert Pace(10, 20.0, 5_000.0).ratio == 250
