from __future__ import annotations

from palaestra.kit import Session
from palaestra.kit.skin import Skin
from palaestra.types import Action, Command, Node
from tests.apps import Claim, Employee, Line, expenses


def at(session: Session, *refs: str) -> Session:
    for ref in refs:
        session.dispatch(Action("click", ref))
    return session


def field(session: Session, name: str) -> Node:
    return session.targets()[f"field:{name}"]


def filled(session: Session, **values: str) -> Session:
    for name, text in values.items():
        role = field(session, name).role
        session.dispatch(Action("select" if role == "combobox" else "fill", f"field:{name}", text))
    return session


def test_a_new_record_is_created_and_shown() -> None:
    session = at(Session(expenses, 1), "nav:employee", "new:employee")
    filled(session, name="Ada Lovelace", grade="4")
    at(session, "save")
    assert session.notice == "Employee Ada Lovelace was created"
    assert session.route.screen == "detail"
    assert session.commands == (
        Command("create", "employee", 0, (("name", "Ada Lovelace"), ("email", None), ("grade", 4))),
    )
    assert Employee(session.store, session.route.number).grade == 4


def test_every_mistake_is_marked_and_the_draft_is_kept() -> None:
    session = at(Session(expenses, 1), "nav:claim", "new:claim")
    filled(session, total="lots")
    at(session, "save")
    assert session.notice == "Please correct the marked fields"
    assert session.alarmed
    marked = {n.ref for n in session.targets().values() if "invalid" in n.states}
    assert marked == {"field:payee", "field:total", "field:spent_on", "field:kind"}
    assert field(session, "total").value == "lots"
    assert any(n.name == "Total must be an amount like 1,250.00" for n in session.screen().walk())
    assert not session.diff()


def test_errors_stand_in_a_summary_where_the_skin_says_so() -> None:
    seed = next(s for s in range(1, 100) if Skin.of_seed(s).errors == "summary")
    session = at(Session(expenses, 1, seed), "nav:claim", "new:claim", "save")
    main = session.screen().children[-1].children
    assert [n.role for n in main[:3]] == ["alert", "heading", "paragraph"]


def test_an_edit_writes_only_what_differs() -> None:
    session = at(Session(expenses, 1), "open:employee:1", "edit")
    grade = Employee(session.store, 1).grade
    filled(session, grade=str(grade % 9 + 1))
    at(session, "save")
    assert session.commands == (Command("update", "employee", 1, (("grade", grade % 9 + 1),)),)


def test_saving_an_untouched_form_changes_nothing() -> None:
    session = at(Session(expenses, 1), "open:employee:1", "edit", "save")
    assert session.notice == "Nothing was changed"
    assert not session.commands


def test_a_draft_that_is_left_is_gone() -> None:
    session = at(Session(expenses, 1), "open:employee:1", "edit")
    name = field(session, "name").value
    filled(session, name="Somebody Else")
    at(session, "cancel")
    assert session.route.screen == "detail"
    at(session, "edit")
    assert field(session, "name").value == name
    assert not session.diff()


def test_a_box_is_ticked_and_unticked() -> None:
    session = at(Session(expenses, 1), "nav:claim", "new:claim")
    assert "checked" not in field(session, "receipt").states
    session.dispatch(Action("check", "field:receipt"))
    assert "checked" in field(session, "receipt").states
    session.dispatch(Action("click", "field:receipt"))
    assert "checked" not in field(session, "receipt").states


def test_enter_saves() -> None:
    session = at(Session(expenses, 1), "nav:employee", "new:employee")
    filled(session, name="Ada Lovelace", grade="4")
    session.dispatch(Action("press", "field:grade", "Enter"))
    assert session.notice == "Employee Ada Lovelace was created"


def test_an_action_asks_for_what_it_needs() -> None:
    session = Session(expenses, 1)
    claim = Claim(session.store, 1)
    claim.status = "Submitted"
    other = next(e for e in claim.find(Employee) if e != claim.payee)
    at(session, "nav:claim", "open:claim:1", "do:approve")
    filled(session, approver=str(other))
    at(session, "save")
    assert (claim.status, claim.approver) == ("Approved", other)
    assert session.commands[-1] == Command("approve", "claim", 1, (("approver", other._id),))


def test_a_refusal_leaves_the_form_open_with_what_was_entered() -> None:
    session = Session(expenses, 1)
    claim = Claim(session.store, 1)
    claim.status = "Submitted"
    at(session, "nav:claim", "open:claim:1", "do:approve")
    filled(session, approver=str(claim.payee))
    at(session, "save")
    assert session.notice == "Nobody approves a claim of their own (R2)"
    assert field(session, "approver").value == str(claim.payee)


def test_a_part_belongs_to_the_record_it_was_made_from() -> None:
    session = Session(expenses, 1)
    Claim(session.store, 2).status = "Draft"
    at(session, "nav:claim", "open:claim:2", "new:line")
    filled(session, what="Taxi home", amount="12.50")
    at(session, "save")
    assert session.route == ("detail", "claim", 2, "", 0)
    (line,) = Line.type.find(session.store, what="Taxi home")
    assert line.claim._id == 2


def test_options_of_the_same_name_are_offered_once() -> None:
    session = Session(expenses, 1)
    name = Employee(session.store, 1).name
    Employee.type.insert(session.store, {"name": name, "grade": 1})
    at(session, "nav:claim", "new:claim")
    filled(session, payee=name)
    options = field(session, "payee").children
    assert [o.name for o in options].count(name) == 1
    assert sum("selected" in o.states for o in options) == 1


def test_the_empty_option_empties() -> None:
    session = at(Session(expenses, 1), "nav:claim", "new:claim")
    filled(session, kind="Meals")
    assert field(session, "kind").value == "Meals"
    filled(session, kind="—")
    assert field(session, "kind").value == "—"
    assert session.draft["kind"] == ""
