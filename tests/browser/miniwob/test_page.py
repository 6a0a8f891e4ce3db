"""A MiniWoB++ page as an attempt sees it: a seed is a problem, a raw reward of 1 is success."""

from __future__ import annotations

import importlib.util

import pytest

from palaestra.browser.chromium import Chromium
from palaestra.browser.miniwob.page import Start
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost, UsageError
from palaestra.types import Action, Node

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not importlib.util.find_spec("miniwob"), reason="the extra miniwob is missing"
    ),
]


@pytest.fixture(scope="module")
def tab(chromium: Chromium) -> Tab:
    return chromium.open()


def button(screen: Node, name: str) -> str:
    return next(node.ref for node in screen.walk() if (node.role, node.name) == ("button", name))


def plain(node: Node) -> Node:
    """Refs are numbers of the browser's own and differ from document to document."""
    return node._replace(ref="", children=tuple(map(plain, node.children)))


def test_a_seed_decides_the_problem(tab: Tab, site: str):
    seen = []
    for seed in (7, 8, 7):
        goal = Start(tab, site, "click-button", seed).goal
        seen.append((goal, plain(tab.look().screen)))
    assert seen[0] == seen[2]
    assert seen[0] != seen[1]


def test_goal_score_clock_and_cover_are_not_on_the_screen(tab: Tab, site: str):
    problem = Start(tab, site, "enter-text", 1)
    texts = " ".join(node.name for node in tab.look().screen.walk())
    assert problem.goal.startswith("Enter ")
    for hidden in (problem.goal[:12], "Last reward", "Time left", "START", "Episodes"):
        assert hidden not in texts


def test_only_the_right_button_earns_and_the_page_says_when_it_is_over(tab: Tab, site: str):
    problem = Start(tab, site, "click-button", 3)
    assert problem.judge(tab) == (0.0, False)
    view = tab.look()
    named = problem.goal.split('"')[1]
    wrong = next(n for n in view.screen.walk() if n.role == "button" and n.name != named)
    tab.act(Action("click", wrong.ref))
    assert problem.judge(tab) == (0.0, True)
    again = Start(tab, site, "click-button", 3)
    tab.act(Action("click", button(tab.look().screen, named)))
    assert again.judge(tab) == (1.0, True)


def test_going_back_does_not_find_an_earlier_success(tab: Tab, site: str):
    first = Start(tab, site, "click-test", 1)
    tab.act(Action("click", button(tab.look().screen, "Click Me!")))
    assert first.judge(tab) == (1.0, True)
    second = Start(tab, site, "click-test", 1)
    tab.act(Action("back"))
    assert second.judge(tab) == (0.0, True)


def test_a_page_that_is_none_of_theirs_is_lost(tab: Tab, site: str):
    with pytest.raises((PageLost, UsageError)):
        Start(tab, site, "../core/no-such-page", 1)
