"""The books: the chart of accounts, the months they are kept by, and the journal.

What makes entries by itself (bills, invoices, assets ...) has files of its own and comes here
through `book`. Balances and turnovers are kept up to date by posting, so that looking at them costs
nothing; `audit` adds them up again.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from palaestra.gyms.accounting.office import MANAGER, MAY, POOLS, SAYS, TOLD, app, deed
from palaestra.kit import Record, Refused, choice, code, date, derived, money, ref, text
from palaestra.kit.fields import MONTHS

PAYABLE, RECEIVABLE = "Accounts payable", "Accounts receivable"
EQUIPMENT, WEAR = "Office equipment", "Accumulated depreciation"
CONTROL = (PAYABLE, RECEIVABLE, EQUIPMENT, WEAR)
"""Accounts that say in one number what bills, invoices and assets say one by one."""
DEPRECIATION, DISPOSALS, BAD_DEBTS = "Depreciation", "Asset disposals", "Bad debts"
BY_RULE = (*CONTROL, DEPRECIATION, DISPOSALS, BAD_DEBTS)
"""Accounts that rules look for by name."""
DEBITED = ("Bank", "Asset", "Expense")
UNFINISHED = ("Draft", "Submitted", "Rejected", "Open")
OTHER = {"Debit": "Credit", "Credit": "Debit"}


@app.record(key="name", seeds=(0, 0), may=MAY)
class Account(Record):
    """A line of the chart of accounts."""

    name: str = text(POOLS["accounts"])
    number: str = text("code:", pattern=r"\d{4}", unique=True)
    kind: str = choice(*TOLD["chart"], label="Type")
    status: str = choice("Active", "Inactive", editable=False)
    balance: int = money(editable=False, default=0, bookkeeping=True)

    def post(self, side: str, cents: int) -> None:
        """Moves the balance, which is positive on the account's natural side."""
        natural = "Debit" if self.kind in DEBITED else "Credit"
        self.balance += cents if side == natural else -cents

    def locked(self) -> str:
        if self.name in BY_RULE:
            return f"{self} is posted to by documents and stays (handbook, R11)"
        used = self.find(EntryLine, account=self)
        return f"{self} has lines in the journal and stays (handbook, R11)" if used else ""

    @deed("Deactivate", when="Active", says=SAYS["deactivate account"])
    def deactivate(self) -> None:
        if self.balance:
            raise Refused(f"{self} has a balance (handbook, R10)")
        if self.name in BY_RULE:
            raise Refused(f"{self} is posted to by documents (handbook, R11)")
        self.status = "Inactive"

    @deed("Reactivate", when="Inactive", says=SAYS["reactivate account"])
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


@app.record(key="name", seeds=(0, 0), may=MAY)
class Period(Record):
    """A month of the books."""

    name: str = text(editable=False)
    starts: dt.date = date(editable=False)
    ends: dt.date = date(editable=False)
    status: str = choice("Open", "Closed", editable=False)
    closed_at: int | None = money(editable=False, required=False, label="Turnover at closing")
    turnover: int = money(editable=False, default=0, bookkeeping=True)

    def unfinished(self) -> list[Any]:
        """Returns what keeps this month from being closed."""
        kinds = [kind.cls for kind in app.records if issubclass(kind.cls, Dated)]
        found = [one for kind in kinds for s in UNFINISHED for one in self.find(kind, status=s)]
        return [one for one in found if self.starts <= one.dated <= self.ends]

    def locked(self) -> str:
        return "Months are opened and closed, never deleted (handbook, R9)"

    @deed(
        "Close",
        when="Open",
        confirm="Nothing can be dated in it.",
        by=MANAGER,
        says=SAYS["close period"],
    )
    def close(self) -> None:
        if self.ends >= self.today:
            raise Refused(f"{self} is not over yet (handbook, R9)")
        if earlier := [p for p in self.find(Period, status="Open") if p.starts < self.starts]:
            raise Refused(f"{earlier[0]} has to be closed first (handbook, R9)")
        if unfinished := self.unfinished():
            raise Refused(f"{unfinished[0]} in {self} is unfinished (handbook, R9)")
        self.status, self.closed_at = "Closed", self.turnover

    @deed("Reopen", when="Closed", by=MANAGER, says=SAYS["reopen period"])
    def reopen(self) -> None:
        if later := [p for p in self.find(Period, status="Closed") if p.starts > self.starts]:
            raise Refused(f"{later[-1]} has to be reopened first (handbook, R9)")
        self.status, self.closed_at = "Open", None

    @deed(
        "Add next month",
        when=lambda p: p == p.find(Period)[-1],
        by=MANAGER,
        says=SAYS["extend period"],
    )
    def extend(self) -> None:
        self.create(Period, **month(self.ends + dt.timedelta(days=1)))


def ledger(record: Record, name: str) -> Account:
    """Returns an account that rules post to, by name."""
    return record.find(Account, name=name)[0]


def month(day: dt.date) -> dict[str, Any]:
    """Returns name, first and last day of the month that a day is in."""
    starts = day.replace(day=1)
    ends = (starts + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return {"name": f"{MONTHS[day.month - 1]} {day.year}", "starts": starts, "ends": ends}


def require_open(record: Record, day: dt.date) -> Period:
    """Returns the open month that the day lies in, or raises `Refused`."""
    periods = record.find(Period, starts=day.replace(day=1))
    if not periods or periods[0].status == "Closed":
        raise Refused(f"The books are not open on {day} (handbook, R2)")
    return periods[0]


def require_past(record: Record, since: dt.date, day: dt.date, what: str) -> None:
    """Raises `Refused` unless a day lies between an earlier one and today."""
    if not since <= day <= record.today:
        raise Refused(f"{what} is dated from {since} to today (handbook, R13)")


@app.record(key="number", plural="Journal entries", seeds=(0, 0), may=MAY)
class JournalEntry(Dated):
    """Amounts moved between accounts."""

    number: str = code("JE-####")
    dated: dt.date = date(past=25, label="Entry date")
    memo: str = text(POOLS["memos"])
    status: str = choice("Draft", "Posted", "Reversed", editable=False)
    origin: str = text(editable=False, required=False, bookkeeping=True, label="Made from")
    debits: int = derived(lambda entry: entry.total("Debit"), shown_as=money())
    credits: int = derived(lambda entry: entry.total("Credit"), shown_as=money())

    def lines(self) -> list[EntryLine]:
        """Returns what it moves."""
        return self.find(EntryLine, entry=self)

    def total(self, side: str) -> int:
        """Returns the sum of one side, in cents."""
        return sum(line.amount for line in self.lines() if line.side == side)

    @deed("Post", when="Draft", says=SAYS["post entry"])
    def post(self) -> None:
        lines = self.lines()
        debits = sum(line.amount for line in lines if line.side == "Debit")
        if not debits or 2 * debits != sum(line.amount for line in lines):
            raise Refused(f"The debits and credits of {self} are not equal (handbook, R1)")
        period = require_open(self, self.dated)
        for line in lines:
            account = line.account
            if account.status == "Inactive":
                raise Refused(f"{account} is inactive (handbook, R10)")
            account.post(line.side, line.amount)
        period.turnover += debits
        self.status = "Posted"

    @deed("Reverse", when="Posted", says=SAYS["reverse entry"])
    def reverse(self) -> None:
        if self.origin:
            raise Refused(f"{self} was made from {self.origin}; void that (handbook, R6)")
        self.undo()

    def undo(self) -> None:
        """Posts the same amounts on the other sides, dated today."""
        swapped = [(line.account, OTHER[line.side], line.amount) for line in self.lines()]
        book(self, self.today, f"Reversal: {self.memo}", swapped)
        self.status = "Reversed"


@app.record(key="number", seeds=(0, 0), may=MAY)
class EntryLine(Record):
    """One amount on one side of one account."""

    number: str = code("JL-####")
    entry: JournalEntry = ref(JournalEntry, owner=True)
    account: Account = ref(Account, active=lambda a: a.status == "Active" and a.name not in CONTROL)
    side: str = choice("Debit", "Credit")
    amount: int = money(low=5, high=20_000)


def book(
    source: Record, day: dt.date, memo: str, lines: list[tuple[Account, str, int]]
) -> JournalEntry:
    """Makes a journal entry from another record, with (account, side, cents), and posts it."""
    entry = source.create(JournalEntry, dated=day, memo=memo, origin=str(source))
    for account, side, amount in lines:
        if amount:
            source.create(EntryLine, entry=entry, account=account, side=side, amount=amount)
    entry.post()
    return entry
