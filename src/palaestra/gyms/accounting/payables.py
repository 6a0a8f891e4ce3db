"""What the office owes: vendors, their bills, and the payments that settle them."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.handbook import APPROVAL_LIMIT, app
from palaestra.gyms.accounting.ledger import (
    Account,
    Dated,
    JournalEntry,
    book,
    payable,
    require_open,
)
from palaestra.kit import Record, Refused, action, choice, code, date, derived, money, ref, text

HOLD_REASONS = (
    "Bank details unverified", "Disputed delivery", "Missing tax form", "Under investigation",
    "Contract expired", "Insurance lapsed",
)  # fmt: skip
REJECT_REASONS = (
    "Wrong price", "Not ordered", "Goods not received", "Tax is missing", "Wrong company", "Charged twice",
)  # fmt: skip
ITEMS = (
    "Printer paper", "Desk lamps", "Floor cleaning", "Site survey", "Courier to port", "Annual licence",
    "Legal review", "Team lunch", "Electricity", "Water", "Cable repair", "Trade fair booth", "Laptop stand",
    "Safety training", "Window cleaning", "Storage rental", "Web hosting", "Translation", "Job advert",
)  # fmt: skip


@app.record(key="name", seeds=(0, 0))
class Vendor(Record):
    """Somebody who sends bills."""

    name: str = text("company")
    email: str = text("email")
    terms: str = choice("14 days", "30 days", "45 days", "60 days", label="Payment terms")
    account: Account = ref(Account, active=lambda a: a.kind == "Expense" and a.status == "Active", label="Usual account")
    status: str = choice("Active", "On hold", editable=False)
    held_for: str | None = text(editable=False, required=False, listed=False, label="Hold reason")
    owed: int = derived(lambda v: sum(b.total for b in v.find(Bill, vendor=v, status="Approved")), shown_as=money())

    @action(
        "Hold",
        when=lambda v: v.status == "Active",
        says=(
            'put {record} on hold, reason "{reason}"',
            "hold {record} because of this: {reason}",
            "stop paying {record} for now ({reason})",
        ),
        reason=text(HOLD_REASONS),
    )
    def hold(self, reason: str) -> None:
        self.status, self.held_for = "On hold", reason

    @action(
        "Release",
        when=lambda v: v.status == "On hold",
        says=("release {record}", "take {record} off hold", "{record} may be paid again, release it"),
    )
    def release(self) -> None:
        self.status, self.held_for = "Active", None


@app.record(key="number", seeds=(0, 0))
class Bill(Dated):
    """What a vendor wants to be paid for."""

    unfinished = ("Draft", "Submitted", "Rejected")
    number: str = code("BILL-####")
    vendor: Vendor = ref(Vendor)
    invoice: str = text("code:INV-", label="Invoice number")
    dated: dt.date = date(past=25, label="Bill date")
    order: str | None = text("code:PO-", required=False, listed=False, label="Purchase order")
    status: str = choice("Draft", "Submitted", "Rejected", "Approved", "Paid", "Void", editable=False)
    rejected_for: str | None = text(editable=False, required=False, listed=False, label="Rejection reason")
    entry: JournalEntry | None = ref(JournalEntry, editable=False, required=False, listed=False, label="Journal entry")
    total: int = derived(lambda bill: sum(line.amount for line in bill.lines()), shown_as=money())
    due: dt.date = derived(lambda b: b.dated + dt.timedelta(days=int(b.vendor.terms.split()[0])), shown_as=date())

    def lines(self) -> list[BillLine]:
        """Returns what the bill is for."""
        return self.find(BillLine, bill=self)

    def check(self) -> None:
        super().check()
        twins = self.find(Bill, vendor=self.vendor, invoice=self.invoice)
        if [twin for twin in twins if twin != self and twin.status != "Void"]:
            raise Refused(f"There is already a bill for {self.invoice} of {self.vendor} (handbook, R12)")

    def locked(self) -> str:
        return "" if self.status == "Draft" else f"{self} is {self.status.lower()}, not a draft (handbook, R6)"

    @action(
        "Submit",
        when=lambda b: b.status == "Draft",
        says=("submit {record}", "send {record} for approval", "{record} is complete, hand it in"),
    )
    def submit(self) -> None:
        if not self.lines():
            raise Refused(f"{self} has no lines (handbook, R3)")
        self.status = "Submitted"

    @action(
        "Withdraw",
        when=lambda b: b.status == "Submitted",
        says=("withdraw {record}", "pull {record} back from approval", "make {record} a draft again before anybody approves it"),
    )
    def withdraw(self) -> None:
        self.status = "Draft"

    @action(
        "Approve",
        when=lambda b: b.status == "Submitted",
        says=("approve {record}", "sign off {record}", "give the green light to {record}"),
    )
    def approve(self) -> None:
        if self.total > APPROVAL_LIMIT and not self.order:
            raise Refused(f"{self} is over 5,000.00 and has no purchase order (handbook, R4)")
        lines = [(line.account, "Debit", line.amount) for line in self.lines()]
        self.entry = book(
            self, self.dated, f"{self.vendor} {self.invoice}", [*lines, (payable(self), "Credit", self.total)]
        )
        self.status = "Approved"

    @action(
        "Reject",
        when=lambda b: b.status == "Submitted",
        says=(
            'reject {record}, reason "{reason}"',
            "turn down {record}: {reason}",
            "do not approve {record}, send it back ({reason})",
        ),
        reason=text(REJECT_REASONS),
    )
    def reject(self, reason: str) -> None:
        self.status, self.rejected_for = "Rejected", reason

    @action(
        "Reopen",
        when=lambda b: b.status == "Rejected",
        says=("reopen {record}", "make the rejected {record} a draft again", "{record} was fixed, reopen it"),
    )
    def reopen(self) -> None:
        self.status, self.rejected_for = "Draft", None

    @action(
        "Pay",
        when=lambda b: b.status == "Approved",
        says=(
            "pay {record} from {account} on {paid_on}",
            "settle {record} out of {account}, dated {paid_on}",
            "send the money for {record} from {account} with date {paid_on}",
        ),
        account=ref(Account, active=lambda a: a.kind == "Bank" and a.status == "Active", label="From account"),
        paid_on=date(past=5, default="today", label="Payment date"),
    )
    def pay(self, account: Account, paid_on: dt.date) -> None:
        if self.vendor.status == "On hold":
            raise Refused(f"{self.vendor} is on hold (handbook, R5)")
        if not self.dated <= paid_on <= self.today:
            raise Refused("A payment is dated neither before its bill nor in the future (handbook, R13)")
        payment = self.create(Payment, bill=self, account=account, paid_on=paid_on, amount=self.total)
        lines = [(payable(self), "Debit", self.total), (account, "Credit", self.total)]
        payment.entry = book(payment, paid_on, f"Payment to {self.vendor} for {self.invoice}", lines)
        self.status = "Paid"

    @action(
        "Void",
        when=lambda b: b.status in ("Approved", "Paid"),
        confirm="The bill stays on file and no longer counts.",
        says=("void {record}", "cancel the approved {record}", "write {record} off as void"),
    )
    def void(self) -> None:
        if self.status == "Paid":
            raise Refused(f"{self} is paid; void its payment first (handbook, R7)")
        assert self.entry
        self.entry.undo()
        self.status = "Void"


@app.record(key="number", seeds=(0, 0))
class BillLine(Record):
    """One thing on a bill."""

    number: str = code("LINE-####")
    bill: Bill = ref(Bill, owner=True)
    item: str = text(ITEMS)
    account: Account = ref(Account, active=lambda a: a.kind in ("Expense", "Asset") and a.status == "Active")
    amount: int = money(low=5, high=6_000)


@app.record(key="number", seeds=(0, 0))
class Payment(Record):
    """Money sent to settle a bill; made by paying the bill."""

    number: str = code("PAY-####")
    bill: Bill = ref(Bill, editable=False)
    vendor: str = derived(lambda payment: str(payment.bill.vendor), shown_as=text())
    account: Account = ref(Account, editable=False, label="From account")
    paid_on: dt.date = date(editable=False, label="Payment date")
    amount: int = money(editable=False)
    status: str = choice("Issued", "Cleared", "Void", editable=False)
    entry: JournalEntry | None = ref(JournalEntry, editable=False, required=False, listed=False, label="Journal entry")

    def locked(self) -> str:
        return f"{self} is on file for good (handbook, R8)"

    @action(
        "Clear",
        when=lambda p: p.status == "Issued",
        says=("clear {record}", "mark {record} as cleared", "{record} has arrived at the bank, clear it"),
    )
    def clear(self) -> None:
        self.status = "Cleared"

    @action(
        "Void",
        when=lambda p: p.status in ("Issued", "Cleared"),
        confirm="The bill will be open again.",
        says=("void {record}", "cancel {record} so that its bill is open again", "stop {record} and void it"),
    )
    def void(self) -> None:
        if self.status == "Cleared":
            raise Refused(f"{self} has cleared (handbook, R8)")
        require_open(self, self.today)
        assert self.entry
        self.entry.undo()
        self.status, self.bill.status = "Void", "Approved"
