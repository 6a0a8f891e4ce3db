from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from palaestra.kit import Session
from palaestra.tasks.explorer import Aim, Explorer
from palaestra.tasks.pruning import prune, replay
from palaestra.types import Action
from tests.apps import expenses

NAV, OPEN = Action("click", "nav:claim"), Action("click", "open:claim:2")
EDIT, SAVE = Action("click", "edit"), Action("click", "save")
NOTE = Action("fill", "field:note", "by train")


def noted(session: Session) -> bool:
    return session.store.row(1, 2)[7] == "by train"


def test_what_does_not_matter_is_cut():
    session = Session(expenses, 1)
    detour = [Action("click", "nav:employee"), Action("click", "open:employee:1")]
    first = Action("fill", "field:note", "by bus")
    there_and_back = [OPEN, Action("back"), Action("fill", "search", "EXP")]
    actions = [*detour, NAV, *there_and_back, OPEN, EDIT, first, NOTE, SAVE, *detour]
    assert replay(session, actions) is not None
    assert prune(session, actions, noted) == [NAV, OPEN, EDIT, NOTE, SAVE]


def test_two_actions_that_only_go_together_are_cut_together():
    session = Session(expenses, 1)
    receipt = Action("click", "field:receipt")
    actions = [NAV, OPEN, EDIT, receipt, receipt, NOTE, SAVE]
    done = replay(session, actions)
    assert done is not None
    wanted = done.diff()
    pruned = prune(session, actions, lambda s: s.diff() == wanted)
    assert pruned == [NAV, OPEN, EDIT, NOTE, SAVE]


def test_nothing_is_left_where_not_even_everything_works():
    session = Session(expenses, 1)
    assert prune(session, [NAV, OPEN, EDIT, SAVE], noted) is None
    assert prune(session, [NAV, EDIT, NOTE, SAVE], noted) is None
    assert replay(session, [NAV, EDIT]) is None


@given(st.integers(0, 10**6), st.sampled_from(("create", "update", "delete", "action")))
def test_no_single_action_of_what_is_left_can_be_left_out(seed: int, leaning: str):
    rng = random.Random(seed)
    start = Session(expenses, seed)
    digest = start.store.digest()
    aim = Aim.draw(expenses, rng, leaning)
    assert aim is not None
    session = start.fork()
    actions = Explorer(session, aim, rng).explore(lambda s: bool(s.commands))
    wanted = session.diff()
    assume(wanted)

    def holds(after: Session) -> bool:
        return after.diff() == wanted

    pruned = prune(start, actions, holds)
    assert pruned is not None
    left = iter(actions)
    assert all(action in left for action in pruned), "the order changed"
    after = replay(start, pruned)
    assert after is not None
    assert holds(after)
    for place in range(len(pruned)):
        without = replay(start, pruned[:place] + pruned[place + 1 :])
        assert without is None or not holds(without), pruned[place]
    assert start.store.digest() == digest
