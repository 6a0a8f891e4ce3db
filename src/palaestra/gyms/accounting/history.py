"""The records that the office starts with: a past made by running its own rules."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from palaestra.gyms.accounting.ledger import (
    UNFINISHED,
    Account,
    EntryLine,
    JournalEntry,
    Period,
    month,
)
from palaestra.gyms.accounting.office import LIMIT, POOLS, TOLD, app
from palaestra.gyms.accounting.payables import TERMS, Bill, BillLine, Payment, Vendor
from palaestra.kit import Store

FATES = ("Draft", "Submitted", "Approved", "Paid") * 4 + ("Rejected", "Void")
Chart = dict[str, Account]


@app.seeding
def past(store: Store, rng: random.Random) -> None:
    """Opens the books, buys for some months, and closes the months that are done."""
    chart = {
        name: Account.make(store, number=number, name=name, kind=kind)
        for kind, accounts in TOLD["chart"].items()
        for number, name in accounts.items()
    }
    day = store.clock.today.replace(day=1)
    for _ in range(4):
        day = (day - dt.timedelta(days=1)).replace(day=1)
    months = [Period.make(store, **month(day))]
    while len(months) < 6:
        months[-1].extend()
        months = Period.every(store)
    for told in TOLD["journal"]:
        enter(store, rng, chart, months[told["month"]], told)
    sellers = [
        meet(store, rng, chart, trade)
        for trade in rng.sample(sorted(TOLD["trades"]), rng.randint(8, 12))
    ]
    for fate in rng.sample(FATES, rng.randint(15, 18)):
        owe(store, rng, rng.choice(sellers), chart["Operating account"], fate)
    *cleared, stopped = Payment.every(store)[:3]
    stopped.void()
    for payment in cleared:
        payment.clear()
    for held in rng.sample(sellers, rng.randint(1, 3)):
        held.hold(rng.choice(POOLS["holds"]))
    for idle in rng.sample(("Petty cash", "Entertainment"), rng.randint(1, 2)):
        chart[idle].deactivate()
    for done in months[: rng.choice((2, 3))]:
        done.close()


def enter(store: Store, rng: random.Random, chart: Chart, when: Period, told: Any) -> None:
    """Makes a journal entry that `office.toml` tells of, a little larger or smaller."""
    entry = JournalEntry.make(store, dated=when.starts, memo=told["memo"])
    percent = rng.randint(60, 140)
    for name, cents in told["lines"].items():
        side, amount = "Debit" if cents > 0 else "Credit", abs(cents) * percent // 100
        EntryLine.make(store, entry=entry, account=chart[name], side=side, amount=amount)
    if "draft" not in told:
        entry.post()


def meet(store: Store, rng: random.Random, chart: Chart, trade: str) -> Vendor:
    """Makes a vendor of a trade."""
    name = rng.choice(POOLS["vendors"])
    return Vendor.make(
        store,
        name=f"{name} {trade}",
        email=f"{rng.choice(('billing', 'accounts', 'office'))}@{name.lower()}.example",
        terms=rng.choice(TERMS),
        account=chart[TOLD["trades"][trade][0]],
    )


def owe(store: Store, rng: random.Random, vendor: Vendor, bank: Account, fate: str) -> None:
    """Makes a bill and brings it to its fate by running the rules."""
    today = store.clock.today
    days = rng.randint(0, today.day - 1 if fate in UNFINISHED else 100)
    number = f"INV-{rng.randint(10, 99)}{store.next_number(Bill.type.index):02d}"
    bill = Bill.make(store, vendor=vendor, invoice=number, dated=today - dt.timedelta(days=days))
    items = next(
        sold for trade, (_, *sold) in TOLD["trades"].items() if str(vendor).endswith(trade)
    )
    for item in rng.sample(items, rng.choice((1, 1, 2, 2, 3))):
        amount = int(40_00 * 90 ** rng.random()) // 50 * 50
        BillLine.make(store, bill=bill, item=item, account=vendor.account, amount=amount)
    if bill.total > LIMIT and (fate not in UNFINISHED or rng.random() < 0.5):
        bill.order = f"PO-{rng.randint(1000, 9999)}"
    if fate != "Draft":
        bill.submit()
    if fate == "Rejected":
        bill.reject(rng.choice(POOLS["rejections"]))
    if fate in ("Approved", "Paid", "Void"):
        bill.approve()
    if fate == "Paid":
        bill.pay(bank, min(today, bill.dated + dt.timedelta(days=rng.randint(0, 25))))
    if fate == "Void":
        bill.void()
