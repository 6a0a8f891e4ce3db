"""What an auditor would check: it holds in every state that the rules allow.

Everything that rules keep up to date as they go (balances, what is owed, what was credited or
received) is added up here again from the single papers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from palaestra.gyms.accounting.assets import Asset, DepreciationLine
from palaestra.gyms.accounting.bank import DAYS, BankLine
from palaestra.gyms.accounting.credits import CreditNote, VendorCredit
from palaestra.gyms.accounting.customers import Customer
from palaestra.gyms.accounting.inbox import Document
from palaestra.gyms.accounting.ledger import (
    DEBITED,
    EQUIPMENT,
    PAYABLE,
    RECEIVABLE,
    WEAR,
    Account,
    EntryLine,
    JournalEntry,
    Period,
)
from palaestra.gyms.accounting.matching import tolerance
from palaestra.gyms.accounting.office import app
from palaestra.gyms.accounting.orders import Delivery, OrderLine, PurchaseOrder
from palaestra.gyms.accounting.payables import Bill, Payment
from palaestra.gyms.accounting.receivables import Invoice, Receipt
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Store

BOOKED = {"Approved": "Posted", "Paid": "Posted", "Void": "Reversed"}
ISSUED = {"Issued": "Posted", "Paid": "Posted", "Written off": "Posted", "Void": "Reversed"}


def sums(pairs: Iterable[tuple[Any, int]]) -> Counter[Any]:
    """Adds up amounts by what they belong to."""
    total: Counter[Any] = Counter()
    for key, cents in pairs:
        total[key] += cents
    return total


def balance(store: Store, name: str) -> int:
    """Returns the balance of an account, in cents."""
    [account] = Account.every(store, name=name)
    return account.balance


@app.invariant("The debits and credits of every posted entry are equal.")
def balanced(store: Store) -> list[str]:
    posted = [entry for entry in JournalEntry.every(store) if entry.status != "Draft"]
    return [f"{e}: {e.debits} and {e.credits}" for e in posted if e.debits != e.credits]


@app.invariant("Balances and turnovers are the sums of what is posted.")
def added_up(store: Store) -> list[str]:
    net: Counter[Account] = Counter()
    moved: Counter[str] = Counter()
    for line in EntryLine.every(store):
        if line.entry.status != "Draft":
            natural = "Debit" if line.account.kind in DEBITED else "Credit"
            net[line.account] += line.amount if line.side == natural else -line.amount
            moved[f"{line.entry.dated:%Y-%m}"] += line.amount * (line.side == "Debit")
    wrong = [str(account) for account in Account.every(store) if account.balance != net[account]]
    return wrong + [str(m) for m in Period.every(store) if m.turnover != moved[f"{m.starts:%Y-%m}"]]


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


@app.invariant("A bill is paid when its payment and its credits are its total, and not otherwise.")
def bills_settled(store: Store) -> list[str]:
    paid = sums((p.bill, p.amount) for p in Payment.every(store) if p.status != "Void")
    used = sums((c.bill, c.amount) for c in VendorCredit.every(store, status="Used"))
    return [
        str(bill)
        for bill in Bill.every(store)
        if bill.credited != used[bill]
        or paid[bill] != (bill.left() if bill.status == "Paid" else 0)
        or (bill.credited and bill.status not in ("Approved", "Paid"))
        or (bill.status == "Approved" and not bill.left())
    ]


@app.invariant("A bill is in the books with its total from approval until it is voided.")
def bills_booked(store: Store) -> list[str]:
    booked = {b: (b.entry.status, b.entry.debits) for b in Bill.every(store) if b.entry}
    wanted = {b: (BOOKED[b.status], b.total) for b in Bill.every(store) if b.status in BOOKED}
    return [f"{bill}: {state}" for bill, state in (booked.items() ^ wanted.items())]


@app.invariant("Accounts payable is what vendors are owed: approved bills less their credits.")
def payable_agrees(store: Store) -> list[str]:
    owed = sums((bill.vendor, bill.left()) for bill in Bill.every(store, status="Approved"))
    owed.subtract(sums((c.vendor, c.amount) for c in VendorCredit.every(store, status="Approved")))
    wrong = [str(vendor) for vendor in Vendor.every(store) if vendor.owed != owed[vendor]]
    return wrong + [PAYABLE] * (balance(store, PAYABLE) != sum(owed.values()))


@app.invariant("An invoice is in the books with its total from its issue until it is voided.")
def invoices_booked(store: Store) -> list[str]:
    invoices = Invoice.every(store)
    booked = {i: (i.entry.status, i.entry.debits) for i in invoices if i.entry}
    wanted = {i: (ISSUED[i.status], i.total) for i in invoices if i.status in ISSUED}
    return [f"{invoice}: {state}" for invoice, state in (booked.items() ^ wanted.items())]


@app.invariant("An invoice is paid when receipts and credits are its total, and never above it.")
def invoices_settled(store: Store) -> list[str]:
    paid = sums((r.invoice, r.amount) for r in Receipt.every(store) if r.status != "Void")
    used = sums((c.invoice, c.amount) for c in CreditNote.every(store, status="Used"))
    return [
        str(i)
        for i in Invoice.every(store)
        if (i.paid, i.credited) != (paid[i], used[i])
        or ((i.paid or i.credited) and i.status in ("Draft", "Void"))
        or (i.status == "Paid") != (i.left() == 0 and i.status in ISSUED)
        or i.left() < 0
    ]


@app.invariant("Accounts receivable is what customers owe: what is open of invoices less credits.")
def receivable_agrees(store: Store) -> list[str]:
    owes = sums((i.customer, i.left()) for i in Invoice.every(store, status="Issued"))
    owes.subtract(sums((c.customer, c.amount) for c in CreditNote.every(store, status="Issued")))
    wrong = [str(one) for one in Customer.every(store) if one.owes != owes[one]]
    return wrong + [RECEIVABLE] * (balance(store, RECEIVABLE) != sum(owes.values()))


@app.invariant("What was received of an order is what was delivered, and no more than was ordered.")
def delivered(store: Store) -> list[str]:
    arrived = sums((d.line, d.quantity) for d in Delivery.every(store, status="Received"))
    return [
        str(line)
        for line in OrderLine.every(store)
        if not arrived[line] == line.received <= line.ordered
    ]


@app.invariant("What was billed of an order is its matched bills, within what was delivered of it.")
def matched_bills(store: Store) -> list[str]:
    matched = [bill for bill in Bill.every(store) if bill.matched]
    billed = sums((bill.order, bill.total) for bill in matched)
    wrong = [str(o) for o in PurchaseOrder.every(store) if o.billed != billed[o]]
    wrong += [str(o) for o in billed if o.billed > o.received + tolerance(o.received)]
    approved = [bill for bill in Bill.every(store) if bill.status in ("Approved", "Paid")]
    return wrong + [str(bill) for bill in approved if bill.order and not bill.matched]


@app.invariant("A bank line and what it is matched with agree, and each is matched once.")
def reconciled(store: Store) -> list[str]:
    wrong = []
    seen = set()
    for line in BankLine.every(store):
        other = line.payment or line.receipt
        if (line.status == "Matched") != bool(other):
            wrong.append(str(line))
        if isinstance(other, Payment):
            day, cents = other.paid_on, -other.amount
        elif isinstance(other, Receipt):
            day, cents = other.received_on, other.amount
        else:
            continue
        told = (other.status, other.account, cents, 0 <= (line.dated - day).days <= DAYS)
        if told != ("Cleared", line.account, line.amount, True) or other in seen:
            wrong.append(str(line))
        seen.add(other)
    return wrong


@app.invariant("A bank line is in the books as long as it is booked.")
def lines_booked(store: Store) -> list[str]:
    lines = BankLine.every(store)
    booked = {x: (x.entry.status, x.entry.debits) for x in lines if x.entry}
    wanted = {x: ("Posted", abs(x.amount)) for x in lines if x.status == "Booked"}
    return [f"{line}: {state}" for line, state in (booked.items() ^ wanted.items())]


@app.invariant("A document and the bill that was entered from it agree.")
def documents_agree(store: Store) -> list[str]:
    wrong = []
    for document in Document.every(store):
        bill, facts = document.bill, document.seen()
        if (document.status == "Entered") != bool(bill):
            wrong.append(str(document))
        elif bill and facts:
            told = (bill.invoice, bill.dated, bill.total, bill.document)
            if told != (facts.invoice, facts.dated, facts.due, str(document)):
                wrong.append(str(document))
    return wrong


@app.invariant("The book value of an asset and its depreciation are its cost.")
def worn(store: Store) -> list[str]:
    return [
        str(asset)
        for asset in Asset.every(store)
        if asset.book_value + asset.accumulated != (asset.cost if asset.status != "Draft" else 0)
        or (asset.status != "Draft" and asset.book_value < (asset.residual or 0))
    ]


@app.invariant("Equipment and its depreciation are those of the assets in use.")
def assets_agree(store: Store) -> list[str]:
    used = Asset.every(store, status="In use")
    wrong = [EQUIPMENT] * (balance(store, EQUIPMENT) != sum(asset.cost for asset in used))
    lost = sum(
        line.amount
        for line in DepreciationLine.every(store)
        if (line.run.status, line.asset.status) == ("Posted", "In use")
    )
    return wrong + [WEAR] * (balance(store, WEAR) != -lost)


@app.invariant("An inactive account has a balance of zero.")
def inactive_is_empty(store: Store) -> list[str]:
    return [str(account) for account in Account.every(store, status="Inactive") if account.balance]
