"""Hotels and the nights there."""

from __future__ import annotations

import pytest

from palaestra.kit import Refused, Store
from tests.gyms.office import broken, run
from tests.gyms.travel.desk import (
    a_hotel,
    a_stay,
    a_trip,
    advanced,
    pass_days,
    receipts,
    there_and_back,
)


def test_r6_nights_lie_within_the_trip(store: Store) -> None:
    trip = a_trip(store, *there_and_back(store), last=14)
    with pytest.raises(Refused, match="R6"):
        a_stay(trip, a_hotel(store), 12, 3)
    a_stay(trip, a_hotel(store), 12, 2)


def test_r17_a_hotel_is_listed_and_where_the_trip_goes(store: Store) -> None:
    trip, hotel = a_trip(store, *there_and_back(store)), a_hotel(store)
    with pytest.raises(Refused, match="R17"):
        a_stay(trip, a_hotel(store, "CDG"), 10, 2)
    a_stay(trip, a_hotel(store, "LGW"), 10, 2)  # the other airport of the same city
    run(hotel, "delist")
    with pytest.raises(Refused, match="R17"):
        a_stay(trip, hotel, 10, 2)
    run(hotel, "relist")
    a_stay(trip, hotel, 10, 2)
    advanced(trip, "request", "approve")
    run(hotel, "delist")
    with pytest.raises(Refused, match="R17"):
        run(trip, "ticket")


@pytest.mark.parametrize(("days", "back"), [(0, 300_00), (8, 300_00), (9, 200_00)])
def test_r18_a_stay_is_free_to_cancel_until_the_hotels_days_before(
    store: Store, days: int, back: int
) -> None:
    trip = a_trip(store, *there_and_back(store, 10, 14))
    stay = a_stay(trip, a_hotel(store, free_days=3), 11, 3)
    advanced(trip)
    pass_days(store, days)
    run(stay, "cancel")
    assert (stay.status, stay.refunded) == ("Cancelled", back)
    assert receipts(trip)[-1] == ("Hotel refund", -back)
    assert broken(store) == []


def test_r18_a_stay_that_has_begun_is_not_cancelled(store: Store) -> None:
    trip = a_trip(store, *there_and_back(store))
    stay = a_stay(trip, a_hotel(store), 10, 4)
    advanced(trip)
    pass_days(store, 10)
    with pytest.raises(Refused, match="R18"):
        run(stay, "cancel")


def test_more_nights_cost_more_and_end_with_the_trip(store: Store) -> None:
    trip = a_trip(store, *there_and_back(store), last=14)
    stay = a_stay(trip, a_hotel(store), 10, 2)
    advanced(trip)
    run(stay.hotel, "update", rate=120_00)
    run(stay, "prolong", nights=2)
    assert (stay.nights, stay.price) == (4, 440_00)
    with pytest.raises(Refused, match="R6"):
        run(stay, "prolong", nights=1)
    assert broken(store) == []
