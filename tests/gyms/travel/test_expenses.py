"""Expense reports: allowance, lines, approval, payment."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.expenses import ExpenseLine, ExpenseReport
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Refused, Store
from tests.gyms.office import broken, enter, run
from tests.gyms.travel.desk import a_flight, day, pass_days, receipts, ticketed


def flown(store: Store, way: str = "FRA-LHR", back: str = "LHR-FRA") -> Trip:
    """Makes a trip of three days that ended yesterday."""
    flights = a_flight(store, way, 10), a_flight(store, back, 12)
    trip = ticketed(store, *flights, first=10, last=12)
    pass_days(store, 13)
    for flight in flights:
        run(flight, "depart")
    return trip


def a_report(trip: Trip) -> ExpenseReport:
    report = enter(trip._store, ExpenseReport, trip=trip)
    assert isinstance(report, ExpenseReport)
    return report


def spend(report: ExpenseReport, cents: int, category: str = "Taxi", **values: object) -> None:
    told = {"spent_on": report.trip.leaves_on, "receipt": None, "guests": None, **values}
    enter(report._store, ExpenseLine, report=report, category=category, amount=cents, **told)


@pytest.mark.parametrize(("way", "back", "allowance"), [
    ("FRA-LHR", "LHR-FRA", 3 * 56_00), ("FRA-MUC", "MUC-FRA", 3 * 28_00),
])  # fmt: skip
def test_r23_the_daily_allowance_counts_days_at_home_and_abroad(
    store: Store, way: str, back: str, allowance: int
) -> None:
    report = a_report(flown(store, way, back))
    spend(report, 20_00)
    assert (report.allowance, report.total) == (allowance, allowance + 20_00)


def test_r22_only_a_trip_that_has_flown_is_reported_and_once(store: Store) -> None:
    trip = flown(store)
    a_report(trip)
    for wrong in (trip, Trip.every(store, status="Ticketed")[0]):
        with pytest.raises(Refused, match="R22"):
            a_report(wrong)


@pytest.mark.parametrize(("days", "fits"), [(29, True), (30, False)])
def test_r22_a_report_comes_within_30_days(store: Store, days: int, fits: bool) -> None:
    report = a_report(flown(store))
    pass_days(store, days)
    if fits:
        run(report, "submit")
    else:
        with pytest.raises(Refused, match="R22"):
            run(report, "submit")


def test_r23_expenses_lie_within_the_trip_and_meals_have_guests(store: Store) -> None:
    report = a_report(flown(store))
    with pytest.raises(Refused, match="R23"):
        spend(report, 20_00, spent_on=day(store, 0))
    with pytest.raises(Refused, match="R23"):
        spend(report, 20_00, "Meals")
    spend(report, 20_00, "Meals", guests=2)


@pytest.mark.parametrize(("cents", "fits"), [(49_99, True), (50_00, False)])
def test_r23_from_fifty_on_a_receipt_is_needed(store: Store, cents: int, fits: bool) -> None:
    report = a_report(flown(store))
    spend(report, cents)
    run(report, "submit")
    if fits:
        run(report, "approve")
    else:
        with pytest.raises(Refused, match="R23"):
            run(report, "approve")


def test_a_report_goes_all_its_ways(store: Store) -> None:
    trip = flown(store)
    report = a_report(trip)
    spend(report, 60_00, receipt="RN-1")
    for verb, values, status in (
        ("submit", {}, "Submitted"), ("withdraw", {}, "Draft"), ("submit", {}, "Submitted"),
        ("reject", {"reason": "wrong trip"}, "Rejected"), ("reopen", {}, "Draft"),
        ("submit", {}, "Submitted"), ("approve", {}, "Approved"), ("reimburse", {}, "Reimbursed"),
    ):  # fmt: skip
        run(report, verb, **values)
        assert report.status == status
    assert receipts(trip)[-1] == ("Reimbursement", 228_00)
    assert trip.traveller.department.spent == trip.paid + 228_00
    with pytest.raises(Refused, match="R7"):
        run(report, "delete")
    assert broken(store) == []


def test_r24_who_is_suspended_is_paid_nothing(store: Store) -> None:
    report = a_report(flown(store))
    run(report, "submit")
    run(report, "approve")
    run(report.trip.traveller, "suspend", reason="left the company")
    with pytest.raises(Refused, match="R24"):
        run(report, "reimburse")
