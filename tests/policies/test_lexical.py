"""The baseline is put to work on goals in the practice shapes, worded by hand."""

from __future__ import annotations

import random

import pytest

from palaestra.kit import Session
from palaestra.policies.lexical import Lexical
from palaestra.tasks.answer import Answer
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import Action, Node, Observation, Start
from tests.apps import expenses

SKINS = (0, 81)


def attempt(goal: str, way: tuple[tuple[str, ...], ...], skin: int, answer: Answer | None = None):
    """Lets the policy attempt what `way` does in a session; returns the finished episode."""
    session = Session(expenses, 1, skin)
    actions = tuple(Action(*step) for step in way)
    for action in actions:
        session.dispatch(action)
    verifier = Verifier(session.diff(), answer=answer)
    oracle = (*actions, Action("done"))
    episode = Episode(Task(goal, Start("expenses", 1, skin), verifier, "x", "x", oracle), expenses)
    while not episode.ended:
        episode.step(Lexical().act([episode.observe()])[0])
    return episode


def in_form(button: str, **values: str) -> tuple[tuple[str, ...], ...]:
    ops = {"payee": "select", "kind": "select", "receipt": "check"}
    fills = ((ops.get(n, "fill"), f"field:{n}", v) for n, v in values.items())
    return (("click", button), *fills, ("click", "save"))


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize(
    ("goal", "way"),
    [
        (
            'Add a new employee: name: "Ada Lovelace", grade: 7.',
            in_form("new:employee", name="Ada Lovelace", grade="7"),
        ),
        (
            "Set the grade to 2 on employee {employee}.",
            (("click", "open:employee:2"), *in_form("edit", grade="2")),
        ),
        (
            "Update EXP-0003: note: Late train.",
            (("click", "nav:claim"), ("fill", "search", "EXP-0003"), ("click", "open:claim:3"),
             *in_form("edit", note="Late train")),
        ),
        (
            "Create a claim with payee {employee}, total 42.50, spent on 2026-01-03, kind Meals, "
            "receipt yes.",
            (("click", "nav:claim"), *in_form("new:claim", payee="{employee}", total="42.50",
                                              spent_on="2026-01-03", kind="Meals", receipt="")),
        ),
        (
            "Please delete EXP-0002.",
            (("click", "nav:claim"), ("fill", "search", "EXP-0002"), ("click", "open:claim:2"),
             ("click", "delete"), ("click", "yes")),
        ),
    ],
    ids=["create", "update", "update found by search", "create with choices", "delete"],
)  # fmt: skip
def test_plain_goals_are_solved(goal: str, way: tuple[tuple[str, ...], ...], skin: int):
    store = Session(expenses, 1).store
    name = expenses.kind("employee").label(store, 2)
    way = tuple(tuple(part.replace("{employee}", name) for part in step) for step in way)
    episode = attempt(goal.replace("{employee}", name), way, skin)
    assert episode.verdict().success, (episode.verdict(), episode.actions)


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize(
    ("goal", "record", "number", "field", "kind"),
    [
        ("What is the grade of employee {record}?", "employee", 3, "grade", "number"),
        ("Tell me the total of {record}.", "claim", 4, "total", "money"),
    ],
)
def test_questions_are_answered_from_the_record(goal, record, number, field, kind, skin):
    store = Session(expenses, 1).store
    asked = expenses.kind(record)
    shown = asked.shown(store, number, getattr(asked.cls, field))
    named = goal.replace("{record}", asked.label(store, number))
    episode = attempt(named, (), skin, Answer(kind, shown))
    assert episode.verdict().success, (episode.verdict(), episode.actions)


def test_records_are_counted():
    n = len(list(Session(expenses, 1).store.numbers(expenses.kind("claim").index)))
    episode = attempt("How many claims are there?", (), 0, Answer("number", f"{n} claims"))
    assert episode.verdict().success, (episode.verdict(), episode.actions)


def renamed(node: Node) -> Node:
    children = tuple(map(renamed, node.children))
    return node._replace(ref=node.ref and f"x{abs(hash(node.ref))}", children=children)


def test_refs_are_addresses_and_nothing_more():
    session = Session(expenses, 1)
    goal, rng = "Add a new employee: name: Ada, grade: 7.", random.Random(0)
    for _ in range(60):
        screen = session.screen()
        (plain,) = Lexical().act([Observation(goal, screen, "", 9)])
        (blind,) = Lexical().act([Observation(goal, renamed(screen), "", 9)])
        assert blind == plain._replace(ref=plain.ref and f"x{abs(hash(plain.ref))}")
        links = [n.ref for n in session.targets().values() if n.role != "combobox" and not n.states]
        links = [ref for ref in links if session.targets()[ref].role in ("link", "button")]
        session.dispatch(Action("click", rng.choice(links)))


@pytest.mark.parametrize("goal", ["", "?", "\x00\u202e", "new " * 50_000, '"', "set the to to to"])
def test_no_goal_breaks_it(goal: str):
    session = Session(expenses, 1)
    for ref in ("nav:claim", "open:claim:1", "edit", "cancel", "delete"):
        Lexical().act([Observation(goal, session.screen(), "", 9)])
        session.dispatch(Action("click", ref))
    Lexical().act([Observation(goal, session.screen(), "", 9)])
