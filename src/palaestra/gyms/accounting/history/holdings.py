"""What was bought to be kept: fixed assets and their depreciation."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.assets import Asset, DepreciationRun
from palaestra.gyms.accounting.depreciation import METHODS
from palaestra.gyms.accounting.history.books import MONTHS_BACK, Books
from palaestra.gyms.accounting.office import POOLS


def buy(books: Books) -> None:
    """Buys assets; all but the last are in use."""
    rng = books.rng
    names = rng.sample(POOLS["assets"], len(POOLS["assets"]))
    number = books.some(3, 4)
    for place in range(number):
        first = books.months[place % 2].starts
        last = place == number - 1
        asset = Asset.make(
            books.store,
            name=names[place % len(names)],
            dated=books.day(recent=True) if last else first + dt.timedelta(rng.randint(0, 27)),
            cost=int(300_00 * 20 ** rng.random()) // 500 * 500,
            residual=rng.choice((None, 50_00, 100_00)),
            method=METHODS[place % len(METHODS)],
            months=rng.choice((24, 36, 48, 60)),
        )
        if not last:
            asset.put_in_use(books.bank)


def depreciate(books: Books) -> None:
    """Depreciates the months that will be closed; the run of the next is sometimes prepared."""
    runs = [DepreciationRun.make(books.store, month=month) for month in books.done]
    for run in runs:
        run.post()
    following = books.months[len(books.done)]
    if len(books.done) < MONTHS_BACK and books.rng.random() < 0.5:
        DepreciationRun.make(books.store, month=following)
