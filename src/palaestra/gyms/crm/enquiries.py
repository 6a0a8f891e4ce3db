"""E-mails from outside: a customer's trouble becomes a case, a stranger's interest a lead."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.crm.cases import DUE, Case
from palaestra.gyms.crm.customers import Contact, reachable
from palaestra.gyms.crm.leads import Lead
from palaestra.gyms.crm.office import CARERS, MANAGER, POOLS, SAYS, SELLERS, app
from palaestra.gyms.crm.users import User, sells
from palaestra.kit import Record, Refused, action, choice, code, date, document, ref, text
from palaestra.kit.fields import Attachment


@app.record(key="number", plural="Enquiries", seeds=(0, 0), may={"delete": MANAGER})
class Enquiry(Record):
    """An e-mail that somebody sent."""

    number: str = code("ENQ-####")
    sender: str = text(editable=False)
    subject: str = text(editable=False)
    received_on: dt.date = date(editable=False, default="today", label="Received on")
    letter: Attachment = document(label="Text")
    status: str = choice("Open", "Answered", "Dismissed", editable=False)
    case: Case | None = ref(Case, editable=False, required=False, listed=False)
    lead: Lead | None = ref(Lead, editable=False, required=False, listed=False)

    def senders(self) -> list[Contact]:
        """Returns the contacts in use that have the sender's address."""
        found = self.find(Contact, email=self.sender)
        return [contact for contact in found if reachable(contact)]

    @action(
        "Turn into case",
        when="Open",
        says=SAYS["turn into case"],
        by=CARERS,
        contact=ref(Contact, active=reachable),
        subject=text(POOLS["problems"]),
        priority=choice(*DUE),
    )
    def turn_into_case(self, contact: Contact, subject: str, priority: str) -> None:
        if contact.email != self.sender:
            raise Refused(f"{self} was not sent by {contact} (handbook, R25)")
        self.case = self.create(Case, contact=contact, subject=subject, priority=priority)
        self.status = "Answered"

    @action(
        "Turn into lead",
        when="Open",
        says=SAYS["turn into lead"],
        by=SELLERS,
        person=text("person"),
        company=text(POOLS["companies"]),
        phone=text("phone", required=False),
        owner=ref(User, active=sells),
    )
    def turn_into_lead(self, person: str, company: str, phone: str | None, owner: User) -> None:
        if known := self.senders():
            raise Refused(f"{self} was sent by {known[0]}, who is a contact (handbook, R25)")
        told = {"person": person, "company": company, "email": self.sender, "phone": phone}
        self.lead = self.create(Lead, source="Web", owner=owner, **told)
        self.status = "Answered"

    @action("Dismiss", when="Open", says=SAYS["dismiss enquiry"])
    def dismiss(self) -> None:
        if known := self.senders():
            raise Refused(f"{self} was sent by {known[0]}, who is a contact (handbook, R26)")
        self.status = "Dismissed"

    @action("Restore", when="Dismissed", says=SAYS["restore enquiry"])
    def restore(self) -> None:
        self.status = "Open"
