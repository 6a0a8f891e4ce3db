"""The books: the chart of accounts, the months they are kept by, and the journal.

What makes entries by itself (bills, payments) is in `payables`; it comes here through `book`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from palaestra.gyms.accounting.handbook import app
from palaestra.kit import Record, Refused, action, choice, code, date, derived, money, ref, text
from palaestra.kit.fields import MONTHS

NEW_ACCOUNTS = (
    "Conference fees", "Recruitment", "Vehicle costs", "Staff meals", "Bank charges",
    "Research supplies", "Donations", "Interest income", "Security deposits", "Prepaid rent",
    "Warranty reserve", "Translation services", "Licence fees", "Workshop tools",
)  # fmt: skip
MEMOS = (
    "Sales for the week", "Monthly salaries", "Depreciation of equipment", "Transfer to savings",
    "Correction of coding", "Accrued interest", "Owner contribution", "Cash sales", "Loan instalment",
    "Stock adjustment", "Card takings", "Rent received",
)  # fmt: skip
IN_THE_BOOKS = ("Posted", "Reversed")


@app.record(key="name", seeds=(0, 0))
class Account(Record):
    """A line of the chart of accounts."""

    name: str = text(NEW_ACCOUNTS)
    number: str = text("code:", pattern=r"\d{4}", unique=True)
    kind: str = choice("Bank", "Asset", "Liability", "Equity", "Income", "Expense", label="Type")
    status: str = choice("Active", "Inactive", editable=False)
    balance: int = derived(lambda account: account.net(), shown_as=money())

    @property
    def control(self) -> bool:
        """Says whether this is accounts payable, which only bills and payments post to."""
        return self.number == PAYABLE

    def net(self) -> int:
        """Returns the balance in cents, positive on the account's natural side."""
        lines = [line for line in self.find(EntryLine, account=self) if line.entry.status in IN_THE_BOOKS]
        debit = sum(line.amount if line.side == "Debit" else -line.amount for line in lines)
        return debit if self.kind in ("Bank", "Asset", "Expense") else -debit

    def locked(self) -> str:
        if self.control or self.find(EntryLine, account=self):
            return f"{self} was used in the journal and stays as it is (handbook, R11)"
        return ""

    @action(
        "Deactivate",
        when=lambda a: a.status == "Active",
        says=("deactivate {record}", "take {record} out of use", "make sure nobody can post to {record} any more"),
    )
    def deactivate(self) -> None:
        if self.control or self.net():
            raise Refused(f"{self} is in use or has a balance (handbook, R10)")
        self.status = "Inactive"

    @action(
        "Reactivate",
        when=lambda a: a.status == "Inactive",
        says=("reactivate {record}", "bring {record} back into use", "we need {record} again, reactivate it"),
    )
    def reactivate(self) -> None:
        self.status = "Active"


class Dated(Record):
    """What lies in a month by its date, and holds up the closing while it is unfinished."""

    kinds: ClassVar[list[type[Dated]]] = []
    unfinished: ClassVar[tuple[str, ...]]
    dated: dt.date
    status: str

    def __init_subclass__(cls) -> None:
        cls.kinds.append(cls)

    def check(self) -> None:
        require_open(self, self.dated)


@app.record(key="name", seeds=(0, 0))
class Period(Record):
    """A month of the books."""

    name: str = text(editable=False)
    starts: dt.date = date(editable=False)
    ends: dt.date = date(editable=False)
    status: str = choice("Open", "Closed", editable=False)
    closed_at: int | None = money(editable=False, required=False, label="Turnover at closing")
    turnover: int = derived(lambda period: period.turned_over(), shown_as=money())

    def dated(self, kind: type[Dated]) -> list[Any]:
        """Returns the records of a kind that lie in this month."""
        return [one for one in self.find(kind) if self.starts <= one.dated <= self.ends]

    def turned_over(self) -> int:
        """Returns the sum of all debits posted in this month, in cents."""
        return sum(entry.debits for entry in self.dated(JournalEntry) if entry.status in IN_THE_BOOKS)

    def unfinished(self) -> list[Any]:
        """Returns what keeps this month from being closed."""
        return [one for kind in Dated.kinds for one in self.dated(kind) if one.status in kind.unfinished]

    def locked(self) -> str:
        return "Months are opened and closed, never deleted (handbook, R9)"

    @action(
        "Close",
        when=lambda p: p.status == "Open",
        confirm="Nothing can be dated in this month afterwards.",
        says=("close {record}", "close the books for {record}", "lock {record} so that nothing more is dated in it"),
    )
    def close(self) -> None:
        if self.ends >= self.today:
            raise Refused(f"{self} is not over yet (handbook, R9)")
        if earlier := [p for p in self.find(Period, status="Open") if p.starts < self.starts]:
            raise Refused(f"{earlier[0]} has to be closed first (handbook, R9)")
        if unfinished := self.unfinished():
            raise Refused(f"{unfinished[0]} in {self} is unfinished (handbook, R9)")
        self.status, self.closed_at = "Closed", self.turned_over()

    @action(
        "Reopen",
        when=lambda p: p.status == "Closed",
        says=("reopen {record}", "open the books for {record} again", "unlock {record}, we have late entries"),
    )
    def reopen(self) -> None:
        if later := [p for p in self.find(Period, status="Closed") if p.starts > self.starts]:
            raise Refused(f"{later[-1]} has to be reopened first (handbook, R9)")
        self.status, self.closed_at = "Open", None

    @action(
        "Add next month",
        when=lambda p: p == p.find(Period)[-1],
        says=("add the next month after {record}", "extend the books by the month that follows {record}"),
    )
    def extend(self) -> None:
        self.create(Period, **month(self.ends + dt.timedelta(days=1)))


def month(day: dt.date) -> dict[str, Any]:
    """Returns name, first and last day of the month that a day is in."""
    starts = day.replace(day=1)
    after = (starts + dt.timedelta(days=31)).replace(day=1)
    return {"name": f"{MONTHS[day.month - 1]} {day.year}", "starts": starts, "ends": after - dt.timedelta(days=1)}


def require_open(record: Record, day: dt.date) -> None:
    """Raises `Refused` unless the day lies in an open month."""
    periods = record.find(Period, starts=day.replace(day=1))
    if not periods:
        raise Refused(f"The books have no month for {day} yet (handbook, R2)")
    if periods[0].status == "Closed":
        raise Refused(f"{periods[0]} is closed (handbook, R2)")


@app.record(key="number", plural="Journal entries", seeds=(0, 0))
class JournalEntry(Dated):
    """Amounts moved between accounts."""

    unfinished = ("Draft",)
    number: str = code("JE-####")
    dated: dt.date = date(past=25, label="Entry date")
    memo: str = text(MEMOS)
    status: str = choice("Draft", "Posted", "Reversed", editable=False)
    origin: str | None = text(editable=False, required=False, bookkeeping=True, label="Made from")
    debits: int = derived(lambda entry: entry.total("Debit"), shown_as=money())
    credits: int = derived(lambda entry: entry.total("Credit"), shown_as=money())

    def total(self, side: str) -> int:
        """Returns the sum of one side, in cents."""
        return sum(line.amount for line in self.find(EntryLine, entry=self, side=side))

    def locked(self) -> str:
        return "" if self.status == "Draft" else f"{self} was posted and stays as it is (handbook, R6)"

    @action(
        "Post",
        when=lambda e: e.status == "Draft",
        says=("post {record}", "book {record}", "put {record} into the books"),
    )
    def post(self) -> None:
        lines = self.find(EntryLine, entry=self)
        if len(lines) < 2 or self.debits != self.credits:
            raise Refused(f"The debits and credits of {self} are not equal (handbook, R1)")
        require_open(self, self.dated)
        if idle := [line.account for line in lines if line.account.status == "Inactive"]:
            raise Refused(f"{idle[0]} is inactive (handbook, R10)")
        self.status = "Posted"

    @action(
        "Reverse",
        when=lambda e: e.status == "Posted",
        confirm="A second entry with the sides swapped will be posted today.",
        says=("reverse {record}", "take {record} back out of the books", "undo the posting of {record}"),
    )
    def reverse(self) -> None:
        if self.origin:
            raise Refused(f"{self} was made from {self.origin}; void that instead (handbook, R6)")
        self.undo()

    def undo(self) -> None:
        """Posts the same amounts on the other sides, dated today."""
        other = {"Debit": "Credit", "Credit": "Debit"}
        lines = [(line.account, other[line.side], line.amount) for line in self.find(EntryLine, entry=self)]
        book(self, self.today, f"Reversal: {self.memo}", lines)
        self.status = "Reversed"


@app.record(key="number", seeds=(0, 0))
class EntryLine(Record):
    """One amount on one side of one account."""

    number: str = code("JL-####")
    entry: JournalEntry = ref(JournalEntry, owner=True)
    account: Account = ref(Account, active=lambda a: a.status == "Active" and not a.control)
    side: str = choice("Debit", "Credit")
    amount: int = money(low=5, high=20_000)


def book(source: Record, day: dt.date, memo: str, lines: list[tuple[Account, str, int]]) -> JournalEntry:
    """Makes a journal entry for another record and posts it.

    Args:
        source: What it is made from.
        day: Its date.
        memo: What it says.
        lines: Account, side and cents.

    Raises:
        Refused: If a rule forbids posting it.
    """
    entry = source.create(JournalEntry, dated=day, memo=memo, origin=str(source))
    for account, side, amount in lines:
        source.create(EntryLine, entry=entry, account=account, side=side, amount=amount)
    entry.post()
    return entry


PAYABLE = "2000"
"""Number of the account that bills are owed on."""


def payable(record: Record) -> Account:
    """Returns accounts payable."""
    return record.find(Account, number=PAYABLE)[0]
