"""A trip from the plan to the last flight."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.trips import Receipt
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
    day,
    pass_days,
    receipts,
    there_and_back,
    ticketed,
)


@pytest.mark.parametrize(("first", "last", "fits"), [
    (10, 9, False), (10, 10, True), (10, 70, True), (10, 71, False),
])  # fmt: skip
def test_r6_a_trip_ends_after_it_begins_within_60_days(
    store: Store, first: int, last: int, fits: bool
) -> None:
    if fits:
        a_trip(store, first=first, last=last)
    else:
        with pytest.raises(Refused, match="R6"):
            a_trip(store, first=first, last=last)


def test_r6_flights_lie_within_the_trip_also_when_its_dates_move(store: Store) -> None:
    trip = a_trip(store, first=9, last=12)
    with pytest.raises(Refused, match="R6"):
        add(trip, a_flight(store, "FRA-LHR", 8))
    with pytest.raises(Refused, match="R6"):
        add(trip, a_flight(store, "FRA-SIN", 12, "21:00"))  # lands on the next day
    add(trip, a_flight(store, "FRA-LHR", 10))
    with pytest.raises(Refused, match="R6"):
        run(trip, "update", leaves_on=day(store, 11))


def test_r7_only_drafts_are_edited_or_deleted(store: Store) -> None:
    trip = advanced(a_trip(store, *there_and_back(store)), "request")
    for record, verb in ((trip, "update"), (trip, "delete"), (trip.segments()[0], "delete")):
        with pytest.raises(Refused, match="R7"):
            run(record, verb)
    run(trip, "withdraw")
    run(trip.segments()[0], "delete")
    run(trip, "delete")
    assert broken(store) == []


def test_r8_no_trip_without_a_flight_or_for_who_is_suspended(store: Store) -> None:
    trip = a_trip(store)
    with pytest.raises(Refused, match="has no flight"):
        run(trip, "request")
    add(trip, a_flight(store, "FRA-LHR", 10))
    run(trip.traveller, "suspend", reason="open advance")
    with pytest.raises(Refused, match="is suspended"):
        run(trip, "request")
    run(trip.traveller, "reinstate")
    advanced(trip, "request", "approve")
    run(trip.traveller, "suspend", reason="open advance")
    with pytest.raises(Refused, match="is suspended"):
        run(trip, "ticket")


def test_a_request_takes_seats_and_fixes_prices_until_it_is_withdrawn(store: Store) -> None:
    flight, _ = flights = there_and_back(store)
    trip = a_trip(store, *flights)
    left = flight.economy_left
    run(trip, "request")
    assert flight.economy_left == left - 1
    run(flight, "set_fare", fare=300_00)
    assert trip.segments()[0].price == 140_00
    run(trip, "withdraw")
    assert (flight.economy_left, trip.segments()[0].price) == (left, 420_00)
    assert broken(store) == []


def test_a_rejected_trip_is_revised_and_requested_again(store: Store) -> None:
    trip = advanced(a_trip(store, *there_and_back(store)), "request")
    run(trip, "reject", reason="video call will do")
    assert (trip.status, trip.rejected_for) == ("Rejected", "video call will do")
    advanced(trip, "revise", "request", "approve")
    assert (trip.status, trip.rejected_for) == ("Approved", None)
    assert broken(store) == []


def test_a_ticket_is_paid_by_the_department(store: Store) -> None:
    trip = a_trip(store, *there_and_back(store))
    a_stay(trip, a_hotel(store), 10, 4)
    total, department = trip.total, trip.traveller.department
    advanced(trip)
    assert receipts(trip) == [("Fare", 140_00), ("Fare", 140_00), ("Hotel", 400_00)]
    assert total == trip.paid == trip.total == department.spent == 680_00
    assert broken(store) == []


@pytest.mark.parametrize(("fare", "kept"), [("Light", 200_00), ("Flex", 180_00), ("Business", 0)])
def test_r13_a_cancelled_trip_gets_back_what_its_fares_allow(
    store: Store, fare: str, kept: int
) -> None:
    flights = there_and_back(store)
    left = flights[0].left(fare)
    trip = ticketed(store, *flights, fare=fare)
    run(trip, "cancel")
    assert (trip.status, trip.paid) == ("Cancelled", kept)
    assert flights[0].left(fare) == left
    assert broken(store) == []


def test_r16_what_has_flown_is_not_cancelled(store: Store) -> None:
    flight, _ = flights = there_and_back(store)
    trip = ticketed(store, *flights)
    pass_days(store, 10)
    with pytest.raises(Refused, match="leaves today"):
        run(trip, "cancel")
    run(flight, "depart")
    with pytest.raises(Refused, match="flown in part"):
        run(trip, "cancel")


def test_r16_a_trip_with_an_open_disruption_is_not_cancelled(store: Store) -> None:
    flight, _ = flights = there_and_back(store)
    trip = ticketed(store, *flights)
    run(flight, "cancel")
    with pytest.raises(Refused, match="open disruption"):
        run(trip, "cancel")


def test_an_approved_trip_is_cancelled_for_nothing(store: Store) -> None:
    trip = a_trip(store, *there_and_back(store))
    a_stay(trip, a_hotel(store), 10, 4)
    advanced(trip, "request", "approve")
    run(trip, "cancel")
    assert (trip.paid, receipts(trip)) == (0, [])
    assert [stay.status for stay in trip.stays()] == ["Cancelled"]
    assert broken(store) == []


def test_a_trip_has_flown_when_its_last_flight_has(store: Store) -> None:
    flights = there_and_back(store)
    trip = ticketed(store, *flights)
    pass_days(store, 14)
    run(flights[0], "depart")
    assert trip.status == "Ticketed"
    run(flights[1], "depart")
    assert trip.status == "Flown"
    assert broken(store) == []


def test_r24_receipts_are_on_file_for_good(store: Store) -> None:
    receipt = Receipt.every(store)[0]
    with pytest.raises(Refused, match="R24"):
        run(receipt, "delete")
    with pytest.raises(Refused, match="not entered by hand"):
        enter(store, Receipt)


def test_r26_roles_have_their_say(store: Store) -> None:
    trip = a_trip(store, *there_and_back(store), traveller=a_traveller(store))
    store.user = "Traveller"
    run(trip, "request")
    with pytest.raises(Refused, match="Only a Travel manager may approve"):
        run(trip, "approve")
    store.user = "Agent"
    with pytest.raises(Refused, match="Only a Travel manager"):
        run(trip, "reject", reason="video call will do")
    store.user = "Travel manager"
    run(trip, "approve")
    store.user = "Traveller"
    with pytest.raises(Refused, match="Only a Travel manager or an Agent may ticket"):
        run(trip, "ticket")
    store.user = "Agent"
    run(trip, "ticket")
