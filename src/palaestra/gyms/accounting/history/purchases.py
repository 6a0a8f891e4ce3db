"""What was bought: vendors, orders, bills, their payments and credits."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.credits import VendorCredit
from palaestra.gyms.accounting.history.books import Books
from palaestra.gyms.accounting.ledger import UNFINISHED
from palaestra.gyms.accounting.office import LIMIT, POOLS, TERMS, TOLD
from palaestra.gyms.accounting.orders import OrderLine, PurchaseOrder
from palaestra.gyms.accounting.payables import Bill, BillLine, Payment
from palaestra.gyms.accounting.vendors import Vendor

FATES = {"Draft": 2, "Submitted": 3, "Approved": 4, "Paid": 3, "Rejected": 1, "Void": 1}
Items = list[tuple[str, int, int]]
"""What was bought: item, number and price of one."""


def purchase(books: Books) -> list[Vendor]:
    """Buys for some months; returns the vendors."""
    rng = books.rng
    sellers = vendors(books)
    trades = {seller: _trade(seller) for seller in sellers}
    for fate in ("Paid", "Paid", *books.fates(FATES, 6, 8)):
        seller = rng.choice(sellers)
        owe(books, seller, trades[seller], fate)
    for fate in books.fates({"Draft": 1, "Ordered": 2, "Partly": 2}, 2, 3):
        seller = rng.choice(sellers)
        items = wanted(books, trades[seller])
        order(books, seller, items, books.day(recent=True), fate)
    for fate in books.fates({"Approved": 2, "Used": 1, "Draft": 1}, 2, 3):
        give_back(books, fate)
    *cleared, stopped = Payment.every(books.store)
    for payment in cleared:
        if payment.paid_on < books.first_open or rng.random() < 0.7:
            payment.clear()
    stopped.void()
    for held in rng.sample(sellers, max(1, len(sellers) // 6)):
        held.hold(rng.choice(POOLS["holds"]))
    return sellers


def vendors(books: Books) -> list[Vendor]:
    """Makes vendors, each of a trade that the end of the name tells."""
    rng = books.rng
    made = []
    trades = rng.sample(sorted(TOLD["trades"]), len(TOLD["trades"]))
    names = rng.sample(POOLS["vendors"], len(POOLS["vendors"]))
    for place in range(books.some(5, 6)):
        again, place = divmod(place, len(names) * len(trades))
        name, trade = (
            names[place % len(names)],
            trades[sum(divmod(place, len(names))) % len(trades)],
        )
        made.append(
            Vendor.make(
                books.store,
                name=f"{name} {trade}" if not again else f"{name} & Son {again} {trade}",
                email=f"{rng.choice(('billing', 'accounts', 'office'))}@{name.lower()}.example",
                terms=rng.choice(TERMS),
                account=books.chart[TOLD["trades"][trade][0]],
            )
        )
    return made


def _trade(vendor: Vendor) -> str:
    return next(trade for trade in map(str, TOLD["trades"]) if vendor.name.endswith(trade))


def wanted(books: Books, trade: str) -> Items:
    """Draws what is bought of a trade."""
    rng = books.rng
    items = rng.sample(TOLD["trades"][trade][1:], rng.choice((1, 1, 1, 2, 2)))
    return [(i, rng.randint(1, 6), int(15_00 * 55 ** rng.random()) // 50 * 50) for i in items]


def order(books: Books, vendor: Vendor, items: Items, dated: dt.date, fate: str) -> PurchaseOrder:
    """Makes an order: a draft, ordered, or delivered in part or in full."""
    made = PurchaseOrder.make(books.store, vendor=vendor, dated=dated)
    for item, number, price in items:
        OrderLine.make(
            books.store, order=made, item=item, account=vendor.account, ordered=number, price=price
        )
    if fate != "Draft":
        made.place()
    if fate in ("Partly", "Delivered"):
        for line in made.lines():
            number = line.ordered if fate == "Delivered" else (line.ordered + 1) // 2
            line.receive(number, books.after(dated, 5))
    return made


def owe(books: Books, vendor: Vendor, trade: str, fate: str) -> None:
    """Makes a bill and brings it to its fate by running the rules."""
    rng, store = books.rng, books.store
    unfinished = fate in UNFINISHED
    dated = books.day(recent=unfinished)
    number = f"INV-{rng.randint(10, 99)}{store.next_number(Bill.type.index):02d}"
    bill = Bill.make(store, vendor=vendor, invoice=number, dated=dated)
    items = wanted(books, trade)
    for item, pieces, price in items:
        BillLine.make(store, bill=bill, item=item, account=vendor.account, amount=pieces * price)
    large = bill.total > LIMIT and (not unfinished or rng.random() < 0.6)
    if large or rng.random() < 0.2:
        before = max(books.months[0].starts, dated - dt.timedelta(days=rng.randint(6, 15)))
        bill.order = order(books, vendor, items, before, "Delivered")
    if fate != "Draft":
        bill.submit()
    if fate == "Rejected":
        bill.reject(rng.choice(POOLS["rejections"]))
    if fate in ("Approved", "Paid", "Void"):
        if bill.order:
            bill.match()
        bill.approve()
    if fate == "Paid":
        bill.pay(books.bank, books.after(dated, 25))
    if fate == "Void":
        bill.void()


def give_back(books: Books, fate: str) -> None:
    """Makes a credit of a vendor that something is owed to, and brings it to its fate."""
    rng = books.rng
    bills = Bill.every(books.store, status="Approved")
    bill = rng.choice(bills)
    vendor = bill.vendor
    credit = VendorCredit.make(
        books.store,
        vendor=vendor,
        dated=books.today,
        amount=max(1_00, bill.left() // rng.randint(3, 9) // 10 * 10),
        account=vendor.account,
        reason=rng.choice(POOLS["credits"]),
    )
    if fate != "Draft":
        credit.approve()
    if fate == "Used":
        credit.use(bill)
