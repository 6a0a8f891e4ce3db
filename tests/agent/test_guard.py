"""The guard's rules."""

from __future__ import annotations

import pytest

from palaestra.agent.guard import Guard
from palaestra.errors import UsageError


def test_by_default_what_can_be_changed_back_is_done_and_the_rest_asked_for():
    guard = Guard()
    assert [guard.rule([kind]) for kind in ("reads", "reversible", "destructive", "external")] == [
        "do",
        "do",
        "ask",
        "ask",
    ]


def test_of_several_classes_the_strictest_rule_counts():
    guard = Guard(destructive="refuse", external="do")
    assert guard.rule(["external", "destructive"]) == "refuse"
    assert guard.rule(["external", "reversible"]) == "do"
    assert guard.rule([]) == "do"


@pytest.mark.parametrize("wrong", [{"external": "maybe"}, {"on_uncertain": "guess"}])
def test_what_is_no_rule(wrong):
    with pytest.raises(UsageError):
        Guard(**wrong)
