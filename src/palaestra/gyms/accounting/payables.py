"""What the office owes: the bills of its vendors, and the payments that settle them."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.ledger import (
    PAYABLE,
    Account,
    Dated,
    JournalEntry,
    book,
    ledger,
    require_past,
)
from palaestra.gyms.accounting.matching import mismatch
from palaestra.gyms.accounting.office import CLERKS_LIMIT, LIMIT, MAY, POOLS, SAYS, app, deed
from palaestra.gyms.accounting.orders import PurchaseOrder
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import (
    Record,
    Refused,
    choice,
    code,
    date,
    derived,
    money,
    ref,
    text,
    yes_no,
)


@app.record(key="number", seeds=(0, 0), may=MAY)
class Bill(Dated):
    """What a vendor wants to be paid for."""

    number: str = code("BILL-####")
    vendor: Vendor = ref(Vendor)
    invoice: str = text("code:INV-", label="Invoice number")
    dated: dt.date = date(past=25, label="Bill date")
    order: PurchaseOrder | None = ref(
        PurchaseOrder,
        required=False,
        listed=False,
        label="Purchase order",
        active=lambda order: order.status == "Ordered",
    )
    status: str = choice(
        "Draft", "Submitted", "Rejected", "Approved", "Paid", "Void", editable=False
    )
    rejected_for: str | None = text(editable=False, required=False, listed=False)
    matched: bool = yes_no(editable=False, listed=False, label="Matched with order")
    credited: int = money(editable=False, default=0, listed=False, label="Credits used")
    document: str | None = text(editable=False, required=False, listed=False)
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)
    total: int = derived(lambda b: sum(line.amount for line in b.lines()), shown_as=money())
    due: dt.date = derived(lambda bill: bill.due_on(), shown_as=date())

    def locked(self) -> str:
        if self.document:
            return f"{self} is what {self.document} says; unlink that first (handbook, R29)"
        return super().locked()

    def lines(self) -> list[BillLine]:
        """Returns what the bill is for."""
        return self.find(BillLine, bill=self)

    def due_on(self) -> dt.date:
        """Returns the last day of the vendor's payment terms."""
        return self.dated + dt.timedelta(days=int(self.vendor.terms.split()[0]))

    def left(self) -> int:
        """Returns what is still to be paid once it is approved, in cents."""
        return self.total - self.credited

    def check(self) -> None:
        super().check()
        same = self.find(Bill, invoice=self.invoice, vendor=self.vendor)
        if sum(bill.status != "Void" for bill in same) > 1:
            raise Refused(f"{self.invoice} of {self.vendor} was entered before (handbook, R12)")

    @deed("Submit", when="Draft", says=SAYS["submit bill"])
    def submit(self) -> None:
        if not self.lines():
            raise Refused(f"{self} has no lines (handbook, R3)")
        self.status = "Submitted"

    @deed("Withdraw", when="Submitted", says=SAYS["withdraw bill"])
    def withdraw(self) -> None:
        self.unmatch()
        self.status = "Draft"

    @deed(
        "Match",
        when=lambda b: b.status == "Submitted" and b.order and not b.matched,
        says=SAYS["match bill"],
    )
    def match(self) -> None:
        assert self.order
        if why := mismatch(self.order, self.vendor, self.total):
            raise Refused(f"{why} (handbook, R15)")
        self.order.billed += self.total
        self.matched = True

    def unmatch(self) -> None:
        """Gives back to the order what this bill took of it."""
        if self.matched and self.order:
            self.order.billed -= self.total
        self.matched = False

    @deed("Approve", when="Submitted", says=SAYS["approve bill"])
    def approve(self) -> None:
        if self.total > CLERKS_LIMIT and self.user == "Clerk":
            raise Refused(f"{self} is over 1,000.00 and left to a manager (handbook, R32)")
        if self.total > LIMIT and not self.order:
            raise Refused(f"{self} is over 5,000.00 without a purchase order (handbook, R4)")
        if self.order and not self.matched:
            raise Refused(f"{self} is not matched with {self.order} yet (handbook, R15)")
        lines = [(line.account, "Debit", line.amount) for line in self.lines()]
        lines.append((ledger(self, PAYABLE), "Credit", self.total))
        self.entry = book(self, self.dated, f"{self.vendor} {self.invoice}", lines)
        self.vendor.owed += self.total
        self.status = "Approved"

    @deed("Reject", when="Submitted", says=SAYS["reject bill"], reason=text(POOLS["rejections"]))
    def reject(self, reason: str) -> None:
        self.unmatch()
        self.status, self.rejected_for = "Rejected", reason

    @deed("Reopen", when="Rejected", says=SAYS["reopen bill"])
    def reopen(self) -> None:
        self.status, self.rejected_for = "Draft", None

    @deed(
        "Pay",
        when="Approved",
        says=SAYS["pay bill"],
        account=ref(Account, active=lambda a: (a.kind, a.status) == ("Bank", "Active")),
        paid_on=date(past=5, default="today", label="Payment date"),
    )
    def pay(self, account: Account, paid_on: dt.date) -> None:
        if self.vendor.status == "On hold":
            raise Refused(f"{self.vendor} is on hold (handbook, R5)")
        require_past(self, self.dated, paid_on, "A payment")
        left = self.left()
        payment = self.create(Payment, bill=self, account=account, paid_on=paid_on, amount=left)
        lines = [(ledger(self, PAYABLE), "Debit", left), (account, "Credit", left)]
        payment.entry = book(payment, paid_on, f"{self.vendor} {self.invoice} paid", lines)
        self.vendor.owed -= left
        self.status = "Paid"

    @deed("Void", when=("Approved", "Paid"), confirm="It is owed no more.", says=SAYS["void bill"])
    def void(self) -> None:
        if self.status == "Paid" and self.left():
            raise Refused(f"{self} is paid; void its payment first (handbook, R7)")
        if self.credited:
            raise Refused(f"A credit is used on {self}; take it back first (handbook, R7)")
        self.unmatch()
        self.entry.undo()
        self.vendor.owed -= self.total
        self.status = "Void"


@app.record(key="number", seeds=(0, 0), may=MAY)
class BillLine(Record):
    """One thing on a bill."""

    number: str = code("LINE-####")
    bill: Bill = ref(Bill, owner=True)
    item: str = text(POOLS["items"])
    account: Account = ref(Account, active=lambda a: (a.kind, a.status) == ("Expense", "Active"))
    amount: int = money(low=5, high=6_000)


@app.record(key="number", seeds=(0, 0), may=MAY)
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

    @deed("Clear", when="Issued", says=SAYS["clear payment"])
    def clear(self) -> None:
        self.status = "Cleared"

    @deed("Void", when=("Issued", "Cleared"), says=SAYS["void payment"])
    def void(self) -> None:
        if self.status == "Cleared":
            raise Refused(f"{self} has cleared (handbook, R8)")
        self.entry.undo()
        self.bill.vendor.owed += self.amount
        self.status, self.bill.status = "Void", "Approved"
