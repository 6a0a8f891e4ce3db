"""Reports that questions are asked about: aged payables and receivables, balances, assets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from palaestra.gyms.accounting.assets import Asset
from palaestra.gyms.accounting.ledger import DEBITED, Account, month
from palaestra.gyms.accounting.office import TOLD
from palaestra.gyms.accounting.payables import Bill
from palaestra.gyms.accounting.receivables import Invoice
from palaestra.kit import Store
from palaestra.kit.blocks import Report
from palaestra.kit.survey import survey

AGES = (0, 30, 60)
"""Days overdue at which a column of an ageing ends."""
BANDS = ("Not due", "1-30 days", "31-60 days", "Over 60 days", "Total")
DAYS = ("Today", "End of this month", "End of next month")
ALL = "All"
Line = tuple[str, ...]
Due = Iterable[tuple[str, dt.date, int]]
"""Whom it is about, when it is due, and cents."""


def shown(cents: int) -> str:
    """Writes an amount as the lists show it."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def as_of(store: Store, choice: str) -> dt.date:
    """Returns the day that an ageing is made for."""
    today = store.today
    last: dt.date = month(today)["ends"]
    if choice == DAYS[2]:
        last = month(last + dt.timedelta(days=1))["ends"]
    return today if choice == DAYS[0] else last


def aged(due: Due, day: dt.date) -> dict[str, list[int]]:
    """Adds up what is open by whom it is about and by how long it is overdue on a day."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(BANDS))
    for name, due_on, cents in due:
        late = (day - due_on).days
        sums[name][sum(late > age for age in AGES)] += cents
        sums[name][-1] += cents
    return dict(sorted(sums.items()))


def bills(store: Store) -> Due:
    """Returns what is to be paid."""
    return survey(store, Bill, "due", lambda bill: _due(bill, "Approved", "vendor")).values()


def invoices(store: Store) -> Due:
    """Returns what is to come in."""
    return survey(store, Invoice, "due", lambda one: _due(one, "Issued", "customer")).values()


def _due(one: Bill | Invoice, status: str, who: str) -> tuple[str, dt.date, int] | None:
    """Tells whom it is about, the day and the cents; None where it is not open."""
    if one.status != status:
        return None
    return str(getattr(one, who)), one.due_on(), one.left()


def ageing(name: str, title: str, who: str, due: Callable[[Store], Due]) -> Report:
    """Makes a report of what is open by age; credits that are not used yet are not in it."""

    def rows(store: Store, choices: Mapping[str, str]) -> list[Line]:
        table = aged(due(store), as_of(store, choices["As of"]))
        return [(name, *map(shown, sums)) for name, sums in table.items()]

    def total(store: Store, choices: Mapping[str, str]) -> Line:
        table = aged(due(store), as_of(store, choices["As of"]))
        sums = map(sum, zip([0] * len(BANDS), *table.values(), strict=True))
        return ("Total", *map(shown, sums))

    return Report(
        name, title=title, columns=(who, *BANDS), rows=rows, total=total, choices={"As of": DAYS}
    )


def balances(store: Store, choices: Mapping[str, str]) -> list[tuple[Account, int]]:
    """Returns the accounts with their balances in cents, positive for debit, without empty ones."""
    found = [
        (account, account.balance if account.kind in DEBITED else -account.balance)
        for account in Account.every(store)
        if choices["Type"] in (ALL, account.kind)
    ]
    return [(account, cents) for account, cents in found if cents]


def balance_lines(store: Store, choices: Mapping[str, str]) -> list[Line]:
    """Works out the lines of the trial balance."""
    return [
        (account.number, str(account), shown(max(cents, 0)), shown(max(-cents, 0)))
        for account, cents in sorted(balances(store, choices), key=lambda pair: pair[0].number)
    ]


def balance_total(store: Store, choices: Mapping[str, str]) -> Line:
    """Adds up both sides of the trial balance."""
    cents = [cents for _, cents in balances(store, choices)]
    debits, credits = sum(c for c in cents if c > 0), -sum(c for c in cents if c < 0)
    return ("Total", "", shown(debits), shown(credits))


def asset_lines(store: Store, choices: Mapping[str, str]) -> list[Line]:
    """Works out the lines of the asset register."""
    return [
        (
            str(asset),
            asset.name,
            *map(shown, (asset.cost, asset.accumulated, asset.book_value, asset.wear())),
        )
        for asset in Asset.every(store, status="In use")
        if choices["Method"] in (ALL, asset.method)
    ]


PAYABLES = ageing("aged_payables", "Aged payables", "Vendor", bills)
RECEIVABLES = ageing("aged_receivables", "Aged receivables", "Customer", invoices)
TRIAL_BALANCE = Report(
    "trial_balance",
    title="Trial balance",
    columns=("Number", "Account", "Debit", "Credit"),
    rows=balance_lines,
    total=balance_total,
    choices={"Type": (ALL, *TOLD["chart"])},
)
ASSETS = Report(
    "asset_register",
    title="Asset register",
    columns=("Asset", "Asset name", "Cost", "Accumulated", "Book value", "Next month"),
    rows=asset_lines,
    choices={"Method": (ALL, *Asset.method.choices)},  # type: ignore[attr-defined]
)
