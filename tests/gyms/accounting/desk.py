"""What the tests of the accounting office do at its desk: enter, run, look."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms import accounting
from palaestra.gyms.accounting.customers import Customer
from palaestra.gyms.accounting.ledger import (
    Account,
    EntryLine,
    JournalEntry,
)
from palaestra.gyms.accounting.orders import OrderLine, PurchaseOrder
from palaestra.gyms.accounting.payables import Bill, BillLine, Payment
from palaestra.gyms.accounting.receivables import Invoice, InvoiceLine, Receipt
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Store
from tests.gyms.office import enter, run

app = accounting.app


def named(store: Store, name: str) -> Account:
    [account] = Account.every(store, name=name)
    return account


def a_vendor(store: Store) -> Vendor:
    return Vendor.every(store, status="Active")[0]


def a_bill(
    store: Store, *cents: int, days_ago: int = 0, order: PurchaseOrder | None = None
) -> Bill:
    """Enters a draft bill of today with a line for each amount."""
    bill = enter(
        store,
        Bill,
        vendor=a_vendor(store),
        invoice=f"INV-{9000 + store.next_number(Bill.type.index)}",
        dated=store.clock.today - dt.timedelta(days=days_ago),
        order=order,
    )
    for amount in cents:
        line = {"item": "Toner", "account": named(store, "Office supplies"), "amount": amount}
        enter(store, BillLine, bill=bill, **line)
    assert isinstance(bill, Bill)
    return bill


def an_order(store: Store, *prices: int, received: bool = True) -> PurchaseOrder:
    """Places an order of today, two pieces at each price, and receives all of it."""
    order = enter(store, PurchaseOrder, vendor=a_vendor(store), dated=store.clock.today)
    assert isinstance(order, PurchaseOrder)
    for price in prices:
        account = named(store, "Office supplies")
        line = {"item": "Toner", "account": account, "ordered": 2, "price": price}
        enter(store, OrderLine, order=order, **line)
    run(order, "place")
    for line in order.lines() if received else ():
        run(line, "receive", quantity=2, received_on=store.clock.today)
    return order


def approved(store: Store, *cents: int) -> Bill:
    bill = a_bill(store, *cents)
    run(bill, "submit")
    run(bill, "approve")
    return bill


def paid(store: Store, *cents: int) -> tuple[Bill, Payment]:
    bill = approved(store, *cents)
    run(bill, "pay", account=named(store, "Operating account"), paid_on=store.clock.today)
    return bill, Payment.every(store)[-1]


def an_entry(store: Store, **amounts: int) -> JournalEntry:
    """Enters a draft journal entry of today: account name (with _) and cents, negative = credit."""
    entry = enter(store, JournalEntry, dated=store.clock.today, memo="By hand")
    for name, cents in amounts.items():
        side = "Debit" if cents > 0 else "Credit"
        account = named(store, name.replace("_", " "))
        enter(store, EntryLine, entry=entry, account=account, side=side, amount=abs(cents))
    assert isinstance(entry, JournalEntry)
    return entry


def lines_of(entry: JournalEntry) -> set[tuple[str, str, int]]:
    return {(str(x.account), x.side, x.amount) for x in entry.find(EntryLine, entry=entry)}


def a_customer(store: Store) -> Customer:
    return Customer.every(store, status="Active")[0]


def an_invoice(store: Store, *cents: int, dated: dt.date | None = None) -> Invoice:
    """Enters a draft invoice, of today unless a day is given, with a line for each amount."""
    values = {"customer": a_customer(store), "dated": dated or store.clock.today}
    invoice = enter(store, Invoice, reference=None, **values)
    for amount in cents:
        line = {"item": "Support hours", "account": named(store, "Sales"), "amount": amount}
        enter(store, InvoiceLine, invoice=invoice, **line)
    assert isinstance(invoice, Invoice)
    return invoice


def issued(store: Store, *cents: int, dated: dt.date | None = None) -> Invoice:
    invoice = an_invoice(store, *cents, dated=dated)
    run(invoice, "issue")
    return invoice


def received(store: Store, invoice: Invoice, cents: int, on: dt.date | None = None) -> Receipt:
    bank = named(store, "Operating account")
    run(invoice, "receive", amount=cents, account=bank, received_on=on or store.clock.today)
    return Receipt.every(store)[-1]
