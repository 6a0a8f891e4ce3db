"""Problems are attempted side by side, told in order, and can be done again from the same seed."""

from __future__ import annotations

import importlib.util

import pytest

from palaestra.browser.chromium import Chromium
from palaestra.browser.miniwob.playing import Player, Problem
from palaestra.types import Action, Observation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not importlib.util.find_spec("miniwob"), reason="the extra miniwob is missing"
    ),
]


class Clicking:
    """Clicks the button that click-test has, and elsewhere says that it is done."""

    def __init__(self) -> None:
        self.widest = 0

    def __call__(self, seen: list[Observation]) -> list[Action]:
        self.widest = max(self.widest, len(seen))
        return [self.one(observation) for observation in seen]

    def one(self, seen: Observation) -> Action:
        named = (node.ref for node in seen.screen.walk() if node.name == "Click Me!")
        return Action("click", ref) if (ref := next(named, "")) else Action("done")


def play(chromium: Chromium, site: str, problems: list[Problem], choose: Clicking):
    player = Player(chromium, site, choose, lambda action: action, steps=3, tabs=2)
    try:
        return player.play(problems)
    finally:
        player.close()


def test_problems_are_played_side_by_side_and_told_in_order(chromium: Chromium, site: str):
    problems = [Problem("click-test", 0), Problem("enter-text", 0), Problem("click-test", 1)]
    clicking = Clicking()
    played = play(chromium, site, problems, clicking)
    assert [(one.name, one.seed) for one in played] == [one[:2] for one in problems]
    assert [one.won for one in played] == [True, False, True]
    assert [one.ended for one in played] == ["page", "steps", "page"]
    assert [len(one.told) for one in played] == [1, 3, 1]
    assert clicking.widest == 2


def test_what_was_done_is_done_again_from_the_same_seed(chromium: Chromium, site: str):
    clicking = Clicking()
    [first] = play(chromium, site, [Problem("click-test", 5)], clicking)
    [again] = play(chromium, site, [Problem("click-test", 5, first.moves)], clicking)
    assert again.won
    assert [chosen for _, chosen in again.told] == [None]
    assert again.moves == first.moves


def test_after_its_script_somebody_is_asked(chromium: Chromium, site: str):
    [first] = play(chromium, site, [Problem("enter-text", 2)], Clicking())
    script = first.moves[:1]
    [again] = play(chromium, site, [Problem("enter-text", 2, script)], Clicking())
    assert [chosen for _, chosen in again.told] == [None, Action("done"), Action("done")]
