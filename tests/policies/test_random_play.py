from __future__ import annotations

from collections import Counter

from palaestra.kit import Session
from palaestra.policies.random_play import RandomPlay
from palaestra.types import Action, Node, Observation
from tests.apps import expenses

GOAL = 'Set the note on claim EXP-0003 to "late train, Ulm".'


def seen(session: Session, steps_left: int = 9) -> Observation:
    return Observation(GOAL, session.screen(), "", steps_left)


def test_every_action_fits_the_screen():
    policy, session = RandomPlay(), Session(expenses, 1)
    ops = Counter()
    for step in range(1500):
        (action,) = policy.act([seen(session, step)])
        ops[action.op] += 1
        if action.op == "fill":
            assert action.text in GOAL
            assert action.text
        if action.op not in ("done", "answer") and (action.op != "back" or session._trail):
            session.dispatch(action)  # raises InvalidAction if it does not fit
    assert set(ops) == {"answer", "back", "check", "click", "done", "fill", "select"}


def test_actions_depend_on_seed_and_observation_alone():
    sessions = [Session(expenses, seed) for seed in range(4)]
    observations = [seen(session, step) for session in sessions for step in range(5)]
    together = RandomPlay(3).act(observations)
    assert together == [RandomPlay(3).act([one])[0] for one in observations]
    assert together != RandomPlay(4).act(observations)


def test_choices_are_uniform():
    screen = Node("document", children=(
        Node("button", "A", "a"), Node("button", "B", "b", states=("disabled",)),
        Node("link", "C", "c"), Node("heading", "D"),
    ))  # fmt: skip
    drawn = Counter(
        action._replace(text="")
        for action in RandomPlay().act([Observation("x", screen, "", n) for n in range(4000)])
    )
    choices = ("done", "answer", "back")
    assert set(drawn) == {Action("click", "a"), Action("click", "c"), *map(Action, choices)}
    assert all(650 < n < 950 for n in drawn.values())


def test_an_empty_goal_is_no_obstacle():
    session = Session(expenses, 1)
    for step in range(50):
        RandomPlay().act([Observation("", session.screen(), "", step)])
