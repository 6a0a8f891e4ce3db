from __future__ import annotations

import random

from palaestra.kit import Session
from palaestra.tasks.deeds import Deed, act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.pruning import replay
from palaestra.tasks.wording import Wording
from palaestra.types import Action, Command, Diff
from tests.apps import expenses

CLAIM, LINE = expenses.kind("claim"), expenses.kind("line")


def test_a_deed_is_done_to_the_record_that_is_wanted() -> None:
    start = Session(expenses, 1)
    for seed in range(10):
        deed = act(start, Aim(CLAIM, "update"), random.Random(seed), 11)
        if deed and deed.command.verb == "update":
            assert deed.about(start) == (CLAIM, 11)
        after = deed and replay(start, deed.actions)
        assert after is None or (deed and after.diff() == deed.required)


def test_who_is_there_already_does_not_go_there_again() -> None:
    start = Session(expenses, 1)
    for action in (Action("click", "nav:claim"), Action("click", "open:claim:2")):
        start.dispatch(action)
    deeds = [act(start, Aim(CLAIM, "update"), random.Random(seed), 2) for seed in range(8)]
    ways = [[action.ref for action in deed.actions] for deed in deeds if deed]
    assert ways
    assert all(way[0] == "edit" for way in ways)


def test_a_new_part_is_about_what_it_belongs_to() -> None:
    command = Command("create", "line", 0, (("claim", 3), ("what", "taxi"), ("amount", 5_00)))
    assert Deed(command, [], Diff()).about(Session(expenses, 1)) == (CLAIM, 3)


def test_what_the_goal_does_not_tell_is_not_typed() -> None:
    start = Session(expenses, 1)
    way = [Action("fill", "field:note", "by train")]
    deed = Deed(Command("create", "claim"), way, Diff())
    assert deed.told(start, Wording("Note by train.", "", {})) == way
    assert deed.told(start, Wording("Note something.", "", {})) is None
