"""What an auditor would check: it holds in every state that the rules allow."""

from __future__ import annotations

from itertools import pairwise

from palaestra.gyms.accounting.ledger import PAYABLE, Account, JournalEntry, Period
from palaestra.gyms.accounting.office import app
from palaestra.gyms.accounting.payables import Bill, Payment
from palaestra.kit import Store

BOOKED = {"Approved": "Posted", "Paid": "Posted", "Void": "Reversed"}


@app.invariant("The debits and credits of every posted entry are equal.")
def balanced(store: Store) -> list[str]:
    posted = [entry for entry in JournalEntry.every(store) if entry.status != "Draft"]
    return [f"{e}: {e.debits} and {e.credits}" for e in posted if e.debits != e.credits]


@app.invariant("A closed month has nothing unfinished, and its turnover is that of its closing.")
def closed_means_closed(store: Store) -> list[str]:
    closed = Period.every(store, status="Closed")
    return [
        str(month) for month in closed if month.turnover != month.closed_at or month.unfinished()
    ]


@app.invariant("No month is closed before an earlier one.")
def closed_in_order(store: Store) -> list[str]:
    pairs = pairwise(Period.every(store))
    return [str(b) for a, b in pairs if (a.status, b.status) == ("Open", "Closed")]


@app.invariant("A paid bill has one payment that counts, over its total; any other bill has none.")
def paid_once(store: Store) -> list[str]:
    counting = [payment for payment in Payment.every(store) if payment.status != "Void"]
    paid = {bill: [p.amount for p in counting if p.bill == bill] for bill in Bill.every(store)}
    return [str(b) for b, sums in paid.items() if sums != [b.total] * (b.status == "Paid")]


@app.invariant("A bill is in the books with its total from approval until it is voided.")
def bills_booked(store: Store) -> list[str]:
    booked = {b: (b.entry.status, b.entry.debits) for b in Bill.every(store) if b.entry}
    wanted = {b: (BOOKED[b.status], b.total) for b in Bill.every(store) if b.status in BOOKED}
    return [f"{bill}: {state}" for bill, state in (booked.items() ^ wanted.items())]


@app.invariant("Accounts payable is the sum of the approved bills.")
def payable_agrees(store: Store) -> list[str]:
    [payable] = Account.every(store, name=PAYABLE)
    owed = sum(bill.total for bill in Bill.every(store, status="Approved"))
    return [f"{payable.balance} in the books, {owed} owed"] if payable.balance != owed else []


@app.invariant("An inactive account has a balance of zero.")
def inactive_is_empty(store: Store) -> list[str]:
    return [str(account) for account in Account.every(store, status="Inactive") if account.net()]
