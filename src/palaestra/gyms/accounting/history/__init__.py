"""The records that the office starts with: a past made by running its own rules."""

from __future__ import annotations

import random

from palaestra.gyms.accounting.history import holdings, inbox, purchases, reconciliation, sales
from palaestra.gyms.accounting.history.books import Books
from palaestra.gyms.accounting.office import app
from palaestra.kit import Store


@app.seeding
def past(store: Store, rng: random.Random) -> None:
    """Opens the books, works for some months, and closes those that are done."""
    books = Books.open(store, rng)
    holdings.buy(books)
    sellers = purchases.purchase(books)
    inbox.receive(books, sellers)
    sales.sell(books)
    holdings.depreciate(books)
    reconciliation.reconcile(books)
    for idle in rng.sample(("Petty cash", "Entertainment"), rng.randint(1, 2)):
        books.chart[idle].deactivate()
    for done in books.done:
        done.close()
