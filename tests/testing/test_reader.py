"""The reader reads what is drawn, and sees where words could mean something else."""

from __future__ import annotations

import pytest

from palaestra import gyms
from palaestra.gyms.drawing import draw
from palaestra.kit import App, Record, Session, text
from palaestra.tasks.splits import EXAM, PRACTICE, Split
from palaestra.tasks.task import KINDS
from palaestra.testing.reader import Outcome, bare, read
from palaestra.types import Change, Diff
from tests.apps import expenses

STORE = Session(expenses, 3).store
FIRST, SECOND = (expenses.kind("claim").label(STORE, n) for n in (1, 2))


def changed(goal: str) -> list[Change]:
    [outcome] = read(goal, STORE)
    return list(outcome.changed.changes)


@pytest.mark.parametrize("split", [PRACTICE, EXAM], ids=lambda split: split.name)
@pytest.mark.parametrize("gym", ["accounting", "procedural", "procedural:197"])
def test_every_goal_leads_to_its_verifier_and_nowhere_else(gym: str, split: Split) -> None:
    """In procedural:197 two types of record have codes of the same form."""
    read_of: set[str] = set()
    for task in draw(gym, split, 3, 150):
        outcomes = read(task.goal, Session.at(gyms.find(task.start.app), task.start).store)
        assert outcomes, task.goal
        assert all(outcome.fits(task.verifier) for outcome in outcomes), task.goal
        read_of.add(task.kind)
    assert read_of == set(KINDS)


def test_one_field_of_one_record() -> None:
    [change] = changed(f"Set the note to by train on claim {FIRST}.")
    assert (change.kind, change.key) == ("updated", FIRST)
    assert [(name, new) for name, _, new in change.fields] == [("note", "by train")]


def test_steps_are_read_one_after_another() -> None:
    goal = f"First set the note to by train on {FIRST}, and finally set the total to 7 for it."
    [change] = changed(goal)
    assert {name: new for name, _, new in change.fields} == {"note": "by train", "total": "7.00"}


def test_what_is_refused_is_read_as_its_reason() -> None:
    name = expenses.kind("employee").label(STORE, 1)
    outcomes = read(f"Delete employee {name}.", STORE)
    assert {outcome.changed for outcome in outcomes} == {Diff()}
    [outcome] = outcomes
    assert "is still used by" in str(outcome.said)


def test_what_does_not_exist_is_read_as_missing() -> None:
    assert read("Delete claim EXP-0999, please.", STORE) == {Outcome(missing="claim EXP-0999")}
    assert read("Delete the employee called Nobody Atall.", STORE) == {
        Outcome(missing="employee Nobody Atall")
    }


def test_questions_are_answered() -> None:
    number = len(list(STORE.numbers(expenses.kind("claim").index)))
    assert read("How many claims are there?", STORE) == {Outcome(said=str(number))}
    shown = expenses.kind("claim").label(STORE, 1)
    assert read(f"What is the number of claim {FIRST}?", STORE) == {Outcome(said=shown)}


def test_nonsense_means_nothing() -> None:
    assert read("Have a nice day.", STORE) == set()
    assert read("Set the colour to red on claim EXP-0001.", STORE) == set()


def test_two_meanings_are_both_found() -> None:
    session = Session(expenses, 3)
    kind = expenses.kind("employee")
    for _ in range(2):
        kind.insert(session.store, {"name": "Ada Twin", "grade": 1})
    assert len(read("Delete employee Ada Twin.", session.store)) == 1
    session.store.set_field(kind.index, 2, 0, "Ada Twin")
    assert len(read("Delete employee Ada Twin.", session.store)) > 1


def test_what_stands_around_a_goal_does_not_matter() -> None:
    assert bare("Hello! Delete it. Thanks. If you cannot do it, say why.") == "Delete it."


def test_the_longest_label_is_meant() -> None:
    app = App("book", title="Book", words={"synonyms": {"Phone": ("Phone number", "Telephone")}})

    @app.record(key="name")
    class Person(Record):
        name: str = text("person")
        phone: str = text("phone")

    [outcome] = read("New person: name Ada, phone number 123.", Session(app, 1).store)
    [change] = outcome.changed.changes
    assert [(name, new) for name, _, new in change.fields] == [("name", "Ada"), ("phone", "123")]


def test_a_value_may_end_like_the_number_of_the_next_step() -> None:
    goal = f"1. Set the note to room 2 on {FIRST}. 2. Set the note to room 2. 2. on {SECOND}."
    assert len(read(goal, STORE)) == 1
