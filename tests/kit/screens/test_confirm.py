from __future__ import annotations

from palaestra.kit import Session
from palaestra.types import Action
from tests.apps import Claim, Employee, expenses


def asked(session: Session, verb: str) -> Session:
    for ref in ("nav:claim", "open:claim:1", verb):
        session.dispatch(Action("click", ref))
    return session


def approved() -> Session:
    session = Session(expenses, 1)
    Claim(session.store, 1).status = "Approved"
    return session


def test_what_cannot_be_undone_is_asked_first() -> None:
    session = asked(approved(), "do:pay")
    (dialog,) = (n for n in session.screen().walk() if n.role == "dialog")
    assert dialog.name == "Pay claim EXP-0001?"
    assert "The money leaves at once." in [n.name for n in dialog.children]
    assert Claim(session.store, 1).status == "Approved"
    session.dispatch(Action("click", "yes"))
    assert Claim(session.store, 1).status == "Paid"


def test_no_means_no() -> None:
    session = asked(approved(), "delete")
    session.dispatch(Action("click", "no"))
    assert session.route.screen == "detail"
    assert not session.commands


def test_a_deleted_record_leads_to_its_list() -> None:
    session = asked(approved(), "delete")
    session.dispatch(Action("click", "yes"))
    assert session.notice == "Claim EXP-0001 was deleted"
    assert session.route.screen == "list"
    assert not session.store.has(Claim.type.index, 1)


def test_a_refused_deletion_shows_the_record_and_why() -> None:
    session = Session(expenses, 1)
    payee = Claim(session.store, 1).payee
    for ref in (f"open:employee:{payee._id}", "delete", "yes"):
        session.dispatch(Action("click", ref))
    assert "is still used by" in session.notice
    assert session.route.screen == "detail"
    assert session.store.has(Employee.type.index, payee._id)
