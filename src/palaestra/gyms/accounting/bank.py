"""The bank's own list of what came in and went out, and its reconciliation with the books."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.ledger import Account, Dated, JournalEntry, book, require_open
from palaestra.gyms.accounting.office import MANAGER, MAY, POOLS, SAYS, app, deed
from palaestra.gyms.accounting.payables import Payment
from palaestra.gyms.accounting.receivables import Receipt
from palaestra.kit import Record, Refused, choice, code, date, money, ref, text

DAYS = 10
"""How many days a payment or a receipt takes to the bank at most."""


@app.record(key="number", seeds=(0, 0), may=MAY)
class BankLine(Dated):
    """One movement on a bank account, as the bank tells it; what went out is negative."""

    number: str = code("BNK-####")
    account: Account = ref(Account, editable=False)
    dated: dt.date = date(editable=False, label="Value date")
    detail: str = text(editable=False, label="Description")
    amount: int = money(low=-99_999, high=99_999, editable=False)
    status: str = choice("Open", "Matched", "Booked", "Excluded", editable=False)
    payment: Payment | None = ref(Payment, editable=False, required=False, listed=False)
    receipt: Receipt | None = ref(Receipt, editable=False, required=False, listed=False)
    entry: JournalEntry | None = ref(JournalEntry, editable=False, required=False, listed=False)
    excluded_for: str | None = text(editable=False, required=False, listed=False)

    def locked(self) -> str:
        return f"{self} is what the bank says and stays (handbook, R23)"

    def agree(self, other: Payment | Receipt, day: dt.date, cents: int) -> None:
        """Raises `Refused` unless a payment or receipt can be what the bank tells of here."""
        if other.status != "Cleared":
            raise Refused(f"{other} has not cleared (handbook, R24)")
        if other.account != self.account:
            raise Refused(f"{other} is of another bank account (handbook, R24)")
        if cents != self.amount:
            raise Refused(f"{other} and {self} are not over the same amount (handbook, R24)")
        if not 0 <= (self.dated - day).days <= DAYS:
            raise Refused(f"{other} is not of the {DAYS} days up to {self.dated} (handbook, R24)")

    @deed(
        "Match payment",
        when=lambda line: line.status == "Open" and line.amount < 0,
        says=SAYS["match payment"],
        payment=ref(Payment, active=lambda payment: is_free(payment)),
    )
    def match_payment(self, payment: Payment) -> None:
        self.agree(payment, payment.paid_on, -payment.amount)
        if self.find(BankLine, payment=payment):
            raise Refused(f"{payment} is matched already (handbook, R24)")
        self.status, self.payment = "Matched", payment

    @deed(
        "Match receipt",
        when=lambda line: line.status == "Open" and line.amount > 0,
        says=SAYS["match receipt"],
        receipt=ref(Receipt, active=lambda receipt: is_free(receipt)),
    )
    def match_receipt(self, receipt: Receipt) -> None:
        self.agree(receipt, receipt.received_on, receipt.amount)
        if self.find(BankLine, receipt=receipt):
            raise Refused(f"{receipt} is matched already (handbook, R24)")
        self.status, self.receipt = "Matched", receipt

    @deed(
        "Book expense",
        when=lambda line: line.status == "Open" and line.amount < 0,
        says=SAYS["book expense"],
        account=ref(Account, active=lambda a: (a.kind, a.status) == ("Expense", "Active")),
    )
    def book_expense(self, account: Account) -> None:
        self.book_as([(account, "Debit"), (self.account, "Credit")])

    @deed(
        "Book income",
        when=lambda line: line.status == "Open" and line.amount > 0,
        says=SAYS["book income"],
        account=ref(Account, active=lambda a: (a.kind, a.status) == ("Income", "Active")),
    )
    def book_income(self, account: Account) -> None:
        self.book_as([(self.account, "Debit"), (account, "Credit")])

    def book_as(self, sides: list[tuple[Account, str]]) -> None:
        """Posts what no document tells of."""
        lines = [(account, side, abs(self.amount)) for account, side in sides]
        self.entry = book(self, self.dated, self.detail, lines)
        self.status = "Booked"

    @deed(
        "Exclude",
        when="Open",
        by=MANAGER,
        says=SAYS["exclude line"],
        reason=text(POOLS["exclusions"]),
    )
    def exclude(self, reason: str) -> None:
        self.status, self.excluded_for = "Excluded", reason

    @deed("Unreconcile", when=("Matched", "Booked", "Excluded"), says=SAYS["undo line"])
    def undo(self) -> None:
        require_open(self, self.dated)
        if self.entry:
            self.entry.undo()
        self.payment = self.receipt = self.entry = self.excluded_for = None
        self.status = "Open"


def is_free(other: Record) -> bool:
    """Says whether a payment or receipt has cleared and no bank line tells of it yet."""
    return other.status == "Cleared" and not other.find(BankLine, **{other.type.name: other})  # type: ignore[attr-defined]
