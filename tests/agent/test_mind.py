"""The policy as a run asks it."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest

from palaestra.agent.mind import Broke, Mind
from palaestra.errors import TooLate, UsageError
from palaestra.policies.policy import SomeBroke
from palaestra.types import Action, Node, Observation
from tests.agent.conftest import Script

SEEN = Observation("goal", Node("document"), "", 3)


def test_a_policy_with_a_judge_says_how_sure_it_is():
    assert Mind(Script(("done",), sure=0.7)).decide(SEEN, None) == (Action("done"), 0.7)
    assert Mind(Script(("done",))).decide(SEEN, None) == (Action("done"), None)


def test_a_policy_that_decides_and_judges_in_one_go_is_asked_once():
    class Both(NamedTuple):
        action: Action
        sure: float

    class Network(Script):
        def decide(self, seen):
            return [Both(Action("back"), 0.4)]

    mind = Mind(Network())
    assert mind.decide(SEEN, time.monotonic() + 60) == (Action("back"), 0.4)
    assert mind.decisions == 1


def test_a_policy_that_breaks_or_is_late_is_told_apart():
    class Broken(Script):
        def act(self, observations):
            raise SomeBroke([ValueError("unreachable")])

    class Late(Script):
        def act(self, observations):
            time.sleep(30)
            return []

    for deadline in (None, time.monotonic() + 60):
        with pytest.raises(Broke, match="unreachable"):
            Mind(Broken()).decide(SEEN, deadline)
    with pytest.raises(TooLate):
        Mind(Late()).decide(SEEN, time.monotonic() + 0.05)
    with pytest.raises(UsageError):
        Mind("no such policy")
