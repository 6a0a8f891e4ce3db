"""Credits: from vendors against their bills, and to customers against their invoices.

A credit is used as a whole, on one bill or invoice, and may be taken back while that is unpaid.
"""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.customers import Customer
from palaestra.gyms.accounting.ledger import (
    PAYABLE,
    RECEIVABLE,
    Account,
    Dated,
    JournalEntry,
    book,
    ledger,
)
from palaestra.gyms.accounting.office import MANAGER, MAY, POOLS, SAYS, app, deed
from palaestra.gyms.accounting.payables import Bill
from palaestra.gyms.accounting.receivables import Invoice
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Refused, choice, code, date, money, ref, text


@app.record(key="number", seeds=(0, 0), may=MAY)
class VendorCredit(Dated):
    """What a vendor gives back."""

    number: str = code("VC-####")
    vendor: Vendor = ref(Vendor)
    dated: dt.date = date(past=25, label="Credit date")
    amount: int = money(low=5, high=900)
    account: Account = ref(Account, active=lambda a: (a.kind, a.status) == ("Expense", "Active"))
    reason: str | None = text(POOLS["credits"], required=False, listed=False)
    status: str = choice("Draft", "Approved", "Used", "Void", editable=False)
    bill: Bill | None = ref(Bill, editable=False, required=False, label="Used on")
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)

    @deed("Approve", when="Draft", by=MANAGER, says=SAYS["approve credit"])
    def approve(self) -> None:
        lines = [
            (ledger(self, PAYABLE), "Debit", self.amount),
            (self.account, "Credit", self.amount),
        ]
        self.entry = book(self, self.dated, f"Credit of {self.vendor}", lines)
        self.vendor.owed -= self.amount
        self.status = "Approved"

    @deed(
        "Use on bill",
        when="Approved",
        says=SAYS["use vendor credit"],
        bill=ref(Bill, active=lambda bill: bill.status == "Approved"),
    )
    def use(self, bill: Bill) -> None:
        if bill.vendor != self.vendor:
            raise Refused(f"{bill} is not a bill of {self.vendor} (handbook, R22)")
        if self.amount > bill.left():
            raise Refused(f"{self} is more than is open of {bill} (handbook, R22)")
        bill.credited += self.amount
        if not bill.left():
            bill.status = "Paid"
        self.status, self.bill = "Used", bill

    @deed("Take back", when="Used", says=SAYS["take back credit"])
    def take_back(self) -> None:
        assert self.bill
        if self.bill.status == "Paid" and self.bill.left():
            raise Refused(f"{self.bill} is paid (handbook, R22)")
        self.bill.credited -= self.amount
        self.bill.status = "Approved"
        self.status, self.bill = "Approved", None

    @deed("Void", when=("Approved", "Used"), says=SAYS["void credit"])
    def void(self) -> None:
        if self.status == "Used":
            raise Refused(f"{self} is used; take it back first (handbook, R22)")
        self.entry.undo()
        self.vendor.owed += self.amount
        self.status = "Void"


@app.record(key="number", seeds=(0, 0), may=MAY)
class CreditNote(Dated):
    """What the office gives back to a customer."""

    number: str = code("CN-####")
    customer: Customer = ref(Customer)
    dated: dt.date = date(past=25, label="Credit date")
    amount: int = money(low=5, high=900)
    account: Account = ref(Account, active=lambda a: (a.kind, a.status) == ("Income", "Active"))
    reason: str | None = text(POOLS["credits"], required=False, listed=False)
    status: str = choice("Draft", "Issued", "Used", "Void", editable=False)
    invoice: Invoice | None = ref(Invoice, editable=False, required=False, label="Used on")
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)

    @deed("Issue", when="Draft", by=MANAGER, says=SAYS["issue credit"])
    def issue(self) -> None:
        lines = [
            (self.account, "Debit", self.amount),
            (ledger(self, RECEIVABLE), "Credit", self.amount),
        ]
        self.entry = book(self, self.dated, f"Credit to {self.customer}", lines)
        self.customer.owes -= self.amount
        self.status = "Issued"

    @deed(
        "Use on invoice",
        when="Issued",
        says=SAYS["use credit note"],
        invoice=ref(Invoice, active=lambda invoice: invoice.status == "Issued"),
    )
    def use(self, invoice: Invoice) -> None:
        if invoice.customer != self.customer:
            raise Refused(f"{invoice} is not an invoice to {self.customer} (handbook, R22)")
        if self.amount > invoice.left():
            raise Refused(f"{self} is more than is open of {invoice} (handbook, R22)")
        invoice.credited += self.amount
        invoice.settle()
        self.status, self.invoice = "Used", invoice

    @deed("Take back", when="Used", says=SAYS["take back credit"])
    def take_back(self) -> None:
        assert self.invoice
        if self.invoice.status == "Written off":
            raise Refused(f"{self.invoice} is written off (handbook, R22)")
        self.invoice.credited -= self.amount
        self.invoice.status = "Issued"
        self.status, self.invoice = "Issued", None

    @deed("Void", when=("Issued", "Used"), says=SAYS["void credit"])
    def void(self) -> None:
        if self.status == "Used":
            raise Refused(f"{self} is used; take it back first (handbook, R22)")
        self.entry.undo()
        self.customer.owes += self.amount
        self.status = "Void"
