"""The reports, worked out another way."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel import reports
from palaestra.gyms.travel.people import Department
from palaestra.gyms.travel.trips import Receipt, Trip
from palaestra.kit import Session, Store
from tests.gyms.travel.desk import app


def cents(text: str) -> int:
    return round(float(text.replace(",", "")) * 100)


@pytest.mark.parametrize("seed", [3, 4])
def test_spending_is_told_by_department_and_sort(seed: int) -> None:
    store = Session(app, seed=seed).store
    lines = reports.spending(store, {"Month": reports.EVERY_MONTH})
    for line, department in zip(lines, Department.every(store), strict=True):
        *sums, spent, left = (cents(text) for text in line[1:])
        assert line[0] == str(department)
        assert sum(sums) == spent == department.spent
        assert left == department.budget - department.spent
    total = reports.spent_in_all(store, {"Month": reports.EVERY_MONTH})
    for place in range(1, len(total)):
        assert cents(total[place]) == sum(cents(line[place]) for line in lines)


def test_months_add_up_to_all_months(store: Store) -> None:
    _, *months = reports.months(store)
    assert months == sorted({f"{receipt.dated:%Y-%m}" for receipt in Receipt.every(store)})
    spent = {
        month: [cents(line[6]) for line in reports.spending(store, {"Month": month})]
        for month in (reports.EVERY_MONTH, *months)
    }
    every = spent.pop(reports.EVERY_MONTH)
    assert [sum(column) for column in zip(*spent.values(), strict=True)] == every


def test_every_type_of_receipt_is_in_one_column() -> None:
    kinds = [kind for kinds in reports.SORTS.values() for kind in kinds]
    assert sorted(kinds) == sorted(Receipt.kind.choices)


def test_exceptions_are_the_trips_with_findings(store: Store) -> None:
    every = reports.exceptions(store, {"Finding": reports.EVERY_FINDING})
    assert [line[0] for line in every] == [str(t) for t in Trip.every(store) if t.findings]
    for finding in reports.FINDINGS:
        some = reports.exceptions(store, {"Finding": finding})
        assert some == [line for line in every if finding in line[2]]
