"""Tickets: seats, changes, upgrades, refunds."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.network import CABINS
from palaestra.kit import Refused, Store
from tests.gyms.office import broken, run
from tests.gyms.travel.desk import (
    a_flight,
    a_traveller,
    a_trip,
    add,
    pass_days,
    receipts,
    there_and_back,
    ticketed,
)


@pytest.mark.parametrize(
    ("fare", "loyalty", "fee"),
    [("Flex", "Basic", 70_00), ("Flex", "Silver", 70_00), ("Flex", "Gold", 0),
     ("Business", "Basic", 0)],
)  # fmt: skip
def test_r13_a_change_costs_the_fee_of_its_fare(
    store: Store, fare: str, loyalty: str, fee: int
) -> None:
    traveller = a_traveller(store, loyalty=loyalty)
    trip = ticketed(store, *there_and_back(store), fare=fare, traveller=traveller)
    segment, other = trip.segments()[0], a_flight(store, "FRA-LHR", 11)
    old, left = segment.flight, segment.flight.left(fare)
    run(segment, "change_flight", flight=other)
    assert (segment.flight, segment.fees, trip.status) == (other, fee, "Changed")
    assert old.left(fare) == left + 1
    assert receipts(trip)[2:] == ([("Change fee", fee)] if fee else [])
    assert broken(store) == []


def test_r13_a_light_fare_is_neither_changed_nor_paid_back(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store), fare="Light")
    segment = trip.segments()[0]
    with pytest.raises(Refused, match="R13"):
        run(segment, "change_flight", flight=a_flight(store, "FRA-LHR", 11))
    run(segment, "cancel")
    assert (trip.paid, segment.refunded) == (200_00, 0)
    assert broken(store) == []


@pytest.mark.parametrize(("fare", "difference"), [(150_00, 70_00), (100_00, 0), (80_00, 0)])
def test_r14_a_higher_fare_is_paid_and_a_lower_one_is_not_paid_back(
    store: Store, fare: int, difference: int
) -> None:
    trip = ticketed(store, *there_and_back(store))
    segment = trip.segments()[0]
    run(segment, "change_flight", flight=a_flight(store, "FRA-LHR", 11, fare=fare))
    assert segment.price == 140_00 + difference
    assert trip.paid == 280_00 + 70_00 + difference
    assert broken(store) == []


def test_r14_a_flight_is_changed_between_the_same_airports(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store))
    segment = trip.segments()[0]
    for wrong in (segment.flight, a_flight(store, "FRA-CDG", 11), a_flight(store, "LHR-FRA", 11)):
        with pytest.raises(Refused, match="R14"):
            run(segment, "change_flight", flight=wrong)


def test_r5_a_change_keeps_the_order_of_a_trip_and_its_dates(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store), last=20)
    segment = trip.segments()[0]
    with pytest.raises(Refused, match="R5"):
        run(segment, "change_flight", flight=a_flight(store, "FRA-LHR", 15))
    with pytest.raises(Refused, match="R5"):
        run(segment, "change_flight", flight=a_flight(store, "FRA-LHR", 14, "09:20"))
    with pytest.raises(Refused, match="R6"):
        run(trip.segments()[1], "change_flight", flight=a_flight(store, "LHR-FRA", 21))


def test_r16_who_leaves_today_changes_nothing_any_more(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store))
    segment, other = trip.segments()[0], a_flight(store, "FRA-LHR", 11)
    pass_days(store, 10)
    deeds: list[tuple[str, dict[str, object]]] = [
        ("change_flight", {"flight": other}),
        ("cancel", {}),
        ("upgrade", {"fare_family": "Business"}),
    ]
    for verb, values in deeds:
        with pytest.raises(Refused, match="R16"):
            run(segment, verb, **values)


def test_r15_fares_go_up_only(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store), fare="Flex")
    segment = trip.segments()[0]
    with pytest.raises(Refused, match="R15"):
        run(segment, "upgrade", fare_family="Flex")
    flight = segment.flight
    business, economy = flight.business_left, flight.economy_left
    run(segment, "assign_seat", seat="4C")
    run(segment, "upgrade", fare_family="Business")
    assert (segment.price, segment.seat) == (250_00, None)
    assert (flight.business_left, flight.economy_left) == (business - 1, economy + 1)
    with pytest.raises(Refused, match="R15"):
        run(segment, "upgrade", fare_family="Flex")
    assert receipts(trip)[-1] == ("Fare difference", 110_00)
    assert broken(store) == []


def test_r11_an_upgrade_on_a_short_flight_needs_a_justification(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store), fare="Light", justification=None)
    segment = trip.segments()[0]
    run(segment, "upgrade", fare_family="Flex")
    with pytest.raises(Refused, match="R11"):
        run(segment, "upgrade", fare_family="Business")


def test_r19_a_seat_is_in_the_cabin_and_nobody_elses(store: Store) -> None:
    flight = a_flight(store, "FRA-LHR", 10, taken="3A 1A")
    one, other = (ticketed(store, flight).segments()[0] for _ in range(2))
    run(one, "assign_seat", seat="3B")
    for wrong in ("1C", "9A", "3G", "3A", "3B"):
        with pytest.raises(Refused, match="R19"):
            run(other, "assign_seat", seat=wrong)
    run(other, "assign_seat", seat="3C")
    run(one, "release_seat")
    run(other, "assign_seat", seat="3B")
    assert broken(store) == []


def test_a_later_flight_is_the_first_that_fits(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store))
    segment = trip.segments()[0]
    with pytest.raises(Refused, match="R14"):
        run(segment, "later_flight")
    a_flight(store, "FRA-LHR", 9)
    a_flight(store, "FRA-LHR", 11, taken=" ".join(CABINS["Economy"]))
    second, first = a_flight(store, "FRA-LHR", 12, "11:00"), a_flight(store, "FRA-LHR", 12)
    run(segment, "later_flight")
    assert (segment.flight, segment.fees) == (first, 70_00)
    run(segment, "later_flight")
    assert (segment.flight, segment.fees) == (second, 140_00)
    assert broken(store) == []
    light = ticketed(store, *there_and_back(store), fare="Light").segments()[0]
    with pytest.raises(Refused, match="R13"):
        run(light, "later_flight")


def test_a_new_flight_takes_the_seat_away(store: Store) -> None:
    segment = ticketed(store, *there_and_back(store)).segments()[0]
    run(segment, "assign_seat", seat="5A")
    run(segment, "change_flight", flight=a_flight(store, "FRA-LHR", 11))
    assert segment.seat is None


def test_cancelling_the_last_flight_cancels_the_trip(store: Store) -> None:
    trip = ticketed(store, *there_and_back(store))
    for segment, status in zip(trip.segments(), ("Changed", "Cancelled"), strict=True):
        run(segment, "cancel")
        assert trip.status == status
    assert trip.paid == 180_00
    assert broken(store) == []


def test_a_planned_flight_is_taken_out_and_replaced(store: Store) -> None:
    trip = a_trip(store, a_flight(store, "FRA-LHR", 10))
    segment = trip.segments()[0]
    run(segment, "update", flight=a_flight(store, "FRA-LHR", 12), fare_family="Light")
    assert segment.price == 100_00
    run(segment, "delete")
    add(trip, a_flight(store, "FRA-CDG", 10))
    assert len(trip.segments()) == 1
