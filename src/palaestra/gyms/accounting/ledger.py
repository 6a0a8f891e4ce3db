"""The books: the chart of accounts, the months they are kept by, and the journal.

What makes entries by itself (bills, payments) is in `payables`; it comes here through `book`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from palaestra.gyms.accounting.office import POOLS, SAYS, TOLD, app
from palaestra.kit import Record, Refused, action, choice, code, date, derived, money, ref, text
from palaestra.kit.fields import MONTHS

PAYABLE = "Accounts payable"
UNFINISHED = ("Draft", "Submitted", "Rejected")
OTHER = {"Debit": "Credit", "Credit": "Debit"}


@app.record(key="name", seeds=(0, 0))
class Account(Record):
    """A line of the chart of accounts."""

    name: str = text(POOLS["accounts"])
    number: str = text("code:", pattern=r"\d{4}", unique=True)
    kind: str = choice(*TOLD["chart"], label="Type")
    status: str = choice("Active", "Inactive", editable=False)
    balance: int = derived(lambda account: account.net(), shown_as=money())

    def net(self) -> int:
        """Returns the balance in cents, positive on the account's natural side."""
        lines = [x for x in self.find(EntryLine, account=self) if x.entry.status != "Draft"]
        debit = sum(x.amount if x.side == "Debit" else -x.amount for x in lines)
        return debit if self.kind in ("Bank", "Asset", "Expense") else -debit

    def locked(self) -> str:
        used = self.find(EntryLine, account=self)
        return f"{self} has lines in the journal and stays (handbook, R11)" if used else ""

    @action("Deactivate", when="Active", says=SAYS["deactivate account"])
    def deactivate(self) -> None:
        if self.net():
            raise Refused(f"{self} has a balance (handbook, R10)")
        self.status = "Inactive"

    @action("Reactivate", when="Inactive", says=SAYS["reactivate account"])
    def reactivate(self) -> None:
        self.status = "Active"


class Dated(Record):
    """What lies in a month by its date, and is changed only as a draft."""

    dated: dt.date
    status: str

    def check(self) -> None:
        require_open(self, self.dated)

    def locked(self) -> str:
        done = self.status != "Draft"
        return f"{self} is {self.status.lower()}, not a draft (handbook, R6)" if done else ""


@app.record(key="name", seeds=(0, 0))
class Period(Record):
    """A month of the books."""

    name: str = text(editable=False)
    starts: dt.date = date(editable=False)
    ends: dt.date = date(editable=False)
    status: str = choice("Open", "Closed", editable=False)
    closed_at: int | None = money(editable=False, required=False, label="Turnover at closing")
    turnover: int = derived(
        lambda p: sum(e.debits for e in p.holding(JournalEntry) if e.status != "Draft"),
        shown_as=money(),
    )

    def holding(self, kind: type[Dated]) -> list[Any]:
        """Returns the records of a kind that lie in this month."""
        return [one for one in self.find(kind) if self.starts <= one.dated <= self.ends]

    def unfinished(self) -> list[Any]:
        """Returns what keeps this month from being closed."""
        held = [one for kind in Dated.__subclasses__() for one in self.holding(kind)]
        return [one for one in held if one.status in UNFINISHED]

    def locked(self) -> str:
        return "Months are opened and closed, never deleted (handbook, R9)"

    @action("Close", when="Open", confirm="Nothing can be dated in it.", says=SAYS["close period"])
    def close(self) -> None:
        if self.ends >= self.today:
            raise Refused(f"{self} is not over yet (handbook, R9)")
        if earlier := [p for p in self.find(Period, status="Open") if p.starts < self.starts]:
            raise Refused(f"{earlier[0]} has to be closed first (handbook, R9)")
        if unfinished := self.unfinished():
            raise Refused(f"{unfinished[0]} in {self} is unfinished (handbook, R9)")
        self.status, self.closed_at = "Closed", self.turnover

    @action("Reopen", when="Closed", says=SAYS["reopen period"])
    def reopen(self) -> None:
        if later := [p for p in self.find(Period, status="Closed") if p.starts > self.starts]:
            raise Refused(f"{later[-1]} has to be reopened first (handbook, R9)")
        self.status, self.closed_at = "Open", None

    @action("Add next month", when=lambda p: p == p.find(Period)[-1], says=SAYS["extend period"])
    def extend(self) -> None:
        self.create(Period, **month(self.ends + dt.timedelta(days=1)))


def month(day: dt.date) -> dict[str, Any]:
    """Returns name, first and last day of the month that a day is in."""
    starts = day.replace(day=1)
    ends = (starts + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return {"name": f"{MONTHS[day.month - 1]} {day.year}", "starts": starts, "ends": ends}


def require_open(record: Record, day: dt.date) -> None:
    """Raises `Refused` unless the day lies in an open month."""
    periods = record.find(Period, starts=day.replace(day=1))
    if not periods or periods[0].status == "Closed":
        raise Refused(f"The books are not open on {day} (handbook, R2)")


@app.record(key="number", plural="Journal entries", seeds=(0, 0))
class JournalEntry(Dated):
    """Amounts moved between accounts."""

    number: str = code("JE-####")
    dated: dt.date = date(past=25, label="Entry date")
    memo: str = text(POOLS["memos"])
    status: str = choice("Draft", "Posted", "Reversed", editable=False)
    origin: str = text(editable=False, required=False, bookkeeping=True, label="Made from")
    debits: int = derived(lambda entry: entry.total("Debit"), shown_as=money())
    credits: int = derived(lambda entry: entry.total("Credit"), shown_as=money())

    def total(self, side: str) -> int:
        """Returns the sum of one side, in cents."""
        return sum(line.amount for line in self.find(EntryLine, entry=self, side=side))

    @action("Post", when="Draft", says=SAYS["post entry"])
    def post(self) -> None:
        if not self.debits or self.debits != self.credits:
            raise Refused(f"The debits and credits of {self} are not equal (handbook, R1)")
        require_open(self, self.dated)
        for line in self.find(EntryLine, entry=self):
            if line.account.status == "Inactive":
                raise Refused(f"{line.account} is inactive (handbook, R10)")
        self.status = "Posted"

    @action("Reverse", when="Posted", says=SAYS["reverse entry"])
    def reverse(self) -> None:
        if self.origin:
            raise Refused(f"{self} was made from {self.origin}; void that (handbook, R6)")
        self.undo()

    def undo(self) -> None:
        """Posts the same amounts on the other sides, dated today."""
        lines = self.find(EntryLine, entry=self)
        swapped = [(line.account, OTHER[line.side], line.amount) for line in lines]
        book(self, self.today, f"Reversal: {self.memo}", swapped)
        self.status = "Reversed"


@app.record(key="number", seeds=(0, 0))
class EntryLine(Record):
    """One amount on one side of one account."""

    number: str = code("JL-####")
    entry: JournalEntry = ref(JournalEntry, owner=True)
    account: Account = ref(Account, active=lambda a: a.status == "Active" and a.name != PAYABLE)
    side: str = choice("Debit", "Credit")
    amount: int = money(low=5, high=20_000)


def book(
    source: Record, day: dt.date, memo: str, lines: list[tuple[Account, str, int]]
) -> JournalEntry:
    """Makes a journal entry from another record, with (account, side, cents), and posts it."""
    entry = source.create(JournalEntry, dated=day, memo=memo, origin=str(source))
    for account, side, amount in lines:
        source.create(EntryLine, entry=entry, account=account, side=side, amount=amount)
    entry.post()
    return entry
