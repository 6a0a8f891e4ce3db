"""What customers complain of: cases, who looks after them, by when, and the notes on them."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.crm.customers import Contact, reachable
from palaestra.gyms.crm.office import CARERS, MANAGER, POOLS, SAYS, app
from palaestra.gyms.crm.users import Owned, User, cares, manages
from palaestra.kit import (
    Record,
    Refused,
    action,
    choice,
    code,
    date,
    derived,
    quantity,
    ref,
    text,
    yes_no,
)

DUE = {"Low": 14, "Normal": 7, "High": 3, "Critical": 1}
"""Days from opening to the due date."""
URGENT = ("High", "Critical")
EXTENDED, REOPENED = 10, 30
"""Days that a case is extended by at most; days after which it stays resolved."""


@app.record(key="number", seeds=(0, 0), may={"update": CARERS, "delete": MANAGER})
class Case(Owned):
    """Something that a customer wants to be put right."""

    owners = CARERS

    number: str = code("CASE-####")
    subject: str = text(POOLS["problems"])
    contact: Contact = ref(Contact, active=reachable)
    company: str = derived(lambda one: str(one.contact.account), shown_as=text(), listed=False)
    priority: str = choice(*DUE)
    owner: User | None = ref(User, editable=False, required=False)
    status: str = choice("New", "In progress", "Escalated", "Resolved", editable=False)
    opened_on: dt.date = date(editable=False, default="today", listed=False)
    extension: int = quantity(editable=False, default=0, listed=False, label="Extension in days")
    due_on: dt.date = derived(lambda case: case.due(), shown_as=date(), label="Due date")
    escalated_for: str | None = text(
        editable=False, required=False, listed=False, label="Escalation reason"
    )
    resolution: str | None = text(editable=False, required=False, listed=False)
    resolved_on: dt.date | None = date(editable=False, required=False, listed=False)

    def due(self) -> dt.date:
        """Returns the day by which the case should be resolved."""
        return self.opened_on + dt.timedelta(days=DUE[self.priority] + self.extension)

    def check(self) -> None:
        super().check()
        if self.status == "Escalated" and self.priority not in URGENT:
            raise Refused(f"{self} is escalated and stays urgent (handbook, R21)")
        if self.extension and self.priority == "Critical":
            raise Refused(f"{self} was extended and cannot be critical (handbook, R22)")

    def accept(self, user: User) -> None:
        super().accept(user)
        if self.status == "Escalated" and user.role != MANAGER:
            raise Refused(f"{self} is escalated and stays with a manager (handbook, R21)")

    def locked(self) -> str:
        return f"{self} is resolved (handbook, R24)" if self.status == "Resolved" else ""

    @action(
        "Allocate",
        when=("New", "In progress", "Escalated"),
        says=SAYS["allocate case"],
        by=CARERS,
        to=ref(User, active=cares),
    )
    def allocate(self, to: User) -> None:
        self.give(to)
        if self.status == "New":
            self.status = "In progress"

    @action(
        "Escalate",
        when=("New", "In progress"),
        says=SAYS["escalate case"],
        by=CARERS,
        to=ref(User, active=manages),
        reason=text(POOLS["escalations"]),
    )
    def escalate(self, to: User, reason: str) -> None:
        if self.priority not in URGENT:
            raise Refused(f"{self} has priority {self.priority.lower()} (handbook, R21)")
        self.status, self.owner, self.escalated_for = "Escalated", to, reason
        self.accept(to)

    @action(
        "Prolong",
        when=("New", "In progress", "Escalated"),
        says=SAYS["prolong case"],
        by=CARERS,
        days=quantity(1, EXTENDED),
    )
    def prolong(self, days: int) -> None:
        if self.priority == "Critical" or self.extension + days > EXTENDED:
            raise Refused(
                f"{self} is critical, or extended by over {EXTENDED} days (handbook, R22)"
            )
        self.extension += days

    @action(
        "Resolve",
        when=("New", "In progress", "Escalated"),
        says=SAYS["resolve case"],
        by=CARERS,
        how=text(POOLS["resolutions"], label="Resolution"),
    )
    def resolve(self, how: str) -> None:
        if not self.owner:
            raise Refused(f"{self} is assigned to nobody (handbook, R23)")
        if self.priority == "Critical" and not self.find(CaseNote, case=self):
            raise Refused(f"{self} is critical and has no notes (handbook, R23)")
        self.status, self.resolution, self.resolved_on = "Resolved", how, self.today

    @action("Reopen", when="Resolved", says=SAYS["reopen case"], by=CARERS)
    def reopen(self) -> None:
        assert self.resolved_on
        if (self.today - self.resolved_on).days > REOPENED:
            raise Refused(f"{self} was resolved over {REOPENED} days ago (handbook, R24)")
        if not reachable(self.contact):
            raise Refused(f"{self.contact} or the account is out of use (handbook, R5)")
        self.status = "In progress"
        self.resolution = self.resolved_on = self.escalated_for = None
        self.check()


@app.record(key="number", seeds=(0, 0))
class CaseNote(Record):
    """What somebody found out about a case."""

    number: str = code("NOTE-####")
    case: Case = ref(Case, owner=True)
    body: str = text(POOLS["notes"], long=True, label="Text")
    internal: bool = yes_no()
