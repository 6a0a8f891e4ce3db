"""What was sold: customers, invoices, their receipts and credits."""

from __future__ import annotations

from palaestra.gyms.accounting.credits import CreditNote
from palaestra.gyms.accounting.customers import Customer
from palaestra.gyms.accounting.history.books import Books
from palaestra.gyms.accounting.office import POOLS, TERMS
from palaestra.gyms.accounting.receivables import Invoice, InvoiceLine, Receipt

FATES = {"Draft": 2, "Issued": 4, "Overdue": 3, "Paid": 4, "Partly": 2, "Lost": 1, "Void": 1}


def sell(books: Books) -> None:
    """Sells for some months."""
    rng = books.rng
    buyers = customers(books)
    for fate in books.fates(FATES, 7, 8):
        ask(books, rng.choice(buyers), fate)
    for fate in books.fates({"Issued": 2, "Used": 1, "Draft": 1}, 2, 3):
        give_back(books, fate)
    for receipt in Receipt.every(books.store):
        if receipt.received_on < books.first_open or rng.random() < 0.7:
            receipt.clear()
    rng.choice(buyers).block(rng.choice(POOLS["blocks"]))


def customers(books: Books) -> list[Customer]:
    """Makes customers."""
    rng = books.rng
    names = rng.sample(POOLS["customers"], len(POOLS["customers"]))
    made = []
    for place in range(books.some(4, 5)):
        again, place = divmod(place, len(names))
        name = names[place] if not again else f"{names[place]} {again + 1}"
        domain = names[place].split()[0].lower()
        made.append(
            Customer.make(
                books.store,
                name=name,
                email=f"{rng.choice(('pay', 'ledger', 'desk'))}@{domain}.example",
                city=rng.choice(("Hamburg", "Leeds", "Porto", "Gdansk", "Bergen", "Utrecht")),
                terms=rng.choice(TERMS),
                limit=rng.randint(30, 100) * 500_00,
            )
        )
    return made


def ask(books: Books, customer: Customer, fate: str) -> None:
    """Makes an invoice and brings it to its fate by running the rules."""
    rng, store = books.rng, books.store
    dated = books.day(recent=fate == "Draft")
    if fate in ("Overdue", "Lost"):
        dated = min(dated, books.months[1].starts)
    invoice = Invoice.make(store, customer=customer, dated=dated)
    if rng.random() < 0.5:
        invoice.reference = f"ORD-{rng.randint(1000, 9999)}"
    for item in rng.sample(POOLS["services"], rng.choice((1, 1, 1, 2))):
        account = books.chart[rng.choice(("Sales", "Consulting income"))]
        amount = int(60_00 * 40 ** rng.random()) // 50 * 50
        InvoiceLine.make(store, invoice=invoice, item=item, account=account, amount=amount)
    if fate == "Draft":
        return
    if customer.owes + invoice.total > customer.limit:
        customer.limit = (customer.owes + invoice.total) // 500_00 * 500_00 + 500_00
    invoice.issue()
    if fate == "Void":
        invoice.void()
    if fate == "Lost":
        invoice.remind()
        invoice.write_off()
    if fate == "Overdue" and rng.random() < 0.5:
        invoice.remind()
    if fate in ("Paid", "Partly"):
        part = invoice.total if fate == "Paid" else invoice.total // 200 * 100
        invoice.receive(part, books.bank, books.after(dated, 25))


def give_back(books: Books, fate: str) -> None:
    """Makes a credit note to a customer who owes something, and brings it to its fate."""
    rng = books.rng
    invoice = rng.choice(Invoice.every(books.store, status="Issued"))
    note = CreditNote.make(
        books.store,
        customer=invoice.customer,
        dated=books.today,
        amount=max(1_00, invoice.left() // rng.randint(3, 9) // 10 * 10),
        account=books.chart["Sales"],
        reason=rng.choice(POOLS["credits"]),
    )
    if fate != "Draft":
        note.issue()
    if fate == "Used":
        note.use(invoice)
