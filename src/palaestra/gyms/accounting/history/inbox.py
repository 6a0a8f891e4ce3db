"""What lies in the inbox: bills to be entered, linked, set aside as duplicates, or turned away."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.history.books import Books
from palaestra.gyms.accounting.inbox import LINKABLE, Document
from palaestra.gyms.accounting.office import POOLS, TOLD
from palaestra.gyms.accounting.payables import Bill
from palaestra.gyms.accounting.reading import LAYOUTS, Facts, write
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit.fields.document import Attachment


def receive(books: Books, sellers: list[Vendor]) -> None:
    """Fills the inbox."""
    rng = books.rng
    layouts = rng.sample(sorted(LAYOUTS), len(LAYOUTS))
    bills = [bill for status in LINKABLE for bill in Bill.every(books.store, status=status)]
    known = rng.sample(bills, min(len(bills), books.some(3, 3)))
    *linked, free = known
    letters: list[tuple[Facts, Bill | None]] = [(told_of(bill), bill) for bill in linked]
    letters += [(told_of(linked[0]), None), (told_of(free), None)]
    for _ in range(books.some(2, 3)):
        invoice = f"INV-{rng.randint(10, 99)}{rng.randint(100, 999)}"
        day = max(books.first_open, books.day(recent=True))
        cents = rng.randint(40_00, 900_00) // 5 * 5
        letters.append((Facts(rng.choice(sellers).name, invoice, day, cents), None))
    stranger = rng.choice(POOLS["strangers"])
    letters.append((Facts(stranger, f"INV-{rng.randint(100, 999)}", books.today, 199_00), None))
    rng.shuffle(letters)
    for place, (facts, bill) in enumerate(letters):
        document = arrive(books, layouts[place % len(layouts)], facts)
        if bill:
            document.link(bill)
    if rng.random() < 0.5:
        arrive(books, rng.choice(layouts), told_of(linked[-1])).mark_as_duplicate()
    else:
        facts = Facts(stranger, f"INV-{rng.randint(100, 999)}", books.today, 99_00)
        arrive(books, rng.choice(layouts), facts).reject(rng.choice(POOLS["refusals"]))


def told_of(bill: Bill) -> Facts:
    """Returns what a document of a bill says."""
    return Facts(str(bill.vendor), bill.invoice, bill.dated, bill.total)


def arrive(books: Books, layout: str, facts: Facts) -> Document:
    """Makes a document in a layout."""
    rng = books.rng
    sold = [s[1:] for trade, s in TOLD["trades"].items() if facts.vendor.endswith(trade)]
    items = rng.sample(sold[0] if sold else ["Registration", "Yearly listing"], 2)
    discount = rng.randint(1, max(1, facts.due // 900)) * 100 if layout == "discount" else 0
    whole = facts.due + discount
    first = whole * rng.randint(20, 80) // 100
    split = [(items[0], first), (items[1], whole - first)] if whole > 20_00 else [(items[0], whole)]
    body = write(layout, facts, split, discount=discount, earlier=rng.randint(20_00, 700_00))
    return Document.make(
        books.store,
        sender=facts.vendor,
        received_on=min(books.today, facts.dated + dt.timedelta(days=rng.randint(0, 3))),
        letter=Attachment(f"{layout}-{rng.randint(100, 999)}.txt", body),
    )
