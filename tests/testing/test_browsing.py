from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from palaestra.browser import Chromium
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.testing.browsing import Office, Steps, browse, form
from palaestra.types import Action, Start
from tests.apps import expenses

if TYPE_CHECKING:
    from playwright.sync_api import Browser

START = Start("expenses", 3)
PLAY = (Action("click", "nav:claim"), Action("click", "nowhere"), Action("click", "new:claim"))


def test_steps_are_summed_up() -> None:
    assert Steps.of([0.1] * 94 + [0.3] * 6) == Steps(100, pytest.approx(100 / 11.2), 100, 300)


def test_what_cannot_be_done_in_a_browser_is_left_out() -> None:
    visits = Visits(START, lambda _: expenses)
    url, moves = next(Office(expenses, [(START, PLAY)], visits, "http://x/").rounds())
    assert visits.get(url.removeprefix("http://x/v/"))
    assert [move.node.ref for move in moves] == ["nav:claim", "new:claim"]


@pytest.mark.browser
def test_both_do_the_same_and_are_timed(chromium: str, browser: Browser) -> None:
    visits = Visits(START, lambda _: expenses)
    with Chromium.launch() as ours, running(visits) as url:
        office = Office(expenses, [(START, PLAY)], visits, url)
        for name, rounds in (("expenses", office.rounds), ("form", form)):
            found = browse(name, rounds, ours, browser, 0.01)
            assert found.to_json()["page"] == name
            for steps in (found.ours, found.playwright):
                assert steps.steps > 0
                assert 0 < steps.p50_ms <= steps.p95_ms
            assert found.side_by_side > 0
            assert found.cpu_ms > 0
        assert ours.tabs == []
