"""A trip from the plan to the last flight, and the receipts for what it cost.

Its parts are in `segments.py` (flights) and `stays.py` (nights); what may be planned at all is
asked of `policy.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from palaestra.gyms.travel import policy
from palaestra.gyms.travel.office import DESK, MANAGER, POOLS, SAYS, app
from palaestra.gyms.travel.people import Department, Traveller
from palaestra.kit import Record, Refused, action, choice, code, date, derived, money, ref, text

if TYPE_CHECKING:
    from palaestra.gyms.travel.segments import Segment
    from palaestra.gyms.travel.stays import Stay

MAX_DAYS = 60
BOUGHT = ("Ticketed", "Changed")


@app.record(key="number", seeds=(0, 0))
class Trip(Record):
    """Why somebody travels, when, and how far it has got."""

    number: str = code("TRIP-####")
    traveller: Traveller = ref(Traveller)
    purpose: str = text(POOLS["purposes"])
    leaves_on: dt.date = date(past=-5, ahead=25, label="First day")
    returns_on: dt.date = date(past=-20, ahead=60, label="Last day")
    justification: str | None = text(POOLS["justifications"], required=False, listed=False)
    findings: str | None = text(
        editable=False, required=False, listed=False, label="Against the policy"
    )
    rejected_for: str | None = text(
        editable=False, required=False, listed=False, label="Rejection reason"
    )
    status: str = choice(
        "Draft", "Requested", "Rejected", "Approved", "Ticketed", "Changed", "Cancelled", "Flown",
        editable=False,
    )  # fmt: skip
    total: int = derived(lambda trip: trip.cost(), shown_as=money())
    paid: int = money(editable=False, default=0, listed=False)

    def segments(self) -> list[Segment]:
        """Returns its flights, in the order they were added."""
        from palaestra.gyms.travel.segments import Segment

        return self.find(Segment, trip=self)

    def stays(self) -> list[Stay]:
        """Returns its hotel stays."""
        from palaestra.gyms.travel.stays import Stay

        return self.find(Stay, trip=self)

    def cost(self) -> int:
        """Returns what its flights and nights cost, or would cost, in cents."""
        flights = sum(s.price for s in self.segments() if s.status in policy.LIVE)
        return flights + sum(stay.price for stay in self.stays() if stay.status != "Cancelled")

    def holds(self, first: dt.date, last: dt.date) -> bool:
        """Says whether two dates lie within the trip."""
        return self.leaves_on <= first and last <= self.returns_on

    def check(self) -> None:
        if not self.leaves_on <= self.returns_on <= self.leaves_on + dt.timedelta(days=MAX_DAYS):
            raise Refused(f"{self} cannot last until {self.returns_on} (handbook, R6)")
        segments = self.segments()
        for segment in segments:
            segment.require_sold()
        policy.require_connections(segments)
        for stay in self.stays():
            stay.check()

    def locked(self) -> str:
        done = self.status != "Draft"
        return f"{self} is {self.status.lower()}, not a draft (handbook, R7)" if done else ""

    def charge(self, kind: str, amount: int, what: str) -> None:
        """Pays an amount in cents, or gets it back where it is negative; nothing for 0."""
        if not amount:
            return
        department = self.traveller.department
        self.create(
            Receipt,
            trip=self,
            department=department,
            dated=self.today,
            kind=kind,
            what=what,
            amount=amount,
        )
        department.spent += amount
        if kind != "Reimbursement":
            self.paid += amount

    def settle(self) -> None:
        """Brings the status up to date after one of its flights was flown, changed or given up."""
        statuses = {segment.status for segment in self.segments()}
        if statuses & {"Ticketed", "Disrupted"}:
            return
        self.status = "Flown" if "Flown" in statuses else "Cancelled"
        if self.status == "Cancelled":
            for stay in self.stays():
                stay.give_up()

    @action(
        "Justify",
        when="Draft",
        says=SAYS["justify trip"],
        reason=text(POOLS["justifications"]),
    )
    def justify(self, reason: str) -> None:
        self.justification = reason

    @action("Request", when="Draft", says=SAYS["request trip"])
    def request(self) -> None:
        if not self.segments():
            raise Refused(f"{self} has no flight (handbook, R8)")
        if self.traveller.status == "Suspended":
            raise Refused(f"{self.traveller} is suspended (handbook, R8)")
        self.check()
        policy.require_documents(self)
        self.findings = ", ".join(policy.findings(self)) or None
        if self.findings and not self.justification:
            raise Refused(f"{self} needs a justification: {self.findings} (handbook, R11)")
        for segment in self.segments():
            segment.hold()
        self.status = "Requested"

    @action("Withdraw", when="Requested", says=SAYS["withdraw trip"])
    def withdraw(self) -> None:
        for segment in self.segments():
            segment.release("Planned")
        self.status, self.findings = "Draft", None

    @action("Approve", when="Requested", says=SAYS["approve trip"], by=MANAGER)
    def approve(self) -> None:
        department = self.traveller.department
        if department.spent + self.total > department.budget:
            raise Refused(f"{department} has no budget left for {self} (handbook, R12)")
        self.status = "Approved"

    @action(
        "Reject",
        when="Requested",
        says=SAYS["reject trip"],
        by=MANAGER,
        reason=text(POOLS["rejections"]),
    )
    def reject(self, reason: str) -> None:
        for segment in self.segments():
            segment.release("Planned")
        self.status, self.rejected_for = "Rejected", reason

    @action("Revise", when="Rejected", says=SAYS["revise trip"])
    def revise(self) -> None:
        self.status, self.rejected_for, self.findings = "Draft", None, None

    @action("Ticket", when="Approved", says=SAYS["ticket trip"], by=DESK)
    def ticket(self) -> None:
        if self.traveller.status == "Suspended":
            raise Refused(f"{self.traveller} is suspended (handbook, R8)")
        policy.require_documents(self)
        policy.require_connections(self.segments())
        for segment in self.segments():
            segment.buy()
        for stay in self.stays():
            stay.book()
        self.status = "Ticketed"

    @action(
        "Cancel",
        when=("Approved", *BOUGHT),
        confirm="Its flights and nights are given back.",
        says=SAYS["cancel trip"],
        by=DESK,
    )
    def cancel(self) -> None:
        statuses = [segment.status for segment in self.segments()]
        if "Flown" in statuses:
            raise Refused(f"{self} has flown in part (handbook, R16)")
        if "Disrupted" in statuses:
            raise Refused(f"{self} has an open disruption (handbook, R16)")
        for segment in self.segments():
            segment.give_up()
        self.status = "Cancelled"
        for stay in self.stays():
            stay.give_up()


@app.record(key="number", seeds=(0, 0))
class Receipt(Record):
    """Money that went out, or came back (negative); made by rules."""

    number: str = code("RCPT-####")
    trip: Trip = ref(Trip, editable=False)
    department: Department = ref(Department, editable=False)
    dated: dt.date = date(editable=False, label="Receipt date")
    kind: str = choice(
        "Fare", "Change fee", "Fare difference", "Refund", "Hotel", "Hotel refund", "Reimbursement",
        editable=False, label="Type",
    )  # fmt: skip
    what: str = text(editable=False, label="For")
    amount: int = money(editable=False)

    def locked(self) -> str:
        return f"{self} is on file for good (handbook, R24)"
