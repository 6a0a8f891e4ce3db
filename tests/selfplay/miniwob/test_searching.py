"""What could have been done instead, and what need not have been done."""

from __future__ import annotations

import random

from palaestra.browser.miniwob.playing import Played, Problem
from palaestra.browser.moves import Move
from palaestra.selfplay.miniwob import searching
from palaestra.selfplay.miniwob.searching import Attempt
from palaestra.types import Action, Node, Observation

YES, NO = Node("button", "Yes", "n1"), Node("button", "No", "n2")
BOX, GONE = Node("textbox", "Name", "n3"), Node("button", "Gone", "n4", states=("disabled",))
GOAL = 'Enter "Ada Lovelace" into the box'


def attempt(*steps: tuple[tuple[Node, ...], Action]) -> Attempt:
    """An attempt, told by what was on the screen and what was done there."""
    made: Attempt = Played("enter-text", 1_000_007, goal=GOAL)
    for left, (parts, action) in enumerate(steps):
        screen = Node("document", children=parts)
        made.told.append((Observation(GOAL, screen, "", 20 - left), None))
        made.actions = (*made.actions, action)
    return made


class Playing:
    """Stands where the pages are: says which scripts the page would call a success."""

    def __init__(self, succeed: set[tuple[Move, ...]]) -> None:
        self.succeed = succeed
        self.asked: list[Problem] = []

    def play(self, problems):
        self.asked = list(problems)
        played = []
        for problem in self.asked:
            acts = tuple(move.on(Node("document", children=(YES, NO))) for move in problem.script)
            told = [(Observation(GOAL, Node("document"), "", 1), None)] * len(acts)
            worth = float(problem.script in self.succeed)
            played.append(Played(*problem, told=told, actions=acts, ended="page", reward=worth))
        return played


def test_steps_that_did_nothing_are_taken_out_if_it_is_still_a_success():
    idle = (YES, NO), Action("click", "n2")
    whole = attempt(idle, ((YES, NO), Action("done")), ((YES, NO, BOX), Action("click", "n1")))
    whole.told[1] = (whole.told[1][0]._replace(feedback="No"), None)
    short = (Move("click", 0, ""),)
    [kept] = searching.shortened(Playing(set()), [whole])
    assert kept is whole
    [shorter] = searching.shortened(Playing({short}), [whole])
    assert [action.op for action in shorter.actions] == ["click"]


def test_a_success_without_idle_steps_is_not_played_again():
    whole = attempt(((YES, BOX), Action("fill", "n3", "Ada")), ((YES,), Action("click", "n1")))
    playing = Playing(set())
    assert searching.shortened(playing, [whole]) == [whole]
    assert playing.asked == []


def test_others_are_what_can_be_used_and_was_not():
    failed = attempt(((YES, NO, GONE), Action("click", "n1")))
    playing = Playing({(Move("click", 1, ""),)})
    [found] = searching.search(playing, [failed], 50, random.Random(0))
    assert [one.script for one in playing.asked] == [(Move("click", 1, ""),)]
    assert found.won


def test_others_begin_at_any_state_and_no_more_are_tried_than_told():
    failed = attempt(((YES, NO), Action("click", "n1")), ((YES, NO), Action("click", "n2")))
    playing = Playing(set())
    assert searching.search(playing, [failed], 50, random.Random(0)) == []
    scripts = {one.script for one in playing.asked}
    assert scripts == {
        (Move("click", 1, ""),),
        (Move("click", 0, ""), Move("click", 0, "")),
    }
    searching.search(playing, [failed], 1, random.Random(0))
    assert len(playing.asked) == 1


def test_what_is_typed_is_of_the_goal():
    failed = attempt(((BOX,), Action("click", "n9")))
    playing = Playing(set())
    texts = set()
    for seed in range(40):
        searching.search(playing, [failed], 5, random.Random(seed))
        texts |= {move.text for one in playing.asked for move in one.script}
    assert "Ada Lovelace" in texts
    assert all(text in GOAL for text in texts)
