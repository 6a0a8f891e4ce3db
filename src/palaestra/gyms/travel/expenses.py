"""What a trip cost the traveller: reports with lines, approved and paid back."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.travel.office import MANAGER, POOLS, SAYS, app
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import (
    Record,
    Refused,
    action,
    choice,
    code,
    date,
    derived,
    money,
    quantity,
    ref,
    text,
)

AT_HOME, ABROAD = 28_00, 56_00
RECEIPT_FROM = 50_00
REPORT_DAYS = 30


@app.record(key="number", plural="Expense reports", seeds=(0, 0))
class ExpenseReport(Record):
    """What a traveller wants back for a trip."""

    number: str = code("EXP-####")
    trip: Trip = ref(Trip, active=lambda t: t.status == "Flown")
    comment: str | None = text(required=False, listed=False)
    status: str = choice("Draft", "Submitted", "Rejected", "Approved", "Reimbursed", editable=False)
    rejected_for: str | None = text(
        editable=False, required=False, listed=False, label="Rejection reason"
    )
    allowance: int = derived(
        lambda report: report.daily(), shown_as=money(), label="Daily allowance"
    )
    total: int = derived(lambda report: report.sum(), shown_as=money())

    def daily(self) -> int:
        """Returns the daily allowance for the whole trip, in cents."""
        days = (self.trip.returns_on - self.trip.leaves_on).days + 1
        abroad = any(s.flight.abroad for s in self.trip.segments() if s.status == "Flown")
        return days * (ABROAD if abroad else AT_HOME)

    def lines(self) -> list[ExpenseLine]:
        """Returns what was spent."""
        return self.find(ExpenseLine, report=self)

    def sum(self) -> int:
        """Returns lines and allowance together, in cents."""
        return self.daily() + sum(line.amount for line in self.lines())

    def check(self) -> None:
        if self.trip.status != "Flown" or len(self.find(ExpenseReport, trip=self.trip)) > 1:
            raise Refused(f"{self.trip} has not flown or is reported already (handbook, R22)")
        for line in self.lines():
            line.check()

    def locked(self) -> str:
        done = self.status != "Draft"
        return f"{self} is {self.status.lower()}, not a draft (handbook, R7)" if done else ""

    @action("Submit", when="Draft", says=SAYS["submit report"])
    def submit(self) -> None:
        if self.today > self.trip.returns_on + dt.timedelta(days=REPORT_DAYS):
            raise Refused(f"{self.trip} ended on {self.trip.returns_on} (handbook, R22)")
        self.status = "Submitted"

    @action("Withdraw", when="Submitted", says=SAYS["withdraw report"])
    def withdraw(self) -> None:
        self.status = "Draft"

    @action("Approve", when="Submitted", says=SAYS["approve report"], by=MANAGER)
    def approve(self) -> None:
        for line in self.lines():
            line.require_receipt()
        self.status = "Approved"

    @action(
        "Reject",
        when="Submitted",
        says=SAYS["reject report"],
        by=MANAGER,
        reason=text(POOLS["report_rejections"]),
    )
    def reject(self, reason: str) -> None:
        self.status, self.rejected_for = "Rejected", reason

    @action("Reopen", when="Rejected", says=SAYS["reopen report"])
    def reopen(self) -> None:
        self.status, self.rejected_for = "Draft", None

    @action("Reimburse", when="Approved", says=SAYS["reimburse report"], by=MANAGER)
    def reimburse(self) -> None:
        if self.trip.traveller.status == "Suspended":
            raise Refused(f"{self.trip.traveller} is suspended (handbook, R24)")
        self.trip.charge("Reimbursement", self.total, str(self.trip.traveller))
        self.status = "Reimbursed"


@app.record(key="number", seeds=(0, 0))
class ExpenseLine(Record):
    """One thing that the traveller paid."""

    number: str = code("XL-####")
    report: ExpenseReport = ref(ExpenseReport, owner=True)
    category: str = choice("Taxi", "Meals", "Parking", "Internet", "Laundry", "Luggage")
    spent_on: dt.date = date(past=25, label="Spent on")
    amount: int = money(low=4, high=400)
    receipt: str | None = text("code:RN-", required=False, label="Receipt number")
    guests: int | None = quantity(0, 12, required=False)

    def check(self) -> None:
        if not self.report.trip.holds(self.spent_on, self.spent_on):
            raise Refused(f"{self.spent_on} is not within {self.report.trip} (handbook, R23)")
        if self.category == "Meals" and not self.guests:
            raise Refused("Meals without guests are in the allowance (handbook, R23)")

    def require_receipt(self) -> None:
        """Raises `Refused` where the amount needs a receipt number and has none."""
        if self.amount >= RECEIPT_FROM and not self.receipt:
            raise Refused(f"{self} has no receipt number (handbook, R23)")
