"""What the office is owed: invoices to its customers, and the receipts that settle them."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.customers import Customer
from palaestra.gyms.accounting.ledger import (
    BAD_DEBTS,
    RECEIVABLE,
    Account,
    Dated,
    JournalEntry,
    book,
    ledger,
    require_past,
)
from palaestra.gyms.accounting.office import MANAGER, MAY, POOLS, SAYS, app, deed
from palaestra.kit import (
    Record,
    Refused,
    choice,
    code,
    date,
    derived,
    money,
    quantity,
    ref,
    text,
    yes_no,
)

REMINDERS = 3
"""How often a customer is reminded of an invoice at most."""


@app.record(key="number", seeds=(0, 0), may=MAY)
class Invoice(Dated):
    """What a customer is asked to pay."""

    number: str = code("SI-####")
    customer: Customer = ref(Customer)
    dated: dt.date = date(past=25, label="Invoice date")
    reference: str | None = text("code:ORD-", required=False, listed=False)
    status: str = choice("Draft", "Issued", "Paid", "Written off", "Void", editable=False)
    reminders: int = quantity(0, REMINDERS, editable=False, default=0, listed=False)
    credited: int = money(editable=False, default=0, listed=False, label="Credits used")
    paid: int = money(editable=False, default=0, listed=False, label="Received")
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)
    loss: JournalEntry = ref(
        JournalEntry, editable=False, required=False, listed=False, label="Write-off"
    )
    total: int = derived(lambda i: sum(line.amount for line in i.lines()), shown_as=money())
    open_: int = derived(lambda invoice: invoice.left(), shown_as=money())
    due: dt.date = derived(lambda invoice: invoice.due_on(), shown_as=date())
    overdue: bool = derived(lambda invoice: invoice.late(), shown_as=yes_no())

    def lines(self) -> list[InvoiceLine]:
        """Returns what the invoice is for."""
        return self.find(InvoiceLine, invoice=self)

    def left(self) -> int:
        """Returns what is still to come in once it is issued, in cents."""
        return self.total - self.paid - self.credited

    def due_on(self) -> dt.date:
        """Returns the last day of the customer's payment terms."""
        return self.dated + dt.timedelta(days=int(self.customer.terms.split()[0]))

    def late(self) -> bool:
        """Says whether it is issued and past its due date."""
        return self.status == "Issued" and self.due_on() < self.today

    @deed("Issue", when="Draft", says=SAYS["issue invoice"])
    def issue(self) -> None:
        if not self.lines():
            raise Refused(f"{self} has no lines (handbook, R3)")
        if self.customer.status == "Blocked":
            raise Refused(f"{self.customer} is blocked (handbook, R17)")
        if self.customer.owes + self.total > self.customer.limit:
            raise Refused(f"{self.customer} would owe more than the limit (handbook, R18)")
        lines = [(line.account, "Credit", line.amount) for line in self.lines()]
        lines.append((ledger(self, RECEIVABLE), "Debit", self.total))
        self.entry = book(self, self.dated, f"{self.customer} {self}", lines)
        self.customer.owes += self.total
        self.status = "Issued"

    @deed(
        "Receive payment",
        when="Issued",
        says=SAYS["receive invoice"],
        amount=money(low=1, high=5_000),
        account=ref(Account, active=lambda a: (a.kind, a.status) == ("Bank", "Active")),
        received_on=date(past=5, default="today", label="Received on"),
    )
    def receive(self, amount: int, account: Account, received_on: dt.date) -> None:
        if amount > self.left():
            raise Refused(f"No more than what is open of {self} is received (handbook, R19)")
        require_past(self, self.dated, received_on, "A receipt")
        receipt = self.create(
            Receipt, invoice=self, account=account, received_on=received_on, amount=amount
        )
        lines = [(account, "Debit", amount), (ledger(self, RECEIVABLE), "Credit", amount)]
        receipt.entry = book(receipt, received_on, f"{self.customer} {self} received", lines)
        self.customer.owes -= amount
        self.paid += amount
        self.settle()

    def settle(self) -> None:
        """Sets the status by what is left."""
        self.status = "Issued" if self.left() else "Paid"

    @deed("Send reminder", when="Issued", says=SAYS["remind invoice"])
    def remind(self) -> None:
        if not self.late():
            raise Refused(f"{self} is not overdue (handbook, R20)")
        if self.reminders == REMINDERS:
            raise Refused(f"{REMINDERS} reminders of {self} are enough (handbook, R20)")
        self.reminders += 1

    @deed("Write off", when="Issued", by=MANAGER, says=SAYS["write off invoice"])
    def write_off(self) -> None:
        if not self.late() or not self.reminders:
            raise Refused(f"{self} is not overdue and reminded of (handbook, R21)")
        lost = [(ledger(self, BAD_DEBTS), "Debit"), (ledger(self, RECEIVABLE), "Credit")]
        lines = [(account, side, self.left()) for account, side in lost]
        self.loss = book(self, self.today, f"{self} written off", lines)
        self.customer.owes -= self.left()
        self.status = "Written off"

    @deed("Reinstate", when="Written off", by=MANAGER, says=SAYS["reinstate invoice"])
    def reinstate(self) -> None:
        if self.customer.owes + self.left() > self.customer.limit:
            raise Refused(f"{self.customer} would owe more than the limit (handbook, R18)")
        self.loss.undo()
        self.loss = None  # type: ignore[assignment]
        self.customer.owes += self.left()
        self.status = "Issued"

    @deed("Void", when="Issued", confirm="It is owed no more.", says=SAYS["void invoice"])
    def void(self) -> None:
        if self.paid or self.credited:
            raise Refused(f"Something of {self} is settled already (handbook, R7)")
        self.entry.undo()
        self.customer.owes -= self.total
        self.status = "Void"


@app.record(key="number", seeds=(0, 0), may=MAY)
class InvoiceLine(Record):
    """One thing on an invoice."""

    number: str = code("SL-####")
    invoice: Invoice = ref(Invoice, owner=True)
    item: str = text(POOLS["services"])
    account: Account = ref(Account, active=lambda a: (a.kind, a.status) == ("Income", "Active"))
    amount: int = money(low=5, high=6_000)


@app.record(key="number", seeds=(0, 0), may=MAY)
class Receipt(Record):
    """Money that came in for an invoice; made by receiving it."""

    number: str = code("REC-####")
    invoice: Invoice = ref(Invoice, editable=False)
    customer: str = derived(lambda receipt: str(receipt.invoice.customer), shown_as=text())
    account: Account = ref(Account, editable=False)
    received_on: dt.date = date(editable=False)
    amount: int = money(editable=False)
    status: str = choice("Received", "Cleared", "Void", editable=False)
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)

    def locked(self) -> str:
        return f"{self} is on file for good (handbook, R8)"

    @deed("Clear", when="Received", says=SAYS["clear receipt"])
    def clear(self) -> None:
        self.status = "Cleared"

    @deed("Void", when=("Received", "Cleared"), says=SAYS["void receipt"])
    def void(self) -> None:
        if self.status == "Cleared":
            raise Refused(f"{self} has cleared (handbook, R8)")
        if self.invoice.status == "Written off":
            raise Refused(f"{self.invoice} is written off; reinstate it first (handbook, R21)")
        self.entry.undo()
        self.invoice.paid -= self.amount
        self.invoice.customer.owes += self.amount
        self.invoice.status = "Issued"
        self.status = "Void"
