"""What the office owes: vendors, their bills, and the payments that settle them."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.ledger import PAYABLE, Account, Dated, JournalEntry, book
from palaestra.gyms.accounting.office import LIMIT, POOLS, SAYS, app
from palaestra.kit import Record, Refused, action, choice, code, date, derived, money, ref, text

TERMS = ("14 days", "30 days", "45 days", "60 days")


@app.record(key="name", seeds=(0, 0))
class Vendor(Record):
    """Somebody who sends bills."""

    name: str = text("company")
    email: str = text("email")
    terms: str = choice(*TERMS, label="Payment terms")
    account: Account = ref(Account, active=lambda a: a.kind == "Expense", label="Usual account")
    status: str = choice("Active", "On hold", editable=False)
    held_for: str | None = text(editable=False, required=False, listed=False, label="Hold reason")
    owed: int = derived(lambda vendor: vendor.owing(), shown_as=money())

    def owing(self) -> int:
        """Returns the sum of this vendor's unpaid bills, in cents."""
        return sum(bill.total for bill in self.find(Bill, vendor=self, status="Approved"))

    @action("Hold", when="Active", says=SAYS["hold vendor"], reason=text(POOLS["holds"]))
    def hold(self, reason: str) -> None:
        self.status, self.held_for = "On hold", reason

    @action("Release", when="On hold", says=SAYS["release vendor"])
    def release(self) -> None:
        self.status, self.held_for = "Active", None


@app.record(key="number", seeds=(0, 0))
class Bill(Dated):
    """What a vendor wants to be paid for."""

    number: str = code("BILL-####")
    vendor: Vendor = ref(Vendor)
    invoice: str = text("code:INV-", label="Invoice number")
    dated: dt.date = date(past=25, label="Bill date")
    order: str = text("code:PO-", required=False, listed=False, label="Purchase order")
    status: str = choice(
        "Draft", "Submitted", "Rejected", "Approved", "Paid", "Void", editable=False
    )
    rejected_for: str | None = text(editable=False, required=False, listed=False)
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)
    total: int = derived(lambda b: sum(line.amount for line in b.lines()), shown_as=money())
    due: dt.date = derived(lambda bill: bill.due_on(), shown_as=date())

    def lines(self) -> list[BillLine]:
        """Returns what the bill is for."""
        return self.find(BillLine, bill=self)

    def due_on(self) -> dt.date:
        """Returns the last day of the vendor's payment terms."""
        return self.dated + dt.timedelta(days=int(self.vendor.terms.split()[0]))

    def check(self) -> None:
        super().check()
        same = self.find(Bill, vendor=self.vendor, invoice=self.invoice)
        if sum(bill.status != "Void" for bill in same) > 1:
            raise Refused(f"{self.invoice} of {self.vendor} was entered before (handbook, R12)")

    @action("Submit", when="Draft", says=SAYS["submit bill"])
    def submit(self) -> None:
        if not self.lines():
            raise Refused(f"{self} has no lines (handbook, R3)")
        self.status = "Submitted"

    @action("Withdraw", when="Submitted", says=SAYS["withdraw bill"])
    def withdraw(self) -> None:
        self.status = "Draft"

    @action("Approve", when="Submitted", says=SAYS["approve bill"])
    def approve(self) -> None:
        if self.total > LIMIT and not self.order:
            raise Refused(f"{self} is over 5,000.00 without a purchase order (handbook, R4)")
        [payable] = self.find(Account, name=PAYABLE)
        lines = [(line.account, "Debit", line.amount) for line in self.lines()]
        lines.append((payable, "Credit", self.total))
        self.entry = book(self, self.dated, f"{self.vendor} {self.invoice}", lines)
        self.status = "Approved"

    @action("Reject", when="Submitted", says=SAYS["reject bill"], reason=text(POOLS["rejections"]))
    def reject(self, reason: str) -> None:
        self.status, self.rejected_for = "Rejected", reason

    @action("Reopen", when="Rejected", says=SAYS["reopen bill"])
    def reopen(self) -> None:
        self.status, self.rejected_for = "Draft", None

    @action(
        "Pay",
        when="Approved",
        says=SAYS["pay bill"],
        account=ref(Account, active=lambda a: (a.kind, a.status) == ("Bank", "Active")),
        paid_on=date(past=5, default="today", label="Payment date"),
    )
    def pay(self, account: Account, paid_on: dt.date) -> None:
        if self.vendor.status == "On hold":
            raise Refused(f"{self.vendor} is on hold (handbook, R5)")
        if not self.dated <= paid_on <= self.today:
            raise Refused("A payment is dated from its bill's date to today (handbook, R13)")
        payment = self.create(
            Payment, bill=self, account=account, paid_on=paid_on, amount=self.total
        )
        [payable] = self.find(Account, name=PAYABLE)
        lines = [(payable, "Debit", self.total), (account, "Credit", self.total)]
        payment.entry = book(payment, paid_on, f"{self.vendor} {self.invoice} paid", lines)
        self.status = "Paid"

    @action(
        "Void", when=("Approved", "Paid"), confirm="It is owed no more.", says=SAYS["void bill"]
    )
    def void(self) -> None:
        if self.status == "Paid":
            raise Refused(f"{self} is paid; void its payment first (handbook, R7)")
        self.entry.undo()
        self.status = "Void"


@app.record(key="number", seeds=(0, 0))
class BillLine(Record):
    """One thing on a bill."""

    number: str = code("LINE-####")
    bill: Bill = ref(Bill, owner=True)
    item: str = text(POOLS["items"])
    account: Account = ref(Account, active=lambda a: (a.kind, a.status) == ("Expense", "Active"))
    amount: int = money(low=5, high=6_000)


@app.record(key="number", seeds=(0, 0))
class Payment(Record):
    """Money sent to settle a bill; made by paying the bill."""

    number: str = code("PAY-####")
    bill: Bill = ref(Bill, editable=False)
    vendor: str = derived(lambda payment: str(payment.bill.vendor), shown_as=text())
    account: Account = ref(Account, editable=False)
    paid_on: dt.date = date(editable=False, label="Payment date")
    amount: int = money(editable=False)
    status: str = choice("Issued", "Cleared", "Void", editable=False)
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)

    def locked(self) -> str:
        return f"{self} is on file for good (handbook, R8)"

    @action("Clear", when="Issued", says=SAYS["clear payment"])
    def clear(self) -> None:
        self.status = "Cleared"

    @action("Void", when=("Issued", "Cleared"), says=SAYS["void payment"])
    def void(self) -> None:
        if self.status == "Cleared":
            raise Refused(f"{self} has cleared (handbook, R8)")
        self.entry.undo()
        self.status, self.bill.status = "Void", "Approved"
