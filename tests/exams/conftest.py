"""Tasks made by hand in the small applications of `tests/apps.py`, and policies that play them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from palaestra.errors import UsageError
from palaestra.kit import App, Session
from palaestra.tasks.answer import Answer
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import Action, Observation, Start
from tests.apps import expenses, notes

APPS = {app.name: app for app in (expenses, notes)}
TITLES = ("Buy milk", "Call Ada", "Read & <sign>", "Water plants")


def find(name: str) -> App:
    if name not in APPS:
        raise UsageError(f"There is no gym {name!r}")
    return APPS[name]


def new_note(title: str, seed: int = 1) -> Task:
    """A task whose oracle makes a note."""
    oracle = (
        Action("click", "new:note"),
        Action("fill", "field:title", title),
        Action("click", "save"),
    )
    session = Session(notes, seed)
    for action in oracle:
        session.dispatch(action)
    return Task(
        f'Add a note with title "{title}".',
        Start("notes", seed),
        Verifier(session.diff()),
        "create",
        "create/by hand",
        (*oracle, Action("done")),
    )


def how_many(seed: int = 1) -> Task:
    """A task that asks for the number of notes."""
    answer = Action("answer", text="3 notes")
    verifier = Verifier(answer=Answer("number", "3 notes"))
    start = Start("notes", seed)
    return Task("How many notes are there?", start, verifier, "question", "count/x", (answer,))


class Knowing:
    """Plays every oracle by heart, told apart by the goal; breaks or errs where it is told to."""

    name = "knowing"

    def __init__(self, tasks: Sequence[Task], errs: str = "never", breaks: str = "never") -> None:
        self.oracles = {task.goal: task.oracle for task in tasks}
        self.errs, self.breaks = errs, breaks
        self.widest = 0

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        self.widest = max(self.widest, len(observations))
        return [self.one(observation) for observation in observations]

    def one(self, seen: Observation) -> Action:
        if self.breaks in seen.goal:
            raise ZeroDivisionError("on purpose")
        if self.errs in seen.goal:
            return Action("done")
        return self.oracles[seen.goal][len(seen.past)]


@pytest.fixture
def tasks() -> list[Task]:
    return [*(new_note(title, seed) for seed, title in enumerate(TITLES)), how_many()]
