"""What every part of the history works with: the store, the stream, the accounts and the months."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from palaestra.gyms.accounting.ledger import Account, EntryLine, JournalEntry, Period, month
from palaestra.gyms.accounting.office import TOLD
from palaestra.kit import Store

MONTHS_BACK = 4
GROWTH = 1.5
"""What is drawn grows faster than the office: accounts, months and the like do not grow at all."""
LONGEST = 100
"""Days back that papers of the past are dated."""


@dataclass(frozen=True)
class Books:
    """The books while their past is written.

    Attributes:
        store: Where the records are made.
        rng: Decides everything.
        chart: Accounts by name.
        months: The months of the books, oldest first.
        done: Those that are closed in the end.
    """

    store: Store
    rng: random.Random
    chart: dict[str, Account]
    months: list[Period]
    done: list[Period]

    @classmethod
    def open(cls, store: Store, rng: random.Random) -> Books:
        """Makes the chart of accounts, six months, and what the journal has without documents."""
        chart = {
            name: Account.make(store, number=number, name=name, kind=kind)
            for kind, accounts in TOLD["chart"].items()
            for number, name in accounts.items()
        }
        day = store.today.replace(day=1)
        for _ in range(MONTHS_BACK):
            day = (day - dt.timedelta(days=1)).replace(day=1)
        months = [Period.make(store, **month(day))]
        while len(months) < MONTHS_BACK + 2:
            months[-1].extend()
            months = Period.every(store)
        books = cls(store, rng, chart, months, months[: rng.choice((2, 3))])
        for told in TOLD["journal"]:
            books.enter(told)
        return books

    def enter(self, told: Any) -> None:
        """Makes a journal entry that `office.toml` tells of, a little larger or smaller."""
        dated = self.months[told["month"]].starts
        entry = JournalEntry.make(self.store, dated=dated, memo=told["memo"])
        percent = self.rng.randint(60, 140)
        for name, cents in told["lines"].items():
            side, amount = "Debit" if cents > 0 else "Credit", abs(cents) * percent // 100
            EntryLine.make(
                self.store, entry=entry, account=self.chart[name], side=side, amount=amount
            )
        if "draft" not in told:
            entry.post()

    @property
    def today(self) -> dt.date:
        """Returns the day that the office starts on."""
        return self.store.today

    @property
    def bank(self) -> Account:
        """Returns the account that most money goes through."""
        return self.chart["Operating account"]

    @property
    def first_open(self) -> dt.date:
        """Returns the first day that something may be dated on in the end."""
        return self.months[len(self.done)].starts

    def some(self, low: int, high: int) -> int:
        """Draws how many of something there are; more in a larger office."""
        scale = 1 + (self.store.scale - 1) * GROWTH
        return max(1, round(self.rng.randint(low, high) * scale))

    def day(self, *, recent: bool) -> dt.date:
        """Draws a day: of this month where something is unfinished, else of the last months."""
        back = self.rng.randint(0, self.today.day - 1 if recent else LONGEST)
        return self.today - dt.timedelta(days=back)

    def after(self, day: dt.date, longest: int) -> dt.date:
        """Draws a day soon after another, today at the latest."""
        return min(self.today, day + dt.timedelta(days=self.rng.randint(0, longest)))

    def fates(self, weighted: dict[str, int], low: int, high: int) -> list[str]:
        """Draws what becomes of some papers; each fate comes about as often as its weight says.

        Where there are as many papers as fates or more, none is left out.
        """
        number = self.some(low, high)
        drawn = self.rng.choices(list(weighted), list(weighted.values()), k=number)
        return [*weighted, *drawn][:number] if number >= len(weighted) else drawn
