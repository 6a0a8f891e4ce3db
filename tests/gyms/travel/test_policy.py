"""What a plan needs before it becomes a ticket: connections, documents, the travel policy."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.travel import policy, times
from palaestra.gyms.travel.people import Visa
from palaestra.kit import Refused, Store
from tests.gyms.office import broken, enter, run
from tests.gyms.travel.desk import (
    a_flight,
    a_hotel,
    a_stay,
    a_traveller,
    a_trip,
    add,
    advanced,
    an_airport,
    day,
)


@pytest.mark.parametrize(("minutes", "fits"), [(44, False), (45, True)])
def test_r5_a_connection_takes_45_minutes(store: Store, minutes: int, fits: bool) -> None:
    first = a_flight(store, "FRA-LHR", 10, "08:00")
    leaves = first.arrives + dt.timedelta(minutes=minutes)
    onward = a_flight(store, "LHR-EDI", 10, times.shown(leaves, "Europe/London").split()[1])
    trip = a_trip(store, first)
    if fits:
        add(trip, onward)
    else:
        with pytest.raises(Refused, match="does not connect"):
            add(trip, onward)


def test_r5_a_flight_leaves_from_where_the_last_one_arrived(store: Store) -> None:
    trip = a_trip(store, a_flight(store, "FRA-LHR", 10))
    with pytest.raises(Refused, match="R5"):
        add(trip, a_flight(store, "CDG-FRA", 14))
    with pytest.raises(Refused, match="R5"):
        add(trip, a_flight(store, "LHR-MUC", 9))
    add(trip, a_flight(store, "LHR-FRA", 14))


def test_r9_a_passport_outlasts_a_trip_abroad_by_half_a_year(store: Store) -> None:
    early = a_traveller(store, expires=day(store, 40 + policy.PASSPORT_DAYS - 1))
    abroad = a_trip(store, a_flight(store, "FRA-LHR", 10), traveller=early)
    with pytest.raises(Refused, match="R9"):
        run(abroad, "request")
    at_home = a_trip(store, a_flight(store, "FRA-MUC", 10), traveller=early)
    run(at_home, "request")
    run(early, "renew_passport", expires=day(store, 40 + policy.PASSPORT_DAYS))
    run(abroad, "request")


def test_r10_a_visa_is_valid_on_arrival(store: Store) -> None:
    trip = a_trip(store, a_flight(store, "FRA-JFK", 10))
    with pytest.raises(Refused, match="no visa for United States"):
        run(trip, "request")
    flight = trip.segments()[0].flight
    visa = enter(store, Visa, traveller=trip.traveller, country="United States",
                 until=flight.arrival_day - dt.timedelta(days=1))  # fmt: skip
    with pytest.raises(Refused, match="R10"):
        run(trip, "request")
    run(visa, "extend", until=flight.arrival_day)
    run(trip, "request")


@pytest.mark.parametrize(
    ("way", "fare", "ahead", "rate", "found"),
    [
        ("FRA-LHR", 100_00, 10, 190_00, ""),
        ("FRA-LHR", 260_00, 10, 190_00, "Fare over the cap"),
        ("FRA-LHR", 250_00, 10, 190_00, ""),
        ("FRA-LHR", 100_00, 6, 190_00, "Booked late"),
        ("FRA-LHR", 100_00, 7, 190_00, ""),
        ("FRA-LHR", 100_00, 10, 190_01, "Hotel over the cap"),
        ("FRA-CAI", 500_00, 10, 100_00, ""),
        ("FRA-CAI", 510_00, 10, 100_00, "Fare over the cap"),
        ("FRA-SIN", 1_285_00, 10, 100_00, ""),
        ("FRA-SIN", 1_286_00, 6, 200_00, "Fare over the cap, Booked late, Hotel over the cap"),
    ],
)
def test_r11_what_is_against_the_policy_needs_a_justification(
    store: Store, way: str, fare: int, ahead: int, rate: int, found: str
) -> None:
    flight = a_flight(store, way, ahead, fare=fare)
    trip = a_trip(store, flight, justification=None, first=5)
    a_stay(trip, a_hotel(store, str(flight.destination), rate=rate), 12, 2)
    if found:
        with pytest.raises(Refused, match=f"justification: {found} .*R11"):
            run(trip, "request")
        run(trip, "justify", reason="contract signing moved up")
    run(trip, "request")
    assert (trip.findings or "") == found
    assert broken(store) == []


def test_r11_business_is_for_long_flights(store: Store) -> None:
    short = a_trip(store, a_flight(store, "FRA-LHR", 10), fare="Business", justification=None)
    with pytest.raises(Refused, match="Business on a short flight"):
        run(short, "request")
    long = a_trip(store, a_flight(store, "FRA-SIN", 10), fare="Business", justification=None)
    run(long, "request")


def test_r12_a_department_pays_only_from_its_budget(store: Store) -> None:
    trip = advanced(a_trip(store, a_flight(store, "FRA-LHR", 10)), "request")
    department = trip.traveller.department
    department.budget = trip.total - 1
    with pytest.raises(Refused, match="R12"):
        run(trip, "approve")
    run(department, "raise_budget", amount=100_00)
    run(trip, "approve")


def test_flights_are_told_to_cross_a_border_by_their_countries(store: Store) -> None:
    assert not a_flight(store, "FRA-MUC", 3).abroad
    assert a_flight(store, "FRA-LHR", 3).abroad
    assert an_airport(store, "LHR").country == "United Kingdom"
