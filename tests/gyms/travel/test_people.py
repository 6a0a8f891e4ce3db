"""Departments, travellers and their papers."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.people import Department, Visa
from palaestra.kit import Refused, Store
from tests.gyms.office import broken, enter, run
from tests.gyms.travel.desk import a_traveller, day, there_and_back, ticketed


def test_a_raise_adds_to_the_budget(store: Store) -> None:
    department = Department.every(store)[0]
    before = department.budget
    run(department, "raise_budget", amount=500_00)
    assert department.budget == before + 500_00


def test_suspended_and_reinstated(store: Store) -> None:
    traveller = a_traveller(store)
    run(traveller, "suspend", reason="open advance")
    assert (traveller.status, traveller.suspended_for) == ("Suspended", "open advance")
    run(traveller, "reinstate")
    assert (traveller.status, traveller.suspended_for) == ("Active", None)


def test_r9_a_new_passport_outlasts_the_old_one(store: Store) -> None:
    traveller = a_traveller(store, expires=day(store, 100))
    with pytest.raises(Refused, match="R9"):
        run(traveller, "renew_passport", expires=day(store, 100))
    run(traveller, "renew_passport", expires=day(store, 101))
    assert traveller.expires == day(store, 101)


def test_r10_one_visa_a_country_and_it_only_grows(store: Store) -> None:
    traveller = a_traveller(store)
    visa = enter(store, Visa, traveller=traveller, country="China", until=day(store, 50))
    enter(store, Visa, traveller=traveller, country="India", until=day(store, 50))
    with pytest.raises(Refused, match="R10"):
        enter(store, Visa, traveller=traveller, country="China", until=day(store, 90))
    with pytest.raises(Refused, match="R10"):
        run(visa, "extend", until=day(store, 50))
    run(visa, "extend", until=day(store, 51))
    assert visa.until == day(store, 51)


def test_what_somebody_spent_stays_with_the_department_of_the_day(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store))
    old = trip.traveller.department
    spent = old.spent
    assert spent == trip.paid > 0
    run(trip.traveller, "update", department=Department.every(store)[0])
    assert old.spent == spent
    assert broken(store) == []
