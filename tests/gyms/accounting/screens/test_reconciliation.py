"""The reconciliation screen, used as a person uses it."""

from __future__ import annotations

import pytest

from palaestra.gyms.accounting.bank import BankLine, is_free
from palaestra.gyms.accounting.payables import Payment
from palaestra.kit import Session
from palaestra.kit.route import Route
from palaestra.types import Action
from tests.gyms.accounting.desk import app
from tests.gyms.office import broken


def at_the_screen(seed: int) -> Session:
    session = Session(app, seed=seed)
    session.store.user = "Manager"
    session.dispatch(Action("click", "nav:reconciliation"))
    return session


@pytest.fixture
def session() -> Session:
    """A Session at the screen, with an open bank line that a cleared payment agrees with."""
    return next(s for s in map(at_the_screen, range(40)) if fitting(s))


def fitting(session: Session) -> list[tuple[BankLine, Payment]]:
    lines = BankLine.every(session.store, status="Open")
    free = [p for p in Payment.every(session.store, status="Cleared") if is_free(p)]
    return [(line, p) for line in lines for p in free if line.amount == -p.amount]


def names(session: Session, role: str) -> list[str]:
    return [node.name for node in session.screen().walk() if node.role == role]


def test_nothing_can_be_matched_before_a_line_is_picked(session: Session) -> None:
    assert not [ref for ref in session.targets() if ref.startswith("match:")]
    assert any(name.startswith("Choose BNK-") for name in names(session, "button"))


def test_a_line_is_matched_with_the_payment_it_tells_of(session: Session) -> None:
    line, payment = fitting(session)[0]
    session.dispatch(Action("click", f"pick:{line._id}"))
    first = next(ref for ref in session.targets() if ref.startswith("match:payment:"))
    assert first == f"match:payment:{payment._id}"  # the nearest amount comes first
    session.dispatch(Action("click", first))
    assert (line.status, line.payment) == ("Matched", payment)
    assert str(line) not in "".join(names(session, "link"))
    assert broken(session.store) == []


def test_a_match_that_is_none_is_refused(session: Session) -> None:
    other = next(x for x in BankLine.every(session.store, status="Open") if "fee" in x.detail)
    session.dispatch(Action("click", f"pick:{other._id}"))
    wrong = next(ref for ref in session.targets() if ref.startswith("match:payment:"))
    session.dispatch(Action("click", wrong))
    assert session.alarmed
    assert "R24" in session.notice
    assert not session.diff()


def test_what_no_document_tells_of_is_booked_from_its_form(session: Session) -> None:
    fee = next(x for x in BankLine.every(session.store, status="Open") if "fee" in x.detail)
    session.dispatch(Action("click", f"pick:{fee._id}"))
    session.dispatch(Action("click", "do:book_expense"))
    assert session.route == Route("form", "bank_line", fee._id, "book_expense")
    session.dispatch(Action("select", "field:account", "Bank charges"))
    session.dispatch(Action("click", "save"))
    assert fee.status == "Booked"
    assert broken(session.store) == []


def test_another_account_is_chosen_and_forks_keep_their_own(session: Session) -> None:
    fork = session.fork()
    session.dispatch(Action("select", "account", "Savings account"))
    assert session.targets()["account"].value == "Savings account"
    assert fork.targets()["account"].value == "Operating account"
    assert not [ref for ref in session.targets() if ref.startswith("pick:")]


def test_an_auditor_sees_it_and_changes_nothing(session: Session) -> None:
    line, payment = fitting(session)[0]
    session.store.user = "Auditor"
    session.dispatch(Action("click", f"pick:{line._id}"))
    session.dispatch(Action("click", f"match:payment:{payment._id}"))
    assert session.alarmed
    assert not session.diff()
