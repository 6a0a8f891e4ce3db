"""The rules of enquiries, one by one."""

from __future__ import annotations

import random

import pytest

from palaestra.gyms.crm.customers import Contact, reachable
from palaestra.gyms.crm.enquiries import Enquiry
from palaestra.gyms.crm.post import LETTERS, letter
from palaestra.kit import Refused, Session, Store
from palaestra.types import Action
from tests.gyms.crm.desk import a_contact, a_user, app
from tests.gyms.office import broken, enter, run

CASE = {"subject": "Printer jams", "priority": "High"}
LEAD = {"person": "Ina Novak", "company": "Novak Kites", "phone": None}


def an_enquiry(store: Store, sender: str) -> Enquiry:
    """Makes an enquiry that has just come in."""
    return Enquiry.make(store, sender=sender, subject="Hello", letter=("hello.txt", "Hello."))


def test_r25_a_case_is_of_the_contact_who_wrote(store: Store) -> None:
    contact = a_contact(store)
    enquiry = an_enquiry(store, contact.email)
    with pytest.raises(Refused, match="R25"):
        run(enquiry, "turn_into_case", contact=a_contact(store), **CASE)
    with pytest.raises(Refused, match="R25"):
        run(enquiry, "turn_into_lead", **LEAD, owner=a_user(store))
    run(enquiry, "turn_into_case", contact=contact, **CASE)
    assert enquiry.case
    assert (enquiry.case.contact, enquiry.case.priority) == (contact, "High")
    assert (enquiry.status, enquiry.lead) == ("Answered", None)
    assert broken(store) == []


def test_r25_a_lead_is_of_a_stranger(store: Store) -> None:
    enquiry, owner = an_enquiry(store, "ina@novak.example"), a_user(store)
    run(enquiry, "turn_into_lead", **LEAD, owner=owner)
    lead = enquiry.lead
    assert lead
    assert (lead.person, lead.email, lead.source) == ("Ina Novak", "ina@novak.example", "Web")
    assert (lead.owner, enquiry.status, enquiry.case) == (owner, "Answered", None)
    assert broken(store) == []


def test_r26_what_a_contact_wrote_is_not_dismissed(store: Store) -> None:
    contact = a_contact(store)
    enquiry = an_enquiry(store, contact.email)
    with pytest.raises(Refused, match="R26"):
        run(enquiry, "dismiss")
    run(contact, "deactivate")
    run(enquiry, "dismiss")
    run(enquiry, "restore")
    assert enquiry.status == "Open"


def test_enquiries_come_in_and_are_not_entered_by_hand(store: Store) -> None:
    with pytest.raises(Refused, match="not entered by hand"):
        enter(store, Enquiry)


@pytest.mark.parametrize("seed", range(10))
def test_a_letter_says_what_is_needed_to_answer_it(seed: int) -> None:
    store = Session(app, seed=seed).store
    known = [contact for contact in Contact.every(store) if reachable(contact)]
    kinds = set()
    for enquiry in Enquiry.every(store):
        kinds.add(enquiry.subject)
        names = [contact.name for contact in known if contact.email == enquiry.sender]
        if enquiry.case and enquiry.status == "Answered":
            assert enquiry.case.subject in enquiry.letter.body
            assert enquiry.case.priority in enquiry.letter.body
        assert any(name in enquiry.letter.body for name in names) == bool(names)
        assert bool(names) == (enquiry.subject == "Trouble")
    assert kinds == {"Trouble", "Interest", "Your chance"}


@pytest.mark.parametrize("kind", LETTERS)
def test_letters_have_several_layouts(kind: str) -> None:
    said = {"person": "P", "company": "C", "problem": "B", "urgency": "U", "product": "T"}
    rng = random.Random(1)
    bodies = {letter(kind, rng, **said, phone="F")[1] for _ in range(60)}
    assert len(bodies) == len(LETTERS[kind]) >= 3
    assert all("{" not in body and len(body.split("\n")) >= 3 for body in bodies)


def test_the_inbox_shows_what_is_open_line_by_line() -> None:
    session = Session(app, seed=3)
    session.store.user = "Manager"
    session.dispatch(Action("click", "nav:inbox"))
    [first, *_] = Enquiry.every(session.store, status="Open")
    shown = [node.name for node in session.screen().walk()]
    assert set(first.letter.lines) <= set(shown)
    assert not any(str(e) in shown for e in Enquiry.every(session.store, status="Answered"))
