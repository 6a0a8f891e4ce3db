from __future__ import annotations

from palaestra.kit import Session
from palaestra.tasks.oracle import direct, finish
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Wording
from palaestra.types import Action, Change, Diff, Start
from tests.apps import expenses

NAV, EDIT = Action("click", "nav:claim"), Action("click", "edit")
SAVE = Action("click", "save")
START = Start("expenses", 1)


def typed(text: str) -> Action:
    return Action("fill", "field:note", text)


def test_a_record_on_the_first_page_is_opened_at_once():
    session, kind = Session(expenses, 1), expenses.kind("claim")
    roundabout = [
        NAV,
        Action("fill", "search", "EXP-0002"),
        Action("click", "open:claim:2"),
        EDIT,
        typed("by train"),
        SAVE,
    ]
    way = direct(session, roundabout, kind, 2, "EXP-0002")
    assert [a.ref for a in way] == ["nav:claim", "open:claim:2", "edit", "field:note", "save"]


def test_a_record_on_a_later_page_is_searched_for_as_the_goal_names_it():
    session, kind = Session(expenses, 1), expenses.kind("claim")
    roundabout = [NAV, Action("click", "page:1"), Action("click", "open:claim:11"), EDIT, SAVE]
    way = direct(session, roundabout, kind, 11, "EXP-0011")
    assert way[1] == Action("fill", "search", "EXP-0011")
    assert [a.ref for a in way[2:]] == ["open:claim:11", "edit", "save"]


def test_a_part_is_reached_through_what_it_is_a_part_of():
    session, kind = Session(expenses, 1), expenses.kind("line")
    owner, number = kind.owner(session.store, 1)
    way = direct(
        session,
        [NAV, Action("click", f"open:claim:{number}"), Action("click", "open:line:1"), EDIT],
        kind,
        1,
        "?",
    )
    assert owner is expenses.kind("claim")
    assert [a.ref for a in way if a.op == "click"][-3:] == [
        f"open:claim:{number}",
        "open:line:1",
        "edit",
    ]


def finished(goal: str, text: str, actions: list[Action], note: str = "by train"):
    session = Session(expenses, 1)
    old = session.store.row(1, 2)[7] or ""
    change = Change("claim", "updated", "EXP-0002", (("note", str(old), note),))
    wording = Wording(goal, "update/x", {"field:note": text})
    verifier = Verifier(Diff.of([change]))
    return finish(session, START, wording, verifier, "update", actions, Action("done"))


WAY = [NAV, Action("click", "open:claim:2"), EDIT, typed("by train"), SAVE]


def test_what_is_typed_is_put_as_the_goal_puts_it():
    task = finished("Note by  train on EXP-0002.", "by  train", WAY, "by  train")
    assert task is not None
    assert typed("by  train") in task.oracle
    assert task.oracle[-1] == Action("done")


def test_there_is_no_task_where_the_oracle_does_not_do_or_the_goal_not_tell_it():
    assert finished("Note by train on EXP-0002.", "by train", WAY) is not None
    assert finished("Note something on EXP-0002.", "by train", WAY) is None
    assert finished("Note by train on EXP-0002.", "by train", WAY[:-1]) is None
    assert finished("Note by train on EXP-0002.", "by train", WAY[1:-1]) is None
    roaming = [Action("click", f"open:claim:{n}") for n in (1, 3)]
    lost = [NAV, roaming[0], NAV, roaming[1], *WAY]
    assert finished("Note by train on EXP-0002.", "by train", lost) is None
