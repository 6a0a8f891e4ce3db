"""The reports that questions are asked about: what was spent, and what was against the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from palaestra.gyms.travel.people import Department
from palaestra.gyms.travel.trips import Receipt, Trip
from palaestra.kit import Store, money
from palaestra.kit.blocks import Report

AMOUNT = money()
EVERY_MONTH, EVERY_FINDING = "All months", "All findings"
SORTS = {
    "Fares": ("Fare", "Fare difference"),
    "Fees": ("Change fee",),
    "Hotels": ("Hotel", "Hotel refund"),
    "Refunds": ("Refund",),
    "Expenses": ("Reimbursement",),
}
"""Columns of the report on spending, and the types of receipt in each."""
FINDINGS = ("Business on a short flight", "Fare over the cap", "Booked late", "Hotel over the cap")


def months(store: Store) -> list[str]:
    """Returns what the report on spending may be narrowed to."""
    found = {f"{receipt.dated:%Y-%m}" for receipt in Receipt.every(store)}
    return [EVERY_MONTH, *sorted(found)]


def _spent(store: Store, month: str) -> Counter[tuple[str, str]]:
    """Adds up receipts in cents by department and type, of one month or of all."""
    total: Counter[tuple[str, str]] = Counter()
    for receipt in Receipt.every(store):
        if month in (EVERY_MONTH, f"{receipt.dated:%Y-%m}"):
            total[str(receipt.department), receipt.kind] += receipt.amount
    return total


def spending(store: Store, choices: Mapping[str, str]) -> list[Sequence[str]]:
    """Returns a line for each department: what went where, and what is left."""
    spent = _spent(store, choices["Month"])
    lines: list[Sequence[str]] = []
    for department in Department.every(store):
        name = str(department)
        sums = [sum(spent[name, kind] for kind in kinds) for kinds in SORTS.values()]
        cents = (*sums, sum(sums), department.budget - department.spent)
        lines.append((name, *(AMOUNT.show(one, store) for one in cents)))
    return lines


def spent_in_all(store: Store, choices: Mapping[str, str]) -> Sequence[str]:
    """Returns the last line: what all departments spent together."""
    spent = _spent(store, choices["Month"])
    by_kind: Counter[str] = Counter()
    for (_, kind), cents in spent.items():
        by_kind[kind] += cents
    sums = [sum(by_kind[kind] for kind in kinds) for kinds in SORTS.values()]
    left = sum(one.budget - one.spent for one in Department.every(store))
    return ("All departments", *(AMOUNT.show(one, store) for one in (*sums, sum(sums), left)))


def exceptions(store: Store, choices: Mapping[str, str]) -> list[Sequence[str]]:
    """Returns a line for each trip that was requested against the policy."""
    wanted = choices["Finding"]
    return [
        (str(trip), str(trip.traveller), trip.findings, trip.justification or "", trip.status)
        for trip in Trip.every(store)
        if trip.findings and (wanted == EVERY_FINDING or wanted in trip.findings.split(", "))
    ]


REPORTS = (
    Report(
        "spending",
        title="Spending by department",
        columns=("Department", *SORTS, "Spent", "Budget left"),
        rows=spending,
        total=spent_in_all,
        choices={"Month": months},
    ),
    Report(
        "exceptions",
        title="Policy exceptions",
        columns=("Trip", "Traveller", "Against the policy", "Justification", "Status"),
        rows=exceptions,
        choices={"Finding": (EVERY_FINDING, *FINDINGS)},
    ),
)
