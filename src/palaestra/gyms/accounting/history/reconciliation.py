"""What the bank tells: lines for what has cleared, and some that no document tells of."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.bank import BankLine
from palaestra.gyms.accounting.history.books import Books
from palaestra.gyms.accounting.office import POOLS
from palaestra.gyms.accounting.payables import Payment
from palaestra.gyms.accounting.receivables import Receipt


def reconcile(books: Books) -> None:
    """Imports bank lines; those of the months that will be closed are dealt with."""
    rng = books.rng
    told: list[tuple[dt.date, str, int, Payment | Receipt | None]] = []
    for paid in Payment.every(books.store, status="Cleared"):
        detail = f"{paid.bill.vendor} {paid.bill.invoice}"
        told.append((books.after(paid.paid_on, 3), detail, -paid.amount, paid))
    for got in Receipt.every(books.store, status="Cleared"):
        detail = f"{got.invoice.customer} {got.invoice}"
        told.append((books.after(got.received_on, 3), detail, got.amount, got))
    for _ in range(books.some(1, 2)):
        fee = -rng.randint(3_00, 45_00)
        told.append((books.day(recent=True), rng.choice(POOLS["charges"]), fee, None))
    for _ in range(books.some(1, 2)):
        gain = rng.randint(2_00, 90_00)
        told.append((books.day(recent=True), rng.choice(POOLS["gains"]), gain, None))
    done = books.first_open
    if rng.random() < 0.5:
        done = books.months[len(books.done) + 1].starts
    told.sort(key=lambda line: line[:3])
    for day, detail, cents, other in told:
        line = BankLine.make(
            books.store, account=books.bank, dated=day, detail=detail, amount=cents
        )
        if day < done or rng.random() < 0.3:
            deal_with(books, line, other)
    BankLine.make(
        books.store,
        account=books.bank,
        dated=books.day(recent=True),
        detail=rng.choice(POOLS["charges"]),
        amount=-rng.randint(3_00, 45_00),
    )
    odd = BankLine.make(
        books.store,
        account=books.bank,
        dated=books.day(recent=True),
        detail=rng.choice(POOLS["oddities"]),
        amount=-rng.randint(10_00, 90_00),
    )
    odd.exclude(rng.choice(POOLS["exclusions"]))


def deal_with(books: Books, line: BankLine, other: Payment | Receipt | None) -> None:
    """Matches a line, or books it where no document tells of it."""
    if isinstance(other, Payment):
        line.match_payment(other)
    elif isinstance(other, Receipt):
        line.match_receipt(other)
    elif line.amount < 0:
        line.book_expense(books.chart["Bank charges"])
    else:
        line.book_income(books.chart["Interest income"])
