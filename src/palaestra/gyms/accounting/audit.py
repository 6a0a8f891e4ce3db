"""What an auditor would check: it holds in every state that the rules allow."""

from __future__ import annotations

from palaestra.gyms.accounting.handbook import app
from palaestra.gyms.accounting.ledger import IN_THE_BOOKS, PAYABLE, Account, JournalEntry, Period
from palaestra.gyms.accounting.payables import Bill, Payment
from palaestra.kit import Store


@app.invariant("The debits and credits of every posted entry are equal.")
def balanced(store: Store) -> list[str]:
    entries = [e for e in JournalEntry.every(store) if e.status in IN_THE_BOOKS]
    return [f"{e}: {e.debits} and {e.credits}" for e in entries if e.debits != e.credits or not e.debits]


@app.invariant("A closed month has nothing unfinished, and its turnover is that of its closing.")
def closed_means_closed(store: Store) -> list[str]:
    closed = Period.every(store, status="Closed")
    return [str(p) for p in closed if p.turnover != p.closed_at or p.unfinished()]


@app.invariant("No month is closed before an earlier one.")
def closed_in_order(store: Store) -> list[str]:
    periods = Period.every(store)
    pairs = zip(periods, periods[1:], strict=False)
    return [str(later) for earlier, later in pairs if (earlier.status, later.status) == ("Open", "Closed")]


@app.invariant("A paid bill has one payment that counts, over its total; any other bill has none.")
def paid_once(store: Store) -> list[str]:
    counting = [p for p in Payment.every(store) if p.status != "Void"]
    return [
        str(bill)
        for bill in Bill.every(store)
        if [p.amount for p in counting if p.bill == bill] != [bill.total] * (bill.status == "Paid")
    ]


@app.invariant("A bill is in the books with its total exactly while it is approved or paid.")
def bills_booked(store: Store) -> list[str]:
    booked = {"Approved": "Posted", "Paid": "Posted", "Void": "Reversed"}
    broken = []
    for bill in Bill.every(store):
        found = (bill.entry.status, bill.entry.debits) if bill.entry else (None, bill.total)
        if found != (booked.get(bill.status), bill.total):
            broken.append(str(bill))
    return broken


@app.invariant("Accounts payable is the sum of the approved bills.")
def payable_agrees(store: Store) -> list[str]:
    [payable] = Account.every(store, number=PAYABLE)
    owed = sum(bill.total for bill in Bill.every(store, status="Approved"))
    return [] if payable.balance == owed else [f"{payable.balance} in the books, {owed} owed"]


@app.invariant("An inactive account has a balance of zero.")
def inactive_is_empty(store: Store) -> list[str]:
    return [str(a) for a in Account.every(store, status="Inactive") if a.balance]
