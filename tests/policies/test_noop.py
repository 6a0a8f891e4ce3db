from __future__ import annotations

from palaestra.policies.noop import Noop
from palaestra.types import Action, Node, Observation


def test_noop_is_done_at_once():
    seen = Observation("Delete all.", Node("document"), "", 10)
    assert Noop().act([seen, seen]) == [Action("done")] * 2
    assert Noop().act([]) == []
