"""What a learner sees and does is in the spaces, whatever a page says and whatever is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import UsageError
from palaestra.kit.session import MAX_TYPED
from palaestra.tasks import spaces
from palaestra.types import OPS, Action, Node

BUTTONS = [Node("button", "Save", "save"), Node("link", "Home", "go:home")]


@given(st.text(), st.text(), st.text(), st.integers(0, 1000))
def test_whatever_is_said_is_in_the_space(goal: str, screen: str, said: str, left: int):
    assert spaces.seen(goal, screen, said, left) in spaces.observations()


def test_what_is_too_long_is_cut():
    seen = spaces.seen("g" * MAX_TYPED * 2, "s" * spaces.MAX_SCREEN * 2, "", 3)
    assert seen in spaces.observations()
    assert (len(seen["goal"]), len(seen["screen"])) == (MAX_TYPED, spaces.MAX_SCREEN)


@given(st.integers(0, 2**31))
def test_whatever_is_drawn_can_be_read(seed: int):
    space = spaces.actions()
    space.seed(seed)
    drawn = space.sample()
    action = spaces.read(drawn, BUTTONS)
    assert action.op == OPS[drawn["op"]]
    known = drawn["element"] < len(BUTTONS)
    assert (action.ref in ("save", "go:home")) == known


def test_an_element_is_named_by_its_number():
    action = {"op": OPS.index("click"), "element": 1, "text": ""}
    assert spaces.read(action, BUTTONS) == Action("click", "go:home")


@pytest.mark.parametrize(
    "action", [{}, {"op": 99, "element": 0, "text": ""}, {"op": 0, "element": 0, "text": 3}]
)
def test_what_is_of_another_form_is_for_the_caller_to_mend(action: dict[str, object]):
    with pytest.raises(UsageError, match="An action is a member of"):
        spaces.read(action, BUTTONS)
