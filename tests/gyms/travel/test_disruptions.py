"""The queue of disrupted tickets."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Refused, Store
from tests.gyms.office import broken, run
from tests.gyms.travel.desk import a_flight, receipts, there_and_back, ticketed


def disrupted(store: Store, fare: str = "Light", minutes: int = 0) -> tuple[Trip, Disruption]:
    """Makes a trip whose first flight is late, or cancelled where no minutes are given."""
    flights = there_and_back(store)
    trip = ticketed(store, *flights, fare=fare)
    run(flights[0], "delay" if minutes else "cancel", **({"minutes": minutes} if minutes else {}))
    return trip, Disruption.every(store)[-1]


def test_r21_rebooking_is_free_even_for_a_light_fare(store: Store) -> None:
    trip, case = disrupted(store)
    other = a_flight(store, "FRA-LHR", 11, fare=400_00)
    run(case, "rebook", flight=other)
    segment = trip.segments()[0]
    assert (segment.flight, segment.status, trip.status) == (other, "Ticketed", "Changed")
    assert (case.status, trip.paid) == ("Rebooked", 200_00)
    assert broken(store) == []


@pytest.mark.parametrize(("ahead", "leaves_at", "fits"), [
    (9, "23:00", False), (10, "10:00", True), (12, "10:00", True), (12, "10:05", False),
])  # fmt: skip
def test_r21_rebooking_is_within_two_days_and_not_before(
    store: Store, ahead: int, leaves_at: str, fits: bool
) -> None:
    _, case = disrupted(store)
    other = a_flight(store, "FRA-LHR", ahead, leaves_at)
    if fits:
        run(case, "rebook", flight=other)
    else:
        with pytest.raises(Refused, match="R21"):
            run(case, "rebook", flight=other)


def test_r21_auto_rebooking_takes_the_earliest_that_fits(store: Store) -> None:
    trip, case = disrupted(store)
    with pytest.raises(Refused, match="R21"):
        run(case, "auto_rebook")
    assert (case.status, trip.segments()[0].status) == ("Open", "Disrupted")
    a_flight(store, "FRA-LHR", 10, "09:00")
    second, first = a_flight(store, "FRA-LHR", 11, "12:00"), a_flight(store, "FRA-LHR", 11)
    run(case, "auto_rebook")
    assert trip.segments()[0].flight == first
    assert (case.status, trip.paid, second.booked("Ticketed")) == ("Rebooked", 200_00, [])
    assert broken(store) == []


def test_r14_rebooking_keeps_to_the_airports(store: Store) -> None:
    _, case = disrupted(store)
    with pytest.raises(Refused, match="R14"):
        run(case, "rebook", flight=a_flight(store, "FRA-CDG", 11))


def test_r21_a_refund_pays_the_whole_fare_back(store: Store) -> None:
    trip, case = disrupted(store)
    run(case, "refund")
    assert receipts(trip)[-1] == ("Refund", -100_00)
    assert (case.status, trip.status, trip.paid) == ("Refunded", "Changed", 100_00)
    assert broken(store) == []


def test_r21_only_a_late_flight_is_kept(store: Store) -> None:
    _, cancelled = disrupted(store)
    with pytest.raises(Refused, match="R21"):
        run(cancelled, "keep")
    trip, late = disrupted(store, minutes=240)
    run(late, "keep")
    assert (late.status, trip.segments()[0].status) == ("Kept", "Ticketed")
    assert broken(store) == []
    run(trip.segments()[0].flight, "delay", minutes=30)
    assert Disruption.every(store)[-1].status == "Open"


def test_r21_a_late_flight_that_was_cancelled_after_all_is_not_kept(store: Store) -> None:
    trip, late = disrupted(store, minutes=240)
    run(trip.segments()[0].flight, "cancel")
    with pytest.raises(Refused, match="R21"):
        run(late, "keep")


def test_r5_a_late_flight_is_not_kept_against_the_connection(store: Store) -> None:
    first, onward = a_flight(store, "FRA-LHR", 10, "08:00"), a_flight(store, "LHR-EDI", 10, "10:30")
    ticketed(store, first, onward)
    run(first, "delay", minutes=200)
    late, missed = Disruption.every(store)[-2:]
    assert (late.cause, missed.cause) == ("Late flight", "Missed connection")
    run(missed, "rebook", flight=a_flight(store, "LHR-EDI", 10, "11:00"))
    with pytest.raises(Refused, match="R5"):
        run(late, "keep")
    run(late, "rebook", flight=a_flight(store, "FRA-LHR", 10, "08:05"))
    assert broken(store) == []


def test_an_escalated_disruption_is_urgent_and_none_is_deleted(store: Store) -> None:
    _, case = disrupted(store)
    run(case, "escalate")
    assert case.priority == "Urgent"
    with pytest.raises(Refused, match="not possible"):
        run(case, "escalate")
    with pytest.raises(Refused, match="R21"):
        run(case, "delete")
