"""The records that the office starts with: a history made by running its own rules."""

from __future__ import annotations

import datetime as dt
import random

from palaestra.gyms.accounting.handbook import APPROVAL_LIMIT, app
from palaestra.gyms.accounting.ledger import Account, EntryLine, JournalEntry, Period, month
from palaestra.gyms.accounting.payables import (
    HOLD_REASONS,
    REJECT_REASONS,
    Bill,
    BillLine,
    Payment,
    Vendor,
)
from palaestra.kit import Store

CHART = (
    ("1000", "Operating account", "Bank"), ("1010", "Payroll account", "Bank"), ("1020", "Savings account", "Bank"),
    ("1200", "Accounts receivable", "Asset"), ("1500", "Office equipment", "Asset"),
    ("2000", "Accounts payable", "Liability"), ("2100", "Bank loan", "Liability"),
    ("3000", "Owner's equity", "Equity"), ("4000", "Sales", "Income"), ("4100", "Consulting income", "Income"),
    ("5000", "Salaries", "Expense"), ("6000", "Rent", "Expense"), ("6100", "Office supplies", "Expense"),
    ("6200", "Utilities", "Expense"), ("6300", "Software", "Expense"), ("6400", "Travel", "Expense"),
    ("6500", "Marketing", "Expense"), ("6600", "Professional fees", "Expense"), ("6700", "Repairs", "Expense"),
    ("6800", "Insurance", "Expense"), ("6900", "Training", "Expense"),
    ("1050", "Petty cash", "Bank"), ("6950", "Entertainment", "Expense"),
)  # fmt: skip
TRADES = (
    ("Paper & Print", "Office supplies", ("Copy paper", "Toner", "Business cards", "Binders")),
    ("Electric", "Utilities", ("Electricity", "Meter rental", "Grid fee")),
    ("Telecom", "Utilities", ("Phone lines", "Fibre access", "Roaming")),
    ("Software", "Software", ("Annual licence", "Support plan", "User seats")),
    ("Travel", "Travel", ("Train tickets", "Hotel nights", "Flight to Lisbon")),
    ("Media", "Marketing", ("Online adverts", "Brochure design", "Trade fair booth")),
    ("Legal", "Professional fees", ("Contract review", "Trademark filing", "Legal advice")),
    ("Cleaning", "Repairs", ("Office cleaning", "Window cleaning", "Carpet care")),
    ("Joinery", "Repairs", ("Door repair", "Shelving", "Desk refit")),
    ("Properties", "Rent", ("Office rent", "Parking spaces", "Storage unit")),
    ("Insurance", "Insurance", ("Liability cover", "Contents cover", "Travel cover")),
    ("Academy", "Training", ("Safety course", "Language lessons", "Excel workshop")),
)
NAMES = (
    "Harlow", "Brightwater", "Northgate", "Castell", "Penrose", "Alder", "Vantage", "Kestrel", "Solano",
    "Marlowe", "Redfern", "Osprey", "Tilbury", "Hawthorn", "Quayside", "Lindqvist", "Okafor", "Bellamy",
    "Dunmore", "Saffron", "Thornbury", "Ivanov", "Moreau", "Fairley", "Whitlock", "Zeller", "Corbett",
)  # fmt: skip
STATES = (*["Paid"] * 5, *["Approved"] * 4, *["Submitted"] * 3, *["Draft"] * 3, "Rejected", "Void", "Void payment")


@app.seeding
def history(store: Store, rng: random.Random) -> None:
    """Opens the books, buys for some months, and closes the months that are done."""
    today = store.clock.today
    for number, name, kind in CHART:
        Account.make(store, number=number, name=name, kind=kind)
    starts = [today.replace(day=1)]
    while len(starts) < 5:
        starts.insert(0, (starts[0] - dt.timedelta(days=1)).replace(day=1))
    periods = [Period.make(store, **month(day)) for day in starts]
    periods[-1].extend()
    journal(store, rng, starts)
    vendors = [vendor(store, rng, trade) for trade in rng.sample(TRADES, rng.randint(8, 12))]
    for _ in range(rng.randint(0, 4)):
        state = rng.choice(STATES)
        bill(store, rng, rng.choice(vendors), state)
    for state in rng.sample(STATES, len(STATES)):
        bill(store, rng, rng.choice(vendors), state)
    for payment in rng.sample(Payment.every(store, status="Issued"), 3):
        payment.clear()
    for one in rng.sample(vendors, rng.randint(1, 3)):
        one.hold(rng.choice(HOLD_REASONS))
    for one in rng.sample(Account.every(store)[-2:], rng.randint(1, 2)):
        one.deactivate()
    for period in periods[: rng.choice((2, 3, 3))]:
        period.close()


def journal(store: Store, rng: random.Random, starts: list[dt.date]) -> None:
    """Opens the accounts and makes the entries that no bill makes."""
    cents = {name: rng.randrange(20, 90) * 1_000_00 for name in ("Operating account", "Savings account")}
    opening = [(name, "Debit", amount) for name, amount in cents.items()]
    entry(store, starts[0], "Opening balances", [*opening, ("Owner's equity", "Credit", sum(cents.values()))])
    for start in starts[1:4]:
        amount = rng.randrange(4_000, 19_000) * 100
        kind = rng.choice(("Sales", "Consulting income"))
        lines = [("Operating account", "Debit", amount), (kind, "Credit", amount)]
        entry(store, start.replace(day=rng.randint(2, 28)), f"{kind} invoiced", lines)
    amount = rng.randrange(3_000, 9_000) * 100
    salaries = [("Salaries", "Debit", amount), ("Payroll account", "Credit", amount)]
    entry(store, starts[3].replace(day=25), "Monthly salaries", salaries)
    wrong = [("Travel", "Debit", amount // 50), ("Operating account", "Credit", amount // 50)]
    entry(store, starts[3].replace(day=9), "Expenses of the sales team", wrong).reverse()
    drafts = [[("Salaries", "Debit", amount), ("Payroll account", "Credit", amount)], wrong, wrong[:1], []]
    for memo, lines in zip(rng.sample(("Bonus", "Mileage", "Deposit", "Correction"), 2), rng.sample(drafts, 2), strict=True):
        entry(store, store.clock.today, memo, lines, post=False)


def entry(
    store: Store, day: dt.date, memo: str, lines: list[tuple[str, str, int]], post: bool = True
) -> JournalEntry:
    """Makes a journal entry with lines on accounts given by name."""
    made = JournalEntry.make(store, dated=day, memo=memo)
    for name, side, amount in lines:
        [account] = Account.every(store, name=name)
        EntryLine.make(store, entry=made, account=account, side=side, amount=amount)
    if post:
        made.post()
    return made


def vendor(store: Store, rng: random.Random, trade: tuple[str, str, tuple[str, ...]]) -> Vendor:
    """Makes a vendor of a trade."""
    name = rng.choice(NAMES)
    [account] = Account.every(store, name=trade[1])
    email = f"{rng.choice(('billing', 'accounts', 'office'))}@{name.lower()}.example"
    terms = rng.choice(("14 days", "30 days", "45 days", "60 days"))
    return Vendor.make(store, name=f"{name} {trade[0]}", email=email, terms=terms, account=account)


def bill(store: Store, rng: random.Random, sender: Vendor, state: str) -> None:
    """Makes a bill and brings it to a state by running the rules."""
    today = store.clock.today
    unfinished = state in Bill.unfinished
    dated = today - dt.timedelta(days=rng.randint(0, today.day - 1 if unfinished else 100))
    [trade] = [trade for trade in TRADES if sender.name.endswith(trade[0])]
    invoice = f"INV-{rng.randint(10, 99)}{store.next_number(Bill.type.index):02d}"
    made = Bill.make(store, vendor=sender, invoice=invoice, dated=dated)
    for item in rng.sample(trade[2], rng.choice((1, 1, 2, 2, 3)) if state != "Draft" else rng.randint(0, 2)):
        amount = int(40_00 * 90 ** rng.random()) // 50 * 50
        BillLine.make(store, bill=made, item=item, account=sender.account, amount=amount)
    if made.total > APPROVAL_LIMIT and (not unfinished or rng.random() < 0.5):
        made.order = f"PO-{rng.randint(1000, 9999)}"
    if state == "Draft":
        return
    made.submit()
    if state == "Submitted":
        return
    if state == "Rejected":
        made.reject(rng.choice(REJECT_REASONS))
        return
    made.approve()
    if state == "Void":
        made.void()
    elif state != "Approved":
        [bank] = Account.every(store, name="Operating account")
        made.pay(bank, min(today, dated + dt.timedelta(days=rng.randint(0, 25))))
        if state == "Void payment":
            Payment.every(store, bill=made)[0].void()
