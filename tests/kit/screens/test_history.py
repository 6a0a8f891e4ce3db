from __future__ import annotations

from palaestra.kit import Session
from palaestra.testing.play_checks import well_formed
from palaestra.types import Action, Node
from tests.apps import expenses
from tests.kit.test_rights import app as till


def rows(session: Session) -> list[list[str]]:
    table = next(node for node in session.screen().walk() if node.role == "table")
    return [[cell.name for cell in row.children] for row in table.children]


def click(session: Session, *refs: str) -> Node:
    for ref in refs:
        session.dispatch(Action("click", ref))
    return session.screen()


def test_a_record_that_nothing_was_done_to_has_no_history() -> None:
    session = Session(expenses, 1)
    click(session, "open:employee:1")
    assert "history" not in session.targets()


def test_the_latest_stands_first_and_the_record_is_a_click_away() -> None:
    session = Session(expenses, 1)
    click(session, "open:employee:1")
    for grade in ("7", "8"):
        click(session, "edit")
        session.dispatch(Action("fill", "field:grade", grade))
        click(session, "save")
    screen = click(session, "history")
    name = session.store.row(0, 1)[0]
    assert screen.children[1].children[0] == Node("heading", f"History of Employee {name}")
    day = session.store.clock.today
    assert rows(session) == [
        ["When", "What"],
        [f"{day} 09:00", f"Employee {name} was saved"],
        [f"{day} 09:00", f"Employee {name} was saved"],
    ]
    click(session, "open:employee:1")
    assert session.route.screen == "detail"
    session.dispatch(Action("back"))
    assert session.route.screen == "history"


def test_where_there_are_roles_it_says_who() -> None:
    session = Session(till, 0)
    click(session, "open:invoice:1", "do:stamp")
    session.dispatch(Action("fill", "field:stamp", "x"))
    click(session, "save", "history")
    header, row = rows(session)
    assert header == ["When", "Who", "What"]
    assert row[1:] == [session.store.user, "Invoice INV-001: Stamp done"]


def test_screens_with_a_history_are_well_formed() -> None:
    assert well_formed(till, 200, 3) > 1000
